//! Distribution's doors on « Moi ».

use leptos::prelude::*;

use crate::ui::Icon;

#[component]
pub fn ProcedureDoors() -> impl IntoView {
    let row = |icon: &'static str, href: &'static str, title: &'static str, soft: &'static str| {
        view! {
            <li class="row">
                <Icon name=icon/>
                <span class="row__body">
                    <a class="row__link row__title" href=href>
                        {title}
                    </a>
                    <span class="row__soft">{soft}</span>
                </span>
                <span class="row__end">
                    <Icon name="chevron-right"/>
                </span>
            </li>
        }
    };
    view! {
        <section class="section section--apart" aria-labelledby="distribution">
            <h2 id="distribution">"Distribution"</h2>
            <ul class="list">
                {row("list-checks", "/distribution/procedures", "Procédures", "Listes, frigos, livraisons attendues, clés")}
                {row("printer", "/distribution/releves", "Relevés d’hygiène", "Températures, nettoyages, réceptions, à imprimer")}
            </ul>
        </section>
    }
}
