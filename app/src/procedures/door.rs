//! Distribution's doors on « Moi ».

use leptos::prelude::*;

use crate::ui::RowLink;

#[component]
pub fn ProcedureDoors() -> impl IntoView {
    view! {
        <section class="section section--apart" aria-labelledby="distribution">
            <h2 id="distribution">"Distribution"</h2>
            <ul class="list">
                <RowLink
                    icon="list-checks"
                    href="/distribution/procedures"
                    title="Procédures"
                    soft="Listes, frigos, livraisons attendues, clés"
                />
                <RowLink
                    icon="printer"
                    href="/distribution/releves"
                    title="Relevés d’hygiène"
                    soft="Températures, nettoyages, réceptions, à imprimer"
                />
            </ul>
        </section>
    }
}
