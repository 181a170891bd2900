//! People who may be registered twice, addresses that several share, and two cards beside one another before they are one.

use domain::id::MemberId;
use domain::register::{MergePreview, MergeSide, Pair, Registered};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{DUPLICATES, MEMBERS, NotDone, Why, apart};
use super::{Duplicates, register_alikes};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::commitment::amount;
use crate::french::dates::{date_with_year, day_and_hours_short};
use crate::french::nb;
use crate::french::register::{alike, card_of, done, number, parts, sentences, status};
use crate::french::shares::state;
use crate::french::typography::listed;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Width;

#[component]
pub fn DuplicatesPage() -> impl IntoView {
    let query = use_query_map();
    let id = move |name: &'static str| query.with(|query| query.get(name)).and_then(|id| id.parse::<MemberId>().ok());
    let number = move || query.with(|query| query.get("numero")).and_then(|number| number.trim().parse::<i32>().ok());
    let asked = Asked::new_blocking(
        move || (id("garde"), id("part"), number()),
        |(keeps, goes, number)| register_alikes(keeps, goes, number),
    );
    view! {
        <Still title="Doublons" back=(MEMBERS, "Membres") width=Width::Wide>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Duplicates, ApiError>, fait: &str) -> AnyView {
    let Duplicates { alikes, merge } = match answer {
        Ok(found) => found,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    if let Some(merge) = merge {
        return view! {
            <NotDone/>
            {compared(&merge)}
        }
        .into_any();
    }
    let named = |id: &MemberId| alikes.people.get(id);
    let pairs: Vec<_> =
        alikes.pairs.iter().filter_map(|found| Some(pair(found, named(&found.first)?, named(&found.second)?))).collect();
    let shared: Vec<_> = alikes
        .shared
        .iter()
        .map(|(email, people)| together(email, people.iter().filter_map(|id| alikes.people.get(id)).collect()))
        .collect();
    let no_pairs = pairs.is_empty().then(|| view! { <p class="soft">{nb("Personne ne semble inscrit deux fois.")}</p> });
    let no_shared = shared.is_empty().then(|| view! { <p class="soft">{nb("Aucune adresse partagée n’attend de réponse.")}</p> });
    view! {
        {said}
        <NotDone/>
        <section class="section" aria-labelledby="paires">
            <h2 id="paires">{nb("Peut-être la même personne")}</h2>
            {no_pairs}
            <ul class="list">{pairs}</ul>
        </section>
        <section class="section section--apart" aria-labelledby="partagees">
            <h2 id="partagees">"Adresses partagées"</h2>
            <p class="soft">{nb("Un couple ou un foyer peut partager une adresse : chacun garde sa fiche, et l’application demande « Qui es-tu ? ».")}</p>
            {no_shared}
            <ul class="list">{shared}</ul>
        </section>
    }
    .into_any()
}

fn name(person: &Registered) -> String {
    format!("{} {}, {}", person.first_name, person.last_name, number(person.number))
}

fn pair(found: &Pair, first: &Registered, second: &Registered) -> AnyView {
    let why: Vec<&str> = found.alike.iter().map(|one| alike(*one)).collect();
    let href = format!("{DUPLICATES}?garde={}&part={}", found.first, found.second);
    let title = format!("{} et {}", name(first), name(second));
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&title)}
                </a>
                <span class="row__soft">{nb(&why.join(" ; "))}</span>
            </span>
        </li>
    }
    .into_any()
}

fn together(email: &str, people: Vec<&Registered>) -> AnyView {
    let names: Vec<String> = people.iter().map(|person| name(person)).collect();
    let label = nb(&format!("C’est un foyer : {email}"));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{email.to_owned()}</span>
                <span class="row__soft">{nb(&listed(&names, 9))}</span>
            </span>
            <Posted to=MEMBERS act="adresse" of=email.to_owned() with=vec![("email", email.to_owned())]>
                <button class="button button--soft" type="submit" aria-label=label>
                    {nb("C’est un foyer")}
                </button>
            </Posted>
        </li>
    }
    .into_any()
}

