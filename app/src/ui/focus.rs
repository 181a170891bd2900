//! Where the focus goes when what had it is gone.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit};

/// What had the focus may have left with an act: then the page's title takes it, and nothing scrolls.
pub fn keep_focus() {
    if is_lost() {
        without_scrolling(focus_title);
    }
}

thread_local! {
    /// What has the focus, or had it when it was taken off the page.
    static LAST: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// The focus outlives what the page does to it. Writing a page anew takes its attributes off for a
/// moment: a link without its address, a title without its `tabindex`, loses the focus by that
/// alone, and gets it back here. What leaves the page for good leaves it to the title. Runs once, in
/// the browser.
pub fn hold_focus() {
    let _ = window_event_listener_untyped("focusin", |event| LAST.set(target(&event)));
    let _ = window_event_listener_untyped("focusout", |event| {
        let Some(element) = target(&event) else { return };
        let undone = is_undone(&element);
        // Not before what is happening to it has happened.
        queue_microtask(move || match (is_lost() && element.is_connected(), undone) {
            (true, true) => without_scrolling(|| drop(element.focus())),
            // Whoever taps beside it wants it nowhere.
            (true, false) => LAST.set(None),
            (false, _) => {}
        });
    });
    let removed = Closure::<dyn Fn()>::new(|| {
        if is_lost() && LAST.with_borrow(|last| last.as_ref().is_some_and(|last| !last.is_connected())) {
            LAST.set(None);
            // The page that takes its place is written before the next frame.
            request_animation_frame(keep_focus);
        }
    });
    if let Ok(observer) = MutationObserver::new(removed.as_ref().unchecked_ref()) {
        let all = MutationObserverInit::new();
        all.set_child_list(true);
        all.set_subtree(true);
        let _ = observer.observe_with_options(&document(), &all);
    }
    removed.forget();
}

fn target(event: &web_sys::Event) -> Option<HtmlElement> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// Whether an element cannot have the focus just now, for lack of an attribute.
fn is_undone(element: &HtmlElement) -> bool {
    match element.tag_name().as_str() {
        "A" => !element.has_attribute("href"),
        "BUTTON" | "INPUT" | "SELECT" | "SUMMARY" | "TEXTAREA" => false,
        _ => !element.has_attribute("tabindex"),
    }
}

fn is_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

fn without_scrolling(focus: impl FnOnce()) {
    let (x, y) = (window().scroll_x().unwrap_or_default(), window().scroll_y().unwrap_or_default());
    focus();
    window().scroll_to_with_x_and_y(x, y);
}

/// The page's title takes the focus, so that whoever listens knows where they are.
pub fn focus_title() {
    let title = document().query_selector("main h1").ok().flatten();
    if let Some(title) = title.and_then(|title| title.dyn_into::<HtmlElement>().ok()) {
        let _ = title.focus();
    }
}
