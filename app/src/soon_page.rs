//! Tabs whose slice is not built yet: what will be there, and what to do until then.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::french::nb;
use crate::page_top::PageTop;
use crate::ui::{Empty, Frame, PageHead, Width};

#[component]
fn SoonPage(title: &'static str, icon: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <Title text=format!("{title} · Alpar")/>
        <Frame width=Width::Alone>
            <PageHead title=title/>
            <PageTop/>
            <Empty id="bientot" icon=icon title="Bientôt ici" text=nb(text)>
                <a class="button button--fill" href="/vacations">"Voir les vacations"</a>
            </Empty>
        </Frame>
    }
}

#[component]
pub fn RangesPage() -> impl IntoView {
    view! {
        <SoonPage
            title="Rayons"
            icon="wheat"
            text="Toutes les gammes du magasin dans la poche : prix, origine, allergènes, même sans réseau."
        />
    }
}
