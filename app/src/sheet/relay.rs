//! « Relève »: what the team before left, until it is seen; what this one leaves.

use std::sync::Arc;

use domain::command::Command;
use domain::id::{CommandId, NoteId};
use domain::sheet::Note;
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::day_sheet_page::back;
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::dates::moment;
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::{Field, Icon, Tick, focus_title};

/// On top of the page until it is seen.
#[component]
pub fn HandedOver(view: DaySheetView, notes: Vec<Note>) -> impl IntoView {
    (!notes.is_empty()).then(|| {
        let rows = notes
            .into_iter()
            .map(|note| {
                let from = nb(&format!("{}, {}", view.name_of(note.said.by), moment(note.said.at, view.now)));
                let seen = note.seen.map(|seen| format!("Vu par {}", view.name_of(seen.by)));
                let act = note.seen.is_none().then(|| {
                    let command = Command::AcknowledgeNote { note: note.id, shift: view.card.id };
                    let word = if note.open { "C’est fait" } else { "Vu" };
                    let label = format!("{word} : {}", note.text);
                    view! {
                        <ActForm command=command intent="" back=back(&view) then=Callback::new(|_: CommandId| focus_title())>
                            <button class="button button--soft" type="submit" aria-label=label>
                                {word}
                            </button>
                        </ActForm>
                    }
                });
                let icon = if note.open { "circle-dot" } else { "info" };
                view! {
                    <article class="notice">
                        <span class="notice__icon">
                            <Icon name=icon/>
                        </span>
                        <p class="notice__text">
                            <strong>{if note.open { "À faire. " } else { "" }}</strong>
                            {nb(&note.text)}
                            <span class="notice__when">{from} {seen.map(|seen| nb(&format!(" · {seen}")))}</span>
                        </p>
                        {act}
                    </article>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="releve">
                <h2 id="releve">"Laissé par l’équipe d’avant"</h2>
                {rows}
            </section>
        }
    })
}

#[component]
pub fn Relay(view: DaySheetView, notes: Vec<Note>) -> impl IntoView {
    let store = Store::expect();
    let shift = view.card.id;
    let command = move |text: String, open: bool| Command::LeaveNote { note: NoteId(Uuid::nil()), shift, text, open };
    let read: Read = Arc::new(move |form: &FormData| {
        let command = command(value(form, "text")?, value(form, "open").is_some());
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let rows: Vec<_> = notes
        .into_iter()
        .map(|note| {
            let seen = note.seen.map_or_else(
                || "Attend l’équipe suivante".to_owned(),
                |seen| format!("Vu par {}, {}", view.name_of(seen.by), moment(seen.at, view.now)),
            );
            let open = if note.open { "À faire : " } else { "" };
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&format!("{open}{}", note.text))}</span>
                        <span class="row__soft">{nb(&seen)}</span>
                    </span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="mot-releve">
            <h2 id="mot-releve">"Relève"</h2>
            {(!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> })}
            <ActForm command=command(String::new(), false) intent="" back=back(&view) read=read again=true class="stack">
                <Field id="releve-mot" label="Un mot pour l’équipe suivante" hint="280 caractères">
                    <textarea
                        class="field__input"
                        id="releve-mot"
                        name="text"
                        rows="2"
                        required
                        maxlength="280"
                        aria-describedby="releve-mot-aide"
                    ></textarea>
                </Field>
                <Tick name="open" value="true" title="C’est encore à faire"/>
                <button class="button button--fill" type="submit">
                    "Laisser ce mot"
                </button>
            </ActForm>
        </section>
    }
}
