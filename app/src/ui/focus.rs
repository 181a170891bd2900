//! Where the focus goes when what had it is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What had the focus may have left with an act: then the page's title takes it, and nothing scrolls.
pub fn keep_focus() {
    let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if lost {
        let (x, y) = (window().scroll_x().unwrap_or_default(), window().scroll_y().unwrap_or_default());
        focus_title();
        window().scroll_to_with_x_and_y(x, y);
    }
}

/// The page's title takes the focus, so that whoever listens knows where they are.
pub fn focus_title() {
    let title = document().query_selector("main h1").ok().flatten();
    if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = title.focus();
    }
}
