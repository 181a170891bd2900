//! A way in, step by step: on a newcomer's home page, on their own page, and for the office.

use domain::register::Arriving;
use leptos::prelude::*;

use crate::french::dates::date_with_year;
use crate::french::nb;
use crate::french::register::{step, step_help};
use crate::ui::Icon;

/// A way in, step by step.
pub fn stages(way: &Arriving) -> AnyView {
    let lines: Vec<_> = way
        .stages
        .iter()
        .map(|stage| {
            let is_next = way.next == Some(stage.step);
            let class = if stage.done { "steps__item steps__item--done" } else { "steps__item" };
            let (icon, state) = if stage.done { ("circle-check", "fait") } else { ("circle-dot", "à faire") };
            let on = stage.on.map(|on| format!(", le {}", date_with_year(on))).unwrap_or_default();
            let help = is_next.then(|| view! { <span class="row__soft">{nb(step_help(stage.step))}</span> });
            let current = is_next.then_some("step");
            view! {
                <li class=class aria-current=current>
                    <Icon name=icon/>
                    <span class="row__body">
                        <span class="row__title">{nb(step(stage.step))}</span>
                        <span class="row__soft">{nb(&format!("{state}{on}"))}</span>
                        {help}
                    </span>
                </li>
            }
        })
        .collect();
    view! { <ol class="steps">{lines}</ol> }.into_any()
}
