//! « Arrivées »: who is on their way in, how far, who is stuck, and what newcomers read of their first shift.

use domain::register::{FIRST_SHIFT_CAP, OnTheirWay, STUCK_D, Settings, Step};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::filled::Filled;
use super::form::{MEMBERS, NEW, NotDone, apart};
use super::{ArrivalsInHand, register_arrivals};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_with_year, day_and_hours};
use crate::french::nb;
use crate::french::register::{card_of, done, number, step};
use crate::french::shares::euros;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Empty, Field, Icon, TextField, in_textarea};

#[component]
pub fn ArrivalsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_arrivals());
    view! {
        <Still title="Arrivées" back=(MEMBERS, "Membres")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<ArrivalsInHand, ApiError>, fait: &str) -> AnyView {
    let arrivals = match answer {
        Ok(found) => found.arrivals,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let stuck = arrivals.people.iter().filter(|person| person.way.stuck).count();
    let summary = match (arrivals.people.len(), stuck) {
        (all, 0) => format!("{} : tout avance.", counted(all, "personne en chemin", "personnes en chemin")),
        (all, stuck) => format!(
            "{}, dont {} depuis plus de {STUCK_D} jours sans rien de nouveau.",
            counted(all, "personne en chemin", "personnes en chemin"),
            counted(stuck, "personne", "personnes")
        ),
    };
    let rows: Vec<_> = arrivals.people.iter().map(|person| row(person, arrivals.now)).collect();
    let body = if rows.is_empty() {
        let text = "Ajoute une personne : ses étapes se suivent ici, de la réunion d’accueil à la première vacation.";
        view! {
            <Empty id="personne-en-chemin" icon="handshake" title="Personne n’est en chemin" text=nb(text)>
                <a class="button button--fill" href=NEW>
                    "Ajouter un membre"
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <p>{nb(&summary)}</p>
            <ul class="list">{rows}</ul>
        }
        .into_any()
    };
    view! {
        {said}
        <NotDone/>
        {body}
        {settings(&arrivals.settings)}
    }
    .into_any()
}

fn row(person: &OnTheirWay, now: Instant) -> AnyView {
    let name = nb(&format!("{} {}, {}", person.first_name, person.last_name, number(person.number)));
    let next = match person.way.next {
        Some(next) => format!("Prochaine étape : {}", step(next)),
        None => "Tout est fait".to_owned(),
    };
    let done = person.way.stages.iter().filter(|stage| stage.done).count();
    let mut about = vec![format!("{done} étapes sur {}", Step::ALL.len()), next];
    about.push(format!("rien de nouveau depuis le {}", date_with_year(person.way.since)));
    about.extend(person.way.sponsor.as_ref().map(|sponsor| format!("accueil : {sponsor}")));
    let comes = person.way.first_shift.filter(|first| first.ends_at > now).map(|first| {
        let when = domain::reason::When { shift: first.shift, starts_at: first.starts_at, ends_at: first.ends_at };
        format!("Première vacation {}", day_and_hours(&when))
    });
    about.extend(comes);
    let reach: Vec<String> =
        person.phone.iter().cloned().chain((!person.email.is_empty()).then(|| person.email.clone())).collect();
    let reach = if reach.is_empty() { "Ni téléphone ni e-mail".to_owned() } else { reach.join(" · ") };
    let stuck = person.way.stuck.then(|| {
        view! {
            <Chip look=ChipLook::Missing icon="clock-alert">
                {nb("N’avance plus")}
            </Chip>
        }
    });
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=card_of(person.id)>
                    {name}
                </a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
                <span class="row__soft">{nb(&reach)}</span>
                {stuck}
            </span>
        </li>
    }
    .into_any()
}

/// What newcomers read, and what a share and a year of the association come to.
fn settings(now: &Settings) -> AnyView {
    let typed = |cents| euros(cents).chars().filter(|letter| letter.is_ascii_digit() || *letter == ',').collect::<String>();
    let known =
        vec![("first_shift", now.first_shift.clone()), ("share", typed(now.share)), ("association", typed(now.association))];
    let filled = Filled::of("reglages", known);
    let open = filled.back;
    let wrong = filled.wrong("text");
    let text = filled.one("first_shift");
    view! {
        <details class="history section--apart" open=open>
            <summary class="history__head">
                "Ce que lisent les nouveaux membres, et les montants"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=MEMBERS act="reglages" of="" class="stack">
                <Field id="first_shift" label="La première vacation : où venir, quand, comment s’habiller" error=wrong>
                    <textarea
                        class="field__input"
                        id="first_shift"
                        name="first_shift"
                        rows="4"
                        maxlength=FIRST_SHIFT_CAP.to_string()
                        required
                    >
                        {in_textarea(&text)}
                    </textarea>
                </Field>
                <TextField
                    id="share"
                    name="share"
                    label="Une part sociale, en euros"
                    value=filled.one("share")
                    inputmode="decimal"
                    error=filled.wrong("amount")
                    required=true
                />
                <TextField
                    id="association"
                    name="association"
                    label="Une année d’adhésion à l’association, en euros"
                    value=filled.one("association")
                    inputmode="decimal"
                    required=true
                />
                <button class="button button--fill" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
