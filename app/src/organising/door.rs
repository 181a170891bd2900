//! The organisers' door on « Moi ».

use leptos::prelude::*;

use super::form::POSTED_TO;
use crate::ui::RowLink;

#[component]
pub fn OrganisingDoor() -> impl IntoView {
    view! {
        <nav class="section--apart" aria-label="Vie sociale">
            <ul class="list">
                <RowLink
                    icon="party-popper"
                    href=POSTED_TO
                    title="Organiser une sortie"
                    soft="Annoncer, voir qui vient, écrire à qui a répondu"
                />
            </ul>
        </nav>
    }
}
