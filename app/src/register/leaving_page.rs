//! Somebody leaves: what that ends on the chosen day is shown before, and the way back after.

use chrono::NaiveDate;
use domain::register::{Card, Departure, EXPORT_D, Held, LeavingPreview};
use domain::share::Refund;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::card_page::member_of_address;
use super::form::{MEMBERS, NotDone, Why, apart};
use super::{Departing, register_leaving};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_with_year, day_and_hours, iso_day, moment};
use crate::french::nb;
use crate::french::register::{card_of, done, regular_seat, sentences};
use crate::french::shares::{euros, state};
use crate::french::typography::{counted, listed};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Field, Icon};

#[component]
pub fn MemberLeavingPage() -> impl IntoView {
    let query = use_query_map();
    let (member, on) =
        (member_of_address(), move || query.with(|query| query.get("le")).and_then(|day| day.parse::<NaiveDate>().ok()));
    let asked = Asked::new_blocking(move || (member(), on()), |(member, on)| register_leaving(member, on));
    view! {
        <Still title="Un départ" back=(MEMBERS, "Membres")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Departing, ApiError>, fait: &str) -> AnyView {
    let Departing { card, today, preview } = match answer {
        Ok(found) => found,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let body = match (&card.departure, preview) {
        (Some(departure), _) => noted(&card, departure),
        (None, Some(Ok(preview))) => foreseen(&card, &preview),
        (None, Some(Err(mistakes))) => {
            let lines: Vec<_> = mistakes
                .into_iter()
                .flat_map(|one| sentences(&Why::Mistake(one)))
                .map(|said| view! { <li>{said}</li> })
                .collect();
            view! {
                <ul class="workshop__wrong" role="alert">{lines}</ul>
                {choose(&card, today)}
            }
            .into_any()
        }
        (None, None) => choose(&card, today),
    };
    view! {
        <h2 class="workshop__title">
            <a class="register__link" href=card_of(card.id)>{nb(&card.name())}</a>
        </h2>
        {said}
        <NotDone/>
        {body}
    }
    .into_any()
}

fn choose(card: &Card, today: NaiveDate) -> AnyView {
    let action = format!("{}/depart", card_of(card.id));
    view! {
        <p>{nb("Choisis le premier jour où cette personne n’est plus membre. Rien n’est fait avant que tu aies vu ce que ça change.")}</p>
        <form method="get" action=action class="stack">
            <Field id="le" label="Plus membre à partir du">
                <input class="field__input" id="le" type="date" name="le" required min=iso_day(today) value=iso_day(today)/>
            </Field>
            <button class="button button--fill" type="submit">
                "Voir ce que ça change"
            </button>
        </form>
    }
    .into_any()
}

fn seat(held: &Held) -> AnyView {
    let told = match &held.lead {
        Some(lead) => format!("{} : {lead}, qui anime, l’apprend.", day_and_hours(&held.when)),
        None => format!("{} : personne n’anime, le planning le montre.", day_and_hours(&held.when)),
    };
    view! { <li>{nb(&told)}</li> }.into_any()
}

fn foreseen(card: &Card, preview: &LeavingPreview) -> AnyView {
    let seats: Vec<_> = preview.seats.iter().map(seat).collect();
    let freed = counted(preview.seats.len(), "place se libère", "places se libèrent");
    let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let mut also: Vec<String> = Vec::new();
    also.extend(preview.regular.as_ref().map(|seat| format!("Sa place fixe ({}) est à reprendre.", regular_seat(seat))));
    let ends = [
        (number(preview.offers), "proposition de place s’arrête", "propositions de place s’arrêtent"),
        (number(preview.proposals), "demande d’échange s’arrête", "demandes d’échange s’arrêtent"),
        (number(preview.waiting), "attente ou guet s’arrête", "attentes ou guets s’arrêtent"),
    ];
    also.extend(
        ends.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| format!("{}.", counted(count, one, many))),
    );
    also.extend((!preview.answers.is_empty()).then(|| format!("Ne vient plus à : {}.", listed(&preview.answers, 9))));
    also.extend((!preview.groups.is_empty()).then(|| format!("Quitte, ce jour-là : {}.", listed(&preview.groups, 9))));
    also.extend(
        preview.mandate_until.map(|until| format!("Son mandat au comité, jusqu’au {}, prend fin.", date_with_year(until))),
    );
    also.extend((preview.devices > 0).then(|| {
        format!("{} ce jour-là.", counted(number(preview.devices), "appareil est déconnecté", "appareils sont déconnectés"))
    }));
    also.extend((!preview.keys.is_empty()).then(|| format!("Clés à rendre : {}.", listed(&preview.keys, 9))));
    also.extend(
        preview.paid.map(|paid| format!("Sa part, {}, est à rembourser : elle reste dans « À rembourser ».", euros(paid))),
    );
    also.push(if card.written.email.is_empty() {
        "Sans e-mail : qui veut ses données les demande au bureau.".to_owned()
    } else {
        format!("Un mail lui donne {EXPORT_D} jours pour lire et garder ses données.")
    });
    let also: Vec<_> = also.into_iter().map(|said| view! { <li>{nb(&said)}</li> }).collect();
    let id = card.id.to_string();
    let with = vec![("member", id.clone()), ("on", iso_day(preview.on))];
    let of = format!("{id} {}", preview.on);
    let title = format!("À partir du {}", date_with_year(preview.on));
    let act = if preview.last_of_office {
        let said = "C’est la dernière personne du bureau : fais d’abord entrer quelqu’un dans Administratif et financier.";
        view! { <p class="register__missing">{nb(said)}</p> }.into_any()
    } else {
        view! {
            <Posted to=MEMBERS act="partir" of=of with=with class="stack">
                <Field id="pourquoi-part" label="Pourquoi" hint="Pour le bureau seul ; rien suffit.">
                    <input class="field__input" id="pourquoi-part" name="why" maxlength="500" aria-describedby="pourquoi-part-aide"/>
                </Field>
                <button class="button button--main" type="submit">
                    "Noter ce départ"
                </button>
                <p class="soft">{nb("Avant ce jour, le départ s’annule ; les places libérées restent à qui les prend.")}</p>
            </Posted>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="change">
            <h3 id="change">{nb(&title)}</h3>
            <p>{nb(&format!("{freed}."))}</p>
            {(!seats.is_empty()).then(|| view! { <ul class="supply__lines">{seats}</ul> })}
            <ul class="supply__lines">{also}</ul>
        </section>
        {act}
        <p>
            <a class="button" href=format!("{}/depart", card_of(card.id))>
                "Choisir un autre jour"
            </a>
        </p>
    }
    .into_any()
}

fn noted(card: &Card, departure: &Departure) -> AnyView {
    let said = format!(
        "Plus membre à partir du {}. Noté par {}, {}.",
        date_with_year(departure.on),
        departure.by,
        moment(departure.at, card.now)
    );
    let why = (!departure.why.is_empty()).then(|| nb(&format!("« {} »", departure.why)));
    let ended = departure.done_at.map(|at| format!("Rôles et appareils : terminés {}.", moment(at, card.now)));
    let export = departure
        .export_until
        .map(|until| format!("Peut lire ses données jusqu’au {}.", date_with_year(domain::time::paris_day(until))));
    let shares: Vec<_> = card
        .shares
        .iter()
        .filter(|share| share.refund != Refund::NotDue)
        .map(|share| view! { <p>{nb(&format!("Part sociale. {}", state(share)))}</p> })
        .collect();
    let id = card.id.to_string();
    let label = if card.status.is_there() { "Annuler ce départ" } else { "Revient dans la coop" };
    view! {
        <section class="section" aria-labelledby="note">
            <h3 id="note">{nb("C’est noté")}</h3>
            <p>{nb(&said)}</p>
            {why.map(|why| view! { <p class="soft">{why}</p> })}
            {ended.map(|said| view! { <p>{nb(&said)}</p> })}
            {export.map(|said| view! { <p>{nb(&said)}</p> })}
            {shares}
        </section>
        <Posted to=MEMBERS act="rester" of=format!("{id} {}", departure.at.timestamp()) with=vec![("member", id)]>
            <button class="button" type="submit">
                <Icon name="refresh-cw"/>
                {label}
            </button>
        </Posted>
    }
    .into_any()
}
