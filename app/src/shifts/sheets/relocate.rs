//! « Déplacer »: to an empty seat elsewhere, at once.

use std::sync::Arc;

use domain::command::Command;
use domain::id::SeatId;
use domain::view::choices::{AbsenceChoices, SeatChoice};
use leptos::prelude::*;
use web_sys::FormData;

use super::Under;
use crate::acts::{ActForm, Read, intent_of, leave_sheet, number};
use crate::french::dates::{day_and_hours_short, until};
use crate::french::reasons::{Speaking, sentence};
use crate::french::typography::counted;
use crate::french::{bearing, capitalized, nb};
use crate::offline::store::Store;
use crate::ui::{EffectLine, Sheet, Tick};

#[component]
pub fn MoveSheet(choices: AbsenceChoices, seats: Vec<SeatChoice>, under: Under) -> impl IntoView {
    let lead = nb(&format!("Tu laisses {}", day_and_hours_short(&choices.when)));
    let body = match (&choices.r#move.why_not, seats.first()) {
        (Some(reason), _) => {
            let said = sentence(reason, &Speaking::at(under.now));
            view! { <p>{said}</p> }.into_any()
        }
        (None, None) => {
            view! { <p>"Aucune place libre ne te convient pour l’instant. Échange ou donne la tienne."</p> }.into_any()
        }
        (None, Some(first)) => {
            let first = first.clone();
            view! { <Places from=choices.seat first=first seats=seats under=under.clone()/> }.into_any()
        }
    };
    let deadline = nb(&format!("Possible jusqu’{}.", until(choices.r#move.until, under.now)));
    let open = choices.r#move.why_not.is_none();
    view! {
        <Sheet title="Déplacer" close=under.page()>
            <p class="sheet__lead">
                <strong>{lead}</strong>
                " et tu prends une place libre ailleurs. "
                {open.then_some(deadline)}
            </p>
            {body}
        </Sheet>
    }
}

#[component]
fn Places(from: SeatId, first: SeatChoice, seats: Vec<SeatChoice>, under: Under) -> impl IntoView {
    let store = Store::expect();
    let chosen = RwSignal::new(day_and_hours_short(&first.when));
    let effect = RwSignal::new(effect_of(&first));
    let read: Read = Arc::new(move |form: &FormData| {
        let command = Command::MoveSeat { from, to: number(form, "to")? };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let rows = seats
        .into_iter()
        .map(|seat| {
            let when = day_and_hours_short(&seat.when);
            let (words, effect_words) = (when.clone(), effect_of(&seat));
            view! {
                <Tick
                    kind="radio"
                    name="to"
                    value=seat.seat.to_string()
                    title=capitalized(&when)
                    soft=soft(&seat)
                    checked=seat.seat == first.seat
                    on_change=Callback::new(move |on: bool| {
                        if on {
                            chosen.set(words.clone());
                            effect.set(effect_words.clone());
                        }
                    })
                />
            }
        })
        .collect_view();
    let (back, then) = (under.page(), leave_sheet(under.page()));
    view! {
        <ActForm command=Command::MoveSeat { from, to: first.seat } intent="" back=back read=read then=then class="stack">
            <fieldset class="stack">
                <legend class="visually-hidden">"Où aller"</legend>
                {rows}
            </fieldset>
            <div class="sheet__foot">
                <EffectLine>{effect}</EffectLine>
                <button class="button button--main" type="submit">
                    "Déplacer : "
                    {chosen}
                </button>
            </div>
        </ActForm>
    }
}

fn effect_of(seat: &SeatChoice) -> String {
    bearing::after("Une vacation pour une autre", &seat.bearing)
}

fn soft(seat: &SeatChoice) -> String {
    let mut soft = counted(seat.free, "place libre", "places libres");
    if seat.lead {
        soft.push_str(", tu animerais la vacation");
    }
    if let Some(skill) = &seat.skill {
        soft.push_str(&format!(", {}", skill.to_lowercase()));
    }
    nb(&soft)
}
