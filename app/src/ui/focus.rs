//! Where the focus goes when what had it is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What had the focus may have left with an act: then the page's title takes it, and nothing scrolls.
pub fn keep_focus() {
    if is_lost() {
        without_scrolling(focus_title);
    }
}

/// Writing a page anew takes its attributes off for a moment: a link without its address, a title
/// without its `tabindex`, loses the focus by that alone, and gets it back here. Runs once, in the browser.
pub fn hold_focus() {
    let _ = window_event_listener_untyped("focusout", |event| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element.filter(is_undone) {
            queue_microtask(move || {
                if is_lost() && element.is_connected() {
                    without_scrolling(|| drop(element.focus()));
                }
            });
        }
    });
}

/// Whether an element cannot have the focus just now, for lack of an attribute.
fn is_undone(element: &web_sys::HtmlElement) -> bool {
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
    if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = title.focus();
    }
}
