//! Somebody's card: who it is, their place, their share, their way in or out, and what is done for them.

use domain::id::MemberId;
use domain::register::{Card, Status};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::card_forms::{arriving, editing, seat};
use super::form::{DUPLICATES, ERASURES, MEMBERS, NotDone, apart};
use super::share_forms::{association, share};
use super::{CardInHand, register_card};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_with_year, days, moment};
use crate::french::nb;
use crate::french::register::{card_of, done, number, status};
use crate::french::standing::headline;
use crate::french::typography::listed;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, Width};

/// The member that the address names.
pub fn member_of_address() -> impl Fn() -> MemberId + Copy + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|params| params.get("member")).and_then(|id| id.parse().ok()).unwrap_or(MemberId(Uuid::nil()))
}

#[component]
pub fn MemberCardPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(member_of_address(), register_card);
    view! {
        <Still title="Une fiche" back=(MEMBERS, "Membres") width=Width::Alone>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<CardInHand, ApiError>, fait: &str) -> AnyView {
    let CardInHand { card, seats, settings, sponsors } = match answer {
        Ok(found) => found,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let there = card.status.is_there();
    let way = card.arriving.as_ref().filter(|_| there).map(|way| arriving(&card, way, &sponsors));
    let edits = there.then(|| editing(&card));
    let place = there.then(|| seat(&card, &seats));
    view! {
        {head(&card)}
        {said}
        <NotDone/>
        {reached(&card)}
        {way}
        {share(&card, settings.share)}
        {association(&card, settings.association)}
        {place}
        {commitment(&card)}
        {edits}
        {account(&card)}
        {departure(&card)}
    }
    .into_any()
}

fn head(card: &Card) -> AnyView {
    let mut about = vec![number(card.number), status(card.status)];
    about.push(format!("depuis le {}", date_with_year(card.written.joined_on)));
    about.extend(card.employee.then(|| "salarié·e de la coop".to_owned()));
    let photo = card.photo.as_ref().map(|photo| {
        let src = format!("/pictures/{}", photo.id);
        view! { <img class="register__photo" src=src alt="" width=photo.width.to_string() height=photo.height.to_string()/> }
    });
    let groups = (!card.groups.is_empty()).then(|| format!("Groupes : {}.", listed(&card.groups, 9)));
    let mandate = card.mandate_until.map(|until| format!("Au comité jusqu’au {}.", date_with_year(until)));
    let merged = match card.status {
        Status::Merged { into } => Some(view! {
            <p>
                <a class="register__link" href=card_of(into)>{nb("Voir la fiche qui reste")}</a>
            </p>
        }),
        _ => None,
    };
    view! {
        <header class="register__head">
            {photo}
            <div>
                <h2 class="workshop__title">{nb(&card.name())}</h2>
                <p class="soft">{nb(&about.join(" · "))}</p>
                {groups.map(|said| view! { <p class="soft">{nb(&said)}</p> })}
                {mandate.map(|said| view! { <p class="soft">{nb(&said)}</p> })}
                {merged}
            </div>
        </header>
    }
    .into_any()
}

/// How they are reached, who else stands behind their address, and what the others see of it.
fn reached(card: &Card) -> AnyView {
    let written = &card.written;
    let shown = |shown: bool| if shown { "les membres le voient" } else { "le bureau seul le voit" };
    let email = if written.email.is_empty() {
        "Pas d’e-mail : on ne peut pas lui écrire, et il ou elle n’entre pas dans l’application.".to_owned()
    } else {
        format!("{} ({})", written.email, shown(card.show_email))
    };
    let phone = match &written.phone {
        Some(phone) => format!("{phone} ({})", shown(card.show_phone)),
        None => "Pas de téléphone.".to_owned(),
    };
    let bounced = card.bounced.then(|| view! { <p class="register__missing">{nb("Les mails à cette adresse reviennent.")}</p> });
    let address = (!written.address.is_empty()).then(|| view! { <p>{nb(&written.address)}</p> });
    let seen = match card.last_seen_on {
        Some(on) => format!("Vu·e dans l’application le {}.", date_with_year(on)),
        None => "Jamais entré·e dans l’application.".to_owned(),
    };
    let invited = card.welcomed.map(|welcomed| match welcomed.sent_at {
        Some(at) => format!("Invité·e par mail {}.", moment(at, card.now)),
        None => format!("Un mail d’invitation part {}.", moment(welcomed.due_at, card.now)),
    });
    let waits = card.welcomed.is_some_and(|welcomed| welcomed.sent_at.is_none());
    let inviting = (card.last_seen_on.is_none() && !written.email.is_empty() && card.status.is_there() && !waits).then(|| {
        let id = card.id.to_string();
        let of = format!("{id} {}", card.welcomed.map(|known| known.due_at.timestamp()).unwrap_or_default());
        view! {
            <Posted to=MEMBERS act="inviter" of=of with=vec![("member", id)]>
                <button class="button button--fill" type="submit">
                    <Icon name="send"/>
                    {nb("Inviter à entrer dans l’application")}
                </button>
            </Posted>
        }
    });
    view! {
        <section class="section" aria-labelledby="joindre">
            <h3 id="joindre">"Joindre"</h3>
            <p>{nb(&email)}</p>
            {bounced}
            <p>{nb(&phone)}</p>
            {address}
            <p class="soft">{nb(&seen)}</p>
            {invited.map(|said| view! { <p class="soft">{nb(&said)}</p> })}
            {inviting}
            {others(card)}
        </section>
    }
    .into_any()
}

fn others(card: &Card) -> AnyView {
    if card.others.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = card
        .others
        .iter()
        .map(|other| {
            let name = nb(&format!("{} {}, {}", other.first_name, other.last_name, number(other.number)));
            view! { <li><a class="register__link" href=card_of(other.id)>{name}</a></li> }
        })
        .collect();
    let asks = (!card.address_settled).then(|| {
        let with = vec![("email", card.written.email.clone()), ("member", card.id.to_string())];
        view! {
            <Posted to=MEMBERS act="adresse" of=card.written.email.clone() with=with>
                <button class="button button--soft" type="submit">
                    {nb("C’est un couple ou un foyer : c’est juste")}
                </button>
            </Posted>
        }
    });
    view! {
        <p>{nb("La même adresse est aussi celle de :")}</p>
        <ul class="supply__lines">{rows}</ul>
        {asks}
    }
    .into_any()
}

/// What they owe and ask, which has pages of its own.
fn commitment(card: &Card) -> AnyView {
    let href = format!("/bureau/engagement/{}", card.id);
    let leaves: Vec<_> = card.leaves.iter().map(|leave| view! { <li>{nb(&format!("En pause {}", days(*leave)))}</li> }).collect();
    view! {
        <section class="section section--apart" aria-labelledby="engagement">
            <h3 id="engagement">"Son engagement"</h3>
            <p>{headline(&card.standing)}</p>
            {(!leaves.is_empty()).then(|| view! { <ul class="supply__lines">{leaves}</ul> })}
            <p class="cluster">
                <a class="button" href=href>
                    "Le détail, corriger"
                </a>
                <a class="button" href="/bureau/demandes">
                    "Pauses et dispenses"
                </a>
            </p>
        </section>
    }
    .into_any()
}

/// What is done in their name, and what was done to their account.
fn account(card: &Card) -> AnyView {
    let (for_them, trail) = (format!("{}/pour", card_of(card.id)), format!("{}/journal", card_of(card.id)));
    let acts = (card.status.is_there() && !card.own).then(|| {
        view! {
            <a class="button" href=for_them>
                <Icon name="handshake"/>
                "Le faire pour cette personne"
            </a>
        }
    });
    let asked = card.erasure.as_ref().filter(|erasure| erasure.state == domain::register::ErasureState::Pending).map(|_| {
        view! {
            <p class="register__missing">
                {nb("Demande l’effacement de son compte.")} " " <a href=ERASURES>"Répondre"</a>
            </p>
        }
    });
    let merging = (!card.own).then(|| {
        let id = card.id.to_string();
        view! {
            <form method="get" action=DUPLICATES class="cluster">
                <input type="hidden" name="part" value=id/>
                <label class="field__label" for="garde">"Deux fiches pour une personne ? Numéro de celle qui reste"</label>
                <input class="field__input register__number" id="garde" name="numero" inputmode="numeric" required/>
                <button class="button" type="submit">
                    "Comparer"
                </button>
            </form>
        }
    });
    view! {
        <section class="section section--apart" aria-labelledby="compte">
            <h3 id="compte">"Son compte"</h3>
            {asked}
            <p class="cluster">
                {acts}
                <a class="button" href=trail>
                    <Icon name="list-checks"/>
                    "Ce qui a été fait"
                </a>
            </p>
            {merging}
        </section>
    }
    .into_any()
}

fn departure(card: &Card) -> AnyView {
    let href = format!("{}/depart", card_of(card.id));
    let (title, said) = match (&card.departure, card.status.is_there()) {
        (Some(departure), _) => ("Son départ", Some(format!("Le {}, noté par {}.", date_with_year(departure.on), departure.by))),
        (None, true) => ("Quitter la coop", None),
        (None, false) => return ().into_any(),
    };
    view! {
        <section class="section section--apart" aria-labelledby="depart">
            <h3 id="depart">{title}</h3>
            {said.map(|said| view! { <p>{nb(&said)}</p> })}
            <p>
                <a class="button" href=href>
                    <Icon name="log-out"/>
                    {if card.departure.is_some() { "Voir son départ" } else { "Noter un départ" }}
                </a>
            </p>
        </section>
    }
    .into_any()
}
