//! The shifts to tick, by week and by day: one pill each.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::id::ShiftId;
use domain::time::{monday_of, paris_day};
use domain::view::choices::WishChoice;
use leptos::prelude::*;

use crate::french::capitalized;
use crate::french::clock::hour;
use crate::french::dates::{day_long, day_number, week_title_long, weekday_short};
use crate::french::spoken;
use crate::ui::Icon;

/// How many weeks are open at once; the others wait behind « Les semaines suivantes ».
const OPEN_WEEKS: usize = 2;

/// One week, or one day, with what stands in it.
type Grouped<T> = Vec<(NaiveDate, Vec<T>)>;

fn group<T>(things: Vec<T>, key: impl Fn(&T) -> NaiveDate) -> Grouped<T> {
    let mut groups: Grouped<T> = Vec::new();
    for thing in things {
        let key = key(&thing);
        match groups.last_mut() {
            Some((known, group)) if *known == key => group.push(thing),
            _ => groups.push((key, vec![thing])),
        }
    }
    groups
}

fn on(choice: &WishChoice) -> NaiveDate {
    paris_day(choice.when.starts_at)
}

#[component]
pub fn Ticks(wishes: Vec<WishChoice>, ticked: RwSignal<BTreeSet<ShiftId>>) -> impl IntoView {
    let mut weeks = group(wishes, |choice| monday_of(on(choice)));
    let later = weeks.split_off(weeks.len().min(OPEN_WEEKS));
    // A tick that is on is never out of sight.
    let unfold = later.iter().any(|(_, choices)| choices.iter().any(|choice| choice.ticked));
    let later = (!later.is_empty()).then(|| {
        view! {
            <details class="history" open=unfold>
                <summary class="history__head">
                    "Les semaines suivantes"
                    <Icon name="chevron-down"/>
                </summary>
                {later.into_iter().map(|(monday, choices)| week(monday, choices, ticked)).collect_view()}
            </details>
        }
    });
    view! {
        {weeks.into_iter().map(|(monday, choices)| week(monday, choices, ticked)).collect_view()}
        {later}
    }
}

fn week(monday: NaiveDate, choices: Vec<WishChoice>, ticked: RwSignal<BTreeSet<ShiftId>>) -> impl IntoView {
    let days = group(choices, on).into_iter().map(|(day, choices)| day_line(day, choices, ticked)).collect_view();
    view! {
        <fieldset class="section">
            <legend class="card__title">{week_title_long(monday)}</legend>
            <div class="ticks">{days}</div>
        </fieldset>
    }
}

fn day_line(day: NaiveDate, choices: Vec<WishChoice>, ticked: RwSignal<BTreeSet<ShiftId>>) -> impl IntoView {
    use chrono::Datelike;
    let name = capitalized(&format!("{}\u{a0}{}", weekday_short(day.weekday()), day_number(day)));
    let pills = choices.into_iter().map(|choice| pill(day, choice, ticked)).collect_view();
    view! {
        <div class="ticks__day" role="group" aria-label=day_long(day)>
            <span class="ticks__name">{name}</span>
            <span class="ticks__hours">{pills}</span>
        </div>
    }
}

fn pill(day: NaiveDate, choice: WishChoice, ticked: RwSignal<BTreeSet<ShiftId>>) -> impl IntoView {
    let id = choice.shift;
    let mut label = format!("{}, {}", day_long(day), spoken::hours(choice.when.starts_at, choice.when.ends_at));
    if choice.wanted {
        label.push_str(", quelqu’un y cherche un échange");
    }
    if choice.free > 0 {
        label.push_str(", place libre");
    }
    let changed = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        ticked.update(|ticked| {
            if on {
                ticked.insert(id);
            } else {
                ticked.remove(&id);
            }
        });
    };
    let mark = choice.wanted.then(|| view! { <span aria-hidden="true">"\u{a0}⇄"</span> });
    view! {
        <label class="pill">
            <input
                class="pill__box"
                type="checkbox"
                name="wishes"
                value=id.to_string()
                checked=choice.ticked
                aria-label=label
                on:change=changed
            />
            <span class="pill__face">
                <Icon name="check"/>
                {hour(choice.when.starts_at)}
                {mark}
            </span>
        </label>
    }
}
