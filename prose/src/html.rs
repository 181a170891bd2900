//! As a page shows it; a mail says where its pages are.

use pulldown_cmark::Event;

use crate::allowed::REL;
use crate::link::Link;
use crate::pieces::{Piece, pieces, source};

/// Well-formed HTML, made of what is [`allowed`](crate::allowed) alone. What the writer typed as HTML is shown as text, a
/// picture is shown by its words, and a link that may not lead where it leads, too. A `#` is an `<h3>`.
pub fn html(markdown: &str) -> String {
    let source = source(markdown);
    // `Html` goes out as it is: nothing but these four lines makes it.
    let events = pieces(&source).map(|piece| match piece {
        Piece::LinkStart(link) => Event::InlineHtml(opening(&link).into()),
        Piece::LinkEnd => Event::InlineHtml("</a>".into()),
        Piece::Plain(Event::HardBreak) => Event::InlineHtml("<br>\n".into()),
        Piece::Plain(Event::Rule) => Event::Html("<hr>\n".into()),
        Piece::Plain(event) => event,
    });
    let mut html = String::with_capacity(markdown.len() + markdown.len() / 4);
    pulldown_cmark::html::push_html(&mut html, events);
    // As every serialiser of HTML writes it.
    if html.contains('\u{a0}') { html.replace('\u{a0}', "&nbsp;") } else { html }
}

fn opening(link: &Link) -> String {
    let address = link.as_str().replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    if link.is_external() { format!("<a href=\"{address}\" rel=\"{REL}\">") } else { format!("<a href=\"{address}\">") }
}
