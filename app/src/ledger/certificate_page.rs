//! « Attestation d’heures » of a year: what I worked, by date, on A4.

use domain::office::Certificate;
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::commitment_page::PAGE;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::commitment::hours;
use crate::french::dates::{date_long, date_with_year};
use crate::french::nb;
use crate::french::typography::counted;
use crate::still::{Print, Still};
use crate::ui::{Empty, Segment, Segmented};

#[component]
pub fn CertificatePage() -> impl IntoView {
    let query = use_query_map();
    let year = move || query.with(|query| query.get("annee")).and_then(|year| year.parse::<i32>().ok());
    let certificate = Asked::new_blocking(year, api::certificate_of_year);
    view! {
        <Still title="Mon attestation d’heures" back=(PAGE, "Mon engagement") printed=true>
            {move || certificate.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<Certificate, ApiError>) -> AnyView {
    let Ok(found) = answer else {
        return view! {
            <Empty
                id="attestation-non"
                icon="cloud-off"
                title="Il faut le réseau, cette fois"
                text="L’attestation compte tes heures depuis le début, et cet appareil n’en garde qu’une année."
            >
                <a class="button button--fill" href=PAGE>"Revenir à mon engagement"</a>
            </Empty>
        }
        .into_any();
    };
    let total = found.minutes();
    let year = found.year;
    let years = years(&found);
    let count = counted(found.worked.len(), "fois", "fois");
    let rows = found
        .worked
        .iter()
        .map(|worked| {
            let what = if worked.what.is_empty() { "Vacation au magasin".to_owned() } else { worked.what.clone() };
            view! {
                <tr>
                    <th scope="row">{nb(&date_long(worked.on))}</th>
                    <td>{nb(&what)}</td>
                    <td class="certificate__hours">{hours(worked.minutes)}</td>
                </tr>
            }
        })
        .collect_view();
    let body = if found.worked.is_empty() {
        view! { <p>{nb(&format!("Aucune heure n’est notée en {year}."))}</p> }.into_any()
    } else {
        view! {
            <table class="certificate">
                <caption class="visually-hidden">{format!("Heures de {year}, par date")}</caption>
                <thead>
                    <tr><th scope="col">"Date"</th><th scope="col">"Quoi"</th><th scope="col">"Durée"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="2">{nb(&format!("Total {year}, en {count}"))}</th>
                        <td class="certificate__hours">{hours(total)}</td>
                    </tr>
                </tfoot>
            </table>
        }
        .into_any()
    };
    let name = format!("{} {}", found.first_name, found.last_name);
    let made = nb(&format!("Fait le {}", date_with_year(paris_day(found.now))));
    let said =
        nb(&format!("{name}, membre n° {:04}, a donné {} de travail bénévole à la coop en {year}.", found.number, hours(total)));
    view! {
        <div class="no-print stack">
            {years}
            <Print main=true/>
        </div>
        <article class="letter" aria-labelledby="attestation">
            <p class="letter__head">"Alpar, l’épicerie participative d’Annecy"</p>
            <p class="letter__head">{made}</p>
            <h2 class="letter__for" id="attestation">{format!("Attestation d’heures {year}")}</h2>
            <p>{said}</p>
            {body}
        </article>
    }
    .into_any()
}

/// The years to choose from.
fn years(found: &Certificate) -> AnyView {
    let mut years = found.years.clone();
    if !years.contains(&found.year) {
        years.insert(0, found.year);
    }
    if years.len() < 2 {
        return ().into_any();
    }
    let segment = |year: &i32| Segment::new(year.to_string(), format!("{PAGE}/attestation?annee={year}"), *year == found.year);
    let segments = years.iter().take(6).map(segment).collect::<Vec<_>>();
    view! { <Segmented label="L’année" segments=segments/> }.into_any()
}
