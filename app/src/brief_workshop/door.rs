//! Communication's door on « Moi ».

use leptos::prelude::*;

use crate::ui::RowLink;

#[component]
pub fn WorkshopDoor() -> impl IntoView {
    view! {
        <nav class="section--apart" aria-label="Communication">
            <ul class="list">
                <RowLink
                    icon="newspaper"
                    href="/communication/breve"
                    title="Préparer la brève"
                    soft="Ranger, relire, approuver, publier"
                />
                <RowLink
                    icon="store"
                    href="/communication/pages"
                    title="Les pages publiques"
                    soft="Ce que tout le monde lit d’Alpar, l’adresse"
                />
            </ul>
        </nav>
    }
}
