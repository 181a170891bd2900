//! A page and its data: what comes while they come, what stands where there are none.

use std::sync::Arc;

use domain::id::CommandId;
use domain::outcome::Outcome;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::asked::Asked;
use crate::offline::desk;
use crate::offline::store::Store;
use crate::selection::{Page, Query, View, page};
use crate::ui::{Empty, Frame, PageHead, Skeleton};

/// What became of the act that the address names (`?act=`): how a page without WASM tells it.
#[derive(Clone, Copy)]
pub struct Told(Asked<Option<Outcome>>);

impl Told {
    /// Made once by a page, outside of any suspense, so that both sides count alike.
    pub fn of_address() -> Told {
        let query = use_query_map();
        let id = move || query.with(|query| query.get("act")).and_then(|id| id.parse::<CommandId>().ok());
        let ask = |id| async move {
            match id {
                Some(id) => desk::told(id).await,
                None => None,
            }
        };
        Told(Asked::new(id, ask))
    }

    /// The outcome, once it is known. Read under the page's suspense.
    pub fn outcome(self) -> Option<Outcome> {
        self.0.get().flatten()
    }
}

/// Shows a page from its selection, following every change of the snapshots; the page's nodes stay
/// where they are, only what changed is written.
///
/// `over` is made anew only when `over_key` changes: what somebody ticks or types in a sheet is
/// never lost to a change that came from elsewhere.
#[component]
pub fn Screen<Q, S>(
    query: Q,
    /// The page's title until its data are there.
    #[prop(into)]
    title: String,
    /// « Les vacations arrivent. »
    #[prop(into)]
    coming: String,
    show: S,
    /// The open sheet, from the same selection.
    #[prop(optional)]
    over: Option<fn(View) -> Option<AnyView>>,
) -> impl IntoView
where
    Q: Fn() -> Query + Copy + Send + Sync + 'static,
    S: Fn(View) -> AnyView + Send + Sync + 'static,
{
    screen(Signal::derive(query), title, coming, Arc::new(show), over)
}

/// The same for every page: what only differs by its closures would be downloaded as many times.
fn screen(
    query: Signal<Query>,
    title: String,
    coming: String,
    show: Arc<dyn Fn(View) -> AnyView + Send + Sync>,
    over: Option<fn(View) -> Option<AnyView>>,
) -> impl IntoView {
    let (page, rendered) = page(query);
    // A sheet that opens or closes leaves the page under it alone, and the focus on what opened it.
    let under = Memo::new_with_compare(
        move |_| page.get().under_sheet(),
        |before, after| match (before, after) {
            (Some(before), Some(after)) => !before.shows_the_same(after),
            _ => true,
        },
    );
    provide_context(Told::of_address());
    let store = Store::expect();
    // Read under the suspense, so that the server waits for it before it answers. Once the device
    // has its snapshots, nothing of the page follows it any more.
    let wait = move || {
        if !store.is_live_untracked() {
            rendered.hold();
        }
    };
    let body = move || {
        wait();
        match under.get() {
            Page::Ready(view) => show(view),
            Page::Loading => loading(store, title.clone(), coming.clone()),
            // Its slice comes after the others.
            Page::Absent if is_coming(store, &query.get()) => loading(store, title.clone(), coming.clone()),
            Page::Absent => absent(store, query.get().waits_for_more()),
        }
    };
    // A seat may be mine only by an act on its way, which is read a moment after the snapshots.
    let ready = Memo::new(move |_| {
        let has_sheet = page.with(|page| match page {
            Page::Ready(view) => Some(view.has_sheet()),
            _ => None,
        });
        has_sheet.map(|has_sheet| (query.get(), has_sheet))
    });
    let sheet = over.map(|over| {
        move || {
            wait();
            ready.get()?;
            match page.get_untracked() {
                Page::Ready(view) => over(view),
                _ => None,
            }
        }
    });
    view! {
        <Transition>{body}</Transition>
        {sheet.map(|sheet| view! { <Transition>{sheet}</Transition> })}
    }
}

/// Its slice comes after the others, from the network or, where the shop is shown, from the device.
fn is_coming(store: Store, query: &Query) -> bool {
    let from_device = query.needs_shop() && store.shop.is_awaited();
    query.waits_for_more() && (from_device || !store.reach.get().is_cut_off())
}

fn loading(store: Store, title: String, coming: String) -> AnyView {
    let unreachable = move || store.is_empty() && store.reach.get().is_cut_off();
    let again = move |_| leptos::task::spawn_local(store.refresh_all());
    view! {
        <Frame>
            <PageHead title=title/>
            {move || {
                if unreachable() {
                    view! {
                        <section class="empty" role="alert">
                            <crate::ui::Icon name="cloud-alert"/>
                            <h2 class="empty__title">"Il faut le réseau, cette fois"</h2>
                            <p class="empty__text">
                                "Cet appareil ne garde encore rien du planning, et le serveur ne répond pas."
                            </p>
                            <button class="button button--main" type="button" on:click=again>
                                "Réessayer"
                            </button>
                        </section>
                    }
                        .into_any()
                } else {
                    view! { <Skeleton label=coming.clone()/> }.into_any()
                }
            }}
        </Frame>
    }
    .into_any()
}

fn absent(store: Store, comes_later: bool) -> AnyView {
    let offline = store.reach.get().is_cut_off();
    let text = if offline && comes_later {
        "Ce téléphone n’en garde encore rien : ouvre-la une fois avec le réseau."
    } else if offline {
        "Cet appareil garde huit semaines avant et après aujourd’hui. Pour le reste, il faut le réseau."
    } else {
        "Elle n’existe pas, ou elle est trop loin d’aujourd’hui pour s’afficher ici."
    };
    view! {
        <Frame>
            <Empty id="absente" icon="signpost" title="Cette page n’est pas là" text=text whole_page=true>
                <a class="button button--main" href="/vacations">
                    "Voir les vacations"
                </a>
            </Empty>
        </Frame>
    }
    .into_any()
}
