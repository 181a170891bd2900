//! What stands in a text area when a page comes from the server.

use leptos::leptos_dom::helpers::is_server;

/// The text between `<textarea>` and `</textarea>`. Leptos writes it into the page's HTML as it is, unlike any other text: a
/// `</textarea>` that somebody typed would end the field, and what follows would be the page's own. A line break that begins
/// the text stands for none there, so it is written twice.
pub fn in_textarea(text: &str) -> String {
    if !is_server() {
        return text.to_owned();
    }
    let first = if text.starts_with('\n') { "\n" } else { "" };
    format!("{first}{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}
