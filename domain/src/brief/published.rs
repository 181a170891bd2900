//! The `Briefs` snapshot: the last twelve issues, the same bytes for every member.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Link, Picture, Source, Sourced};
use crate::id::{BlockId, BriefId};
use crate::outcome::Marks;
use crate::time::Instant;

/// A piece as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Block {
        id: BlockId,
        /// In whose name: « Vie sociale ».
        group: String,
        title: String,
        /// Written by our renderer, and safe to show as it is.
        html: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<Picture>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<Link>,
    },
    Live {
        source: Source,
        intro: String,
        lines: Vec<Sourced>,
    },
}

impl Shown {
    /// What people of the public may read of it; `public`: the blocks that are for them. Of what fills itself, the public events
    /// alone, without the words before them: those were written for members.
    pub fn for_public(self, public: &BTreeSet<BlockId>) -> Option<Shown> {
        match self {
            Shown::Block { id, .. } => public.contains(&id).then_some(self),
            Shown::Live { source, lines, .. } => {
                let lines: Vec<Sourced> = lines.into_iter().filter(Sourced::is_public).collect();
                (!lines.is_empty()).then(|| Shown::Live { source, intro: String::new(), lines })
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    pub at: Instant,
    /// What was put right, in a sentence.
    pub word: String,
    /// Where: what was put right in a block for members is not told to the public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<BlockId>,
}

/// An issue that is out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub id: BriefId,
    pub monday: NaiveDate,
    pub at: Instant,
    /// After its hour.
    #[serde(default)]
    pub late: bool,
    /// The live blocks went out alone.
    #[serde(default)]
    pub automatic: bool,
    pub pieces: Vec<Shown>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Corrected>,
}

/// The issue that is being made, as every member may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collecting {
    pub id: BriefId,
    pub monday: NaiveDate,
    pub closes_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Briefs {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    pub valid_until: Instant,
    /// Newest first, twelve at most.
    pub briefs: Vec<Published>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collecting: Option<Collecting>,
}
