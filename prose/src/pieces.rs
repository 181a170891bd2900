//! What of a text is shown at all: its HTML is made from these pieces.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::link::Link;

/// How deep quotes, lists and emphasis stand in each other; below that, only their words are shown.
const DEEPEST: usize = 24;

/// A piece of what is shown.
pub enum Piece<'a> {
    LinkStart(Link),
    LinkEnd,
    /// Anything else, and of it only: paragraphs, headings from the third level on, quotes, lists, code without a language,
    /// tables without alignment, emphasis, what is struck out, lines and breaks; and text.
    Plain(Event<'a>),
}

/// The text as it is read: lines end one way, and no character is invisible on purpose.
pub fn source(markdown: &str) -> Cow<'_, str> {
    if markdown.contains(['\r', '\0']) {
        Cow::Owned(markdown.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(markdown)
    }
}

/// The pieces of a [`source`], in order.
pub fn pieces(source: &str) -> Pieces<'_> {
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    Pieces { parser, open: Vec::new(), depth: 0, pictures: 0, link: None, held: None }
}

pub struct Pieces<'a> {
    parser: Parser<'a>,
    /// What became of each element that is open.
    open: Vec<Fate>,
    /// How many of them count for [`DEEPEST`].
    depth: usize,
    /// How many of them are pictures.
    pictures: usize,
    /// What an open link says by itself, until something is said in it.
    link: Option<Said>,
    held: Option<Piece<'a>>,
}

enum Said {
    Nothing { address: String },
    Something,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Shown,
    /// Shown, and what is in it is one level deeper.
    Deeper,
    Link,
    Picture,
    /// Its content only.
    Gone,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if let Some(held) = self.held.take() {
                return Some(held);
            }
            let piece = match self.parser.next()? {
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(tag),
                // Raw HTML is text like any other.
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(self.say(text))),
                Event::Code(text) if self.pictures > 0 => Some(Event::Text(self.say(text))),
                Event::Code(text) => Some(Event::Code(self.say(text))),
                Event::SoftBreak => Some(Event::SoftBreak),
                Event::HardBreak if self.pictures > 0 => Some(Event::SoftBreak),
                Event::HardBreak => Some(Event::HardBreak),
                Event::Rule => Some(Event::Rule),
                // Not asked for, so they do not occur.
                Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                    Some(Event::Text(self.say(text)))
                }
                Event::TaskListMarker(_) => None,
            };
            if let Some(event) = piece {
                return Some(Piece::Plain(event));
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn say(&mut self, text: CowStr<'a>) -> CowStr<'a> {
        let text = printable(text);
        if self.link.is_some() && !text.trim().is_empty() {
            self.link = Some(Said::Something);
        }
        text
    }

    fn start(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        let (fate, shown) = self.fate(tag);
        self.open.push(fate);
        self.depth += usize::from(fate == Fate::Deeper);
        self.pictures += usize::from(fate == Fate::Picture);
        shown.map(Event::Start)
    }

    fn fate(&mut self, tag: Tag<'a>) -> (Fate, Option<Tag<'a>>) {
        const GONE: (Fate, Option<Tag<'static>>) = (Fate::Gone, None);
        if self.pictures > 0 {
            // Of a picture, its words.
            return if matches!(tag, Tag::Image { .. }) { (Fate::Picture, None) } else { GONE };
        }
        let room = DEEPEST - self.depth;
        let deeper = |tag: Tag<'a>, levels: usize| if room < levels { GONE } else { (Fate::Deeper, Some(tag)) };
        match tag {
            Tag::Image { .. } => (Fate::Picture, None),
            Tag::Link { link_type, dest_url, .. } => {
                let address = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                match Link::parse(&address).filter(|_| self.link.is_none()) {
                    Some(link) => {
                        self.link = Some(Said::Nothing { address: link.said().to_owned() });
                        self.held = Some(Piece::LinkStart(link));
                        (Fate::Link, None)
                    }
                    None => GONE,
                }
            }
            Tag::Paragraph | Tag::HtmlBlock => (Fate::Shown, Some(Tag::Paragraph)),
            Tag::Heading { level, .. } => {
                let (id, classes, attrs) = (None, Vec::new(), Vec::new());
                (Fate::Shown, Some(Tag::Heading { level: below_the_title(level), id, classes, attrs }))
            }
            Tag::CodeBlock(_) => (Fate::Shown, Some(Tag::CodeBlock(CodeBlockKind::Indented))),
            Tag::Table(_) => (Fate::Shown, Some(Tag::Table(Vec::new()))),
            tag @ (Tag::TableHead | Tag::TableRow | Tag::TableCell) => (Fate::Shown, Some(tag)),
            Tag::BlockQuote(_) => deeper(Tag::BlockQuote(None), 1),
            // Its items need a level, too: an item never stands without its list, nor a list without its items.
            tag @ Tag::List(_) => deeper(tag, 2),
            Tag::Item if self.open.last() == Some(&Fate::Gone) => GONE,
            tag @ (Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => deeper(tag, 1),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => GONE,
        }
    }

    fn end(&mut self, tag: TagEnd) -> Option<Event<'a>> {
        let fate = self.open.pop().unwrap_or(Fate::Gone);
        self.depth -= usize::from(fate == Fate::Deeper);
        self.pictures -= usize::from(fate == Fate::Picture);
        match (fate, tag) {
            (Fate::Link, _) => {
                self.held = Some(Piece::LinkEnd);
                // A link needs words, to be read and to be hit.
                match self.link.take() {
                    Some(Said::Nothing { address }) => Some(Event::Text(address.into())),
                    _ => None,
                }
            }
            // The words of two items do not become one.
            (Fate::Gone, TagEnd::Item) => Some(Event::SoftBreak),
            (Fate::Gone | Fate::Picture, _) => None,
            (_, TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            (_, TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below_the_title(level)))),
            (_, TagEnd::BlockQuote(_)) => Some(Event::End(TagEnd::BlockQuote(None))),
            (_, tag) => Some(Event::End(tag)),
        }
    }
}

/// The block's own title is a heading of the second level.
fn below_the_title(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Without characters that no reader sees and some programs obey.
fn printable(text: CowStr<'_>) -> CowStr<'_> {
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.contains(odd) { text.chars().filter(|c| !odd(*c)).collect::<String>().into() } else { text }
}
