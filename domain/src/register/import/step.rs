//! A file on its way into the register, as those who bring it see it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::Problem;
use super::diff::{Diff, Question};
use super::fault::Fault;
use super::mapping::Mapping;
use crate::id::{MemberId, MemberImportId};
use crate::import;
use crate::time::Instant;

/// What several people behind one address are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedAs {
    /// A couple, a household: each has it. It is remembered.
    Household,
    /// It is the first one's; the others have none.
    FirstOnly,
}

/// What somebody says about one file, in answer to its diff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// By line: that member it is, or a new one.
    pub people: BTreeMap<u32, Option<MemberId>>,
    pub addresses: BTreeMap<String, SharedAs>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Importing {
    pub id: MemberImportId,
    /// What the file is called.
    pub file: String,
    pub by: MemberId,
    pub at: Instant,
    pub header: Vec<String>,
    /// The first rows, as they stand in it.
    pub sample: Vec<Vec<String>>,
    pub mapping: Mapping,
    pub answers: Answers,
    pub step: Step,
    /// What the members are called whom its questions name.
    pub names: Vec<(MemberId, String)>,
}

/// What somebody has to look at now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Which column is which.
    Columns(Vec<Problem>),
    Faults(Vec<Fault>),
    Compared {
        diff: Box<Diff>,
        /// What stands for this diff when it is approved.
        seen: String,
    },
    Approved(ImportLine),
}

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub rows: u32,
    pub new: u32,
    pub changed: u32,
}

impl Counts {
    /// How many members it wrote.
    pub fn written(&self) -> usize {
        let count = |members: u32| usize::try_from(members).unwrap_or(usize::MAX);
        count(self.new).saturating_add(count(self.changed))
    }
}

/// An import that was approved.
pub type ImportLine = import::ImportLine<MemberImportId, Counts>;

/// Why a diff is not approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotApproved {
    /// Something has to be answered before.
    Open(Vec<Question>),
    /// It is no more what was seen: another import, or somebody's edit, came between.
    Otherwise,
    /// It has columns or rows that cannot be read.
    Unread,
    /// It was approved, and taken back since.
    Undone,
}

impl Diff {
    pub fn counts(&self) -> Counts {
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        Counts { rows: self.rows, new: count(self.new.len()), changed: count(self.changed.len()) }
    }
}
