//! What any browser reads of ours before somebody has looked what it knows.

use crate::{holds, sources};

/// They run whatever the browser, on pages of the server's too: one that does not understand a line has nothing of them. What is
/// written with (`writing.js` and what it imports) asks for our floor.
const FOR_ANY: [&str; 8] = [
    "public/ahead.js",
    "public/boot.js",
    "public/early.js",
    "public/kept.js",
    "public/scan.js",
    "public/sending.js",
    "public/still.js",
    "public/workshop.js",
];
/// With what came after Safari 13.1: what is assigned where nothing is, and what stands before in an expression.
const LATER: [&str; 5] = ["??=", "||=", "&&=", "(?<=", "(?<!"];

#[test]
fn scripts_that_look_at_the_browser_are_read_by_older_ones() {
    let all = sources(&["js"]);
    let of_any = FOR_ANY.map(|path| all.iter().find(|source| source.path == path).unwrap_or_else(|| panic!("{path} is gone")));
    let mut breaches = Vec::new();
    for source in of_any {
        for (line, said) in source.lines() {
            if LATER.iter().any(|later| said.contains(later)) {
                breaches.push(source.at(line));
            }
        }
    }
    holds("It is written the plain way: a browser that cannot read it never says so.", breaches);
}
