//! « Le capital »: what members put together, its course, and where other money comes from. Every member reads it; the office
//! keeps it.

use domain::share::{Finances, Financing, Kind, NOTE_CAP, WHOM_CAP};
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::capital_plot::{course, sources};
use super::filled::Filled;
use super::form::{CAPITAL, NotDone};
use super::register_finances;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_with_year, iso_day};
use crate::french::nb;
use crate::french::register::done;
use crate::french::shares::{euros, kind};
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::{Still, not_come};
use crate::ui::{Field, Icon, TextField};

#[component]
pub fn CapitalPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_finances());
    view! {
        <Still title="Le capital" back=("/coop", "La coop")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Finances, ApiError>, fait: &str) -> AnyView {
    let Ok(finances) = answer else { return not_come() };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let shares = usize::try_from(finances.shares).unwrap_or(usize::MAX);
    let mut about = vec![match shares {
        0 => "Aucune part n’est encore souscrite.".to_owned(),
        some => format!("{} : {}.", counted(some, "part, une par membre", "parts, une par membre"), euros(finances.capital())),
    }];
    about.extend((finances.to_come.0 > 0).then(|| format!("Il reste {} à verser, en plusieurs fois.", euros(finances.to_come))));
    about.extend((finances.to_refund.0 > 0).then(|| format!("Dont {} à rembourser à qui est parti.", euros(finances.to_refund))));
    let rows: Vec<_> = finances.financing.iter().map(|one| row(one, finances.office)).collect();
    let others = if rows.is_empty() {
        view! { <p class="soft">{nb("Rien d’autre que les parts pour l’instant.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    let adding = finances.office.then(|| adding(&finances));
    view! {
        {said}
        <NotDone/>
        <section class="section" aria-labelledby="capital">
            <h2 id="capital">"Les parts des membres"</h2>
            <p>{nb(&about.join(" "))}</p>
            {course(&finances)}
        </section>
        <section class="section section--apart" aria-labelledby="sources">
            <h2 id="sources">{nb("D’où vient l’argent")}</h2>
            {sources(&finances)}
        </section>
        <section class="section section--apart" aria-labelledby="autres">
            <h2 id="autres">"Subventions, aides, prêts"</h2>
            {others}
            {adding}
        </section>
    }
    .into_any()
}

fn row(one: &Financing, office: bool) -> AnyView {
    let about = format!("{}, le {}", kind(one.kind), date_with_year(one.on));
    let note = (!one.note.is_empty()).then(|| view! { <span class="row__soft">{nb(&one.note)}</span> });
    let title = format!("{} : {}", one.from_whom, euros(one.cents));
    let removing = office.then(|| {
        let with = vec![("financing", one.id.to_string())];
        let label = nb(&format!("Retirer {}", one.from_whom));
        view! {
            <Posted to=CAPITAL act="retirer-financement" of=one.id.to_string() with=with>
                <button class="button button--soft" type="submit" aria-label=label>
                    "Retirer"
                </button>
            </Posted>
        }
    });
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{nb(&title)}</span>
                <span class="row__soft">{nb(&about)}</span>
                {note}
            </span>
            {removing}
        </li>
    }
    .into_any()
}

fn adding(finances: &Finances) -> AnyView {
    let filled = Filled::of("financement", vec![("kind", "subsidy".to_owned()), ("on", iso_day(paris_day(finances.now)))]);
    let options: Vec<_> = Kind::ALL
        .into_iter()
        .map(|one| view! { <option value=one.slug() selected=filled.ticks("kind", one.slug())>{nb(kind(one))}</option> })
        .collect();
    let of = finances.financing.len().to_string();
    let open = filled.back;
    let cap = |cap: usize| u16::try_from(cap).unwrap_or(u16::MAX);
    view! {
        <details class="history" open=open>
            <summary class="history__head">
                "Ajouter une source"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=CAPITAL act="financement" of=of class="stack">
                <Field id="kind" label="Quoi" error=filled.wrong("kind")>
                    <select class="field__input" id="kind" name="kind">
                        {options}
                    </select>
                </Field>
                <TextField
                    id="from_whom"
                    name="from_whom"
                    label="De qui"
                    value=filled.one("from_whom")
                    hint=nb("« Région Auvergne-Rhône-Alpes »")
                    error=filled.wrong("text")
                    maxlength=cap(WHOM_CAP)
                    required=true
                />
                <TextField
                    id="amount"
                    name="amount"
                    label="Combien, en euros"
                    value=filled.one("amount")
                    inputmode="decimal"
                    error=filled.wrong("amount")
                    required=true
                />
                <TextField id="on" name="on" kind="date" label="Quand" value=filled.one("on") error=filled.wrong("on") required=true/>
                <TextField id="note" name="note" label="Pour quoi" value=filled.one("note") maxlength=cap(NOTE_CAP)/>
                <button class="button button--fill" type="submit">
                    "Ajouter"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
