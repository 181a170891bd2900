//! The pages in the hands of Communication.

use serde::{Deserialize, Serialize};

use super::{Page, Place, Said};
use crate::members::ShortName;
use crate::procedures::Signed;
use crate::time::Instant;

/// A text as it was published once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// From 0, which came with the app.
    pub revision: i32,
    pub said: Said,
    pub signed: Signed,
    /// The earlier version that it brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<i32>,
}

/// What somebody writes and has not published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The revision that it was written from.
    pub base: i32,
    pub said: Said,
    pub at: Instant,
}

/// Who else has a text that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    pub name: ShortName,
    pub at: Instant,
}

/// A page with all that was ever published of it, and what waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InHand {
    #[serde(rename = "as_of")]
    pub now: Instant,
    pub page: Page,
    /// Newest first; the first is what is read. Never empty.
    pub versions: Vec<Version>,
    /// One's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
    pub others: Vec<Writing>,
}

impl InHand {
    /// The revision that is read.
    pub fn revision(&self) -> i32 {
        self.versions.first().map_or(0, |version| version.revision)
    }

    /// A text of one's own that was written from an older version than is read now.
    pub fn behind(&self) -> Option<&Draft> {
        self.draft.as_ref().filter(|draft| draft.base != self.revision())
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub page: Page,
    pub title: String,
    pub revision: i32,
    pub signed: Signed,
    /// A text of one's own waits.
    pub draft: bool,
}

/// All pages, and what stands on each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    #[serde(rename = "as_of")]
    pub now: Instant,
    pub pages: Vec<Listed>,
    pub place: Place,
    /// Grows with each change of the place.
    pub place_revision: i32,
    pub place_signed: Signed,
}

/// Where a text that saved itself goes on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub revision: i32,
    /// One, where somebody published meanwhile.
    pub beside: usize,
}
