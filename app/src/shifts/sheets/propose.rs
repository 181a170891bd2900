//! « Lui proposer un échange »: my seat against theirs, asked of one person.

use std::sync::Arc;

use domain::command::Command;
use domain::id::{ProposalId, SeatId};
use domain::view::seats::{Holder, ShiftCard};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::Under;
use super::note::NoteField;
use crate::acts::{ActForm, Read, intent_of, leave_sheet, number, value};
use crate::french::dates::day_and_hours_short;
use crate::french::{capitalized, nb};
use crate::offline::store::Store;
use crate::shifts::shift_card::when;
use crate::ui::{EffectLine, EffectLook, Sheet, Tick};

#[component]
pub fn ProposeSheet(theirs: SeatId, with: Holder, mine: Vec<ShiftCard>, card: ShiftCard, under: Under) -> impl IntoView {
    let title = nb(&format!("Proposer un échange à {}", with.name));
    let lead = nb(&format!("Tu prendrais la place de {}, {}.", with.name, day_and_hours_short(&when(&card))));
    let own: Vec<(SeatId, String)> = mine
        .into_iter()
        .filter(|card| card.closed.is_none())
        .filter_map(|card| Some((card.mine()?.id, capitalized(&day_and_hours_short(&when(&card))))))
        .collect();
    let body = match own.first() {
        None => {
            let said =
                "Tu n’as pas de vacation à donner en échange. Prends une place libre, ou la sienne si elle est à reprendre.";
            view! {
                <p>{said}</p>
                <a class="button button--fill" href="/vacations?libres=1">
                    "Voir les places libres"
                </a>
            }
            .into_any()
        }
        Some((first, _)) => {
            let first = *first;
            view! { <Asking theirs=theirs first=first own=own name=with.name.first under=under.clone()/> }.into_any()
        }
    };
    view! {
        <Sheet title=title close=under.page()>
            <p class="sheet__lead">{lead}</p>
            {body}
        </Sheet>
    }
}

#[component]
fn Asking(theirs: SeatId, first: SeatId, own: Vec<(SeatId, String)>, name: String, under: Under) -> impl IntoView {
    let store = Store::expect();
    let command =
        move |mine: SeatId, note: String| Command::ProposeSwap { proposal: ProposalId(Uuid::nil()), mine, theirs, note };
    let read: Read = Arc::new(move |form: &FormData| {
        let command = command(number(form, "mine")?, value(form, "note").unwrap_or_default());
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let rows = own
        .into_iter()
        .map(|(seat, words)| {
            view! { <Tick kind="radio" name="mine" value=seat.to_string() title=words checked=seat == first/> }
        })
        .collect_view();
    let effect = nb(&format!("Rien ne bouge avant que {name} accepte. Une vacation contre une autre : rien à rattraper."));
    let (back, then) = (under.page(), leave_sheet(under.page()));
    view! {
        <ActForm command=command(first, String::new()) intent="" back=back read=read then=then class="stack">
            <fieldset class="stack">
                <legend class="card__title">"Contre ta place de"</legend>
                {rows}
            </fieldset>
            <NoteField/>
            <div class="sheet__foot">
                <EffectLine look=EffectLook::Info icon="info">
                    {effect}
                </EffectLine>
                <button class="button button--main" type="submit">
                    "Proposer l’échange"
                </button>
            </div>
        </ActForm>
    }
}
