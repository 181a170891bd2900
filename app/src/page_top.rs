//! What every member page says first: the network, and what became of an act.

use leptos::prelude::*;

use crate::acts::ActOutcome;
use crate::offline::banner::OfflineLine;

#[component]
pub fn PageTop(
    /// The page has the cards of what was refused itself.
    #[prop(optional)]
    without_cards: bool,
) -> impl IntoView {
    view! {
        <OfflineLine/>
        <ActOutcome without_cards=without_cards/>
    }
}
