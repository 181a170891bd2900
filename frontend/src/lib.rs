//! The browser's entry: hydrates what the server rendered, or mounts on the offline shell.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by `boot.js`, when the module is ready.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let body = web_sys::window().and_then(|window| window.document()).and_then(|document| document.body());
    match body {
        // The static shell carries no page: hydrating it would look for nodes that are not there.
        Some(body) if body.has_attribute("data-shell") => {
            body.set_inner_html("");
            leptos::mount::mount_to_body(app::App);
        }
        _ => leptos::mount::hydrate_body(app::App),
    }
}
