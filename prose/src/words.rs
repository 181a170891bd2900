//! As it is searched.

use pulldown_cmark::Event;

use crate::pieces::{Piece, pieces, source};

/// The words alone, with one space between them.
pub fn words(markdown: &str) -> String {
    let source = source(markdown);
    let mut words = String::with_capacity(markdown.len());
    for piece in pieces(&source) {
        match piece {
            Piece::Plain(Event::Text(text) | Event::Code(text)) => text.chars().for_each(|c| add(&mut words, c)),
            // Emphasis may end inside a word; nothing else does.
            Piece::Plain(Event::Start(tag)) if is_inline(&tag.to_end()) => {}
            Piece::Plain(Event::End(tag)) if is_inline(&tag) => {}
            Piece::LinkStart(_) | Piece::LinkEnd => {}
            Piece::Plain(_) => add(&mut words, ' '),
        }
    }
    words.truncate(words.trim_end().len());
    words
}

fn is_inline(tag: &pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd::{Emphasis, Strikethrough, Strong};
    matches!(tag, Emphasis | Strong | Strikethrough)
}

/// No-break spaces are for the eye.
fn add(words: &mut String, c: char) {
    if !c.is_whitespace() {
        words.push(c);
    } else if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}
