//! « Covoiturage »: places in cars, taken like seats, and one's own car.

use std::sync::Arc;

use domain::command::{Command, NOTE_CAP};
use domain::event::PLACE_CAP;
use domain::id::{CarpoolId, EventId};
use domain::view::event::{Car, Moving};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::things::{answer_first, may_take};
use crate::acts::{ActForm, Read, intent_of, number, value};
use crate::french::events::shared;
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::{Field, Icon, TextField};

/// The most places that somebody offers besides their own, as the decision has it.
const PLACES: u16 = 8;

#[component]
pub fn Cars(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    let cars = Memo::new(move |_| moving.with(|moving| (moving.cars.clone(), moving.on, may_take(moving))));
    let first = Memo::new(move |_| moving.with(answer_first));
    let drives = Memo::new(move |_| moving.with(|moving| moving.cars.iter().any(|car| car.own)));
    let offers = Memo::new(move |_| moving.with(may_take) && !drives.get());
    let shows = Memo::new(move |_| moving.with(|moving| moving.on || !moving.cars.is_empty()));
    let list = move || {
        let (cars, on, may) = cars.get();
        let none = cars.is_empty();
        let rows = cars.into_iter().map(|car| row(car, event, on, may)).collect_view();
        if none {
            view! { <p class="soft">"Personne ne propose encore de place."</p> }.into_any()
        } else {
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    };
    let hint = move || first.get().map(|said| view! { <p class="soft">{nb(said)}</p> });
    // What is being typed stays while cars come and go.
    let offer = move || offers.get().then(|| offering(event));
    move || {
        shows.get().then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="covoiturage">
                    <h2 id="covoiturage">"Covoiturage"</h2>
                    {hint}
                    {list}
                    {offer}
                </section>
            }
        })
    }
}

fn row(car: Car, event: EventId, on: bool, may: bool) -> impl IntoView {
    let Car { id, driver, own, note, places } = car;
    let title =
        if own { format!("Ta voiture · départ : {}", places.label) } else { format!("{driver} · départ : {}", places.label) };
    let title = nb(&title);
    let taken = shared(places.of, places.left, places.mine, &places.by, places.unnamed);
    let note = (!note.is_empty()).then(|| view! { <span class="row__soft">{nb(&note)}</span> });
    let back = format!("/sortie/{event}");
    // Once it is over nothing is given back.
    let (command, words) = if !on {
        (None, "")
    } else if own {
        (Some(Command::WithdrawCarpool { carpool: id, event }), "Retirer")
    } else if places.mine > 0 {
        (Some(Command::ReleaseCarpool { event, carpool: id }), "Rendre ma place")
    } else if may && places.left > 0 {
        (Some(Command::ClaimCarpool { event, carpool: id, seats: 1 }), "Prendre une place")
    } else {
        (None, "")
    };
    let class = if places.mine > 0 || own { "button button--quiet" } else { "button button--fill" };
    let label = nb(&format!("{words} : {title}"));
    let act = command.map(|command| {
        let intent = label.clone();
        view! {
            <ActForm command=command intent=intent back=back>
                <button class=class type="submit" aria-label=label>{words}</button>
            </ActForm>
        }
    });
    view! {
        <li class="row event-thing">
            <Icon name="truck"/>
            <span class="row__body">
                <span class="row__title">{title}</span>
                <span class="row__soft">{taken}</span>
                {note}
            </span>
            <div class="event-thing__acts">{act}</div>
        </li>
    }
}

fn offering(event: EventId) -> impl IntoView {
    let store = Store::expect();
    let read: Read = Arc::new(move |data: &FormData| {
        let command = Command::OfferCarpool {
            carpool: CarpoolId(Uuid::nil()),
            event,
            seats: number(data, "seats")?,
            place: value(data, "place")?,
            note: value(data, "note").unwrap_or_default(),
        };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    // Its fields are the inputs, its id is made when it is sent.
    let command =
        Command::OfferCarpool { carpool: CarpoolId(Uuid::nil()), event, seats: 1, place: String::new(), note: String::new() };
    let options = (1..=PLACES).map(|seats| view! { <option value=seats.to_string()>{seats}</option> }).collect_view();
    view! {
        <details class="history">
            <summary class="history__head">
                "Proposer des places dans ma voiture"
                <Icon name="chevron-down"/>
            </summary>
            <ActForm command=command intent="" back=format!("/sortie/{event}") read=read again=true class="stack">
                <Field id="voiture-seats" label="Combien de places, sans la tienne ?">
                    <select class="field__input" id="voiture-seats" name="seats">{options}</select>
                </Field>
                <TextField
                    id="voiture-place"
                    name="place"
                    label="D’où pars-tu ?"
                    maxlength=u16::try_from(PLACE_CAP).unwrap_or(u16::MAX)
                    autocomplete="off"
                    required=true
                />
                <TextField
                    id="voiture-note"
                    name="note"
                    label="À quelle heure, et où t’attendre"
                    hint="Facultatif"
                    maxlength=u16::try_from(NOTE_CAP).unwrap_or(u16::MAX)
                    autocomplete="off"
                />
                <button class="button button--fill" type="submit">"Proposer ces places"</button>
            </ActForm>
        </details>
    }
}
