//! « Le faire pour »: what somebody who has no phone asks, done in their name by whoever is of the office. Both names are kept,
//! and they are told.

use domain::command::Command;
use domain::id::{ErasureId, MemberId, OfferId, RequestId, SeatId};
use domain::reason::When;
use domain::register::{Card, WHY_CAP};
use domain::requests::Asked as WhatIsAsked;
use domain::swaps::Audience;
use domain::time::{paris_day, plus_days};
use leptos::prelude::*;
use uuid::Uuid;

use super::card_page::member_of_address;
use super::form::{MEMBERS, apart};
use super::{ForThem, register_for_them};
use crate::acts::PlainAct;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::commitment::asked as called;
use crate::french::dates::{day_and_hours, day_and_hours_short, iso_day};
use crate::french::nb;
use crate::french::register::card_of;
use crate::still::Still;
use crate::ui::{Field, TextField, Tick};

/// What may be asked of the office for somebody, as on the wire.
const WHAT: [(WhatIsAsked, &str); 4] = [
    (WhatIsAsked::Pause, "pause"),
    (WhatIsAsked::Parental, "parental"),
    (WhatIsAsked::Illness, "illness"),
    (WhatIsAsked::Exemption, "exemption"),
];

#[component]
pub fn ForThemPage() -> impl IntoView {
    let asked = Asked::new_blocking(member_of_address(), register_for_them);
    view! {
        <Still title="Le faire pour quelqu’un" back=(MEMBERS, "Membres")>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<ForThem, ApiError>) -> AnyView {
    let ForThem { card, held, free } = match answer {
        Ok(found) => found,
        Err(error) => return apart(&error),
    };
    let (whom, name) = (card.id, card.name());
    view! {
        <h2 class="workshop__title">
            <a class="register__link" href=card_of(whom)>{nb(&name)}</a>
        </h2>
        <p>
            {nb("Ce que tu fais ici est fait en son nom, avec le tien à côté : la personne le lit dans « Ce qui a été fait sur mon compte » et en est prévenue.")}
        </p>
        {taking(whom, free)}
        {holding(whom, held)}
        {asking(&card)}
        {contact(&card)}
        {erasing(&card)}
    }
    .into_any()
}

fn page_of(whom: MemberId) -> String {
    format!("{}/pour", card_of(whom))
}

fn taking(whom: MemberId, free: Vec<(SeatId, When, Option<String>)>) -> AnyView {
    let Some((first, ..)) = free.first() else {
        return view! {
            <section class="section" aria-labelledby="prendre">
                <h3 id="prendre">"Prendre une place"</h3>
                <p class="soft">{nb("Aucune place n’est libre dans les quatre semaines à venir.")}</p>
            </section>
        }
        .into_any();
    };
    let command = Command::TakeSeat { seat: *first };
    let options: Vec<_> = free
        .iter()
        .map(|(seat, when, asks)| {
            let asks = asks.as_ref().map(|asks| format!(" ({asks})")).unwrap_or_default();
            let words = nb(&format!("{}, place {}{asks}", day_and_hours_short(when), seat.position + 1));
            view! { <option value=seat.to_string()>{words}</option> }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="prendre">
            <h3 id="prendre">"Prendre une place"</h3>
            <PlainAct command=command back=page_of(whom) on_behalf_of=Some(whom) typed=true class="stack">
                <Field id="place-libre" label="Laquelle">
                    <select class="field__input" id="place-libre" name="seat">
                        {options}
                    </select>
                </Field>
                <button class="button button--fill" type="submit">
                    "Prendre cette place pour la personne"
                </button>
            </PlainAct>
        </section>
    }
    .into_any()
}

fn holding(whom: MemberId, held: Vec<(SeatId, When)>) -> AnyView {
    let rows: Vec<_> = held
        .into_iter()
        .map(|(seat, when)| {
            let said = day_and_hours(&when);
            let gives = Command::GiveSeat { offer: OfferId(Uuid::nil()), seat, audience: Audience::Anyone, note: String::new() };
            let warns = Command::WarnTeam { seat, note: String::new() };
            let (give_label, warn_label) =
                (nb(&format!("Proposer à tous sa place, {said}")), nb(&format!("Prévenir l’équipe : ne vient pas {said}")));
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&said)}</span>
                    </span>
                    <PlainAct command=gives back=page_of(whom) on_behalf_of=Some(whom)>
                        <button class="button button--soft" type="submit" aria-label=give_label>
                            "Proposer à tous"
                        </button>
                    </PlainAct>
                    <PlainAct command=warns back=page_of(whom) on_behalf_of=Some(whom)>
                        <button class="button button--soft" type="submit" aria-label=warn_label>
                            {nb("Prévenir l’équipe")}
                        </button>
                    </PlainAct>
                </li>
            }
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb("Aucune place dans les quatre semaines à venir.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="ses-places">
            <h3 id="ses-places">"Ses places"</h3>
            {body}
        </section>
    }
    .into_any()
}

fn asking(card: &Card) -> AnyView {
    let (whom, today) = (card.id, paris_day(card.now));
    let command = Command::RequestLeave {
        request: RequestId(Uuid::nil()),
        what: WhatIsAsked::Pause,
        from: today,
        to: plus_days(today, 27),
        why: String::new(),
    };
    let options: Vec<_> = WHAT.into_iter().map(|(what, slug)| view! { <option value=slug>{called(what)}</option> }).collect();
    view! {
        <section class="section section--apart" aria-labelledby="demander">
            <h3 id="demander">"Demander une pause ou une dispense"</h3>
            <p class="soft">{nb("La demande va dans « Demandes » : le bureau y répond comme aux autres.")}</p>
            <PlainAct command=command back=page_of(whom) on_behalf_of=Some(whom) typed=true class="stack">
                <Field id="quoi" label="Quoi">
                    <select class="field__input" id="quoi" name="what">
                        {options}
                    </select>
                </Field>
                <Field id="du" label="Du">
                    <input class="field__input" id="du" type="date" name="from" required value=iso_day(today)/>
                </Field>
                <Field id="au" label="Au">
                    <input class="field__input" id="au" type="date" name="to" required value=iso_day(plus_days(today, 27))/>
                </Field>
                <Field id="raison" label="Pourquoi" hint="Pour le bureau seul.">
                    <input class="field__input" id="raison" name="why" maxlength="280" aria-describedby="raison-aide"/>
                </Field>
                <button class="button button--fill" type="submit">
                    "Demander pour la personne"
                </button>
            </PlainAct>
        </section>
    }
    .into_any()
}

fn contact(card: &Card) -> AnyView {
    let phone = card.written.phone.clone().unwrap_or_default();
    let command = Command::SetContact { phone: phone.clone(), show_phone: card.show_phone, show_email: card.show_email };
    let (whom, show_phone, show_email) = (card.id, card.show_phone, card.show_email);
    view! {
        <section class="section section--apart" aria-labelledby="telephone">
            <h3 id="telephone">"Son téléphone, et ce que les membres voient"</h3>
            <PlainAct command=command back=page_of(whom) on_behalf_of=Some(whom) typed=true class="stack">
                <TextField id="phone" name="phone" kind="tel" label="Téléphone" value=phone autocomplete="off"/>
                <Tick name="show_phone" value="true" title="Les membres voient son téléphone" checked=show_phone/>
                <Tick name="show_email" value="true" title="Les membres voient son e-mail" checked=show_email/>
                <button class="button button--fill" type="submit">
                    "Enregistrer pour la personne"
                </button>
            </PlainAct>
        </section>
    }
    .into_any()
}

fn erasing(card: &Card) -> AnyView {
    let whom = card.id;
    let command = Command::AskErasure { erasure: ErasureId(Uuid::nil()), word: String::new() };
    view! {
        <section class="section section--apart" aria-labelledby="effacer">
            <h3 id="effacer">{nb("Demander l’effacement de son compte")}</h3>
            <p class="soft">{nb("Une autre personne du bureau répond ensuite, dans « Effacements demandés ».")}</p>
            <PlainAct command=command back=page_of(whom) on_behalf_of=Some(whom) typed=true class="stack">
                <Field id="mot" label="Un mot" hint="Pour le bureau seul ; rien suffit.">
                    <input class="field__input" id="mot" name="word" maxlength=WHY_CAP.to_string() aria-describedby="mot-aide"/>
                </Field>
                <button class="button" type="submit">
                    "Demander pour la personne"
                </button>
            </PlainAct>
        </section>
    }
    .into_any()
}
