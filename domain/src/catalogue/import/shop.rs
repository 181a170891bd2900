//! What an import knows of the shop as it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fact::Facts;
use crate::catalogue::{Range, Supplier};
use crate::id::{ProductId, RangeId, SupplierId};
use crate::import::key;

/// Every product, archived ones too. No two have the same till id, and no two a barcode in common.
pub type Shop = BTreeMap<ProductId, Kept>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub facts: Facts,
    pub archived: Archived,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Archived {
    No,
    /// A file had it no more; the next one that has it brings it back.
    ByImport,
    /// Somebody did: no file brings it back.
    ByHand,
}

/// What the till's words mean, by their [`key`]: said once, and remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub ranges: BTreeMap<String, RangeId>,
    /// None where the word names nobody, « divers ».
    pub suppliers: BTreeMap<String, Option<SupplierId>>,
}

impl Words {
    /// Every range and supplier by its own name; what is remembered of other words, where it is still there.
    pub fn known(ranges: &[Range], suppliers: &[Supplier], remembered: &Words) -> Words {
        let mut known = Words::default();
        let there = |id: &RangeId| ranges.iter().any(|range| range.id == *id);
        let said = remembered.ranges.iter().filter(|(_, id)| there(id));
        known.ranges.extend(said.map(|(word, id)| (word.clone(), *id)));
        let there = |id: &Option<SupplierId>| id.is_none_or(|id| suppliers.iter().any(|supplier| supplier.id == id));
        let said = remembered.suppliers.iter().filter(|(_, id)| there(id));
        known.suppliers.extend(said.map(|(word, id)| (word.clone(), *id)));
        known.ranges.extend(ranges.iter().map(|range| (key(&range.name), range.id)));
        known.suppliers.extend(suppliers.iter().map(|supplier| (key(&supplier.name), Some(supplier.id))));
        known
    }

    pub fn range(&self, said: &str) -> Option<RangeId> {
        self.ranges.get(&key(said)).copied()
    }

    /// None where the word means nothing yet.
    pub fn supplier(&self, said: &str) -> Option<Option<SupplierId>> {
        self.suppliers.get(&key(said)).copied()
    }
}

/// What somebody says about one file, in answer to its diff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// By line: that product it is, or a new one.
    pub names: BTreeMap<u32, Option<ProductId>>,
    /// It may be so much shorter than the last one.
    pub shorter: bool,
}
