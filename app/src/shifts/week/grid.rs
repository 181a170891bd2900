//! The week itself: cards from the chosen day on a phone, six columns on a wide window. The same
//! nodes for both.

use chrono::{Datelike, NaiveDate};
use domain::time::paris_minute;
use domain::view::week::{DayView, WeekView};
use leptos::prelude::*;

use super::tools::day_heads;
use crate::french::clock::hour_of_minute;
use crate::french::nb;
use crate::shifts::ShiftCard;

/// The starting times of the week, in order: one row each.
fn starts(view: &WeekView) -> Vec<u16> {
    let mut starts: Vec<u16> = view.days.iter().flat_map(|day| &day.shifts).map(|shift| paris_minute(shift.starts_at)).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

#[component]
pub fn Grid(view: WeekView, chosen: NaiveDate) -> impl IntoView {
    let starts = starts(&view);
    let (today, initials) = (view.today, view.name.initials());
    let hours = starts
        .iter()
        .enumerate()
        .map(|(at, minute)| {
            view! {
                <p class="week__hour" data-row=(at + 1).to_string() aria-hidden="true">
                    {hour_of_minute(*minute)}
                </p>
            }
        })
        .collect_view();
    let days = view
        .days
        .into_iter()
        .map(|day| view! { <Day day=day starts=starts.clone() chosen=chosen today=today initials=initials.clone()/> })
        .collect_view();
    view! { <div class="week">{hours} {days}</div> }
}

#[component]
fn Day(day: DayView, starts: Vec<u16>, chosen: NaiveDate, today: NaiveDate, initials: String) -> impl IntoView {
    let mut class = "week__day".to_owned();
    if day.on < chosen {
        class.push_str(" week__day--before");
    }
    // A day without anything is still shown when it is the one that was chosen.
    if day.shifts.is_empty() && day.closed.is_none() && day.on != chosen {
        class.push_str(" week__day--none");
    }
    let date_class = if day.on == today { "week__date week__date--today" } else { "week__date" };
    let (short, long) = day_heads(day.on);
    let nothing = day.shifts.is_empty().then(|| match day.closed {
        Some(why) => nb(&format!("Fermé : {why}")),
        None if day.on == chosen => "Rien ce jour-là avec ces filtres.".to_owned(),
        None => "–".to_owned(),
    });
    let cards = day
        .shifts
        .into_iter()
        .map(|card| {
            let minute = paris_minute(card.starts_at);
            let row = starts.iter().position(|start| *start == minute).map_or(1, |at| at + 1);
            view! { <ShiftCard card=card initials=initials.clone() row=row/> }
        })
        .collect_view();
    let number = day.on.weekday().number_from_monday().to_string();
    view! {
        <section class=class data-day=number>
            <h3 class=date_class>
                <span class="week__date-short" aria-hidden="true">{short}</span>
                <span class="week__date-long">{long}</span>
            </h3>
            {nothing.map(|nothing| view! { <p class="week__closed">{nothing}</p> })}
            {cards}
        </section>
    }
}
