//! A header, understood: where each field stands in this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fact::Field;
use super::mapping::{Mapping, unit_of};
use super::quantity::Unit;

/// Made by [`Mapping::columns`] only: what an import needs is there, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    at: BTreeMap<Field, Column>,
    width: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    index: usize,
    name: String,
}

/// Why rows cannot be read yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// No column is of that field.
    Missing(Field),
    /// Neither till ids nor barcodes.
    NoIdentity,
    Twice {
        field: Field,
        columns: Vec<String>,
    },
}

/// Without these there is no price, or no shelf.
const NEEDED: [Field; 4] = [Field::Name, Field::Range, Field::Purchase, Field::Vat];

impl Mapping {
    /// Where the fields stand, or everything that is in the way.
    pub fn columns(&self, header: &[String]) -> Result<Columns, Vec<Problem>> {
        let mut found: BTreeMap<Field, Vec<Column>> = BTreeMap::new();
        for (index, name) in header.iter().enumerate() {
            if let Some(field) = self.field(name) {
                found.entry(field).or_default().push(Column { index, name: name.clone() });
            }
        }
        let mut problems: Vec<Problem> =
            NEEDED.into_iter().filter(|field| !found.contains_key(field)).map(Problem::Missing).collect();
        if !found.contains_key(&Field::TillId) && !found.contains_key(&Field::Barcode) {
            problems.push(Problem::NoIdentity);
        }
        let mut at = BTreeMap::new();
        for (field, mut columns) in found {
            if columns.len() > 1 {
                problems.push(Problem::Twice { field, columns: columns.into_iter().map(|column| column.name).collect() });
            } else if let Some(column) = columns.pop() {
                at.insert(field, column);
            }
        }
        if problems.is_empty() { Ok(Columns { at, width: header.len() }) } else { Err(problems) }
    }
}

impl Columns {
    /// How many cells a row has.
    pub fn width(&self) -> usize {
        self.width
    }

    pub fn has(&self, field: Field) -> bool {
        self.at.contains_key(&field)
    }

    /// As the header says it.
    pub fn name(&self, field: Field) -> Option<&str> {
        self.at.get(&field).map(|column| column.name.as_str())
    }

    /// What stands there in a row.
    pub(super) fn cell<'a>(&self, field: Field, row: &'a [String]) -> Option<&'a str> {
        let column = self.at.get(&field)?;
        Some(row.get(column.index).map_or("", String::as_str))
    }

    /// What its numbers are of, where the header says so.
    pub(super) fn unit(&self, field: Field) -> Option<Unit> {
        self.name(field).and_then(unit_of)
    }
}
