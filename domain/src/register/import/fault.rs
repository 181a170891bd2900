//! What is wrong with a cell of the file, and where it stands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::Cents;
use crate::import;

/// One thing to correct in the file.
pub type Fault = import::Fault<Reason>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More or fewer cells than the header has: they have slipped, and none of them is read.
    Cells {
        found: usize,
        wanted: usize,
    },
    Missing,
    /// One word where a first name and a name should be.
    OneName,
    TooLong {
        cap: usize,
    },
    /// A spreadsheet would run it.
    Formula,
    /// Letters were lost on the way here, « CafÃ© ».
    Garbled,
    NotANumber,
    NotAnAddress,
    NotAPhone,
    NotADay,
    /// « 43447 »: a spreadsheet's own way of counting days.
    SerialDay,
    DayTooEarly {
        first: NaiveDate,
    },
    DayTooLate {
        last: NaiveDate,
    },
    NotAnAmount,
    AmountTooLarge {
        cap: Cents,
    },
    NotARhythm,
    NotYesOrNo,
    NotAYear,
    /// The same person as on an earlier line.
    SamePerson {
        line: u32,
    },
}

impl import::Reason for Reason {
    const MISSING: Reason = Reason::Missing;

    fn cells(found: usize, wanted: usize) -> Reason {
        Reason::Cells { found, wanted }
    }
}
