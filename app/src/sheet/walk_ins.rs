//! Who came without a seat: a member by their name, or a guest.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::command::Command;
use domain::id::{CommandId, MemberId, WalkInId};
use domain::sheet::WalkIn;
use domain::view::Seen;
use domain::view::day_sheet::DaySheetView;
use domain::view::seats::SeatLook;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::day_sheet_page::back;
use super::people::Uninsured;
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::{Field, focus_title};

#[component]
pub fn WalkIns(view: DaySheetView, walk_ins: Vec<WalkIn>, uninsured: BTreeSet<MemberId>) -> impl IntoView {
    let store = Store::expect();
    let (shift, back) = (view.card.id, back(&view));
    let command =
        move |member: Option<MemberId>, name: String| Command::AddWalkIn { walk_in: WalkInId(Uuid::nil()), shift, member, name };
    let read: Read = Arc::new(move |form: &FormData| {
        let name = value(form, "name")?;
        let member = store.with_seen(|seen| named(seen, &name)).flatten();
        let command = command(member, if member.is_some() { String::new() } else { name });
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let free = view.card.seats.iter().find(|seat| seat.look == SeatLook::Free).map(|seat| seat.id);
    let rows = walk_ins
        .into_iter()
        .map(|walk_in| {
            let name = walk_in.member.map_or_else(|| walk_in.name.clone(), |member| view.name_of(member).to_string());
            let soft = if walk_in.member.is_some() { "Compte comme une vacation" } else { "Invité·e : rien n’est compté" };
            let gives = walk_in.member.zip(free).map(|(member, seat)| {
                let command = Command::GiveSeatTo { seat, member };
                let label = format!("Donner la place libre à {name}");
                view! {
                    <ActForm command=command intent="" back=back.clone()>
                        <button class="button button--soft" type="submit" aria-label=label>
                            "Donner la place libre"
                        </button>
                    </ActForm>
                }
            });
            let uninsured = walk_in.member.filter(|member| uninsured.contains(member)).map(|_| view! { <Uninsured/> });
            let removes = Command::RemoveWalkIn { walk_in: walk_in.id, shift };
            let label = format!("Retirer {name}");
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&name)}</span>
                        <span class="row__soft">{nb(soft)}</span>
                        {uninsured}
                    </span>
                    {gives}
                    <ActForm command=removes intent="" back=back.clone() then=Callback::new(|_: CommandId| focus_title())>
                        <button class="button button--quiet" type="submit" aria-label=label>
                            "Retirer"
                        </button>
                    </ActForm>
                </li>
            }
        })
        .collect::<Vec<_>>();
    // Only where the device keeps the names: a page without WASM takes what is typed.
    let people = move || {
        store.following(|seen| {
            let names = seen.calendar.people.values().map(ToString::to_string);
            names.map(|name| view! { <option value=name></option> }).collect_view()
        })
    };
    view! {
        <section class="section" aria-labelledby="en-plus">
            <h2 id="en-plus">"Venu·es en plus"</h2>
            {(!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> })}
            <ActForm command=command(None, String::new()) intent="" back=back.clone() read=read again=true class="day-sheet__add">
                <Field id="venu" label="Qui est là sans place ?" hint="Un membre (« Nour L. »), ou le nom d’une personne invitée">
                    <input
                        class="field__input"
                        id="venu"
                        name="name"
                        list="membres"
                        autocomplete="off"
                        required
                        maxlength="60"
                        aria-describedby="venu-aide"
                    />
                </Field>
                <datalist id="membres">{people}</datalist>
                <button class="button button--fill" type="submit">
                    "Ajouter"
                </button>
            </ActForm>
        </section>
    }
}

/// The one member of that name, as co-workers see it: « Nour L. », or « Nour » where there is one.
fn named(seen: Seen<'_>, name: &str) -> Option<MemberId> {
    let typed = plain(name);
    let mut whole = seen.calendar.people.iter().filter(|(_, known)| plain(&known.to_string()) == typed);
    if let Some((member, _)) = whole.next() {
        return whole.next().is_none().then_some(*member);
    }
    let mut first = seen.calendar.people.iter().filter(|(_, known)| plain(&known.first) == typed);
    let (member, _) = first.next()?;
    first.next().is_none().then_some(*member)
}

fn plain(name: &str) -> String {
    name.trim().trim_end_matches('.').replace(['\u{a0}', '\u{202f}'], " ").to_lowercase()
}
