//! As the plain part of a mail says it.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::Base;
use crate::link::Link;
use crate::pieces::{Piece, pieces, source};

/// The same words as plain text, wrapped by whoever shows it: « - » and numbers for lists, `> ` for quotes, headings on
/// lines of their own, links as `words (address)`. What is struck out stays between `~~`: it must not read as valid.
pub fn text(markdown: &str, base: Base<'_>) -> String {
    let source = source(markdown);
    let mut sheet = Sheet::default();
    for piece in pieces(&source) {
        match piece {
            Piece::LinkStart(link) => sheet.open_link(link),
            Piece::LinkEnd => sheet.close_link(base),
            Piece::Plain(event) => sheet.take(event),
        }
    }
    sheet.written.truncate(sheet.written.trim_end().len());
    sheet.written
}

/// What stands before the lines of a quote or of an item.
enum Margin {
    Quote,
    /// On its first line the mark, on the others as much room.
    Item {
        mark: String,
        begun: bool,
    },
}

/// What comes between what is written and what follows.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Line,
    Blank,
}

#[derive(Default)]
struct Sheet {
    written: String,
    margins: Vec<Margin>,
    /// How many of the margins have been there ever since something was written.
    lasting: usize,
    gap: Gap,
    /// The next number of each open list that is numbered.
    lists: Vec<Option<u64>>,
    /// The open link, and where its words begin.
    link: Option<(Link, usize)>,
    /// Within a row of a table: whether a cell stands before.
    cells: bool,
}

impl Sheet {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.lines(&text),
            Event::Code(code) => self.write(&code),
            Event::SoftBreak if self.gap == Gap::None => self.write(" "),
            Event::HardBreak => self.apart(Gap::Line),
            Event::Rule => {
                self.apart(Gap::Blank);
                self.write("---");
                self.apart(Gap::Blank);
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_) => self.apart(Gap::Blank),
            Tag::BlockQuote(_) => {
                self.apart(Gap::Blank);
                self.margins.push(Margin::Quote);
            }
            Tag::List(first) => {
                self.apart(if self.lists.is_empty() { Gap::Blank } else { Gap::Line });
                self.lists.push(first);
            }
            Tag::Item => {
                self.apart(Gap::Line);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}. ");
                        *number += 1;
                        mark
                    }
                    _ => "- ".to_owned(),
                };
                self.margins.push(Margin::Item { mark, begun: false });
            }
            Tag::TableHead | Tag::TableRow => {
                self.apart(Gap::Line);
                self.cells = false;
            }
            Tag::TableCell => {
                if self.cells {
                    self.write(" | ");
                }
                self.cells = true;
            }
            Tag::Strikethrough => self.write("~~"),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => self.apart(Gap::Blank),
            TagEnd::BlockQuote(_) => {
                self.leave_margin();
                self.apart(Gap::Blank);
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.apart(if self.lists.is_empty() { Gap::Blank } else { Gap::Line });
            }
            TagEnd::Item => {
                if let Some(Margin::Item { begun: false, .. }) = self.margins.last() {
                    // An item without words is still one.
                    self.write("");
                }
                self.leave_margin();
                self.apart(Gap::Line);
            }
            TagEnd::Strikethrough => self.write("~~"),
            _ => {}
        }
    }

    fn open_link(&mut self, link: Link) {
        self.write("");
        self.link = Some((link, self.written.len()));
    }

    fn close_link(&mut self, base: Base<'_>) {
        let Some((link, from)) = self.link.take() else { return };
        let address = link.said(base);
        if self.written.get(from..).is_some_and(|words| words.trim() == link.said(Base::App)) {
            // Said once is enough.
            self.written.truncate(from);
            self.write(&address);
        } else {
            self.write(&format!(" ({address})"));
        }
    }

    fn apart(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn leave_margin(&mut self) {
        self.margins.pop();
        self.lasting = self.lasting.min(self.margins.len());
    }

    /// Text that may have lines of its own, as code has.
    fn lines(&mut self, text: &str) {
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            let ends = lines.peek().is_some();
            if ends || !line.is_empty() {
                self.write(line);
            }
            if ends {
                self.apart(Gap::Line);
            }
        }
    }

    /// A piece of a line, after the gap and the margins that are due.
    fn write(&mut self, text: &str) {
        let begins = self.gap != Gap::None || self.written.is_empty();
        if begins {
            if !self.written.is_empty() {
                self.written.truncate(self.written.trim_end_matches(' ').len());
                self.written.push('\n');
                if self.gap == Gap::Blank {
                    self.margin(self.lasting);
                    self.written.truncate(self.written.trim_end_matches(' ').len());
                    self.written.push('\n');
                }
            }
            self.gap = Gap::None;
            self.lasting = self.margins.len();
            self.margin(self.lasting);
        }
        self.written.push_str(text);
    }

    /// The first margins of a line.
    fn margin(&mut self, how_many: usize) {
        for margin in self.margins.iter_mut().take(how_many) {
            match margin {
                Margin::Quote => self.written.push_str("> "),
                Margin::Item { mark, begun: begun @ false } => {
                    self.written.push_str(mark);
                    *begun = true;
                }
                Margin::Item { mark, .. } => self.written.extend(std::iter::repeat_n(' ', mark.len())),
            }
        }
    }
}
