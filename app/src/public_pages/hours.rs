//! When the shop is open: today, in the week, and when it is closed all the same.

use domain::public_page::{Facts, coming, runs};
use domain::time::paris_day;
use domain::view::home::open_at;
use leptos::prelude::*;

use crate::french::nb;
use crate::french::public_pages::{closure, days_of, hours_of_run, opening};
use crate::ui::Icon;

pub fn hours(facts: &Facts) -> AnyView {
    if facts.opening.is_empty() {
        return view! { <p class="effect effect--info">{nb("Les horaires seront bientôt là.")}</p> }.into_any();
    }
    let now = opening(&open_at(&facts.opening, &facts.closures, facts.now));
    let rows: Vec<_> = runs(&facts.opening)
        .iter()
        .map(|run| {
            view! {
                <tr>
                    <th scope="row">{days_of(run)}</th>
                    <td>{hours_of_run(run)}</td>
                </tr>
            }
        })
        .collect();
    let closures: Vec<_> =
        coming(&facts.closures, paris_day(facts.now)).iter().map(|closed| view! { <li>{closure(closed)}</li> }).collect();
    let closures = (!closures.is_empty()).then(|| {
        view! {
            <h3>"Fermé, ces prochaines semaines"</h3>
            <ul class="site__list">{closures}</ul>
        }
    });
    view! {
        <p class="hours__now">
            <Icon name="clock"/>
            <strong>{now}</strong>
        </p>
        <table class="hours">
            <caption class="visually-hidden">"Les horaires de la semaine"</caption>
            <tbody>{rows}</tbody>
        </table>
        {closures}
    }
    .into_any()
}
