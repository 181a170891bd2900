//! Somebody to reach: why, what to tell them, and how.

use domain::command::Command;
use domain::id::MemberId;
use domain::members::ShortName;
use domain::notice::InboxRow;
use domain::reach::Unreached;
use domain::time::Instant;
use domain::view::home::SpokenOf;
use leptos::prelude::*;

use crate::acts::PlainAct;
use crate::french::dates::{ago, day_and_hours_short};
use crate::french::nb;
use crate::french::notices::told;
use crate::french::reach::{ways, why};
use crate::ui::Icon;

const PAGE: &str = "/bureau/joindre";

#[component]
pub fn PersonCard(person: Unreached, spoken_of: SpokenOf, now: Instant) -> impl IntoView {
    let Unreached { member, first_name, last_name, phone, why: reasons, ways: left, untold, next, .. } = person;
    let name = format!("{first_name} {last_name}");
    let short = ShortName::new(&first_name, &last_name).to_string();
    let id = format!("joindre-{member}");
    let labelled = id.clone();
    let reasons = reasons.iter().map(|reason| view! { <li>{why(reason, now)}</li> }).collect_view();
    let next = next.map(|when| {
        view! { <p class="card__soft">{nb(&format!("Prochaine vacation : {}", day_and_hours_short(&when)))}</p> }
    });
    let rows = untold
        .into_iter()
        .map(|row| view! { <ToSay row=row member=member short=short.clone() spoken_of=spoken_of.clone() now=now/> })
        .collect_view();
    let call = match phone {
        Some(phone) => view! {
            <a
                class="button button--fill"
                href=format!("tel:{}", phone.replace(' ', ""))
                aria-label=format!("Appeler {name}, {phone}")
            >
                <Icon name="smartphone"/>
                {phone.clone()}
            </a>
        }
        .into_any(),
        None => view! { <p class="card__soft">"Pas de numéro au registre."</p> }.into_any(),
    };
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__title" id=id>
                {name.clone()}
            </h3>
            <ul class="reach__why">{reasons}</ul>
            <p class="card__soft">{ways(&left)}</p>
            {next}
            {rows}
            <div class="card__acts">
                {call}
                <a
                    class="button button--soft"
                    href=format!("{PAGE}/{member}/lettre")
                    aria-label=format!("Imprimer une lettre pour {name}")
                >
                    <Icon name="printer"/>
                    "Imprimer une lettre"
                </a>
            </div>
        </article>
    }
}

/// What they have to be told, in the words that they would read; gone once somebody has said it.
#[component]
fn ToSay(row: InboxRow, member: MemberId, short: String, spoken_of: SpokenOf, now: Instant) -> impl IntoView {
    let told = told(&row.notice, &spoken_of, member);
    let command = Command::MarkSeen { notice: row.id };
    let label = nb(&format!("C’est dit à {short} : {}", told.title));
    view! {
        <div class="reach__say">
            <p class="notice__text">
                <strong>{told.title}</strong>
                {format!(" {}", told.sentence)}
                <span class="notice__when">{ago(row.at, now)}</span>
            </p>
            <PlainAct command=command back=PAGE on_behalf_of=Some(member)>
                <button class="button button--soft" type="submit" aria-label=label>
                    <Icon name="check"/>
                    "C’est dit"
                </button>
            </PlainAct>
        </div>
    }
}
