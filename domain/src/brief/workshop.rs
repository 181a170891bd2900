//! What Communication sees of an issue in the making.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Block, Brief, Corrected, Published, Reminded, Said, Settings, Signed};
use crate::id::{BlockId, GroupId, MemberId};
use crate::members::ShortName;
use crate::time::Instant;

/// An act of an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// As the form names it: `relire`, `approuver`, `publier`…
    pub what: String,
    pub signed: Signed,
}

/// The issue of a Monday, with all that it is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workshop {
    #[serde(rename = "as_of")]
    pub now: Instant,
    pub me: MemberId,
    pub brief: Brief,
    /// Placed or not, refused and withdrawn ones too.
    pub blocks: Vec<Block>,
    pub settings: Settings,
    /// Who set them last.
    pub set: Option<Signed>,
    /// The last acts, newest first.
    pub acts: Vec<Acted>,
    pub corrected: Vec<Corrected>,
    /// When somebody will still be reminded, while it is not scheduled.
    pub reminders: Vec<(Instant, Reminded)>,
    /// The nearest issues before and after.
    pub before: Option<NaiveDate>,
    pub after: Option<NaiveDate>,
    /// Whoever stands in it.
    pub names: BTreeMap<MemberId, ShortName>,
    pub groups: BTreeMap<GroupId, String>,
}

impl Workshop {
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.iter().find(|block| block.id == id)
    }

    pub fn who(&self, member: MemberId) -> String {
        self.names.get(&member).map_or_else(|| "quelqu’un".to_owned(), ToString::to_string)
    }

    pub fn group(&self, group: GroupId) -> &str {
        self.groups.get(&group).map_or("", String::as_str)
    }
}

/// One text that somebody wrote for a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: i64,
    pub said: Said,
    pub by: MemberId,
    pub at: Instant,
    /// It stands beside what is shown, until somebody has settled it.
    pub beside: bool,
}

/// One block with everything that was ever written for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    #[serde(rename = "as_of")]
    pub now: Instant,
    pub me: MemberId,
    pub block: Block,
    /// The issue it is meant for, or went out in.
    pub brief: Brief,
    /// Newest first.
    pub drafts: Vec<Draft>,
    pub names: BTreeMap<MemberId, ShortName>,
    pub group: String,
}

impl Written {
    pub fn who(&self, member: MemberId) -> String {
        self.names.get(&member).map_or_else(|| "quelqu’un".to_owned(), ToString::to_string)
    }
}

/// What an issue would be if it went out now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub published: Published,
    /// It is out already.
    pub is_out: bool,
}

/// What became of a text that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The revision that whoever wrote it goes on from.
    pub revision: i32,
    /// How many versions stand beside the one that is shown.
    pub beside: usize,
}
