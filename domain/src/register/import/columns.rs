//! A header, understood: where each field stands in this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fact::Field;
use super::mapping::{Mapping, year_of};

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
    /// Neither a name in one cell, nor a first name and a name.
    NoName,
    Twice {
        field: Field,
        columns: Vec<String>,
    },
}

impl Mapping {
    /// Where the fields stand, or everything that is in the way.
    pub fn columns(&self, header: &[String]) -> Result<Columns, Vec<Problem>> {
        let mut found: BTreeMap<Field, Vec<Column>> = BTreeMap::new();
        for (index, name) in header.iter().enumerate() {
            if let Some(field) = self.field(name) {
                found.entry(field).or_default().push(Column { index, name: name.clone() });
            }
        }
        let mut problems = Vec::new();
        let apart = found.contains_key(&Field::FirstName) && found.contains_key(&Field::LastName);
        if !apart && !found.contains_key(&Field::FullName) {
            problems.push(Problem::NoName);
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

    /// The year of the association that its column is of, where its title says so.
    pub(super) fn year(&self) -> Option<i32> {
        self.name(Field::Association).and_then(year_of)
    }

    /// What stands there in a row.
    pub(super) fn cell<'a>(&self, field: Field, row: &'a [String]) -> Option<&'a str> {
        let column = self.at.get(&field)?;
        Some(row.get(column.index).map_or("", String::as_str))
    }
}
