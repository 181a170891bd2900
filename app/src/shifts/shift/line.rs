//! « Liste d'attente » of a full shift, and « préviens-moi ».

use domain::command::Command;
use domain::id::{ShiftId, WatchId};
use domain::time::Instant;
use domain::view::shift::Line;
use leptos::prelude::*;
use uuid::Uuid;

use crate::acts::ActForm;
use crate::french::dates;
use crate::french::nb;
use crate::ui::{EffectLine, EffectLook};

#[component]
pub fn WaitingLine(shift: ShiftId, line: Line, now: Instant) -> impl IntoView {
    let base = format!("/vacation/{shift}");
    let (said, look) = match &line {
        Line::Open => {
            ("C’est complet. Si une place se libère, elle est gardée pour la liste d’attente.".to_owned(), EffectLook::Info)
        }
        Line::Waiting { place: None } => ("Tu es sur la liste d’attente.".to_owned(), EffectLook::Info),
        Line::Waiting { place: Some(place) } => (format!("Tu es sur la liste d’attente, {}.", ordinal(*place)), EffectLook::Info),
        Line::Turn { until, .. } => {
            (format!("C’est ton tour : une place est gardée pour toi jusqu’{}.", dates::until(*until, now)), EffectLook::Plain)
        }
    };
    let acts = match line {
        Line::Open => view! {
            <ActForm command=Command::JoinWaitingList { shift } intent="T’inscrire sur la liste d’attente" back=base.clone()>
                <button class="button button--main" type="submit">"M’inscrire sur la liste"</button>
            </ActForm>
            <ActForm
                command=Command::WatchSeats { watch: WatchId(Uuid::nil()), shift: Some(shift), pattern: None, skill: None }
                intent="Guetter une place"
                back=base
            >
                <button class="button button--quiet" type="submit">"Seulement me prévenir"</button>
            </ActForm>
        }
        .into_any(),
        Line::Waiting { .. } => leave(shift, base, "Quitter la liste").into_any(),
        Line::Turn { seat, .. } => view! {
            <a class="button button--main" href=format!("{base}?feuille=prendre&place={}", seat.position) data-noscroll="">
                "Prendre la place"
            </a>
            {leave(shift, base, "Laisser à la suivante")}
        }
        .into_any(),
    };
    view! {
        <section class="section" aria-label="Liste d’attente">
            <EffectLine look=look icon="hourglass">{nb(&said)}</EffectLine>
            <div class="cluster">{acts}</div>
        </section>
    }
}

/// « en premier », « 2e »
fn ordinal(place: u16) -> String {
    if place == 1 { "en premier".to_owned() } else { format!("{place}e") }
}

fn leave(shift: ShiftId, back: String, word: &'static str) -> impl IntoView {
    view! {
        <ActForm command=Command::LeaveWaitingList { shift } intent="Quitter la liste d’attente" back=back>
            <button class="button button--quiet" type="submit">{word}</button>
        </ActForm>
    }
}
