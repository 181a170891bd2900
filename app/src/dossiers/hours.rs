//! A young volunteer's hours, by day: read by the group, written by the group and by whoever accompanies them. Without a network, too.

use std::sync::Arc;

use domain::command::Command;
use domain::dossiers::{Hours, Kind, MINUTES_CAP, NOTE_CAP};
use domain::id::{DossierId, HoursId};
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use domain::view::dossiers::DossierMoving;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::form::address;
use crate::acts::{ActForm, Read, number, value};
use crate::french::dates::{date_with_year, iso_day};
use crate::french::dossiers::minutes as duration;
use crate::french::nb;
use crate::ui::{Field, Icon, TextField};

/// What is offered, in minutes: by the half hour.
const STEP: u16 = 30;

pub fn hours(dossier: DossierId, moving: Memo<DossierMoving>, now: Instant) -> impl IntoView {
    let is_one = Memo::new(move |_| moving.with(|moving| moving.kind == Kind::Volunteer));
    move || is_one.get().then(|| log(dossier, moving, now))
}

type Logged = (Hours, ShortName);

fn log(dossier: DossierId, moving: Memo<DossierMoving>, now: Instant) -> AnyView {
    let rows = Memo::new(move |_| moving.with(|moving| moving.hours.clone()));
    let total = Memo::new(move |_| moving.with(|moving| moving.worked));
    let writes = Memo::new(move |_| moving.with(|moving| moving.logs));
    let said = move || match total.get() {
        0 => nb("Aucune heure n’est encore notée."),
        some => nb(&format!("{} en tout.", duration(some))),
    };
    view! {
        <section class="section section--apart" aria-labelledby="heures">
            <h2 id="heures">"Heures"</h2>
            <p>{said}</p>
            <ul class="list">
                <For
                    each=move || rows.get()
                    key=|(hours, _): &Logged| hours.id
                    children=move |one: Logged| row(dossier, one, writes)
                />
            </ul>
            {move || writes.get().then(|| logging(dossier, now))}
        </section>
    }
    .into_any()
}

fn row(dossier: DossierId, (hours, by): Logged, writes: Memo<bool>) -> impl IntoView {
    let Hours { id, day, minutes, note, .. } = hours;
    let title = format!("{} : {}", date_with_year(day), duration(u32::from(minutes)));
    let about = if note.is_empty() { format!("Noté par {by}") } else { format!("{note} · noté par {by}") };
    let intent = nb(&format!("Retirer les heures du {}", date_with_year(day)));
    let remove = move || {
        writes.get().then(|| {
            let (intent, label) = (intent.clone(), intent.clone());
            view! {
                <ActForm command=Command::RemoveHours { hours: id, dossier } intent=intent back=address(dossier) class="no-print">
                    <button class="button button--quiet" type="submit" aria-label=label>"Retirer"</button>
                </ActForm>
            }
        })
    };
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{nb(&title)}</span>
                <span class="row__soft">{nb(&about)}</span>
            </span>
            <div class="row__end">{remove}</div>
        </li>
    }
}

fn logging(dossier: DossierId, now: Instant) -> AnyView {
    let today = paris_day(now);
    let read: Read = Arc::new(move |data: &FormData| {
        let (day, minutes) = (number(data, "day")?, number::<u16>(data, "minutes")?);
        let intent = nb(&format!("Noter {} de volontariat, le {}", duration(u32::from(minutes)), date_with_year(day)));
        let note = value(data, "note").unwrap_or_default();
        Some((Command::LogHours { hours: HoursId(Uuid::nil()), dossier, day, minutes, note }, intent))
    });
    // What is typed are the inputs, its id is made when it is sent.
    let command = Command::LogHours { hours: HoursId(Uuid::nil()), dossier, day: today, minutes: 0, note: String::new() };
    let options: Vec<_> = (1..=MINUTES_CAP / STEP)
        .map(|steps| {
            let minutes = steps * STEP;
            view! { <option value=minutes.to_string()>{duration(u32::from(minutes))}</option> }
        })
        .collect();
    view! {
        <details class="history no-print">
            <summary class="history__head">
                "Noter des heures"
                <Icon name="chevron-down"/>
            </summary>
            <ActForm command=command intent="" back=address(dossier) read=read again=true class="stack">
                <TextField id="heures-jour" name="day" kind="date" label="Le jour" value=iso_day(today) required=true/>
                <Field id="heures-duree" label="Combien de temps">
                    <select class="field__input" id="heures-duree" name="minutes" required>
                        <option value="">"Choisis une durée"</option>
                        {options}
                    </select>
                </Field>
                <TextField
                    id="heures-mot"
                    name="note"
                    label="À quoi"
                    hint="Facultatif"
                    maxlength=u16::try_from(NOTE_CAP).unwrap_or(u16::MAX)
                    autocomplete="off"
                />
                <button class="button button--fill" type="submit">"Noter"</button>
            </ActForm>
        </details>
    }
    .into_any()
}
