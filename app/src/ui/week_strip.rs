//! « ‹ Semaine du 23 › Aujourd’hui », then the days and what is free on each.

use leptos::prelude::*;

use super::Icon;

/// A way to another week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripLink {
    pub href: String,
    /// Read aloud: « Semaine du 30 novembre ».
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripDay {
    pub href: String,
    /// « lun. »
    pub name: String,
    /// « 23 »
    pub number: String,
    /// « 2 libres », or a dash.
    pub note: String,
    /// Something is to be had that day.
    pub free: bool,
    pub today: bool,
    pub current: bool,
    /// Read aloud instead of the three: « lundi 23 novembre, 2 places libres ».
    pub spoken: String,
}

#[component]
pub fn WeekStrip(
    #[prop(into)] title: String,
    #[prop(optional_no_strip)] before: Option<StripLink>,
    #[prop(optional_no_strip)] after: Option<StripLink>,
    /// Where « Aujourd’hui » goes.
    #[prop(into)]
    today: String,
    days: Vec<StripDay>,
) -> impl IntoView {
    let days = days.into_iter().map(strip_day).collect_view();
    view! {
        <div class="week-strip">
            <div class="week-strip__bar">
                {before.map(|link| arrow(link, "chevron-left"))} <h2 class="week-strip__title">{title}</h2>
                {after.map(|link| arrow(link, "chevron-right"))}
                <a class="button button--soft week-strip__today" href=today>
                    "Aujourd’hui"
                </a>
            </div>
            <nav class="week-strip__days" aria-label="Jours de la semaine">
                {days}
            </nav>
        </div>
    }
}

fn arrow(link: StripLink, icon: &'static str) -> impl IntoView {
    view! {
        <a class="button button--icon button--bare" href=link.href aria-label=link.label>
            <Icon name=icon/>
        </a>
    }
}

fn strip_day(day: StripDay) -> impl IntoView {
    let mut class = "week-strip__day".to_owned();
    if day.free {
        class.push_str(" week-strip__day--free");
    }
    if day.today {
        class.push_str(" week-strip__day--today");
    }
    view! {
        <a class=class href=day.href aria-current=day.current.then_some("date") aria-label=day.spoken>
            <span class="week-strip__name">{day.name}</span>
            <span class="week-strip__number">{day.number}</span>
            <span class="week-strip__free">{day.note}</span>
        </a>
    }
}
