//! « Ma carte »: number, QR, standing; works without network.

use domain::view::profile::ProfileView;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::french::standing::on_card;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Frame, PageHead, Qr, Width};

#[component]
pub fn CardPage() -> impl IntoView {
    view! {
        <Title text="Ma carte · Alpar"/>
        <Screen query=|| Query::Profile title="Ma carte" coming="Ta carte arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view: ProfileView| card(&view))
}

/// « 0217 »
pub fn member_number(number: i32) -> String {
    format!("{number:04}")
}

fn card(view: &ProfileView) -> AnyView {
    let number = member_number(view.profile.number);
    let name = format!("{} {}", view.profile.first_name, view.profile.last_name);
    let standing = on_card(&view.standing);
    let spoken = format!("Numéro {number}");
    let drawn = format!("alpar:{number}");
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Ma carte" back=("/moi".to_owned(), "Moi".to_owned())/>
            <crate::page_top::PageTop/>
            <section class="pass" aria-label="Ma carte de membre">
                <h2 class="pass__name">{name}</h2>
                <Qr text=drawn label="QR à montrer"/>
                <p class="pass__number" aria-label=spoken>{number}</p>
                <p class="pass__soft">{standing}</p>
            </section>
            <p class="soft small">"Marche aussi sans réseau."</p>
            <p class="no-print"><a class="button button--soft" href="/moi/engagement">"Voir mon engagement"</a></p>
        </Frame>
    }
    .into_any()
}
