//! The app comes in chapters: the code of a slice's pages, and of how what they show is selected, is a module of its own
//! that comes when one of them is first shown (docs/decisions/028). What more than one chapter needs is in the module that
//! starts the app. On the server all of them are always here.

mod page_name;
mod split;

use std::array;

use domain::view::Seen;
use futures::FutureExt;
use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::french::nb;
use crate::offline::live::on_reached;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::selection::{Others, Query, View};
use crate::ui::{Empty, Frame, Skeleton, Width};

pub use page_name::PageName;
pub use split::{Chapter, NotCome};

/// What a chapter brings.
pub struct Contents {
    /// One of its pages.
    pub show: fn(PageName) -> AnyView,
    /// What they show, from the snapshots; `None` when there is no such thing.
    pub select: fn(&Query, Seen<'_>, Others<'_>) -> Option<View>,
}

#[derive(Clone, Copy)]
enum State {
    Unasked,
    Coming,
    Here(&'static Contents),
    /// It is not on this device, and the network did not bring it.
    Missed,
}

/// Which of them are here: one that comes leaves the pages of the others alone.
#[derive(Clone, Copy)]
pub struct Chapters([RwSignal<State>; Chapter::COUNT]);

impl Chapters {
    pub fn new() -> Chapters {
        Chapters(array::from_fn(|_| RwSignal::new(State::Unasked)))
    }

    /// Lets one come, unless it is here or on its way.
    pub fn want(self, chapter: Chapter) {
        if !is_server() && self.begins(chapter) {
            spawn_local(self.bring(chapter));
        }
    }

    /// Those of the main job come one after the other, before somebody taps.
    pub async fn bring_main_job(self) {
        for chapter in [Chapter::Home, Chapter::Week, Chapter::Shift, Chapter::Swaps] {
            if self.begins(chapter) {
                self.bring(chapter).await;
            }
        }
    }

    /// Whether it is to be asked for; then it is coming.
    fn begins(self, chapter: Chapter) -> bool {
        let state = self.0[chapter as usize];
        let begins = matches!(state.get_untracked(), State::Unasked | State::Missed);
        if begins {
            state.set(State::Coming);
        }
        begins
    }

    async fn bring(self, chapter: Chapter) {
        self.0[chapter as usize].set(split::open(chapter).await.map_or(State::Missed, State::Here));
    }

    /// What one of them brings, once it is here. Follows that.
    pub fn contents(self, chapter: Chapter) -> Option<&'static Contents> {
        match self.state(chapter) {
            State::Here(contents) => Some(contents),
            _ => None,
        }
    }

    /// Whether it may still be here soon. Follows that.
    pub fn is_coming(self, chapter: Chapter) -> bool {
        matches!(self.state(chapter), State::Unasked | State::Coming)
    }

    fn state(self, chapter: Chapter) -> State {
        match on_server(chapter) {
            Some(contents) => State::Here(contents),
            None => self.0[chapter as usize].get(),
        }
    }
}

impl Default for Chapters {
    fn default() -> Chapters {
        Chapters::new()
    }
}

/// What a chapter brings, on the server alone.
pub fn on_server(chapter: Chapter) -> Option<&'static Contents> {
    if is_server() { split::open(chapter).now_or_never().and_then(Result::ok) } else { None }
}

/// The chapter of the page that the browser opened: the boot script has asked for it, and says which.
pub fn chapter_of_page() -> Option<Chapter> {
    document().document_element().and_then(|root| Chapter::named(&root.get_attribute("data-chapter")?))
}

/// A page of the app, once its chapter is here.
pub fn show(page: PageName) -> AnyView {
    let (store, chapter) = (Store::expect(), page.chapter());
    let chapters = store.chapters;
    chapters.want(chapter);
    if let Some(contents) = untrack(|| chapters.contents(chapter)) {
        return (contents.show)(page);
    }
    let inside = move || match chapters.state(chapter) {
        State::Here(contents) => untrack(|| (contents.show)(page)),
        State::Missed => missed(store, chapter),
        State::Unasked | State::Coming => coming(),
    };
    view! { {inside} }.into_any()
}

/// Whoever listens is told by the title, and goes from it to that of the page. Nobody sees it: it is there for a moment.
fn coming() -> AnyView {
    view! {
        <Title text="Alpar"/>
        <Frame>
            <header class="page__head">
                <h1 class="page__title" tabindex="-1">
                    <span class="visually-hidden">"Un instant"</span>
                    "\u{a0}"
                </h1>
            </header>
            <PageTop/>
            <Skeleton label="La page arrive."/>
        </Frame>
    }
    .into_any()
}

fn missed(store: Store, chapter: Chapter) -> AnyView {
    let again = move || store.chapters.want(chapter);
    on_reached(store, again);
    let location = use_location();
    // Where it does not come though there is a network, the server has the page.
    let from_server = move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        let search = search.trim_start_matches('?');
        let and = if search.is_empty() { "" } else { "&" };
        format!("{path}?porte=serveur{and}{search}")
    };
    let title = "Il faut le réseau, cette fois";
    let text = "Cet appareil n’a pas encore cette partie de l’application : elle vient avec le réseau, puis elle reste.";
    view! {
        <Title text="Alpar"/>
        <Frame width=Width::Alone>
            <PageTop/>
            <Empty id="il-faut-le-reseau" icon="cloud-off" title=title text=nb(text) whole_page=true>
                <button class="button button--main" type="button" on:click=move |_| again()>
                    "Réessayer"
                </button>
                <a class="button button--quiet" href=from_server rel="external">
                    "Ouvrir cette page depuis le réseau"
                </a>
            </Empty>
        </Frame>
    }
    .into_any()
}
