//! « Un incident »: what went wrong, told to whoever answers for it.

use std::sync::Arc;

use domain::command::Command;
use domain::id::IncidentId;
use domain::sheet::{Incident, Mishap};
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::day_sheet_page::{back, said_by};
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::intents::mishap_word;
use crate::french::{capitalized, nb};
use crate::offline::store::Store;
use crate::ui::{Field, Icon, Tick};

const MISHAPS: [(Mishap, &str, &str); 3] = [
    (Mishap::Safety, "safety", "Prévient le groupe Distribution et la personne salariée"),
    (Mishap::Breakage, "breakage", "Prévient le groupe Distribution"),
    (Mishap::Other, "other", "Prévient le bureau"),
];

#[component]
pub fn Incidents(view: DaySheetView, incidents: Vec<Incident>) -> impl IntoView {
    let store = Store::expect();
    let shift = view.card.id;
    let command =
        move |what: Mishap, text: String| Command::ReportIncident { incident: IncidentId(Uuid::nil()), shift, what, text };
    let read: Read = Arc::new(move |form: &FormData| {
        let slug = value(form, "what")?;
        let what = MISHAPS.into_iter().find(|(_, known, _)| *known == slug)?.0;
        let command = command(what, value(form, "text")?);
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let said: Vec<_> = incidents
        .into_iter()
        .map(|incident| {
            let soft = format!("{} · {}", capitalized(mishap_word(incident.what)), said_by(&view, incident.said));
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&incident.text)}</span>
                        <span class="row__soft">{nb(&soft)}</span>
                    </span>
                </li>
            }
        })
        .collect();
    let ticks = MISHAPS
        .into_iter()
        .enumerate()
        .map(|(at, (what, slug, soft))| {
            view! { <Tick kind="radio" name="what" value=slug title=capitalized(mishap_word(what)) soft=soft checked=at == 0/> }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="incident">
            <h2 id="incident">"Un incident"</h2>
            {(!said.is_empty()).then(|| view! { <ul class="list">{said}</ul> })}
            <p class="soft">{nb("Quelqu’un est blessé ? Appelle d’abord le 15 ou le 112.")}</p>
            <details class="history">
                <summary class="history__head">
                    "Signaler un incident"
                    <Icon name="chevron-down"/>
                </summary>
                <ActForm command=command(Mishap::Safety, String::new()) intent="" back=back(&view) read=read again=true class="stack">
                    <fieldset class="stack">
                        <legend class="field__label">"De quoi s’agit-il ?"</legend>
                        {ticks}
                    </fieldset>
                    <Field id="incident-mot" label="Ce qui s’est passé" hint="280 caractères, sans nom de malade ni de blessé·e">
                        <textarea
                            class="field__input"
                            id="incident-mot"
                            name="text"
                            rows="2"
                            required
                            maxlength="280"
                            aria-describedby="incident-mot-aide"
                        ></textarea>
                    </Field>
                    <button class="button button--fill" type="submit">
                        "Signaler maintenant"
                    </button>
                </ActForm>
            </details>
        </section>
    }
}
