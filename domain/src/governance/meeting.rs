//! The coordination meeting: once a month the committee and the referents, on an agenda to which every member may add a point.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::groups::WorkingGroup;
use crate::id::{MeetingId, MemberId, PointId};
use crate::time::Instant;

use super::Mandate;

/// The longest title of a point, in characters.
pub const TITLE_CAP: usize = 120;
/// The longest text of a point, in characters.
pub const TEXT_CAP: usize = 1_500;
/// The most points of one member that wait.
pub const POINTS_OF_ONE_CAP: usize = 5;
/// The longest that a point is planned for. Minutes.
pub const LENGTH_CAP: u16 = 180;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub id: MeetingId,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub place: String,
    /// Why it does not take place, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excused: Vec<MemberId>,
    /// Safe HTML; empty until they are written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub minutes: String,
}

impl Meeting {
    /// Whether its agenda still takes points.
    pub fn is_to_come(&self, now: Instant) -> bool {
        self.cancelled.is_none() && now < self.starts_at
    }
}

/// Something to be spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub id: PointId,
    /// None: it waits for a meeting that is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    pub by: MemberId,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    pub at: Instant,
    /// How long it is planned for. Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u16>,
    /// Its place on the agenda; of those that are alike, the first that was added.
    #[serde(default)]
    pub rank: u16,
}

/// The meetings to come, and what they are to speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    pub meetings: Vec<Meeting>,
    pub points: Vec<Point>,
}

impl Agenda {
    /// The next meeting, to which a point is added.
    pub fn next(&self, now: Instant) -> Option<&Meeting> {
        self.meetings.iter().filter(|meeting| meeting.is_to_come(now)).min_by_key(|meeting| meeting.starts_at)
    }

    pub fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.id == id)
    }

    /// Since when a point is settled: its meeting has begun.
    pub fn settled_since(&self, point: &Point, now: Instant) -> Option<Instant> {
        let meeting = self.meeting(point.meeting?)?;
        (meeting.cancelled.is_none() && meeting.starts_at <= now).then_some(meeting.starts_at)
    }

    /// How many points of `member` wait to be spoken of.
    pub fn waiting_of(&self, member: MemberId, now: Instant) -> usize {
        self.points.iter().filter(|point| point.by == member && self.settled_since(point, now).is_none()).count()
    }
}

/// Points in the order of their agenda.
pub fn arranged(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
    let mut points: Vec<Point> = points.into_iter().collect();
    crate::order::by_key(&mut points, |point| (point.rank, point.at, point.id));
    points
}

/// Who is expected: the committee as it is then, and the referents.
pub fn expected<'a>(committee: impl IntoIterator<Item = &'a Mandate>, groups: &[WorkingGroup]) -> BTreeSet<MemberId> {
    let seated = committee.into_iter().map(|mandate| mandate.member);
    crate::order::set(seated.chain(groups.iter().flat_map(|group| group.referents.iter().copied())))
}

/// What stands in the minutes before anybody writes them: a heading for each point.
pub fn first_minutes(points: &[Point]) -> String {
    let headings = points.iter().map(|point| format!("## {}\n\n", point.title.replace(['#', '\n'], " ").trim()));
    headings.collect::<String>().trim_end().to_owned()
}
