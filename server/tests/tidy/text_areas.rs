//! What is typed into a text area ends nothing but the text.

use crate::{holds, programs};

#[test]
fn what_stands_in_a_text_area_is_escaped() {
    let mut breaches = Vec::new();
    for source in programs().into_iter().filter(|source| source.path.starts_with("app/")) {
        let mut inside = false;
        for (at, line) in source.text.lines().enumerate() {
            inside |= line.contains("<textarea");
            let shown = line.trim_start().starts_with('{') || line.contains(">{");
            if inside && shown && !line.contains("in_textarea(") {
                breaches.push(source.at(at + 1));
            }
            inside &= !line.contains("</textarea>");
        }
    }
    holds("Leptos does not escape what stands in a text area: app::ui::in_textarea does.", breaches);
}
