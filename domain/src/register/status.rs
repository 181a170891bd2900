//! Where somebody stands with the co-op, from the days that the register keeps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::MemberId;

/// What the register keeps of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub joined_on: NaiveDate,
    /// The first day on which they are no longer a member.
    #[serde(default)]
    pub left_on: Option<NaiveDate>,
    /// Registered twice: the one who goes on.
    #[serde(default)]
    pub merged_into: Option<MemberId>,
    #[serde(default)]
    pub erased: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    ToCome {
        on: NaiveDate,
    },
    Active,
    /// Until the day before.
    Leaving {
        on: NaiveDate,
    },
    Left {
        on: NaiveDate,
    },
    Merged {
        into: MemberId,
    },
    Erased,
}

impl Since {
    pub fn status(&self, today: NaiveDate) -> Status {
        match (self.erased, self.merged_into, self.left_on) {
            (true, _, _) => Status::Erased,
            (false, Some(into), _) => Status::Merged { into },
            (false, None, Some(on)) if on <= today => Status::Left { on },
            (false, None, Some(on)) => Status::Leaving { on },
            (false, None, None) if self.joined_on > today => Status::ToCome { on: self.joined_on },
            (false, None, None) => Status::Active,
        }
    }
}

impl Status {
    /// Still a member, or soon one.
    pub fn is_there(self) -> bool {
        matches!(self, Status::ToCome { .. } | Status::Active | Status::Leaving { .. })
    }
}
