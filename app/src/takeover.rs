//! The app takes over the page that the server rendered: once it has all that the page shows, and while nobody is in the
//! middle of something. Until then the server's page does everything by itself, with links and forms.
//!
//! Nothing is hydrated: the app's own page is put in the place of the server's between two frames, and looks the same.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::catalogue::is_of_the_shop;
use crate::chapters::{Chapter, chapter_of_page};
use crate::groups::shows_groups;
use crate::offline::desk;
use crate::offline::live::on_reached;
use crate::offline::store::Store;
use crate::offline::update::is_dirty;

/// How soon it is looked at again whether somebody has ended what they were typing.
const LOOK_AGAIN: Duration = Duration::from_millis(400);

/// How long the offline shell, which shows nothing, waits for what its page shows. Longer than that, the shape of the page is
/// shown meanwhile.
const A_MOMENT: Duration = Duration::from_millis(600);

/// Shows `pages` in the place of what is on the page.
pub fn after<V: IntoView + 'static>(store: Store, pages: fn() -> V) -> AnyView {
    let Some(body) = document().body() else { return pages().into_any() };
    let before: Vec<Node> = children(&body);
    if body.has_attribute("data-shell") {
        return on_shell(store, before, pages);
    }
    let shows = RwSignal::new(false);
    let before = Rc::new(before);
    // The pages belong to the app, and to no effect that might make them anew.
    let app = Owner::current();
    let path = window().location().pathname().unwrap_or_default();
    // The shop is read where a page shows it: not before, and then the page is not taken over without it.
    let shop = is_of_the_shop(&path);
    // So are the groups.
    let groups = shows_groups(&path);
    let chapter = chapter_of(&path);
    let want = move || {
        if let Some(chapter) = chapter {
            store.chapters.want(chapter);
        }
        if shop {
            store.want_shop();
        }
        if groups {
            store.want_groups();
        }
    };
    Effect::new(move |_| want());
    // What a network that went away left out is asked for again.
    on_reached(store, move || {
        want();
        spawn_local(async {
            let _ = desk::come().await;
        });
    });
    // Until acts are taken here, the forms of the server's page take them.
    let its_code = move || desk::here().is_some() && chapter.is_none_or(|chapter| store.chapters.contents(chapter).is_some());
    let has_groups = move || !groups || store.groups.is_read();
    let its_data = move || store.is_live() && (!shop || store.shop.settled.get()) && has_groups();
    let has_all = Memo::new(move |_| store.settled.get() && its_code() && (store.member.with(Option::is_none) || its_data()));
    let takes_over = move || {
        if shows.get_untracked() || !has_all.get_untracked() || is_busy() {
            return;
        }
        let kept = Kept::of_page();
        take_away(&before);
        shows.set(true);
        let mount = || untrack(|| leptos::mount::mount_to_body(pages));
        match &app {
            Some(app) => app.with(mount),
            None => mount(),
        }
        request_animation_frame(move || {
            kept.give_back();
            say_alive();
        });
    };
    let soon = takes_over.clone();
    Effect::new(move |_| {
        if has_all.get() {
            // Outside of this effect.
            set_timeout(soon.clone(), Duration::ZERO);
        }
    });
    let again = set_interval_with_handle(takes_over, LOOK_AGAIN);
    Effect::new(move |_| {
        if let (true, Ok(again)) = (shows.get(), again.as_ref()) {
            again.clear();
        }
    });
    ().into_any()
}

/// What the device keeps, and the chapter of the page, are there in a moment: the page is then made once, and not its shape
/// before it. A page that has none shows itself at once.
fn on_shell<V: IntoView + 'static>(store: Store, before: Vec<Node>, pages: fn() -> V) -> AnyView {
    let Some(chapter) = chapter_of_page() else {
        take_away(&before);
        say_alive();
        return pages().into_any();
    };
    store.chapters.want(chapter);
    let app = Owner::current();
    let before = Rc::new(RefCell::new(Some(before)));
    let shows = move || {
        let Some(before) = before.take() else { return };
        take_away(&before);
        say_alive();
        let mount = || untrack(|| leptos::mount::mount_to_body(pages));
        match &app {
            Some(app) => app.with(mount),
            None => mount(),
        }
    };
    let has_all = Memo::new(move |_| store.opened.get() && !store.chapters.is_coming(chapter));
    let soon = shows.clone();
    Effect::new(move |_| {
        if has_all.get() {
            // Outside of this effect.
            set_timeout(soon.clone(), Duration::ZERO);
        }
    });
    set_timeout(shows, A_MOMENT);
    ().into_any()
}

/// Its code comes beside the rest. An invitation, which the worker leaves to the network, is not among the pages that the boot
/// script knows.
fn chapter_of(path: &str) -> Option<Chapter> {
    chapter_of_page().or_else(|| path.starts_with("/invitation/").then_some(Chapter::Swaps))
}

fn children(body: &HtmlElement) -> Vec<Node> {
    let nodes = body.child_nodes();
    (0..nodes.length()).filter_map(|at| nodes.item(at)).collect()
}

fn take_away(nodes: &[Node]) {
    for node in nodes {
        if let Some(parent) = node.parent_node() {
            let _ = parent.remove_child(node);
        }
    }
}

/// Whoever waits for the app may go on.
fn say_alive() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-app", "alive");
    }
}

/// Somebody types, or has typed; or the page holds what only the server knew, which is shown once.
fn is_busy() -> bool {
    let types =
        document().active_element().is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
    types || is_dirty() || document().query_selector("[data-once]").is_ok_and(|found| found.is_some())
}

/// Where somebody was on the server's page.
struct Kept {
    scroll: (f64, f64),
    /// What had the focus: its place among what can have it.
    focus: Option<u32>,
    /// Which of the folds were open.
    open: Vec<bool>,
}

const FOCUSABLE: &str = "a[href], button, summary, [tabindex]";

impl Kept {
    fn of_page() -> Kept {
        let active = document().active_element();
        let place = |active: &Element| all(FOCUSABLE).iter().position(|element| element == active);
        Kept {
            scroll: (window().scroll_x().unwrap_or_default(), window().scroll_y().unwrap_or_default()),
            focus: active.as_ref().and_then(place).and_then(|at| u32::try_from(at).ok()),
            open: all("details").iter().map(|fold| fold.has_attribute("open")).collect(),
        }
    }

    fn give_back(&self) {
        let folds = all("details");
        if folds.len() == self.open.len() {
            for (fold, _) in folds.iter().zip(&self.open).filter(|(_, open)| **open) {
                let _ = fold.set_attribute("open", "");
            }
        }
        let focused = self.focus.and_then(|at| all(FOCUSABLE).into_iter().nth(at as usize));
        if let Some(element) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
        window().scroll_to_with_x_and_y(self.scroll.0, self.scroll.1);
    }
}

fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}
