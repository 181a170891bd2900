//! What `public/writing.js` asks while somebody writes: the same renderer and the same rule as on the server, in a module
//! of its own, so that only those who write download it.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by itself, when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    // A panic ends as a bare trap, which the script shows as « no preview »; the console says where it was.
    std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(words: &str);
}

/// The HTML that members will read.
#[wasm_bindgen]
pub fn preview(markdown: &str) -> String {
    prose::html(markdown)
}

/// Whether a link may lead to this address.
#[wasm_bindgen(js_name = isLink)]
pub fn is_link(address: &str) -> bool {
    prose::is_link(address)
}

/// The longest text that is taken, in characters.
#[wasm_bindgen]
pub fn cap() -> usize {
    prose::MARKDOWN_CAP
}
