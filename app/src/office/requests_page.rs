//! « Demandes »: what members ask of the office about their duty, each with its reason. For the office alone.

use domain::command::Command;
use domain::office::{AskedOfOffice, Asking};
use domain::requests::RequestState;
use domain::time::Instant;
use leptos::prelude::*;

use super::apart::apart;
use crate::acts::PlainAct;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::commitment::request;
use crate::french::dates::ago;
use crate::french::nb;
use crate::french::standing::headline;
use crate::french::typography::{counted, finished};
use crate::still::Still;
use crate::ui::{Empty, Field, Icon};

const PAGE: &str = "/bureau/demandes";

#[component]
pub fn RequestsPage() -> impl IntoView {
    let list = Asked::new_blocking(|| (), |()| api::requests());
    view! {
        <Still title="Demandes" back=("/moi", "Moi")>
            {move || list.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<AskedOfOffice, ApiError>) -> AnyView {
    let list = match answer {
        Ok(list) => list,
        Err(error) => return apart(&error),
    };
    let AskedOfOffice { now, pending, answered, by } = list;
    let waiting = if pending.is_empty() {
        let text = "Quand quelqu’un demande une pause ou une dispense, sa demande vient ici, avec ses raisons.";
        view! {
            <Empty id="rien-a-repondre" icon="circle-check" title="Aucune demande n’attend" text=nb(text)>
                <a class="button button--fill" href="/bureau/engagement">"Voir l’engagement d’un membre"</a>
            </Empty>
        }
        .into_any()
    } else {
        pending.into_iter().map(|asking| view! { <Waiting asking=asking now=now/> }).collect_view().into_any()
    };
    let done: Vec<_> = answered
        .into_iter()
        .map(|Asking { request: known, first_name, last_name, .. }| {
            let (how, who, word, at) = match &known.state {
                RequestState::Granted { at, by, word } => ("Accordée", Some(by), word.clone(), *at),
                RequestState::Refused { at, by, word } => ("Refusée", Some(by), word.clone(), *at),
                RequestState::Pending | RequestState::Withdrawn { .. } => ("Retirée", None, String::new(), known.asked_at),
            };
            let who = who.and_then(|who| by.get(who)).map(|name| format!(" par {name}")).unwrap_or_default();
            let word = if word.is_empty() { String::new() } else { format!(" « {word} »") };
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{format!("{first_name} {last_name}")}</span>
                        <span class="row__soft">{request(known.what, known.days)}</span>
                        <span class="row__soft">{nb(&format!("{how}{who}, {}.{word}", ago(at, now)))}</span>
                    </span>
                </li>
            }
        })
        .collect();
    let folded = (!done.is_empty()).then(|| {
        let title = counted(done.len(), "demande déjà traitée", "demandes déjà traitées");
        view! {
            <details class="history">
                <summary class="history__head">
                    {title}
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="list">{done}</ul>
            </details>
        }
    });
    view! {
        {waiting}
        {folded}
    }
    .into_any()
}

#[component]
fn Waiting(asking: Asking, now: Instant) -> impl IntoView {
    let Asking { request: known, first_name, last_name, standing, held, own } = asking;
    let name = format!("{first_name} {last_name}");
    let id = format!("demande-{}", known.id);
    let labelled = id.clone();
    let why = if known.why.is_empty() { "Sans raison écrite.".to_owned() } else { format!("« {} »", known.why) };
    let held = match held {
        0 => "Aucune place tenue pendant ces jours.".to_owned(),
        some => format!("{} pendant ces jours, à donner.", counted(some, "place tenue", "places tenues")),
    };
    let ledger = format!("/bureau/engagement/{}", known.member);
    let answers = if own {
        view! { <p class="card__soft">"C’est ta propre demande : quelqu’un d’autre du bureau y répond."</p> }.into_any()
    } else {
        view! {
            <Answer known=known.clone() granted=true name=name.clone()/>
            <Answer known=known.clone() granted=false name=name.clone()/>
        }
        .into_any()
    };
    view! {
        <article class="card" aria-labelledby=labelled>
            <h2 class="card__title" id=id>{name.clone()}</h2>
            <p><strong>{request(known.what, known.days)}</strong></p>
            <p>{nb(&why)}</p>
            <p class="card__soft">{finished(&format!("Demandé {}. {}. {held}", ago(known.asked_at, now), headline(&standing)))}</p>
            <p><a class="link-alone" href=ledger>{format!("Voir l’engagement de {first_name}")}</a></p>
            {answers}
        </article>
    }
}

/// One form for each answer: both say what they do.
#[component]
fn Answer(known: domain::requests::LeaveRequest, granted: bool, name: String) -> impl IntoView {
    let id = known.id;
    let (verb, label, button) = if granted {
        ("Accorder", "Un mot, si tu veux", "button button--fill")
    } else {
        ("Refuser", "Pourquoi, en un mot", "button")
    };
    let what = request(known.what, known.days);
    let said = nb(&format!("{verb} à {name} : {what}"));
    let field = format!("mot-{verb}-{id}");
    view! {
        <PlainAct command=Command::AnswerRequest { request: id, granted, word: String::new() } back=PAGE typed=true class="stack">
            <Field id=field.clone() label=label>
                <input class="field__input" id=field name="word" maxlength="500" required=!granted/>
            </Field>
            <button class=button type="submit" aria-label=said>{verb}</button>
        </PlainAct>
    }
}
