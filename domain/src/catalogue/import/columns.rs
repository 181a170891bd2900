//! A header, understood: where each field stands in this file.

use serde::{Deserialize, Serialize};

use super::fact::Field;
use super::mapping::{Mapping, unit_of};
use super::quantity::Unit;
use crate::import;

pub type Columns = import::Columns<Field>;

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
        let (columns, twice) = Columns::found(self, header);
        let mut problems: Vec<Problem> = NEEDED.into_iter().filter(|field| !columns.has(*field)).map(Problem::Missing).collect();
        if !columns.has(Field::TillId) && !columns.has(Field::Barcode) {
            problems.push(Problem::NoIdentity);
        }
        problems.extend(twice.into_iter().map(|(field, columns)| Problem::Twice { field, columns }));
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }
}

impl Columns {
    /// What its numbers are of, where the header says so.
    pub(super) fn unit(&self, field: Field) -> Option<Unit> {
        self.name(field).and_then(unit_of)
    }
}
