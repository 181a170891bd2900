//! Pages, components, server functions, and what works offline. Runs in the browser and on the
//! server; what is the server's alone lives in `backend`, reached only inside server functions.

pub mod acts;
pub mod api;
pub mod asked;
pub mod assembly;
pub mod auth;
pub mod brief;
pub mod brief_mail;
pub mod brief_workshop;
pub mod catalogue;
pub mod chapters;
pub mod coverage;
pub mod desk;
pub mod document;
mod door_document;
pub mod dossiers;
pub mod events;
pub mod filled;
pub mod french;
pub mod from_server;
pub mod governance;
pub mod groups;
pub mod home_page;
pub mod import;
pub mod leaves;
pub mod ledger;
pub mod mail_act_page;
pub mod members;
pub mod not_found;
pub mod objectives;
pub mod office;
pub mod offline;
pub mod organising;
pub mod page_top;
pub mod procedures;
pub mod public_pages;
pub mod register;
pub mod routes;
pub mod screen;
pub mod selection;
pub mod sheet;
pub mod shifts;
pub mod still;
pub mod supply;
pub mod swaps;
pub mod takeover;
pub mod ui;
pub mod visit;

use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;

use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::offline::{live, update};

pub use crate::document::document as shell;
pub use crate::still::document as still;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let store = Store::new();
    let acts = Acts::new(store);
    provide_context(store);
    provide_context(acts);
    provide_context(ui::Unread { tab: "/breve", is: Signal::derive(move || store.is_brief_unread()) });
    provide_context(from_server::OpenedAt::here());
    // Effects run in the browser only.
    Effect::new(move |_| {
        live::start(store, acts, document::member_of_page());
        update::guard(acts);
    });
    if is_server() { pages().into_any() } else { takeover::after(store, pages) }
}

fn pages() -> impl IntoView {
    routes::router(routes::pages)
}
