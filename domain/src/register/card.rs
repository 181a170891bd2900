//! A member's card, as the office reads it.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::{Arriving, Departure, Erasure, Status, Written};
use crate::brief::Picture;
use crate::calendar::SkillLabel;
use crate::id::{MemberId, TemplateId};
use crate::ledger::Standing;
use crate::share::{AssociationYear, Share};
use crate::time::{CycleWeek, Days, Instant};

/// Their place on a recurring shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegularSeat {
    pub template: TemplateId,
    pub position: i16,
    pub week: CycleWeek,
    pub weekday: Weekday,
    /// Wall clock in Paris.
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub lead: bool,
}

/// Somebody else behind the same address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAtAddress {
    pub id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
}

/// The last mail that asked them in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcomed {
    pub due_at: Instant,
    #[serde(default)]
    pub sent_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub now: Instant,
    pub id: MemberId,
    pub number: i32,
    pub revision: i32,
    pub written: Written,
    pub status: Status,
    pub employee: bool,
    pub photo: Option<Picture>,
    pub show_phone: bool,
    pub show_email: bool,
    /// Mail to their address came back.
    pub bounced: bool,
    pub regular: Option<RegularSeat>,
    pub standing: Standing,
    /// Days on which they are away, running or to come.
    pub leaves: Vec<Days>,
    /// Their shares, the newest first: one that is not over, and those that were given back.
    pub shares: Vec<Share>,
    pub years: Vec<AssociationYear>,
    pub groups: Vec<String>,
    pub mandate_until: Option<NaiveDate>,
    pub arriving: Option<Arriving>,
    pub sponsor: Option<MemberId>,
    pub departure: Option<Departure>,
    pub erasure: Option<Erasure>,
    pub others: Vec<OtherAtAddress>,
    /// Somebody said that they share it.
    pub address_settled: bool,
    pub welcomed: Option<Welcomed>,
    /// The last day on which a device of theirs was there.
    pub last_seen_on: Option<NaiveDate>,
    /// All skills that there are.
    pub skills: Vec<SkillLabel>,
    /// It is the reader's own.
    pub own: bool,
}

impl Card {
    pub fn name(&self) -> String {
        format!("{} {}", self.written.first_name, self.written.last_name)
    }

    /// The share that is theirs now.
    pub fn share(&self) -> Option<&Share> {
        self.shares.iter().find(|share| !share.is_over())
    }

    pub fn is_insured(&self, year: i32) -> bool {
        self.years.iter().any(|known| known.year == year)
    }
}
