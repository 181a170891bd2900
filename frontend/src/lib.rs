//! The browser's entry: mounts the app, on the offline shell or beside what the server rendered.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by `boot.js`, when the module is ready.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
