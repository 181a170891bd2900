//! A file on its way into the catalogue, as those who bring it see it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::Problem;
use super::diff::{Diff, Unmapped};
use super::fault::Fault;
use super::mapping::Mapping;
use super::plan::Open;
use super::shop::Answers;
use crate::id::{ImportId, MemberId, RangeId, SupplierId};
use crate::import;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Importing {
    pub id: ImportId,
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
        open: Vec<Open>,
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
    pub gone: u32,
    pub back: u32,
}

/// An import that was approved.
pub type ImportLine = import::ImportLine<ImportId, Counts>;

/// What words of the till mean, as they were said on the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub ranges: BTreeMap<String, SaidRange>,
    pub suppliers: BTreeMap<String, SaidSupplier>,
    /// Whatever else the file says that nobody knows is a new one of that name.
    #[serde(default)]
    pub others_new: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidRange {
    Is(RangeId),
    /// A new one of that name.
    New,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidSupplier {
    Is(SupplierId),
    New,
    Nobody,
}

/// Why a diff is not approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotApproved {
    /// Something has to be answered before.
    Open(Vec<Open>),
    /// It is no more what was seen: another import, or somebody's edit, came between.
    Otherwise,
    /// It has columns or rows that cannot be read.
    Unread,
    /// It was approved, and taken back since.
    Undone,
}

/// The most rayons that are made at once: whoever has more has one column taken for another, which says another word on each line.
pub const NEW_RANGES_CAP: usize = 100;
/// Likewise.
pub const NEW_SUPPLIERS_CAP: usize = 1_000;

impl Diff {
    /// All that is unknown, each a new one of that name; or how many words that would be, where they are too many.
    pub fn all_new(&self) -> Result<Said, usize> {
        let (ranges, suppliers) = (self.unmapped_ranges.len(), self.unmapped_suppliers.len());
        if ranges > NEW_RANGES_CAP || suppliers > NEW_SUPPLIERS_CAP {
            return Err(ranges + suppliers);
        }
        let said = |word: &Unmapped| word.said.clone();
        Ok(Said {
            ranges: self.unmapped_ranges.iter().map(|word| (said(word), SaidRange::New)).collect(),
            suppliers: self.unmapped_suppliers.iter().map(|word| (said(word), SaidSupplier::New)).collect(),
            others_new: false,
        })
    }

    pub fn counts(&self) -> Counts {
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        Counts {
            rows: self.rows,
            new: count(self.new.len()),
            changed: count(self.changed.len()),
            gone: count(self.gone.len()),
            back: count(self.back.len()),
        }
    }
}
