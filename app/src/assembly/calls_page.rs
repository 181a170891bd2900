//! How members were called: the proof, a row for each of them; and what is handed over.

use domain::assembly::{CalledBy, Convocations};
use domain::id::AssemblyId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::assembly_calls;
use super::form::{AG, CALLED, LETTERS, PREPARE, apart};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::done;
use crate::french::dates::moment;
use crate::french::nb;
use crate::french::typography::counted;
use crate::governance::form::{NotDone, came_back};
use crate::procedures::form::Posted;
use crate::still::{Print, Still};
use crate::ui::{Icon, Tick};

#[component]
pub fn CallsPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("assembly")).and_then(|id| id.parse().ok()).unwrap_or(AssemblyId(Uuid::nil()));
    let asked = Asked::new_blocking(id, assembly_calls);
    view! {
        <Still title="Les convocations" back=(AG, "L’assemblée")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Convocations, ApiError>, fait: &str) -> AnyView {
    let known = match answer {
        Ok(known) => known,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    if known.stage.is_planned() {
        return view! { <p>{nb("Les membres ne sont pas encore convoqués.")}</p> }.into_any();
    }
    let called = known.called;
    let to_print = called.letters_to_print + called.mails_failed;
    let letters = format!("{CALLED}/{}/{LETTERS}", known.id);
    let words = counted(usize::try_from(to_print).unwrap_or(usize::MAX), "lettre à imprimer", "lettres à imprimer");
    let printing = (to_print > 0).then(|| view! { <a class="button button--main" href=letters>{nb(&words)}</a> });
    let figures = [
        ("Par mail, partis", called.mails_sent),
        ("Par mail, en route", called.mails_waiting),
        ("Par mail, non partis", called.mails_failed),
        ("Par lettre, imprimées", called.letters_printed),
        ("Par lettre, à imprimer", called.letters_to_print),
        ("En main propre", called.handed),
    ];
    let figures: Vec<_> =
        figures.into_iter().map(|(words, count)| view! { <tr><th scope="row">{nb(words)}</th><td>{count}</td></tr> }).collect();
    let rows: Vec<_> = known.rows.iter().map(|row| proof(row, &known)).collect();
    view! {
        <h2 class="workshop__title">{nb(&known.title)}</h2>
        {said}
        <NotDone/>
        <div class="governance__table" role="group" aria-label="Les convocations, en chiffres" tabindex="0">
            <table>
                <caption class="visually-hidden">"Comment les membres sont convoqués"</caption>
                <tbody>{figures}</tbody>
            </table>
        </div>
        <div class="cluster no-print">
            {printing}
            <Print/>
        </div>
        {handing(&known)}
        <section class="section section--apart" aria-labelledby="liste">
            <h3 id="liste">"Chaque membre"</h3>
            <div class="governance__table" role="group" aria-label="Chaque convocation" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"N°"</th>
                            <th scope="col">"Membre"</th>
                            <th scope="col">"Comment"</th>
                            <th scope="col">"Quand"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn full(row: &CalledBy) -> String {
    format!("{} {}", row.person.first_name, row.person.last_name)
}

fn proof(row: &CalledBy, known: &Convocations) -> AnyView {
    let how = match row.channel.as_str() {
        "mail" => "par mail",
        "letter" => "par lettre",
        _ => "en main propre",
    };
    let when = match (row.done_at, row.why.is_some()) {
        (Some(at), _) => {
            let by = row.by.as_ref().map(|by| format!(", par {by}")).unwrap_or_default();
            format!("{}{by}", moment(at, known.now))
        }
        (None, true) => "n’est pas parti".to_owned(),
        (None, false) if row.channel == "mail" => "en route".to_owned(),
        (None, false) => "à imprimer".to_owned(),
    };
    view! {
        <tr>
            <td>{format!("{:04}", row.number)}</td>
            <th scope="row">{full(row)}</th>
            <td>{how}</td>
            <td>{nb(&when)}</td>
        </tr>
    }
    .into_any()
}

/// Those whom nothing has reached yet may be handed theirs.
fn handing(known: &Convocations) -> Option<AnyView> {
    let waiting: Vec<&CalledBy> = known.rows.iter().filter(|row| row.done_at.is_none()).collect();
    if waiting.is_empty() || !(known.stage.is_convoked() || known.stage.is_open()) {
        return None;
    }
    let back = came_back("remettre", "");
    let open = back.is_some();
    let rows: Vec<_> = waiting
        .into_iter()
        .map(|row| {
            let id = row.person.id.to_string();
            let checked = back.as_ref().is_some_and(|back| back.all("membre").any(|known| known == id));
            let soft = if row.channel == "mail" { "mail" } else { "lettre" };
            view! { <li><Tick name="membre" value=id title=nb(&full(row)) soft=soft checked=checked/></li> }
        })
        .collect();
    let id = known.id.to_string();
    let with = vec![("assemblee", id.clone())];
    Some(
        view! {
            <details class="history no-print" open=open>
                <summary class="history__head">
                    "Noter des convocations remises en main propre"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=PREPARE act="remettre" of=id with=with class="stack">
                    <ul class="assembly__people">{rows}</ul>
                    <button class="button button--fill" type="submit">
                        "Noter comme remises"
                    </button>
                </Posted>
            </details>
        }
        .into_any(),
    )
}
