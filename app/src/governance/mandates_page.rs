//! The committee's mandates are written down: an assembly elected somebody, the committee chose somebody until the next one, one
//! ended before its time.

use chrono::NaiveDate;
use domain::governance::{COOPTED_D, Mandate, Mandates, Person, SEATS, Seat};
use domain::id::MandateId;
use domain::time::{paris_day, plus_days};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::fields::{choice, line};
use super::form::{NotDone, POSTED_TO, apart};
use super::{COMMITTEE, Filled, governing_mandates, typed};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_with_year, iso_day};
use crate::french::governance::{chosen, done, lapses, mandate as spoken};
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon};

#[component]
pub fn MandatesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| governing_mandates());
    view! {
        <Still title="Tenir les mandats" back=(COMMITTEE, "Le comité")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Mandates, ApiError>, fait: &str) -> AnyView {
    let mandates = match answer {
        Ok(mandates) => mandates,
        Err(error) => return apart(&error),
    };
    let today = paris_day(mandates.now);
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let seats: Vec<_> = mandates.seats.iter().map(|seat| seat_row(seat, &mandates, today)).collect();
    let over: Vec<_> = mandates.all.iter().filter(|(_, mandate, _)| mandate.is_over(today)).map(past_row).collect();
    let past = (!over.is_empty()).then(|| {
        view! {
            <details class="history section--apart">
                <summary class="history__head">
                    "Les mandats passés"
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="workshop__lines">{over}</ul>
            </details>
        }
    });
    view! {
        {said}
        <NotDone/>
        <section class="section" aria-labelledby="sieges">
            <h2 id="sieges">"Les douze sièges"</h2>
            <ol class="list">{seats}</ol>
        </section>
        {electing(&mandates, today)}
        {coopting(&mandates, today)}
        {past}
    }
    .into_any()
}

fn seat_row(seat: &Seat, mandates: &Mandates, today: NaiveDate) -> AnyView {
    let title = |words: String| nb(&format!("Siège {} : {words}", seat.number));
    let after = seat.next.as_ref().map(|next| {
        let said = format!("Ensuite : {}, {}", who(mandates, next), spoken(next));
        view! { <span class="row__soft">{nb(&said)}</span> }
    });
    let Some(mandate) = &seat.mandate else {
        let since = seat.empty_since.map(|since| format!(" depuis le {}", date_with_year(since))).unwrap_or_default();
        return view! {
            <li class="row">
                <span class="row__body">
                    <span class="row__title">{title(format!("vacant{since}"))}</span>
                    {after}
                </span>
                <span class="row__end"><Chip look=ChipLook::Missing>"À pourvoir"</Chip></span>
            </li>
        }
        .into_any();
    };
    let soon =
        mandate.lapses_in(today).map(|days| view! { <Chip look=ChipLook::Waiting icon="clock">{nb(&lapses(days))}</Chip> });
    let ending = mandate.ended.is_none().then(|| id_of(mandates, mandate)).flatten().map(|id| ending(id, mandate, today));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{title(who(mandates, mandate))}</span>
                <span class="row__soft">{spoken(mandate)}</span>
                <span class="row__soft">{chosen(mandate)}</span>
                {after}
            </span>
            <span class="row__end">{soon}</span>
            {ending}
        </li>
    }
    .into_any()
}

fn found<'a>(mandates: &'a Mandates, mandate: &Mandate) -> Option<&'a (MandateId, Mandate, Person)> {
    mandates.all.iter().find(|(_, known, _)| known == mandate)
}

fn id_of(mandates: &Mandates, mandate: &Mandate) -> Option<MandateId> {
    found(mandates, mandate).map(|(id, ..)| *id)
}

fn who(mandates: &Mandates, mandate: &Mandate) -> String {
    found(mandates, mandate).map(|(_, _, person)| full_name(person)).unwrap_or_default()
}

fn full_name(person: &Person) -> String {
    format!("{} {}", person.first_name, person.last_name)
}

fn past_row((_, mandate, person): &(MandateId, Mandate, Person)) -> AnyView {
    let seat = mandate.seat.map(|seat| format!(", siège {seat}")).unwrap_or_default();
    let line = format!("{}{seat}, {}. {}", full_name(person), spoken(mandate), chosen(mandate));
    view! { <li>{nb(&line)}</li> }.into_any()
}

