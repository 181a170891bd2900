//! A checklist as a sheet shows it, and in a row of all of them.

use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::procedures::{List, Signed, Version};
use domain::time::Instant;
use leptos::prelude::*;

use crate::french::clock::hour_of;
use crate::french::dates::{day, moment, weekday};
use crate::french::typography::{counted, listed};
use crate::french::{capitalized, nb};
use crate::ui::Icon;

const WEEK: [chrono::Weekday; 7] = {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun]
};

/// « lundi », from Monday.
pub fn day_name(index: i16) -> &'static str {
    usize::try_from(index).ok().and_then(|index| WEEK.get(index)).map_or("", |day| weekday(*day))
}

/// « Lundi, mardi et samedi, vacations de 9 h et 12 h »
pub fn slot(weekdays: &[i16], clocks: &[NaiveTime]) -> String {
    let days: Vec<String> = weekdays.iter().map(|day| day_name(*day).to_owned()).collect();
    let hours: Vec<String> = clocks.iter().map(|clock| hour_of(*clock)).collect();
    nb(&format!("{}, vacations de {}", capitalized(&listed(&days, days.len())), listed(&hours, hours.len())))
}

/// « Paul D., le 1er déc. »; nothing of what came with the co-op.
pub fn signed_by(signed: &Signed, now: Instant) -> Option<String> {
    let (by, at) = (signed.by.as_ref()?, signed.at?);
    Some(nb(&format!("{by}, {}", moment(at, now))))
}

/// « lundi 7 déc. », with the year where it is another one.
pub fn from_day(on: NaiveDate, today: NaiveDate) -> String {
    if on.year() == today.year() { day(on) } else { crate::french::dates::date_with_year(on) }
}

/// As it stands on a sheet, with nothing to tap.
pub fn shown(lines: &[String]) -> AnyView {
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <li class="toggle toggle--line">
                    <span class="toggle__box" aria-hidden="true"></span>
                    <span class="tick__body">
                        <span class="tick__title">{nb(line)}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="stack">{rows}</ul> }.into_any()
}

/// One row of the page of all.
pub fn row(list: &List, today: NaiveDate) -> Option<AnyView> {
    let newest = list.versions.first()?;
    let current = list.on(today);
    let named = current.filter(|version| !version.lines.is_empty()).unwrap_or(newest);
    let href = format!("/distribution/procedures/liste?liste={}", list.slug);
    let coming = list.coming(today).map(|version| {
        let what = if version.lines.is_empty() { "N’est plus montrée" } else { "Nouvelle version" };
        format!("{what} à partir du {}", from_day(version.from, today))
    });
    let soft = if named.lines.is_empty() {
        "N’est plus sur aucune feuille".to_owned()
    } else {
        format!("{} · {}", slot(&named.weekdays, &named.clocks), counted(named.lines.len(), "ligne", "lignes"))
    };
    Some(
        view! {
            <li class="row">
                <Icon name="list-checks"/>
                <span class="row__body">
                    <a class="row__link row__title" href=href>
                        {nb(&named.name)}
                    </a>
                    <span class="row__soft">{soft}</span>
                    {coming.map(|coming| view! { <span class="row__soft">{nb(&coming)}</span> })}
                </span>
                <span class="row__end">
                    <Icon name="chevron-right"/>
                </span>
            </li>
        }
        .into_any(),
    )
}

/// A version of the history: when, who, what.
pub fn version(version: &Version, now: Instant) -> AnyView {
    let today = domain::time::paris_day(now);
    let title = format!("Version {}, à partir du {}", version.version, from_day(version.from, today));
    let by = signed_by(&version.signed, now).unwrap_or_else(|| "Depuis le début".to_owned());
    let body = if version.lines.is_empty() {
        view! { <p class="soft">"La liste n’est plus montrée."</p> }.into_any()
    } else {
        view! {
            <p class="soft">{format!("{} · {}", nb(&version.name), slot(&version.weekdays, &version.clocks))}</p>
            {shown(&version.lines)}
        }
        .into_any()
    };
    view! {
        <details class="history">
            <summary class="history__head">
                <span>{nb(&title)} <span class="row__soft">{format!(" · {by}")}</span></span>
                <Icon name="chevron-down"/>
            </summary>
            {body}
        </details>
    }
    .into_any()
}
