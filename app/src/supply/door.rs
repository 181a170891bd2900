//! Approvisionnement's door on « Moi ».

use leptos::prelude::*;

use super::form::POSTED_TO;
use crate::ui::RowLink;

#[component]
pub fn SupplyDoor() -> impl IntoView {
    view! {
        <nav class="section--apart" aria-label="Approvisionnement">
            <ul class="list">
                <RowLink
                    icon="wheat"
                    href=POSTED_TO
                    title="Tenir les gammes"
                    soft="Produits, fournisseurs, fichier de la caisse, demandes"
                />
            </ul>
        </nav>
    }
}
