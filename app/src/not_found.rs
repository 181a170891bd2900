//! There is no such page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api;
use crate::asked::Asked;
use crate::ui::{Empty, Frame, Width};

#[component]
pub fn NotFound() -> impl IntoView {
    // The browser keeps what the server said; on the server the answer takes its status.
    let tell = |()| async {
        if leptos::leptos_dom::helpers::is_server() {
            let _ = api::nothing_here().await;
        }
    };
    let told = Asked::new_blocking(|| (), tell);
    view! {
        <Title text="Page introuvable · Alpar"/>
        <Suspense>{move || { told.get(); }}</Suspense>
        <Frame width=Width::Alone>
            <Empty
                id="introuvable"
                icon="signpost"
                title="Cette page n’existe pas"
                text="Elle a peut-être été déplacée, ou ce n’est pas à toi de la voir."
                whole_page=true
            >
                <a class="button button--main" href="/">"Revenir à l’accueil"</a>
            </Empty>
        </Frame>
    }
}
