//! In the browser, at the address of a page that the server alone has.

use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::french::nb;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::ui::{Empty, Frame, Skeleton, Width};

/// Where this document was opened, until a page has looked at it.
#[derive(Clone, Copy)]
pub struct OpenedAt(StoredValue<Option<String>>);

impl OpenedAt {
    /// Nowhere on the server.
    pub fn here() -> OpenedAt {
        let here = || {
            let location = window().location();
            Some(format!("{}{}", location.pathname().ok()?, location.search().ok()?))
        };
        OpenedAt(StoredValue::new(if is_server() { None } else { here() }))
    }

    fn take(self) -> Option<String> {
        self.0.try_update_value(Option::take).flatten()
    }
}

/// Goes there; where there is no network, says so.
#[component]
pub fn FromServer() -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let there = if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) };
    // The document stands at this address only when the network had no answer, and the shell came instead: asking again
    // at once would go round in circles.
    let unanswered = use_context::<OpenedAt>().and_then(OpenedAt::take).is_some_and(|opened| opened == there);
    let away = unanswered || Store::expect().reach.get_untracked().is_cut_off();
    let again = there.clone();
    Effect::new(move |_| {
        if !away {
            let _ = window().location().replace(&there);
        }
    });
    let inside = if away {
        let text = "Cette page vient du serveur : ce qu’elle montre n’est gardé sur aucun appareil.";
        let title = "Il faut le réseau, cette fois";
        view! {
            <Empty id="il-faut-le-reseau" icon="cloud-off" title=title text=nb(text) whole_page=true>
                <a class="button button--main" href=again rel="external">
                    "Réessayer"
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Skeleton label="La page arrive."/> }.into_any()
    };
    view! {
        <Title text="Alpar"/>
        <Frame width=Width::Alone>
            <PageTop/>
            {inside}
        </Frame>
    }
}
