//! What an exchange moves, in two lines: what you leave, what you take.

use domain::reason::When;
use leptos::prelude::*;

use crate::french::dates::day_and_hours_short;

#[component]
pub fn Moves(
    gives: When,
    takes: When,
    /// What the seat received asks for.
    #[prop(default = None)]
    skill: Option<String>,
) -> impl IntoView {
    let takes = match skill {
        Some(skill) => format!("{}, {}", day_and_hours_short(&takes), skill.to_lowercase()),
        None => day_and_hours_short(&takes),
    };
    view! {
        <dl class="loop__moves">
            <div class="loop__move">
                <dt class="loop__verb">"Tu laisses"</dt>
                <dd class="loop__what">{day_and_hours_short(&gives)}</dd>
            </div>
            <div class="loop__move">
                <dt class="loop__verb">"Tu prends"</dt>
                <dd class="loop__what">{takes}</dd>
            </div>
        </dl>
    }
}
