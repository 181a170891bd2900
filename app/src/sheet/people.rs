//! Who comes: present unless somebody says otherwise. One tap says it, another takes it back.

use domain::command::Command;
use domain::id::{MemberId, ShiftId};
use domain::sheet::{DaySheet, Presence};
use domain::view::day_sheet::DaySheetView;
use domain::view::seats::SeatView;
use leptos::prelude::*;

use super::day_sheet_page::{back, call};
use crate::acts::ActForm;
use crate::french::intents::presence_word;
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::shifts::SeatSign;
use crate::ui::Icon;

#[component]
pub fn People(view: DaySheetView, sheet: DaySheet) -> impl IntoView {
    let held: Vec<SeatView> = view.card.seats.iter().filter(|seat| seat.holder.is_some()).cloned().collect();
    let came = held.iter().filter_map(|seat| seat.holder.as_ref()).filter(|holder| sheet.presence_of(holder.id).came()).count();
    let free = view.card.free();
    let lacking = if free > 0 { format!(", {}", counted(free, "place libre", "places libres")) } else { String::new() };
    let summary = format!("{came} sur {}{lacking}. Touche seulement ce qui change.", held.len());
    let href = format!("/vacation/{}?feuille=appeler", view.card.id);
    let rows = held.into_iter().map(|seat| person(&view, &sheet, seat)).collect_view();
    view! {
        <section class="section" aria-labelledby="equipe">
            <h2 id="equipe">"Qui est là"</h2>
            <p class="soft">{nb(&summary)}</p>
            <ul class="list">{rows}</ul>
            {view
                .may_call
                .then(|| {
                    view! {
                        <a class="button" href=href>
                            <Icon name="megaphone"/>
                            "Appeler du renfort"
                        </a>
                    }
                })}
        </section>
    }
}

/// Not of the association this year: what happens to them in the shop is insured by nobody.
#[component]
pub fn Uninsured() -> impl IntoView {
    view! {
        <span class="chip chip--missing">
            <Icon name="circle-alert" small=true/>
            "Non assuré·e : pas d’adhésion à l’association cette année"
        </span>
    }
}

fn person(view: &DaySheetView, sheet: &DaySheet, seat: SeatView) -> Option<impl IntoView + use<>> {
    let holder = seat.holder.clone()?;
    let (member, shift, name) = (holder.id, view.card.id, holder.name.to_string());
    let marked = sheet.marked(member).cloned();
    let presence = sheet.presence_of(member);
    let role = if seat.lead { Some("anime la vacation".to_owned()) } else { seat.skill.clone() };
    let instead = marked.as_ref().and_then(|marked| marked.replaced_by).map(|by| format!("par {}", view.name_of(by)));
    let said = match presence {
        Presence::Present => role.map(|role| capitalized(&role)),
        other => Some([Some(capitalized(presence_word(other))), instead].into_iter().flatten().collect::<Vec<_>>().join(" ")),
    };
    let plain = [Presence::Late, Presence::Absent, Presence::Excused].into_iter().map(|to| (to, None));
    // Whoever came without a seat may have come in somebody's place.
    let others = sheet.walk_ins.iter().filter_map(|walk_in| walk_in.member).map(|by| (Presence::Replaced, Some(by)));
    let back = back(view);
    let choices = plain
        .chain(others)
        .map(|(to, by)| {
            let on = presence == to && marked.as_ref().is_none_or(|marked| marked.replaced_by == by);
            let label = match by {
                Some(by) => format!("Remplacé·e par {}", view.name_of(by)),
                None => capitalized(presence_word(to)),
            };
            view! { <Choice shift=shift member=member to=to by=by on=on label=nb(&label) name=name.clone() back=back.clone()/> }
        })
        .collect_view();
    let owes = owes(view, sheet, member, &name, &back);
    let phone = sheet.phones.get(&member).map(|phone| call(phone, &name));
    let uninsured = sheet.uninsured.contains(&member).then(|| view! { <Uninsured/> });
    let class = if presence.came() { "row day-sheet__person" } else { "row row--off day-sheet__person" };
    Some(view! {
        <li class=class>
            <SeatSign seat=seat/>
            <span class="row__body">
                <span class="row__title">{nb(&name)}</span>
                {said.map(|said| view! { <span class="row__soft">{nb(&said)}</span> })}
                {uninsured}
            </span>
            {phone}
            <div class="day-sheet__choices" role="group" aria-label=name.clone()>
                {choices}
            </div>
            {owes}
        </li>
    })
}

/// What an absence is left owing, where the policy lets the lead choose.
fn owes(view: &DaySheetView, sheet: &DaySheet, member: MemberId, name: &str, back: &str) -> Option<impl IntoView + use<>> {
    let noted = sheet.noted_of(member);
    let full = *view.owes.first()?;
    if noted.presence != Presence::Absent || view.owes.len() < 2 {
        return None;
    }
    let is = noted.owed.unwrap_or(full);
    let choices = view
        .owes
        .iter()
        .map(|owed| {
            let on = is == *owed;
            let label = format!("Compte {owed}");
            let owed = Some(*owed);
            let command =
                Command::MarkPresence { shift: view.card.id, member, presence: Presence::Absent, replaced_by: None, owed };
            let spoken = format!("{label} : {name}");
            view! {
                <ActForm command=command intent="" back=back.to_owned()>
                    <button class="toggle" type="submit" aria-pressed=if on { "true" } else { "false" } aria-label=spoken>
                        {on.then(|| view! { <Icon name="check" small=true/> })}
                        {label}
                    </button>
                </ActForm>
            }
        })
        .collect_view();
    let label = format!("Combien de vacations à rattraper : {name}");
    Some(view! {
        <div class="day-sheet__choices" role="group" aria-label=label>
            {choices}
        </div>
    })
}

/// Pressed while it is so; pressed again, they are there.
#[component]
fn Choice(
    shift: ShiftId,
    member: MemberId,
    to: Presence,
    by: Option<MemberId>,
    on: bool,
    label: String,
    name: String,
    back: String,
) -> impl IntoView {
    let (presence, replaced_by) = if on { (Presence::Present, None) } else { (to, by) };
    let command = Command::MarkPresence { shift, member, presence, replaced_by, owed: None };
    let spoken = format!("{label} : {name}");
    view! {
        <ActForm command=command intent="" back=back>
            <button class="toggle" type="submit" aria-pressed=if on { "true" } else { "false" } aria-label=spoken>
                {on.then(|| view! { <Icon name="check" small=true/> })}
                {label}
            </button>
        </ActForm>
    }
}
