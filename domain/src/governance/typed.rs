//! What the committee types, and all that is wrong with it; what its pages show.

use serde::{Deserialize, Serialize};

use super::{ConsultationMistake, Decision, DecisionMistake, LENGTH_CAP, Mandate, MandateMistake, Meeting, Point, Seat};
use crate::event::typed_instant;
use crate::id::{DecisionId, GroupId, MandateId, MeetingId, MemberId, PointId};
use crate::line::{line, lines};
use crate::members::ShortName;
use crate::procedures::Fields;
use crate::time::Instant;

/// The longest place, in characters.
pub const PLACE_CAP: usize = 120;
/// The longest word that cancels, in characters.
pub const WORD_CAP: usize = 300;
/// The longest minutes, in characters of Markdown.
pub const MINUTES_CAP: usize = 30_000;
/// The longest meeting. Hours.
const LONGEST_H: i64 = 12;

/// Why what a form of governance asked was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GovernanceMistake {
    StartUnreadable,
    EndUnreadable,
    EndsBeforeStart,
    /// Longer than so many hours.
    TooLong {
        hours: i64,
    },
    /// It would begin before now.
    InThePast,
    PlaceMissing,
    PlaceTooLong {
        cap: usize,
    },
    WordMissing,
    WordTooLong {
        cap: usize,
    },
    /// No whole number of minutes from 1 to this.
    BadLength {
        cap: u16,
    },
    /// Nobody is present before it begins.
    NotBegun,
    /// It does not take place.
    Cancelled,
    MinutesTooLong {
        cap: usize,
        long: usize,
    },
    Stale {
        revision: i32,
    },
    Mandate(MandateMistake),
    Decision(DecisionMistake),
    Consultation(ConsultationMistake),
}

/// A meeting as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMeeting {
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub place: String,
}

impl WrittenMeeting {
    pub fn read(fields: &Fields) -> Result<WrittenMeeting, Vec<GovernanceMistake>> {
        let mut mistakes = Vec::new();
        let (starts, ends) = (typed_instant(fields.one("debut")), typed_instant(fields.one("fin")));
        if starts.is_none() {
            mistakes.push(GovernanceMistake::StartUnreadable);
        }
        if ends.is_none() {
            mistakes.push(GovernanceMistake::EndUnreadable);
        }
        if let (Some(starts), Some(ends)) = (starts, ends) {
            if ends <= starts {
                mistakes.push(GovernanceMistake::EndsBeforeStart);
            } else if ends - starts > chrono::Duration::hours(LONGEST_H) {
                mistakes.push(GovernanceMistake::TooLong { hours: LONGEST_H });
            }
        }
        let place = line(fields.one("lieu"));
        if !place.chars().any(char::is_alphanumeric) {
            mistakes.push(GovernanceMistake::PlaceMissing);
        } else if place.chars().count() > PLACE_CAP {
            mistakes.push(GovernanceMistake::PlaceTooLong { cap: PLACE_CAP });
        }
        match (starts, ends) {
            (Some(starts_at), Some(ends_at)) if mistakes.is_empty() => Ok(WrittenMeeting { starts_at, ends_at, place }),
            _ => Err(mistakes),
        }
    }
}

/// Where a point stands on the agenda, and for how long, as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenPoint {
    pub id: PointId,
    pub length: Option<u16>,
    /// It is put off to the meeting after.
    pub later: bool,
}

/// The points of an agenda in the order that was typed: « rang » says it, one figure each; what is alike stays in its order.
pub fn points_of(fields: &Fields) -> Result<Vec<WrittenPoint>, Vec<GovernanceMistake>> {
    let mut points: Vec<(u16, WrittenPoint)> = Vec::new();
    for id in fields.all("point").filter_map(|id| id.parse::<PointId>().ok()) {
        let rank = fields.one(&format!("rang-{id}")).parse().unwrap_or(u16::MAX);
        let length = match fields.one(&format!("duree-{id}")) {
            "" => None,
            typed => {
                let read = typed.parse::<u16>().ok().filter(|length| (1..=LENGTH_CAP).contains(length));
                Some(read.ok_or_else(|| vec![GovernanceMistake::BadLength { cap: LENGTH_CAP }])?)
            }
        };
        let later = !fields.one(&format!("apres-{id}")).is_empty();
        points.push((rank, WrittenPoint { id, length, later }));
    }
    crate::order::by_key(&mut points, |(rank, _)| *rank);
    Ok(points.into_iter().map(|(_, point)| point).collect())
}

/// What was said, as it was typed: its lines end alike wherever it comes from.
pub fn minutes_of(fields: &Fields) -> String {
    lines(fields.one("text"))
}

/// A word that has to be there, or the mistake.
pub(super) fn word_given(typed: &str) -> Result<String, GovernanceMistake> {
    let word = lines(typed);
    if word.is_empty() {
        Err(GovernanceMistake::WordMissing)
    } else if word.chars().count() > WORD_CAP {
        Err(GovernanceMistake::WordTooLong { cap: WORD_CAP })
    } else {
        Ok(word)
    }
}

impl Meeting {
    /// Why it does not take place.
    pub fn cancelling(typed: &str) -> Result<String, GovernanceMistake> {
        word_given(typed)
    }
}

/// Somebody, with the name that tells them from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: MemberId,
    pub first_name: String,
    pub last_name: String,
}

impl Person {
    pub fn name(&self) -> ShortName {
        ShortName::new(&self.first_name, &self.last_name)
    }
}

/// A coordination meeting in the hands of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingInHand {
    pub now: Instant,
    pub meeting: Meeting,
    /// Markdown; empty until somebody writes them.
    pub minutes: String,
    pub revision: i32,
    /// In order.
    pub points: Vec<Point>,
    /// Those who are expected, and whoever was marked; by name.
    pub people: Vec<Person>,
    pub expected: Vec<MemberId>,
    /// Names of those who added points.
    pub names: Vec<(MemberId, ShortName)>,
    /// What was decided there.
    pub decisions: Vec<Decision>,
}

/// What the committee has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub now: Instant,
    /// They sit on the committee; otherwise they write down what their groups decided.
    pub committee: bool,
    /// Those to come first, then those of the last year, the last one first.
    pub meetings: Vec<Meeting>,
    /// Points that wait for a meeting.
    pub waiting: Vec<Point>,
    /// The newest first.
    pub decisions: Vec<(Decision, i32)>,
    /// In whose name they may write down a decision.
    pub groups: Vec<(GroupId, String)>,
    /// Names of all groups.
    pub all_groups: Vec<(GroupId, String)>,
    pub names: Vec<(MemberId, ShortName)>,
    /// A decision in hand, with its Markdown and its revision.
    pub decision: Option<(Decision, String, i32)>,
}

impl Desk {
    pub fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.id == id)
    }

    pub fn known(&self, id: DecisionId) -> Option<&Decision> {
        self.decisions.iter().map(|(decision, _)| decision).find(|decision| decision.id == id)
    }
}

/// The committee's seats in the hands of whoever writes mandates down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandates {
    pub now: Instant,
    pub seats: Vec<Seat>,
    /// All of them, the newest first, with who it is.
    pub all: Vec<(MandateId, Mandate, Person)>,
    /// Members whom a form may name, by name.
    pub people: Vec<Person>,
}
