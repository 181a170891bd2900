//! A member's share: subscribed, paid at once or in several times, given back; and the association, year by year.

use chrono::{Datelike, NaiveDate};
use domain::register::Card;
use domain::share::{AssociationYear, How, Payment, Refund, Share};
use leptos::prelude::*;

use super::filled::Filled;
use super::form::MEMBERS;
use crate::french::dates::{date_with_year, iso_day};
use crate::french::nb;
use crate::french::shares::{euros, how, state};
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon, TextField};

/// An amount as somebody types it.
fn typed(cents: domain::catalogue::Cents) -> String {
    euros(cents).chars().filter(|letter| letter.is_ascii_digit() || *letter == ',').collect()
}

/// All of it. Nobody keeps their own money.
pub fn share(card: &Card, share: domain::catalogue::Cents) -> AnyView {
    let today = domain::time::paris_day(card.now);
    let current = card.share().map(|share| one(card, share, today));
    let over: Vec<_> = card.shares.iter().filter(|share| share.is_over()).map(past).collect();
    let subscribing = (card.share().is_none() && card.status.is_there() && !card.own).then(|| subscribe(card, share, today));
    let none = card.shares.is_empty().then(|| view! { <p class="soft">{nb("Aucune part.")}</p> });
    let own = card.own.then(|| {
        view! { <p class="soft">{nb("C’est ta propre part : quelqu’un d’autre du bureau note ce qui s’y passe.")}</p> }
    });
    view! {
        <section class="section section--apart" aria-labelledby="part">
            <h3 id="part">"Sa part sociale"</h3>
            <p class="soft">{nb("Une par membre, exactement, quel que soit ce qui a été versé.")}</p>
            {none}
            {own}
            {current}
            {over}
            {subscribing}
        </section>
    }
    .into_any()
}

fn past(share: &Share) -> AnyView {
    let said = format!("Souscrite le {}. {}", date_with_year(share.subscribed_on), state(share));
    view! { <p class="soft">{nb(&said)}</p> }.into_any()
}

fn one(card: &Card, share: &Share, today: NaiveDate) -> AnyView {
    let said = format!("{}, souscrite le {}. {}", euros(share.cents), date_with_year(share.subscribed_on), state(share));
    let rows: Vec<_> = share.payments.iter().map(|payment| paid(card, share, payment)).collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="figures__scroll" tabindex="0" role="region" aria-label="Paiements">
                <table class="figures">
                    <caption>"Paiements"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Jour"</th>
                            <th scope="col">"Montant"</th>
                            <th scope="col">"Comment"</th>
                            <th scope="col">"Erreur ?"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let certificate = format!("{MEMBERS}/{}/attestation.pdf", card.id);
    let paying = (!card.own && !share.is_whole() && !share.is_over())
        .then(|| money_form(card, "payer", "Noter un paiement", typed(share.left()), today));
    let refunding = (!card.own && matches!(share.refund, Refund::Due { .. }))
        .then(|| money_form(card, "rembourser", "Noter le remboursement", typed(share.paid()), today));
    view! {
        <p>{nb(&said)}</p>
        {table}
        {paying}
        {refunding}
        <p>
            <a class="button" href=certificate rel="external">
                <Icon name="download"/>
                "Attestation (PDF)"
            </a>
        </p>
    }
    .into_any()
}

fn paid(card: &Card, share: &Share, payment: &Payment) -> AnyView {
    let amount = if payment.cancelled { format!("{} (annulé)", euros(payment.cents)) } else { euros(payment.cents) };
    let may = !payment.cancelled && !card.own && !share.is_over();
    let cancel = may.then(|| {
        let with = vec![("member", card.id.to_string()), ("payment", payment.id.to_string())];
        let label = nb(&format!("Annuler le paiement de {}", euros(payment.cents)));
        view! {
            <Posted to=MEMBERS act="annuler-paiement" of=payment.id.to_string() with=with>
                <button class="button button--soft" type="submit" aria-label=label>
                    "Annuler"
                </button>
            </Posted>
        }
    });
    view! {
        <tr>
            <td>{date_with_year(payment.on)}</td>
            <td>{nb(&amount)}</td>
            <td>{how(payment.how)}</td>
            <td>{cancel}</td>
        </tr>
    }
    .into_any()
}

fn subscribe(card: &Card, share: domain::catalogue::Cents, today: NaiveDate) -> AnyView {
    let filled = Filled::of("souscrire", vec![("amount", typed(share)), ("on", iso_day(today))]);
    let id = card.id.to_string();
    let with = vec![("member", id.clone())];
    // One that came to an end makes way for another form.
    let of = format!("{id} {}", card.shares.len());
    view! {
        <Posted to=MEMBERS act="souscrire" of=of with=with class="stack">
            <TextField
                id="souscrire-montant"
                name="amount"
                label="Montant de la part"
                value=filled.one("amount")
                inputmode="decimal"
                error=filled.wrong("amount")
                required=true
            />
            <TextField
                id="souscrire-le"
                name="on"
                kind="date"
                label="Souscrite le"
                value=filled.one("on")
                error=filled.wrong("on")
                required=true
            />
            <button class="button button--fill" type="submit">
                "Souscrire sa part"
            </button>
        </Posted>
    }
    .into_any()
}

