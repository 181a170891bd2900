//! An agenda, and adding a point to it: without a network, too.

use std::sync::Arc;

use domain::command::Command;
use domain::governance::{TEXT_CAP, TITLE_CAP};
use domain::id::PointId;
use domain::view::governance::PointOn;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::COORDINATION;
use crate::acts::{ActForm, Read, value};
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook, TextField};

/// What is to be spoken of, in order.
pub fn points(points: Vec<PointOn>) -> AnyView {
    if points.is_empty() {
        return view! { <p class="soft">{nb("Pas encore de point.")}</p> }.into_any();
    }
    let rows = points.into_iter().map(row).collect::<Vec<_>>();
    view! { <ol class="agenda">{rows}</ol> }.into_any()
}

fn row(on: PointOn) -> impl IntoView {
    let PointOn { point, by, own, removable } = on;
    let title = nb(&point.title);
    let mut about = vec![if own { "par toi".to_owned() } else { format!("par {by}") }];
    about.extend(point.length.map(|minutes| format!("{minutes} min")));
    let text = (!point.text.is_empty()).then(|| view! { <p class="group__words">{point.text.clone()}</p> });
    let id = point.id;
    let remove = removable.then(|| {
        let intent = nb(&format!("Retirer « {} » de l’ordre du jour", point.title));
        let label = intent.clone();
        view! {
            <ActForm command=Command::WithdrawPoint { point: id } intent=intent back=COORDINATION class="no-print">
                <button class="button button--quiet" type="submit" aria-label=label>"Retirer"</button>
            </ActForm>
        }
    });
    view! {
        <li class="agenda__point">
            <p class="row__title">{title}</p>
            <p class="row__soft">{nb(&about.join(" · "))}</p>
            <WaitingChip point=id/>
            {text}
            {remove}
        </li>
    }
}

/// « En attente d’envoi », while it has not left the device.
#[component]
fn WaitingChip(point: PointId) -> impl IntoView {
    let acts = Acts::expect();
    let waits = Memo::new(move |_| {
        acts.outbox.with(|outbox| {
            let about = |command: &Command| command.point() == Some(point);
            outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(about))
        })
    });
    move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })
}

/// Any member may.
pub fn adding() -> impl IntoView {
    let read: Read = Arc::new(move |data: &FormData| {
        let title = value(data, "title")?;
        let intent = nb(&format!("Ajouter « {title} » à l’ordre du jour"));
        let text = value(data, "text").unwrap_or_default();
        Some((Command::AddPoint { point: PointId(Uuid::nil()), title, text }, intent))
    });
    // Its words are the inputs, its id is made when it is sent.
    let command = Command::AddPoint { point: PointId(Uuid::nil()), title: String::new(), text: String::new() };
    view! {
        <ActForm command=command intent="" back=COORDINATION read=read again=true class="stack no-print">
            <h3>"Ajouter un point"</h3>
            <TextField
                id="point-title"
                name="title"
                label=nb("De quoi faut-il parler")
                maxlength=u16::try_from(TITLE_CAP).unwrap_or(u16::MAX)
                autocomplete="off"
                required=true
            />
            <div class="field">
                <label class="field__label" for="point-text">"En quelques mots"</label>
                <textarea
                    class="field__input"
                    id="point-text"
                    name="text"
                    rows="3"
                    maxlength=TEXT_CAP.to_string()
                    aria-describedby="point-text-aide"
                ></textarea>
                <span class="field__hint" id="point-text-aide">{nb("Facultatif. Tous les membres le lisent.")}</span>
            </div>
            <button class="button button--fill" type="submit">"Ajouter ce point"</button>
        </ActForm>
    }
}
