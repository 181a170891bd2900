//! A member's commitment, for the office: their count as a story, a correction, how much they bear.

use domain::command::{Bears, Command};
use domain::id::MemberId;
use domain::ledger::{Credit, DutyPeriod, EntryKind, Share};
use domain::office::{Found, MemberLedger};
use domain::time::{paris_day, plus_days};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::apart::apart;
use crate::acts::PlainAct;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::commitment::{amount, policy};
use crate::french::dates::{date_short, iso_day};
use crate::french::nb;
use crate::french::standing::headline;
use crate::ledger::StoryList;
use crate::still::Still;
use crate::ui::{Empty, Field, Tick};

#[component]
pub fn LedgerPage() -> impl IntoView {
    let params = use_params_map();
    let member =
        move || params.with(|params| params.get("member")).and_then(|id| id.parse().ok()).unwrap_or(MemberId(Uuid::nil()));
    let ledger = Asked::new_blocking(member, api::ledger_of_member);
    view! {
        <Still title="L’engagement d’un membre" back=("/bureau/engagement", "Chercher")>
            {move || ledger.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<MemberLedger, ApiError>) -> AnyView {
    let known = match answer {
        Ok(known) => known,
        Err(error) => return apart(&error),
    };
    let name = format!("{} {}", known.first_name, known.last_name);
    let borne = known.account.as_ref().map_or_else(
        || bears(&known.duty, paris_day(known.now)),
        |(_, with)| format!("Son engagement est partagé avec {with}, dont voici le compte."),
    );
    let asked = policy(&known.policy).join(" ");
    let story = if known.story.lines.is_empty() {
        view! { <Empty id="rien" icon="scale" title="Rien n’est encore compté"/> }.into_any()
    } else {
        view! { <StoryList lines=known.story.lines.clone()/> }.into_any()
    };
    let forms = if known.own {
        let text = "C’est ton propre engagement, ou il est partagé avec toi : quelqu’un d’autre du bureau le corrige.";
        view! { <p class="soft">{nb(text)}</p> }.into_any()
    } else {
        view! {
            <Correcting known=known.clone()/>
            <Bearing known=known.clone()/>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="membre">
            <h2 class="card__title" id="membre">{name}</h2>
            <p>{headline(&known.standing)}</p>
            <p class="card__soft">{nb(&format!("N° {:04}. {borne}", known.number))}</p>
        </section>
        <section class="section section--apart" aria-labelledby="histoire">
            <h2 id="histoire">"Comment on en est là"</h2>
            {story}
            <p class="soft">{asked}</p>
        </section>
        {forms}
    }
    .into_any()
}

/// How much they bear today, and from when otherwise.
fn bears(duty: &[DutyPeriod], today: chrono::NaiveDate) -> String {
    let say = |share: Share| match share {
        Share::Whole => "engagement entier",
        Share::Half => "demi-engagement",
        Share::Exempt => "dispense",
        Share::With(_) => "engagement partagé",
    };
    let holds = |period: &&DutyPeriod| period.from <= today && period.to.is_none_or(|to| today <= to);
    let now = duty.iter().rev().find(holds).map_or(Share::Whole, |period| period.share);
    let next = duty.iter().rev().find(|period| period.from > today);
    let next = next.map(|period| format!(", puis {} à partir du {}", say(period.share), date_short(period.from)));
    format!("{}{}.", crate::french::capitalized(say(now)), next.unwrap_or_default())
}

const KINDS: [(&str, &str, &str); 4] = [
    ("make_up", "Rattrapage", "Du travail fait hors planning, pour ce qui reste d’avant"),
    ("advance", "Avance", "Du travail fait hors planning, d’avance"),
    ("correction", "Correction", "Ce qui a été mal compté, en plus ou en moins"),
    ("grace", "Délai", "Plus de jours avant le retard : ne compte rien"),
];

#[component]
fn Correcting(known: MemberLedger) -> impl IntoView {
    let member = known.member;
    let first = Command::CorrectLedger { member, what: EntryKind::MakeUp, credit: Credit::SHIFT, why: String::new() };
    let ticks = KINDS
        .into_iter()
        .enumerate()
        .map(|(at, (slug, title, soft))| {
            view! { <Tick kind="radio" name="what" value=slug title=title soft=soft checked=at == 0/> }
        })
        .collect_view();
    // By halves, from four less to four more.
    let amounts = (-8..=8)
        .rev()
        .filter(|halves| *halves != 0)
        .map(|halves: i32| {
            let credit = Credit(halves * 90);
            let sign = if halves < 0 { "en moins" } else { "en plus" };
            view! {
                <option value=credit.0.to_string() selected=halves == 2>{nb(&format!("{} {sign}", amount(credit)))}</option>
            }
        })
        .collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="corriger">
            <h2 id="corriger">"Corriger son compte"</h2>
            <p class="soft">{nb("Rien n’est effacé : ta ligne s’ajoute, avec ton nom et ta raison, que cette personne lit.")}</p>
            <PlainAct command=first back=page(member) typed=true class="stack">
                <fieldset class="stack">
                    <legend class="field__label">"Quoi"</legend>
                    {ticks}
                </fieldset>
                <Field id="combien" label="Combien">
                    <select class="field__input" id="combien" name="credit">{amounts}</select>
                </Field>
                <Field id="raison" label="Pourquoi" hint="Par exemple : inventaire du dimanche.">
                    <input class="field__input" id="raison" name="why" required maxlength="500" aria-describedby="raison-aide"/>
                </Field>
                <button class="button button--main" type="submit">"Ajouter à son compte"</button>
            </PlainAct>
        </section>
    }
}

fn page(member: MemberId) -> String {
    format!("/bureau/engagement/{member}")
}

const SHARES: [(&str, &str, &str); 3] = [
    ("whole", "Entier", "Comme tout le monde"),
    ("half", "La moitié", "Une demi-vacation par cycle"),
    ("with", "Partagé", "Un engagement pour un foyer, sur le compte de l’autre"),
];

#[component]
fn Bearing(known: MemberLedger) -> impl IntoView {
    let member = known.member;
    let tomorrow = plus_days(paris_day(known.now), 1);
    let first = Command::SetDuty { member, share: Bears::Half, with: None, from: tomorrow, why: String::new() };
    let ticks = SHARES
        .into_iter()
        .enumerate()
        .map(|(at, (slug, title, soft))| {
            view! { <Tick kind="radio" name="share" value=slug title=title soft=soft checked=at == 0/> }
        })
        .collect_view();
    let others = known.others.into_iter().map(other).collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="porter">
            <h2 id="porter">"Changer son engagement"</h2>
            <p class="soft">{nb("À partir d’un jour à venir : ce qui est déjà dû le reste.")}</p>
            <PlainAct command=first back=page(member) typed=true class="stack">
                <fieldset class="stack">
                    <legend class="field__label">"Combien"</legend>
                    {ticks}
                </fieldset>
                <Field id="avec" label="Partagé avec" hint="Seulement pour un engagement partagé.">
                    <select class="field__input" id="avec" name="with" aria-describedby="avec-aide">
                        <option value="">"Personne"</option>
                        {others}
                    </select>
                </Field>
                <Field id="des" label="À partir du">
                    <input class="field__input" id="des" type="date" name="from" required min=iso_day(tomorrow) value=iso_day(tomorrow)/>
                </Field>
                <Field id="motif" label="Pourquoi" hint="Pour le bureau.">
                    <input class="field__input" id="motif" name="why" required maxlength="500" aria-describedby="motif-aide"/>
                </Field>
                <button class="button button--main" type="submit">"Changer son engagement"</button>
            </PlainAct>
        </section>
    }
}

fn other(found: Found) -> impl IntoView {
    let words = format!("{} {}, n° {:04}", found.last_name, found.first_name, found.number);
    view! { <option value=found.member.to_string()>{nb(&words)}</option> }
}