/// It ends before its time: a resignation, somebody who leaves.
fn ending(id: MandateId, mandate: &Mandate, today: NaiveDate) -> AnyView {
    let of = id.to_string();
    let filled = Filled::of("finir", &of, typed(vec![("jour", iso_day(today.max(mandate.from)))]));
    let on = line(&filled, &of, "jour", "Le premier jour sans ce mandat", "date", "");
    let why = line(&filled, &of, "mot", "Pourquoi", "text", "Tous les membres le lisent");
    let with = vec![("sur", of.clone()), ("mandat", of.clone())];
    view! {
        <details class="history governance__ending" open=filled.back>
            <summary class="history__head">
                "Finir avant l’heure"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Les droits qui vont avec s’arrêtent ce jour-là, partout. Un mandat fini ne reprend pas : il en faut un autre.")}</p>
            <Posted to=POSTED_TO act="finir" of=of with=with class="stack">
                {on}
                {why}
                <button class="button" type="submit">
                    "Finir ce mandat"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// Seats and members to choose from; the empty seats first.
fn who_and_seat(filled: &Filled, of: &str, mandates: &Mandates) -> AnyView {
    let mut people = vec![(String::new(), "Choisis un membre".to_owned())];
    people.extend(mandates.people.iter().map(|person| (person.id.to_string(), full_name(person))));
    let held = |number: u8| mandates.seats.iter().find(|seat| seat.number == number).and_then(|seat| seat.mandate.as_ref());
    let mut numbers: Vec<u8> = (1..=SEATS).collect();
    numbers.sort_by_key(|number| held(*number).is_some());
    let seats = numbers.into_iter().map(|number| {
        let word = match held(number) {
            Some(mandate) => {
                format!("Siège {number}, {} jusqu’au {}", who(mandates, mandate), date_with_year(mandate.last_day()))
            }
            None => format!("Siège {number}, vacant"),
        };
        (number.to_string(), word)
    });
    let seats: Vec<(String, String)> = seats.collect();
    let person = choice(filled, of, ("qui", "Qui"), "", people);
    let seat = choice(filled, of, ("siege", "Quel siège"), "", seats);
    view! {
        {person}
        {seat}
    }
    .into_any()
}

fn electing(mandates: &Mandates, today: NaiveDate) -> AnyView {
    let filled = Filled::of("elire", "", typed(vec![("debut", iso_day(today)), ("jour", iso_day(today))]));
    let first = who_and_seat(&filled, "elire", mandates);
    let chosen_on = line(&filled, "elire", "jour", "Le jour de l’assemblée", "date", "");
    let from = line(&filled, "elire", "debut", "Le mandat commence le", "date", "Il dure deux ans");
    let words = line(&filled, "elire", "mot", "Comment", "text", "« assemblée générale ordinaire, 58 voix sur 64 »");
    view! {
        <details class="history section--apart" open=filled.back>
            <summary class="history__head">
                "Noter une élection"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act="elire" of="" class="stack">
                {first}
                {chosen_on}
                {from}
                {words}
                <button class="button button--main" type="submit">
                    "Noter l’élection"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn coopting(mandates: &Mandates, today: NaiveDate) -> AnyView {
    let until = plus_days(today, COOPTED_D);
    let filled = Filled::of("coopter", "", typed(vec![("debut", iso_day(today))]));
    let first = who_and_seat(&filled, "coopter", mandates);
    let from = line(&filled, "coopter", "debut", "À partir du", "date", "");
    let hint = format!("Le jour de la prochaine assemblée générale, avant le {}", date_with_year(until));
    let to = line(&filled, "coopter", "fin", "Jusqu’au", "date", &hint);
    let words = line(&filled, "coopter", "mot", "Comment", "text", "« choix du comité, sans objection »");
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                "Noter un remplacement"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Un siège est vacant : le comité choisit quelqu’un jusqu’à la prochaine assemblée générale.")}</p>
            <Posted to=POSTED_TO act="coopter" of="" class="stack">
                {first}
                {from}
                {to}
                {words}
                <button class="button button--main" type="submit">
                    "Noter le remplacement"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
