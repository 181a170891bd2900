//! Why something is not done to the register.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::Cents;
use crate::members::Skill;

/// What is wrong with what was typed, or with what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    // — who —
    FirstNameMissing,
    LastNameMissing,
    NameTooLong {
        cap: usize,
    },
    EmailUnreadable,
    PhoneUnreadable,
    AddressTooLong {
        cap: usize,
    },
    RhythmMissing,
    /// The co-op teaches no such thing.
    UnknownSkill,
    /// Somebody changed it in the meantime: as it is now.
    Stale {
        revision: i32,
    },
    /// Nobody of that number.
    UnknownMember,
    // — when —
    DayMissing,
    DayTooEarly {
        first: NaiveDate,
    },
    DayTooLate {
        last: NaiveDate,
    },
    // — a word —
    TextMissing,
    TextTooLong {
        cap: usize,
        long: usize,
    },
    // — a share, and money —
    AmountUnreadable,
    AmountMissing,
    AmountTooLarge {
        cap: Cents,
    },
    HowMissing,
    KindMissing,
    /// Exactly one for a member.
    AlreadyHasShare {
        since: NaiveDate,
    },
    NoShare,
    /// More than is still to be paid.
    PaidTooMuch {
        left: Cents,
    },
    AlreadyCancelled,
    /// They are still a member.
    RefundNotDue,
    AlreadyRefunded {
        on: NaiveDate,
    },
    /// More than was paid in.
    RefundTooLarge {
        paid: Cents,
    },
    YearUnreadable,
    AlreadyInsured {
        year: i32,
    },
    // — a recurring seat —
    UnknownSeat,
    SeatTaken,
    /// One may hold another seat of that team only.
    SameTeam,
    SeatNeedsSkill {
        skill: Skill,
    },
    // — leaving, coming back —
    NotThere,
    AlreadyLeaving {
        on: NaiveDate,
    },
    NotLeaving,
    /// The last ones of the office: nobody would hold it.
    LastOfOffice,
    // — registered twice —
    SamePerson,
    BothHaveShares,
    /// It is one's own account: another one does it.
    NotYourself,
    // — invitations —
    NobodyToInvite,
    // — erasure —
    UnknownRequest,
    RequestClosed,
    /// What was paid in is not given back yet.
    RefundFirst {
        paid: Cents,
    },
}
