//! The way to the queue for whoever stands in for the employee.

use leptos::prelude::*;

use super::form::POSTED_TO;
use crate::ui::RowLink;

#[component]
pub fn DeputyDoor() -> impl IntoView {
    view! {
        <nav class="no-print section--apart" aria-label="Suppléance">
            <ul class="list">
                <RowLink
                    icon="list-checks"
                    href=POSTED_TO
                    title="À traiter"
                    soft="Tu supplées la personne salariée : ce qui attend le bureau"
                    external=true
                />
            </ul>
        </nav>
    }
}