/// Two cards, and what comes of them.
fn compared(merge: &MergePreview) -> AnyView {
    let (keeps, goes) = (&merge.keeps, &merge.goes);
    let mut comes: Vec<String> = Vec::new();
    comes.extend((!merge.filled.is_empty()).then(|| format!("Complété sur la fiche qui reste : {}.", parts(&merge.filled))));
    let days = |all: &[domain::reason::When]| {
        let said: Vec<String> = all.iter().map(day_and_hours_short).collect();
        listed(&said, 9)
    };
    comes.extend((!merge.moved.is_empty()).then(|| format!("Places qui suivent : {}.", days(&merge.moved))));
    comes.extend((!merge.freed.is_empty()).then(|| format!("Places qui se libèrent : {}.", days(&merge.freed))));
    comes.extend((merge.credit.0 != 0).then(|| format!("Son compte suit : {}.", amount(merge.credit))));
    comes.extend(goes.share.is_some().then(|| "Sa part et ses paiements suivent, s’il n’y en a pas déjà une.".to_owned()));
    comes.extend((!goes.groups.is_empty()).then(|| format!("Groupes : {}.", listed(&goes.groups, 9))));
    comes.push(
        "La fiche qui part garde son numéro et son journal ; elle n’est plus membre et n’entre plus dans l’application."
            .to_owned(),
    );
    let comes: Vec<_> = comes.into_iter().map(|said| view! { <li>{nb(&said)}</li> }).collect();
    let (keeps_id, goes_id) = (keeps.id.to_string(), goes.id.to_string());
    let turned = format!("{DUPLICATES}?garde={goes_id}&part={keeps_id}");
    let act = match &merge.mistake {
        Some(mistake) => {
            let said = sentences(&Why::Mistake(mistake.clone())).join(" ");
            view! { <p class="register__missing">{said}</p> }.into_any()
        }
        None => {
            let of = format!("{keeps_id} {goes_id}");
            let with = vec![("keeps", keeps_id), ("goes", goes_id)];
            view! {
                <Posted to=MEMBERS act="reunir" of=of with=with class="stack">
                    <button class="button button--main" type="submit">
                        "Réunir ces deux fiches"
                    </button>
                    <p class="soft">{nb("C’est une seule action, qui ne se défait pas.")}</p>
                </Posted>
            }
            .into_any()
        }
    };
    view! {
        <div class="register__beside">
            {card("reste", "La fiche qui reste", keeps)}
            {card("part", "La fiche qui part", goes)}
        </div>
        <ul class="supply__lines">{comes}</ul>
        {act}
        <p class="cluster">
            <a class="button" href=turned>
                {nb("Garder plutôt l’autre")}
            </a>
            <a class="button" href=DUPLICATES>
                "Revenir aux doublons"
            </a>
        </p>
    }
    .into_any()
}

fn card(id: &'static str, title: &'static str, side: &MergeSide) -> AnyView {
    let written = &side.written;
    let mut lines = vec![format!("{} {}, {}", written.first_name, written.last_name, number(side.number)), status(side.status)];
    lines.extend((!written.email.is_empty()).then(|| written.email.clone()));
    lines.extend(written.phone.clone());
    lines.extend((!written.address.is_empty()).then(|| written.address.clone()));
    lines.push(format!("Depuis le {}", date_with_year(written.joined_on)));
    lines.extend(side.share.as_ref().map(|share| format!("Part : {}", state(share))));
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{nb(&line)}</li> }).collect();
    view! {
        <section class="card" aria-labelledby=id>
            <h2 class="card__title" id=id>
                <a class="register__link" href=card_of(side.id)>{title}</a>
            </h2>
            <ul class="supply__lines">{lines}</ul>
        </section>
    }
    .into_any()
}
