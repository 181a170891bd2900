//! What the office sees of what members owe and ask; and what a member takes home of it on paper.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::ledger::{DutyPeriod, Policy, Standing, Story};
use crate::members::ShortName;
use crate::requests::LeaveRequest;
use crate::time::Instant;

/// What was asked of the office, by whom, and how they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub request: LeaveRequest,
    pub first_name: String,
    pub last_name: String,
    pub standing: Standing,
    /// How many shifts they hold in those days.
    pub held: usize,
    /// It is the reader's own, or of somebody whose duty is theirs: another one answers.
    pub own: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedOfOffice {
    pub now: Instant,
    /// What waits longest first.
    pub pending: Vec<Asking>,
    /// Answered in the last three months, newest first.
    pub answered: Vec<Asking>,
    /// Who answered.
    pub by: BTreeMap<MemberId, ShortName>,
}

/// Somebody who was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub member: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
}

/// A member's count, as the office reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLedger {
    pub now: Instant,
    pub member: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub standing: Standing,
    pub story: Story,
    pub policy: Policy,
    /// The latest decision last.
    pub duty: Vec<DutyPeriod>,
    /// On whose ledger their duty is, where it is not their own.
    pub account: Option<(MemberId, ShortName)>,
    /// It is the reader's own, or shared with them: another one corrects it.
    pub own: bool,
    /// With whom a household could share its duty, by name.
    pub others: Vec<Found>,
}

/// « Attestation d'heures » of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub now: Instant,
    pub year: i32,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    /// Oldest first.
    pub worked: Vec<Worked>,
    /// The years of which something is known, newest first.
    pub years: Vec<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worked {
    pub on: NaiveDate,
    pub minutes: u32,
    /// What it was, where it was not a shift.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}

impl Certificate {
    pub fn minutes(&self) -> u32 {
        self.worked.iter().map(|worked| worked.minutes).sum()
    }
}
