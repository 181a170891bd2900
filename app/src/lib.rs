//! Pages, components, server functions, and what works offline. Runs in the browser and on the
//! server; what is the server's alone lives in `backend`, reached only inside server functions.

pub mod acts;
pub mod api;
pub mod auth;
pub mod document;
pub mod french;
pub mod groups;
pub mod home_page;
pub mod members;
pub mod not_found;
pub mod offline;
pub mod page_top;
pub mod screen;
pub mod selection;
pub mod shifts;
pub mod soon_page;
pub mod swaps;
pub mod ui;
pub mod visit;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{ParamSegment, SsrMode, StaticSegment};

use crate::auth::{CodePage, EmailPage, InstallPage, WhoPage};
use crate::groups::CoopPage;
use crate::home_page::HomePage;
use crate::members::{ActionsPage, CardPage, DevicesPage, ProfilePage};
use crate::not_found::NotFound;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::offline::{live, update};
use crate::shifts::{ClosingPage, MinePage, ShiftPage, WeekPage};
use crate::soon_page::{BriefPage, EventsPage, RangesPage};
use crate::swaps::{ExchangesPage, InvitationPage};

pub use crate::document::document as shell;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let store = Store::new();
    let acts = Acts::new(store);
    provide_context(store);
    provide_context(acts);
    // Effects run in the browser only, after hydration: pages then read from the store.
    Effect::new(move |_| {
        live::start(store, acts, document::member_of_page());
        update::guard(acts);
    });

    let page = SsrMode::Async;
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFound/> }.into_any()>
                <Route path=StaticSegment("") view=|| view! { <HomePage/> }.into_any() ssr=page.clone()/>
                <Route path=StaticSegment("vacations") view=|| view! { <WeekPage/> }.into_any() ssr=page.clone()/>
                <Route
                    path=(StaticSegment("vacations"), StaticSegment("miennes"))
                    view=|| view! { <MinePage/> }.into_any()
                    ssr=page.clone()
                />
                <Route
                    path=(StaticSegment("vacation"), ParamSegment("id"))
                    view=|| view! { <ShiftPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route path=StaticSegment("echanges") view=|| view! { <ExchangesPage/> }.into_any() ssr=page.clone()/>
                <Route
                    path=(StaticSegment("invitation"), ParamSegment("secret"))
                    view=|| view! { <InvitationPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route path=StaticSegment("moi") view=|| view! { <ProfilePage/> }.into_any() ssr=page.clone()/>
                <Route
                    path=(StaticSegment("moi"), StaticSegment("actions"))
                    view=|| view! { <ActionsPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route
                    path=(StaticSegment("moi"), StaticSegment("carte"))
                    view=|| view! { <CardPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route
                    path=(StaticSegment("moi"), StaticSegment("appareils"))
                    view=|| view! { <DevicesPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route path=StaticSegment("coop") view=|| view! { <CoopPage/> }.into_any() ssr=page.clone()/>
                <Route
                    path=(StaticSegment("bureau"), StaticSegment("fermer"), ParamSegment("id"))
                    view=|| view! { <ClosingPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route path=StaticSegment("breve") view=|| view! { <BriefPage/> }.into_any() ssr=page.clone()/>
                <Route path=StaticSegment("sorties") view=|| view! { <EventsPage/> }.into_any() ssr=page.clone()/>
                <Route path=StaticSegment("rayons") view=|| view! { <RangesPage/> }.into_any() ssr=page.clone()/>
                <Route path=StaticSegment("connexion") view=|| view! { <EmailPage/> }.into_any() ssr=page.clone()/>
                <Route
                    path=(StaticSegment("connexion"), StaticSegment("code"))
                    view=|| view! { <CodePage/> }.into_any()
                    ssr=page.clone()
                />
                <Route
                    path=(StaticSegment("connexion"), StaticSegment("qui"))
                    view=|| view! { <WhoPage/> }.into_any()
                    ssr=page.clone()
                />
                <Route path=StaticSegment("installer") view=|| view! { <InstallPage/> }.into_any() ssr=page/>
            </Routes>
        </Router>
    }
}
