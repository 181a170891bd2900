//! What stands in the fields of a product or a supplier.

use domain::procedures::Fields;

use super::form::{Refused, came_back};
pub use crate::filled::typed;
use crate::filled::{self, Refusal};

pub type Filled = filled::Filled<Refused>;

impl Filled {
    pub fn of(act: &str, known: Fields) -> Filled {
        Filled::between(came_back(act), known)
    }
}

impl Refusal for Refused {
    fn wrong_with(&self, field: &str) -> Option<String> {
        self.of_field(field)
    }

    fn is_late(&self) -> bool {
        self.is_stale()
    }
}
