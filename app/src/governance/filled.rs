//! What stands in the fields of the forms of those who govern, of groups, dossiers, objectives and assemblies.

use domain::procedures::Fields;

use super::form::{Refused, came_back};
pub use crate::filled::typed;
use crate::filled::{self, Refusal};

pub type Filled = filled::Filled<Refused>;

impl Filled {
    /// `of` tells it from the other forms of the same act on a page.
    pub fn of(act: &str, of: &str, known: Fields) -> Filled {
        Filled::between(came_back(act, of), known)
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
