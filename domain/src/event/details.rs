//! What an event is, in words.

use serde::{Deserialize, Serialize};

use crate::brief::Picture;
use crate::id::GroupId;

/// The longest title, in characters.
pub const TITLE_CAP: usize = 90;
/// The longest description, in characters of Markdown.
pub const TEXT_CAP: usize = 20_000;
/// The longest text alternative of a cover, in characters.
pub const ALT_CAP: usize = 300;
/// The longest place, price and partner, in characters; the longest link to a map, in bytes.
pub const PLACE_CAP: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub title: String,
    /// Markdown, as it was typed. Members' snapshots carry the rendered text instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
    pub place: Place,
    /// So many people may come along with one who answers, at most; children among them.
    #[serde(default)]
    pub guests: u8,
    /// Whether children may be among them.
    #[serde(default)]
    pub children: bool,
    pub for_whom: ForWhom,
    pub price: Price,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Partner>,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub name: String,
    /// A link to a map, `http` or `https`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForWhom {
    Members,
    /// People without an account may come, too.
    Public,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    Free,
    /// « Prix libre »
    Open,
    /// Euro cents a head.
    Fixed {
        cents: u32,
    },
}

/// Who makes it with the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Partner {
    /// Another working group: its referents organise, too.
    Group(GroupId),
    /// Somebody outside the co-op, by name.
    Outside(String),
}
