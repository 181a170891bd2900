//! The app takes over the page that the server rendered: once it has all that the page shows, and while nobody is in the
//! middle of something. Until then the server's page does everything by itself, with links and forms.
//!
//! Nothing is hydrated: the app's own page is put in the place of the server's between two frames, and looks the same.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::offline::store::Store;
use crate::offline::update::is_dirty;

/// How soon it is looked at again whether somebody has ended what they were typing.
const LOOK_AGAIN: Duration = Duration::from_millis(400);

/// Shows `pages` in the place of what is on the page: at once on the offline shell, which shows nothing.
pub fn after<V: IntoView + 'static>(store: Store, pages: fn() -> V) -> AnyView {
    let Some(body) = document().body() else { return pages().into_any() };
    let before: Vec<Node> = children(&body);
    if body.has_attribute("data-shell") {
        take_away(&before);
        say_alive();
        return pages().into_any();
    }
    let shows = RwSignal::new(false);
    let before = StoredValue::new_local(before);
    let has_all = Memo::new(move |_| store.settled.get() && (store.member.with(Option::is_none) || store.is_live()));
    let takes_over = move || {
        if shows.get_untracked() || !has_all.get_untracked() || is_busy() {
            return;
        }
        let kept = Kept::of_page();
        before.with_value(|before| take_away(before));
        shows.set(true);
        // The pages are written in the microtasks that follow, before anything is painted.
        request_animation_frame(move || {
            kept.give_back();
            say_alive();
        });
    };
    Effect::new(move |_| {
        if has_all.get() {
            takes_over();
        }
    });
    let again = set_interval_with_handle(takes_over, LOOK_AGAIN);
    Effect::new(move |_| {
        if let (true, Ok(again)) = (shows.get(), again.as_ref()) {
            again.clear();
        }
    });
    (move || shows.get().then(pages)).into_any()
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
