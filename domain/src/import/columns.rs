//! A header, understood: where each field stands in this file.

use std::collections::BTreeMap;

use super::mapping::{Field, Mapping};

/// Made by each kind's own `Mapping::columns` only: what an import needs is there, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<F> {
    at: BTreeMap<F, Column>,
    width: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    index: usize,
    name: String,
}

impl<F: Field> Columns<F> {
    /// Where the fields stand; and those of which there are several columns, each with all of them.
    pub(crate) fn found(mapping: &Mapping<F>, header: &[String]) -> (Columns<F>, Vec<(F, Vec<String>)>) {
        let mut named: BTreeMap<F, Vec<String>> = BTreeMap::new();
        let mut at = BTreeMap::new();
        for (index, name) in header.iter().enumerate() {
            if let Some(field) = mapping.field(name) {
                named.entry(field).or_default().push(name.clone());
                at.entry(field).or_insert(Column { index, name: name.clone() });
            }
        }
        let twice = named.into_iter().filter(|(_, columns)| columns.len() > 1).collect();
        (Columns { at, width: header.len() }, twice)
    }

    /// How many cells a row has.
    pub fn width(&self) -> usize {
        self.width
    }

    pub fn has(&self, field: F) -> bool {
        self.at.contains_key(&field)
    }

    /// As the header says it.
    pub fn name(&self, field: F) -> Option<&str> {
        self.at.get(&field).map(|column| column.name.as_str())
    }

    /// What stands there in a row.
    pub(crate) fn cell<'a>(&self, field: F, row: &'a [String]) -> Option<&'a str> {
        let column = self.at.get(&field)?;
        Some(row.get(column.index).map_or("", String::as_str))
    }
}
