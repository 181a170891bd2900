//! What somebody writes for the brief, and what becomes of two versions of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{BlockId, GroupId, MemberId, PictureId};
use crate::time::Instant;

/// The longest title, in characters.
pub const TITLE_CAP: usize = 90;
/// The longest text, in characters of Markdown.
pub const TEXT_CAP: usize = 20_000;
/// The longest text alternative of a picture, in characters.
pub const ALT_CAP: usize = 300;
/// The longest address of a link, in bytes.
pub const HREF_CAP: usize = 500;
/// The longest words of a link, in characters.
pub const LABEL_CAP: usize = 80;

/// A picture, made small on the device; its bytes travel by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: PictureId,
    /// What it shows, for whoever does not see it.
    pub alt: String,
    /// Pixels.
    pub width: u16,
    pub height: u16,
}

/// « Pour en savoir plus »: `http`, `https`, `mailto`, or a path of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// What a block says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub title: String,
    /// Markdown, as it was typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidMistake {
    TitleMissing,
    /// Only signs or emoji: no word to read out.
    TitleWithoutWords,
    TitleTooLong { cap: usize },
    /// Neither a text nor a picture.
    NothingSaid,
    TextTooLong { cap: usize, long: usize },
    AltMissing,
    AltTooLong { cap: usize },
    /// Not `http`, `https`, `mailto` or a path of the app.
    LinkNotAllowed,
    LinkWithoutWords,
    LinkTooLong { cap: usize },
}

/// A version that stands beside the one that is shown: both were written from the same one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The revision it was written from.
    pub base: i32,
    pub said: Said,
    pub by: MemberId,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockState {
    /// Among the contributions of its brief.
    Proposed,
    /// By Communication, with a word.
    Refused { at: Instant, by: MemberId, word: String },
    /// By whoever proposed it.
    Withdrawn { at: Instant },
    /// It went out.
    Published { at: Instant },
}

/// One contribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub id: BlockId,
    /// The Monday of the brief it is meant for; « pour la semaine prochaine » moves it.
    pub monday: NaiveDate,
    pub by: MemberId,
    /// In whose name.
    pub group: GroupId,
    pub said: Said,
    /// « Prêt ».
    pub ready: bool,
    /// May be read by people of the public, where the brief is public.
    #[serde(default)]
    pub public: bool,
    /// Grows by one with each version that becomes the one shown.
    pub revision: i32,
    pub state: BlockState,
    /// Versions that nobody has settled yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Version>,
}

/// Where a version goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It says what is shown already.
    Same,
    /// It becomes the one shown.
    Shown,
    /// It was written from an older one: it stands beside, until somebody has settled it.
    Beside,
}

/// The rule of two editors: whoever wrote from the version that is shown replaces it; whoever wrote from an older one
/// loses nothing and replaces nothing. Whatever comes in whatever order, every text is the one shown, beside it, or in the
/// block's history.
pub fn place(block: &Block, base: i32, said: &Said) -> Placed {
    if block.said == *said || block.beside.iter().any(|version| version.said == *said) {
        Placed::Same
    } else if base == block.revision {
        Placed::Shown
    } else {
        Placed::Beside
    }
}
