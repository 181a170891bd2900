//! What the office sets once for all who come.

use serde::{Deserialize, Serialize};

use super::Mistake;
use crate::catalogue::Cents;
use crate::line::lines;
use crate::procedures::Fields;
use crate::share::{amount, typed_amount};

/// The longest text about a first shift, in characters.
pub const FIRST_SHIFT_CAP: usize = 600;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Where a newcomer comes the first time, when, and what to wear.
    pub first_shift: String,
    /// What a share comes to, where nobody says otherwise.
    pub share: Cents,
    /// What a year of the association costs.
    pub association: Cents,
}

impl Settings {
    pub fn read(fields: &Fields) -> Result<Settings, Vec<Mistake>> {
        let mut wrong = Vec::new();
        let first_shift = lines(fields.one("first_shift"));
        let long = first_shift.chars().count();
        if first_shift.is_empty() {
            wrong.push(Mistake::TextMissing);
        } else if long > FIRST_SHIFT_CAP {
            wrong.push(Mistake::TextTooLong { cap: FIRST_SHIFT_CAP, long });
        }
        let mut cents = |read: Result<Cents, Mistake>| match read {
            Ok(cents) => cents,
            Err(mistake) => {
                wrong.push(mistake);
                Cents::ZERO
            }
        };
        let share = cents(typed_amount(fields.one("share")));
        let association = cents(amount(fields.one("association")));
        if wrong.is_empty() { Ok(Settings { first_shift, share, association }) } else { Err(wrong) }
    }
}
