//! « Prévenir l'équipe », when it is too late to exchange.

use std::sync::Arc;

use domain::command::Command;
use domain::view::choices::AbsenceChoices;
use leptos::prelude::*;
use web_sys::FormData;

use super::Under;
use super::note::NoteField;
use crate::acts::{ActForm, Read, intent_of, leave_sheet, value};
use crate::french::dates::until;
use crate::french::{bearing, nb};
use crate::offline::store::Store;
use crate::ui::{EffectLine, EffectLook, Sheet};

#[component]
pub fn WarnSheet(choices: AbsenceChoices, under: Under) -> impl IntoView {
    let store = Store::expect();
    let seat = choices.seat;
    let read: Read = Arc::new(move |form: &FormData| {
        let command = Command::WarnTeam { seat, note: value(form, "note").unwrap_or_default() };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let deadline = until(choices.exchange.until, under.now);
    let lead = if choices.warn {
        format!("Il est trop tard pour échanger : c’était possible jusqu’{deadline}.")
    } else {
        format!("Tu peux encore échanger ou donner ta place jusqu’{deadline}.")
    };
    let told = match &under.lead {
        Some(lead) => format!("{lead} et l’équipe sont prévenues tout de suite."),
        None => "L’équipe est prévenue tout de suite.".to_owned(),
    };
    let missed = bearing::after("Si personne ne prend ta place, ça compte comme une absence", &choices.if_missed);
    let effect = nb(&format!("{told} {missed}"));
    let (back, then) = (under.page(), leave_sheet(under.page()));
    let give = choices.give.why_not.is_none() && choices.offered.is_none();
    let close = under.page();
    let inside = give.then(|| give_link(&under));
    let other = (give && !choices.warn).then(|| give_link(&under));
    let form = choices.warn.then(|| {
        view! {
            <ActForm
                command=Command::WarnTeam { seat, note: String::new() }
                intent=""
                back=back
                read=read
                then=then
                class="stack"
            >
                <NoteField label="Un mot pour l’équipe"/>
                <div class="sheet__foot">
                    <EffectLine look=EffectLook::Less icon="info">
                        {effect}
                    </EffectLine>
                    <button class="button button--main" type="submit">
                        "Prévenir l’équipe"
                    </button>
                    {inside}
                </div>
            </ActForm>
        }
    });
    view! {
        <Sheet title="Prévenir l’équipe" close=close>
            <p class="sheet__lead">{nb(&lead)}</p>
            {form}
            {other}
        </Sheet>
    }
}

fn give_link(under: &Under) -> impl IntoView + use<> {
    view! {
        <a class="button button--quiet" href=under.sheet("donner")>
            "Donner ma place"
        </a>
    }
}
