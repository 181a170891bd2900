//! What I ask of the office: a pause, a leave, an exemption; and its answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::command::Command;
use domain::id::{MemberId, RequestId};
use domain::members::ShortName;
use domain::requests::{Asked, LeaveRequest, RequestState, earliest};
use domain::time::{Instant, paris_day, plus_days};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::commitment_page::PAGE;
use crate::acts::{ActForm, Read, number, value};
use crate::french::commitment::{asked, request};
use crate::french::dates::{ago, iso_day};
use crate::french::nb;
use crate::ui::{Chip, ChipLook, Field, Icon};

/// As on the wire.
pub const WHAT: [(Asked, &str); 4] =
    [(Asked::Pause, "pause"), (Asked::Parental, "parental"), (Asked::Illness, "illness"), (Asked::Exemption, "exemption")];

#[component]
pub fn Requests(requests: Vec<LeaveRequest>, by: BTreeMap<MemberId, ShortName>, now: Instant) -> impl IntoView {
    let cards = requests.into_iter().map(|request| card(request, &by, now)).collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="demandes">
            <h2 id="demandes">"Demander une pause ou une dispense"</h2>
            <p class="soft">
                {nb("Ce que tu écris n’est lu que par le bureau, qui te répond ici. Les cycles déjà commencés que la pause couvre ne te sont plus demandés.")}
            </p>
            {cards}
            <Asking now=now/>
        </section>
    }
}

fn card(known: LeaveRequest, by: &BTreeMap<MemberId, ShortName>, now: Instant) -> impl IntoView + use<> {
    let title = request(known.what, known.days);
    let id = format!("demande-{}", known.id);
    let labelled = id.clone();
    let who = |member: &MemberId| by.get(member).map_or_else(|| "Le bureau".to_owned(), ToString::to_string);
    let (look, word, said) = match &known.state {
        RequestState::Pending => (ChipLook::Waiting, "Attend une réponse", None),
        RequestState::Granted { at, by, word } => (ChipLook::Done, "Accordée", Some((who(by), *at, word.clone()))),
        RequestState::Refused { at, by, word } => (ChipLook::Missing, "Refusée", Some((who(by), *at, word.clone()))),
        RequestState::Withdrawn { .. } => (ChipLook::Proposed, "Retirée", None),
    };
    let said = said.map(|(who, at, word)| {
        let word = if word.is_empty() { String::new() } else { format!(" : « {word} »") };
        view! { <p>{nb(&format!("{who}, {}{word}", ago(at, now)))}</p> }
    });
    let why = (!known.why.is_empty()).then(|| view! { <p class="card__soft">{nb(&format!("« {} »", known.why))}</p> });
    let withdraw = known.is_pending().then(|| {
        view! {
            <ActForm
                command=Command::WithdrawRequest { request: known.id }
                intent=nb(&format!("Retirer ta demande : {title}"))
                back=PAGE
            >
                <button class="button button--quiet" type="submit">"Retirer ma demande"</button>
            </ActForm>
        }
    });
    view! {
        <article class="card" aria-labelledby=labelled>
            <div class="card__head">
                <h3 class="card__title" id=id>{title}</h3>
                <Chip look=look>{word}</Chip>
            </div>
            {why}
            {said}
            {withdraw}
        </article>
    }
}

#[component]
fn Asking(now: Instant) -> impl IntoView {
    let today = paris_day(now);
    let request_id = RequestId(Uuid::nil());
    let first = Command::RequestLeave {
        request: request_id,
        what: Asked::Pause,
        from: today,
        to: plus_days(today, 27),
        why: String::new(),
    };
    let read: Read = Arc::new(move |form: &FormData| {
        let slug = value(form, "what")?;
        let what = WHAT.into_iter().find(|(_, known)| *known == slug)?.0;
        let (from, to) = (number(form, "from")?, number(form, "to")?);
        let command = Command::RequestLeave { request: request_id, what, from, to, why: value(form, "why").unwrap_or_default() };
        let intent = nb(&format!("Demander au bureau : {}", request(what, domain::time::Days { from, to })));
        Some((command, intent))
    });
    let options = WHAT.map(|(what, slug)| view! { <option value=slug>{asked(what)}</option> }).collect_view();
    view! {
        <details class="history">
            <summary class="history__head">
                "Faire une demande"
                <Icon name="chevron-down"/>
            </summary>
            <ActForm command=first intent="" back=PAGE read=read again=true class="stack">
                <Field id="quoi" label="Quoi">
                    <select class="field__input" id="quoi" name="what">{options}</select>
                </Field>
                <Field id="du" label="Premier jour">
                    <input class="field__input" id="du" type="date" name="from" required min=iso_day(earliest(today))/>
                </Field>
                <Field id="au" label="Dernier jour" hint="Deux ans au plus.">
                    <input class="field__input" id="au" type="date" name="to" required aria-describedby="au-aide"/>
                </Field>
                <Field id="raison" label="Pourquoi" hint="Lu par le bureau seulement. Nécessaire pour une dispense, libre sinon.">
                    <textarea class="field__input" id="raison" name="why" rows="3" maxlength="500" aria-describedby="raison-aide"></textarea>
                </Field>
                <button class="button button--main" type="submit">"Envoyer ma demande"</button>
            </ActForm>
        </details>
    }
}
