//! Blocks that fill themselves from the data.

use serde::{Deserialize, Serialize};

use crate::id::{SeatId, ShiftId};
use crate::reason::When;

/// Where a live block takes its lines from. A source whose slice is not there yet is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// « Places à prendre », the most urgent first.
    Seats,
    /// « Anniversaires de la coop »: who joined so many years ago this week.
    Anniversaries,
}

impl Source {
    pub const ALL: [Source; 2] = [Source::Seats, Source::Anniversaries];

    pub fn as_str(self) -> &'static str {
        match self {
            Source::Seats => "seats",
            Source::Anniversaries => "anniversaries",
        }
    }

    pub fn parse(text: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// One line of a live block, as it stood when the brief was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sourced {
    /// A shift with empty seats: the app says what became of them since.
    Shift { shift: ShiftId, when: When, seats: Vec<SeatId> },
    /// « Camille M., 5 ans ».
    Anniversary { name: String, years: u16 },
}
