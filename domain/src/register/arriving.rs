//! « Arriver »: presentation, request, share, account, a regular seat or none, a first shift with somebody, what is learnt.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Proposed, RegularSeat, Settings};
use crate::id::{MemberId, ShiftId};
use crate::members::{Rhythm, ShortName};
use crate::office::Found;
use crate::time::{Instant, paris_day};

/// Nothing was done for so long: somebody should ask. Days.
pub const STUCK_D: i64 = 14;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Presentation,
    Request,
    Share,
    Account,
    Seat,
    FirstShift,
    Skills,
}

impl Step {
    /// In the order in which they come.
    pub const ALL: [Step; 7] =
        [Step::Presentation, Step::Request, Step::Share, Step::Account, Step::Seat, Step::FirstShift, Step::Skills];
}

/// The shift to which a newcomer comes first, or came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstShift {
    pub shift: ShiftId,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// What is known of somebody on their way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    pub requested_on: NaiveDate,
    #[serde(default)]
    pub presented_on: Option<NaiveDate>,
    /// The first payment of their share.
    #[serde(default)]
    pub paid_on: Option<NaiveDate>,
    /// The first time that they signed in.
    #[serde(default)]
    pub signed_in_on: Option<NaiveDate>,
    /// A regular seat, or floating.
    #[serde(default)]
    pub chosen_on: Option<NaiveDate>,
    #[serde(default)]
    pub first_shift: Option<FirstShift>,
    /// On which they had worked for the first time.
    #[serde(default)]
    pub worked_on: Option<NaiveDate>,
    /// Who welcomes them.
    #[serde(default)]
    pub sponsor: Option<ShortName>,
    /// They have learnt something that seats ask for.
    #[serde(default)]
    pub learnt: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub step: Step,
    pub done: bool,
    /// Where the day is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// How far somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arriving {
    pub stages: Vec<Stage>,
    /// The first that is not done; none once they have arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Step>,
    /// The last day on which something was done.
    pub since: NaiveDate,
    /// Since then, too long ago.
    #[serde(default)]
    pub stuck: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_shift: Option<FirstShift>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<ShortName>,
    /// Where to come the first time, when, and what to wear.
    #[serde(default)]
    pub welcome: String,
}

pub fn arriving(newcomer: &Newcomer, welcome: &str, now: Instant) -> Arriving {
    let today = paris_day(now);
    let on = |step: Step| match step {
        Step::Presentation => newcomer.presented_on,
        Step::Request => Some(newcomer.requested_on),
        Step::Share => newcomer.paid_on,
        Step::Account => newcomer.signed_in_on,
        Step::Seat => newcomer.chosen_on,
        Step::FirstShift => newcomer.worked_on,
        Step::Skills => None,
    };
    let stages = Step::ALL.map(|step| {
        let on = on(step);
        Stage { step, done: on.is_some() || step == Step::Skills && newcomer.learnt, on }
    });
    let next = stages.iter().find(|stage| !stage.done).map(|stage| stage.step);
    let since = stages.iter().filter_map(|stage| stage.on).max().unwrap_or(newcomer.requested_on);
    // Whoever has a day to come to is waited for until then.
    let comes = newcomer.first_shift.filter(|first| first.ends_at > now && newcomer.worked_on.is_none());
    let stuck = next.is_some() && comes.is_none() && (today - since).num_days() > STUCK_D;
    Arriving {
        stages: stages.to_vec(),
        next,
        since,
        stuck,
        first_shift: newcomer.first_shift,
        sponsor: newcomer.sponsor.clone(),
        welcome: welcome.to_owned(),
    }
}

/// Somebody on their way in, as the office sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnTheirWay {
    pub id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    #[serde(default)]
    pub phone: Option<String>,
    pub email: String,
    pub way: Arriving,
    #[serde(default)]
    pub sponsor: Option<MemberId>,
}

/// All of them: those who are stuck first, then those for whom nothing was done for longest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrivals {
    pub now: Instant,
    pub people: Vec<OnTheirWay>,
    pub settings: Settings,
    /// Who may welcome somebody, by name.
    pub sponsors: Vec<Found>,
}

/// My own way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnArrival {
    pub now: Instant,
    pub way: Arriving,
    pub rhythm: Rhythm,
    #[serde(default)]
    pub regular: Option<RegularSeat>,
    /// Recurring seats where people lack most.
    pub proposed: Vec<Proposed>,
}
