//! A header, understood: where each field stands in this file.

use serde::{Deserialize, Serialize};

use super::fact::Field;
use super::mapping::{Mapping, year_of};
use crate::import;

pub type Columns = import::Columns<Field>;

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
        let (columns, twice) = Columns::found(self, header);
        let apart = columns.has(Field::FirstName) && columns.has(Field::LastName);
        let is_nobody = !apart && !columns.has(Field::FullName);
        let twice = twice.into_iter().map(|(field, columns)| Problem::Twice { field, columns });
        let problems: Vec<Problem> = is_nobody.then_some(Problem::NoName).into_iter().chain(twice).collect();
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }
}

impl Columns {
    /// The year of the association that its column is of, where its title says so.
    pub(super) fn year(&self) -> Option<i32> {
        self.name(Field::Association).and_then(year_of)
    }
}
