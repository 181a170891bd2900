//! What stands in the fields of the office's forms.

use super::form::{Refused, came_back};
use crate::filled::{self, Refusal, typed};

pub type Filled = filled::Filled<Refused>;

impl Filled {
    pub fn of(act: &str, known: Vec<(&'static str, String)>) -> Filled {
        Filled::between(came_back(act), typed(known))
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
