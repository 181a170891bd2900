//! What a page says, from flat fields, and all that is wrong with it.

use serde::{Deserialize, Serialize};

use super::faults;
use crate::line::{line, lines};

/// The longest title, in characters: what search engines show of one.
pub const TITLE_CAP: usize = 70;
/// The longest description, in characters: likewise.
pub const DESCRIPTION_CAP: usize = 200;
/// The longest text, in characters of Markdown.
pub const TEXT_CAP: usize = prose::MARKDOWN_CAP;

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub title: String,
    /// What the page is about in a sentence or two: shown by search engines and where the page is shared.
    pub description: String,
    /// Markdown. A line « # … » begins a part of the page; a line « [[horaires]] » is where the data speak.
    pub text: String,
}

/// What somebody typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub text: &'a str,
}

/// What is wrong with what was typed, or with what was asked for. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    DescriptionMissing,
    DescriptionTooLong {
        cap: usize,
    },
    NothingSaid,
    TextTooLong {
        cap: usize,
        long: usize,
    },
    /// A part needs a name.
    HeadingWithoutWords {
        line: usize,
    },
    HeadingTooLong {
        line: usize,
        cap: usize,
    },
    /// A heading stands more than one level below what it belongs to.
    HeadingSkips {
        line: usize,
    },
    /// No data answer to that name.
    PieceUnknown {
        line: usize,
        name: String,
    },
    /// What the data say stands under a heading of its own.
    PieceAlone {
        line: usize,
        name: String,
    },
    /// It stands further up already.
    PieceTwice {
        line: usize,
        name: String,
    },
    /// Amounts are drawn from the table below, and there is none.
    AmountsMissing {
        line: usize,
    },
    /// That row of the table ends with no amount of money.
    AmountUnreadable {
        line: usize,
    },
    /// Somebody published it in the meantime.
    Changed,
    /// There is no such earlier version, or it is the one that is read.
    NothingToBringBack,
    /// There is no text of one's own that waits.
    NoDraft,
    StreetMissing,
    TownMissing,
    /// One of the address's lines, in characters.
    LineTooLong {
        cap: usize,
    },
    /// Neither empty nor five figures.
    PostalCodeUnreadable,
    /// A map is a link to the web.
    MapNotALink,
    EmailUnreadable,
    PhoneUnreadable,
}

impl Said {
    /// What it says, or all that is wrong with it.
    pub fn read(typed: Typed<'_>) -> Result<Said, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let (title, description, text) = (line(typed.title), line(typed.description), lines(typed.text));
        if !has_words(&title) {
            mistakes.push(Mistake::TitleMissing);
        } else if title.chars().count() > TITLE_CAP {
            mistakes.push(Mistake::TitleTooLong { cap: TITLE_CAP });
        }
        if !has_words(&description) {
            mistakes.push(Mistake::DescriptionMissing);
        } else if description.chars().count() > DESCRIPTION_CAP {
            mistakes.push(Mistake::DescriptionTooLong { cap: DESCRIPTION_CAP });
        }
        let long = text.chars().count();
        if text.is_empty() {
            mistakes.push(Mistake::NothingSaid);
        } else if long > TEXT_CAP {
            mistakes.push(Mistake::TextTooLong { cap: TEXT_CAP, long });
        }
        mistakes.extend(faults(&text));
        if mistakes.is_empty() { Ok(Said { title, description, text }) } else { Err(mistakes) }
    }
}

pub(super) fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