fn money_form(card: &Card, act: &'static str, title: &'static str, amount: String, today: NaiveDate) -> AnyView {
    let filled = Filled::of(act, vec![("amount", amount), ("on", iso_day(today)), ("how", "cheque".to_owned())]);
    let id = card.id.to_string();
    let with = vec![("member", id.clone())];
    let made: usize = card.shares.iter().map(|share| share.payments.len()).sum();
    let of = format!("{id} {made}");
    let options: Vec<_> = How::ALL
        .into_iter()
        .map(|one| view! { <option value=one.slug() selected=filled.ticks("how", one.slug())>{how(one)}</option> })
        .collect();
    let open = filled.back;
    let (amount_id, on_id, how_id) = (format!("{act}-montant"), format!("{act}-le"), format!("{act}-comment"));
    view! {
        <details class="history" open=open>
            <summary class="history__head">
                {title}
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=MEMBERS act=act of=of with=with class="stack">
                <TextField
                    id=amount_id
                    name="amount"
                    label="Combien"
                    value=filled.one("amount")
                    inputmode="decimal"
                    error=filled.wrong("amount")
                    required=true
                />
                <TextField id=on_id name="on" kind="date" label="Quand" value=filled.one("on") error=filled.wrong("on") required=true/>
                <Field id=how_id.clone() label="Comment" error=filled.wrong("how")>
                    <select class="field__input" id=how_id name="how">
                        {options}
                    </select>
                </Field>
                <button class="button button--fill" type="submit">
                    {title}
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// The years of the association: it insures whoever works in the shop.
pub fn association(card: &Card, costs: domain::catalogue::Cents) -> AnyView {
    let today = domain::time::paris_day(card.now);
    let insured = card.is_insured(today.year());
    let said = if card.employee {
        "La personne salariée est assurée par son contrat.".to_owned()
    } else if insured {
        format!("Membre de l’association pour {} : assuré·e.", today.year())
    } else {
        format!("Pas d’adhésion à l’association pour {} : non assuré·e en vacation.", today.year())
    };
    let class = if insured || card.employee { "" } else { "register__missing" };
    let rows: Vec<_> = card.years.iter().map(|year| known(card, year)).collect();
    let years = (!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> });
    let adding = (!card.own).then(|| adding(card, costs, today));
    view! {
        <section class="section section--apart" aria-labelledby="association">
            <h3 id="association">{nb("L’association")}</h3>
            <p class=class>{nb(&said)}</p>
            {years}
            {adding}
        </section>
    }
    .into_any()
}

fn known(card: &Card, year: &AssociationYear) -> AnyView {
    let said = format!("{} : {}, le {}", year.year, euros(year.cents), date_with_year(year.paid_on));
    let back = (!card.own).then(|| {
        let with = vec![("member", card.id.to_string()), ("year", year.year.to_string())];
        let label = nb(&format!("Retirer l’adhésion de {}", year.year));
        view! {
            <Posted to=MEMBERS act="retirer-annee" of=format!("{} {}", card.id, year.year) with=with>
                <button class="button button--soft" type="submit" aria-label=label>
                    "Retirer"
                </button>
            </Posted>
        }
    });
    view! {
        <li class="row">
            <span class="row__body">{nb(&said)}</span>
            {back}
        </li>
    }
    .into_any()
}

fn adding(card: &Card, costs: domain::catalogue::Cents, today: NaiveDate) -> AnyView {
    let year = today.year();
    let known = vec![("year", year.to_string()), ("amount", typed(costs)), ("on", iso_day(today))];
    let filled = Filled::of("assurer", known);
    let id = card.id.to_string();
    let with = vec![("member", id.clone())];
    let years: Vec<_> = (year - 3..=year + 1)
        .rev()
        .map(|one| {
            let chosen = filled.ticks("year", &one.to_string());
            view! { <option value=one.to_string() selected=chosen>{one.to_string()}</option> }
        })
        .collect();
    let of = format!("{id} {}", card.years.len());
    let open = filled.back;
    view! {
        <details class="history" open=open>
            <summary class="history__head">
                "Noter une adhésion"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=MEMBERS act="assurer" of=of with=with class="stack">
                <Field id="assurer-annee" label="Année" error=filled.wrong("year")>
                    <select class="field__input" id="assurer-annee" name="year">
                        {years}
                    </select>
                </Field>
                <TextField
                    id="assurer-montant"
                    name="amount"
                    label="Combien"
                    value=filled.one("amount")
                    inputmode="decimal"
                    error=filled.wrong("amount")
                    required=true
                />
                <TextField id="assurer-le" name="on" kind="date" label="Payée le" value=filled.one("on") error=filled.wrong("on") required=true/>
                <button class="button button--fill" type="submit">
                    "Noter"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
