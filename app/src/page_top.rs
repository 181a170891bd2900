//! What every member page says first: the network, and what became of an act.

use leptos::prelude::*;

use crate::acts::ActOutcome;
use crate::offline::banner::OfflineLine;

#[component]
pub fn PageTop() -> impl IntoView {
    view! {
        <OfflineLine/>
        <ActOutcome/>
    }
}
