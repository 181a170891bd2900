//! The week's bar, its days, and the filters.

use chrono::{Datelike, NaiveDate};
use domain::time::{minus_days, plus_days};
use domain::view::week::{DayView, Filter, WeekView};
use leptos::prelude::*;

use super::WeekAddress;
use crate::french::dates::{day_long, day_number, week_title, week_title_long, weekday_short};
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::ui::{Icon, StripDay, StripLink, WeekStrip};

#[component]
pub fn Tools(view: WeekView, address: WeekAddress, chosen: NaiveDate) -> impl IntoView {
    let link = |monday: NaiveDate| StripLink { href: address.on_week(monday).href(), label: week_title_long(monday) };
    let before = Some(minus_days(view.monday, 7)).filter(|monday| *monday >= view.first).map(link);
    let after = Some(plus_days(view.monday, 7)).filter(|monday| *monday <= view.last).map(link);
    let today = WeekAddress { week: None, day: None, filter: address.filter.clone() }.href();
    let days = view.days.iter().map(|day| strip_day(day, &view, &address, chosen)).collect();
    let filters = filters(&view, &address);
    view! {
        <div class="vacations__tools">
            <WeekStrip title=week_title(view.monday) before=before after=after today=today days=days/>
            <nav class="filters" aria-label="Filtres">
                {filters}
            </nav>
        </div>
    }
}

fn strip_day(day: &DayView, view: &WeekView, address: &WeekAddress, chosen: NaiveDate) -> StripDay {
    let open = day.free + day.to_claim;
    let note = match (open, &day.closed) {
        (0, Some(_)) => "fermé".to_owned(),
        (0, None) => "–".to_owned(),
        (open, _) => counted(open, "libre", "libres"),
    };
    let spoken = match (open, &day.closed) {
        (0, Some(why)) => format!("{}, fermé : {why}", day_long(day.on)),
        (0, None) => format!("{}, personne ne manque", day_long(day.on)),
        (open, _) => format!("{}, {}", day_long(day.on), counted(open, "place libre", "places libres")),
    };
    StripDay {
        href: address.on_day(view.monday, day.on).href(),
        name: weekday_short(day.on.weekday()).to_owned(),
        number: day.on.day().to_string(),
        note,
        free: open > 0,
        today: day.on == view.today,
        current: day.on == chosen,
        spoken: capitalized(&nb(&spoken)),
    }
}

/// Each filter is a link to the same week with it on, or off again.
fn filters(view: &WeekView, address: &WeekAddress) -> impl IntoView + use<> {
    let now = &address.filter;
    let mut filters = vec![("Places libres".to_owned(), now.free, address.with(Filter { free: !now.free, ..now.clone() }))];
    for known in &view.skills {
        let on = now.skill.as_ref() == Some(&known.skill);
        let skill = (!on).then(|| known.skill.clone());
        filters.push((capitalized(&known.label), on, address.with(Filter { skill, ..now.clone() })));
    }
    filters.push(("Mes habitudes".to_owned(), now.habits, address.with(Filter { habits: !now.habits, ..now.clone() })));
    filters
        .into_iter()
        .map(|(label, on, to)| {
            view! {
                <a class="filter" href=to.href() aria-current=on.then_some("true")>
                    <Icon name="check"/>
                    {label}
                </a>
            }
        })
        .collect_view()
}

/// « Lun. 23 », « Lundi 23 novembre »: the two heads of a day.
pub fn day_heads(on: NaiveDate) -> (String, String) {
    let short = format!("{}\u{a0}{}", weekday_short(on.weekday()), day_number(on));
    (capitalized(&short), capitalized(&day_long(on)))
}
