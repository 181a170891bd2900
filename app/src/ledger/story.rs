//! The count, told from its beginning.

use domain::ledger::{Line, Told};
use leptos::prelude::*;

use crate::french::commitment::{left, line};
use crate::french::dates::{date_with_year, iso_day};
use crate::french::nb;
use crate::ui::Icon;

/// So many of the last lines stand open; what came before is a tap away.
const SHOWN: usize = 12;

/// Oldest first.
#[component]
pub fn StoryList(lines: Vec<Line>) -> impl IntoView {
    let before = lines.len().saturating_sub(SHOWN);
    let mut rows: Vec<AnyView> = lines.iter().map(row).collect();
    let last = rows.split_off(before);
    let first = (!rows.is_empty()).then(|| {
        view! {
            <details class="history">
                <summary class="history__head">
                    "Ce qui s’est passé avant"
                    <Icon name="chevron-down"/>
                </summary>
                <ol class="story">{rows}</ol>
            </details>
        }
    });
    view! {
        {first}
        <ol class="story">{last}</ol>
    }
}

fn row(told: &Line) -> AnyView {
    let class = match told.told {
        Told::CycleBegins { .. } | Told::CycleFree { .. } => "story__line story__line--cycle",
        _ => "story__line",
    };
    view! {
        <li class=class>
            <time class="story__when" datetime=iso_day(told.on)>{nb(&date_with_year(told.on))}</time>
            <span class="story__what">{line(told)}</span>
            <span class="story__left">{left(told.left)}</span>
        </li>
    }
    .into_any()
}
