//! Rows that come out of the database in the shape of the wire.

use domain::id::MemberId;
use domain::members::ShortName;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct PersonRow {
    pub id: MemberId,
    pub first: String,
    pub last: String,
}

impl PersonRow {
    pub fn named(self) -> (MemberId, ShortName) {
        (self.id, ShortName::new(&self.first, &self.last))
    }
}
