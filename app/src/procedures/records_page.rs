//! « Relevés d’hygiène »: a period to show, print on A4 or take away for an inspection.

use domain::procedures::{CameIn, Listed, Read, Records};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::apart::apart;
use super::kept_records;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::clock::{hour, hours_of};
use crate::french::dates::{date_with_year, iso_day};
use crate::french::degrees::degrees;
use crate::french::intents::arrival_word;
use crate::french::typography::{counted, listed};
use crate::french::{capitalized, nb};
use crate::still::{Print, Still};
use crate::ui::{Icon, TextField, Width};

#[component]
pub fn RecordsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.with(|query| (query.get("du").unwrap_or_default(), query.get("au").unwrap_or_default()));
    let records = Asked::new_blocking(asked, |(from, to)| kept_records(from, to));
    view! {
        <Still title="Relevés d’hygiène" back=("/moi", "Moi") printed=true width=Width::Text>
            {move || records.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<Records, ApiError>) -> AnyView {
    let records = match answer {
        Ok(records) => records,
        Err(error) => return apart(&error),
    };
    let (from, to) = (iso_day(records.from), iso_day(records.to));
    let period = format!("Du {} au {}", date_with_year(records.from), date_with_year(records.to));
    let beyond = records.readings.iter().filter(|read| !read.is_within()).count();
    let summary = format!(
        "{}, dont {} hors limites. {}. {}.",
        counted(records.readings.len(), "température relevée", "températures relevées"),
        beyond,
        counted(records.lists.len(), "liste", "listes"),
        counted(records.deliveries.len(), "livraison", "livraisons"),
    );
    let csv = format!("/distribution/releves.csv?du={from}&au={to}");
    let name = format!("releves-{from}-{to}.csv");
    view! {
        <form method="get" action="/distribution/releves" class="stack no-print">
            <div class="fields">
                <TextField id="du" name="du" kind="date" label="Du" value=from required=true/>
                <TextField id="au" name="au" kind="date" label="Au" value=to required=true/>
            </div>
            <div class="cluster">
                <button class="button button--fill" type="submit">"Montrer cette période"</button>
                <Print/>
                <a class="button" href=csv rel="external" download=name>
                    <Icon name="download"/>
                    "Télécharger (CSV)"
                </a>
            </div>
        </form>
        <p class="page__lead">{nb(&period)}</p>
        <p class="soft">{nb(&summary)}</p>
        {table(
            "temperatures",
            "Températures",
            &["Quand", "Frigo", "Relevé", "Limites", "", "Par", "Ce qui a été fait"],
            "Aucune température n’a été relevée dans cette période.",
            records.readings.iter().map(reading).collect(),
        )}
        {table(
            "nettoyages",
            "Listes faites",
            &["Quand", "Liste", "Fait", "Manque", "Par"],
            "Aucune vacation n’a eu de liste dans cette période.",
            records.lists.iter().map(list).collect(),
        )}
        {table(
            "receptions",
            "Livraisons reçues",
            &["Quand", "De qui", "Quoi", "Comment", "Remarques", "Par"],
            "Aucune livraison n’a été notée dans cette période.",
            records.deliveries.iter().map(delivery).collect(),
        )}
    }
    .into_any()
}

/// « 28/11/2026 », which is short in a column.
fn date(on: chrono::NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

fn reading(read: &Read) -> (bool, Vec<String>) {
    let when = format!("{} {}", date(domain::time::paris_day(read.at)), hour(read.at));
    let limits = format!("{} à {}", degrees(read.low), degrees(read.high));
    let within = if read.is_within() { "conforme" } else { "HORS LIMITES" };
    let cells =
        vec![when, read.fridge.clone(), degrees(read.tenths), limits, within.to_owned(), read.by.to_string(), read.note.clone()];
    (read.is_within(), cells)
}

fn list(listed_: &Listed) -> (bool, Vec<String>) {
    let names: Vec<String> = listed_.by.iter().map(ToString::to_string).collect();
    let all = listed_.done.len() + listed_.missing.len();
    let cells = vec![
        format!("{} {}", date(listed_.on), hours_of(listed_.from, listed_.to)),
        format!("{} (version {})", listed_.name, listed_.version),
        format!("{} sur {all}", listed_.done.len()),
        listed_.missing.join(" ; "),
        listed(&names, names.len()),
    ];
    (listed_.missing.is_empty(), cells)
}

fn delivery(came: &CameIn) -> (bool, Vec<String>) {
    let cells = vec![
        date(came.on),
        came.supplier.clone(),
        came.what.clone(),
        capitalized(arrival_word(came.state)),
        came.remarks.clone(),
        came.by.to_string(),
    ];
    (true, cells)
}

/// A table with its caption, or what would stand in it.
fn table(
    id: &'static str,
    title: &'static str,
    heads: &'static [&'static str],
    empty: &'static str,
    rows: Vec<(bool, Vec<String>)>,
) -> AnyView {
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb(empty)}</p> }.into_any()
    } else {
        let heads = heads
            .iter()
            .map(|head| match *head {
                "" => view! { <td></td> }.into_any(),
                head => view! { <th scope="col">{head}</th> }.into_any(),
            })
            .collect_view();
        let rows = rows
            .into_iter()
            .map(|(well, cells)| {
                let cells = cells.into_iter().map(|cell| view! { <td>{nb(&cell)}</td> }).collect_view();
                let class = (!well).then_some("records__off");
                view! { <tr class=class>{cells}</tr> }
            })
            .collect_view();
        view! {
            <div class="records" role="region" aria-labelledby=id tabindex="0">
                <table>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="section section--apart">
            <h2 id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}
