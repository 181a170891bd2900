//! Who decides, on a screen: the committee's seats, the coordination and its agenda, what was decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::governance::{Committee, Consultation, Decision, Mandate, Meeting, Point, Seat, arranged};
use crate::groups::Groups;
use crate::id::{GroupId, MeetingId, MemberId};
use crate::members::ShortName;
use crate::order;
use crate::time::{Instant, paris_day};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitteeView {
    pub as_of: Instant,
    pub now: Instant,
    pub me: MemberId,
    pub seats: Vec<Seat>,
    /// Mandates that are over, the newest first.
    pub past: Vec<Mandate>,
    pub names: BTreeMap<MemberId, ShortName>,
    /// I sit on it, or write mandates down.
    pub governs: bool,
}

/// What comes of a snapshot that is as old as it may be: a mandate that lapsed since gives nothing any more.
pub fn committee(seen: Seen<'_>, groups: &Groups) -> CommitteeView {
    let today = paris_day(seen.now);
    let all = groups.committee.iter().chain(&groups.past).cloned();
    let all = Committee { mandates: all.collect() };
    let mut past: Vec<Mandate> = all.mandates.iter().filter(|mandate| mandate.is_over(today)).cloned().collect();
    order::by_key(&mut past, |mandate| std::cmp::Reverse((mandate.last_day(), mandate.from)));
    CommitteeView {
        as_of: groups.as_of.min(seen.me.as_of),
        now: seen.now,
        me: seen.me.id(),
        seats: all.seats(today),
        past,
        names: groups.people.clone(),
        governs: sits(seen, groups) || seen.me.rights.office,
    }
}

/// I sit on the committee today: a device that has not heard from the server knows when a mandate ends.
fn sits(seen: Seen<'_>, groups: &Groups) -> bool {
    let today = paris_day(seen.now);
    let mine = |mandate: &Mandate| mandate.member == seen.me.id() && mandate.is_in_force(today);
    seen.me.rights.committee && groups.committee.iter().any(mine)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationView {
    pub as_of: Instant,
    pub now: Instant,
    pub moving: CoordinationMoving,
}

/// What changes under an open page, which follows it by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationMoving {
    /// I sit on the committee: the way to what it does is shown.
    pub governs: bool,
    /// Those of the last year, the last one first.
    pub past: Vec<MeetingOn>,
    /// What members are asked, the newest first.
    pub consultations: Vec<Consultation>,
    /// Those to come, in order.
    pub meetings: Vec<MeetingOn>,
    /// Points that wait for a meeting.
    pub waiting: Vec<PointOn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingOn {
    pub meeting: Meeting,
    pub points: Vec<PointOn>,
    pub present: Vec<ShortName>,
    pub excused: Vec<ShortName>,
    /// What was decided there.
    pub decisions: Vec<Decision>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointOn {
    pub point: Point,
    pub by: ShortName,
    pub own: bool,
    /// It is mine, or I sit on the committee; and its meeting has not begun.
    pub removable: bool,
}

pub fn coordination(seen: Seen<'_>, groups: &Groups) -> CoordinationView {
    CoordinationView { as_of: groups.as_of.min(seen.me.as_of), now: seen.now, moving: moving(seen, groups) }
}

/// What moves of it.
pub fn moving(seen: Seen<'_>, groups: &Groups) -> CoordinationMoving {
    let mut ahead: Vec<&Meeting> = groups.meetings.iter().filter(|meeting| is_ahead(meeting, seen.now)).collect();
    order::by_key(&mut ahead, |meeting| meeting.starts_at);
    let mut past: Vec<&Meeting> = groups.meetings.iter().filter(|meeting| !is_ahead(meeting, seen.now)).collect();
    order::by_key(&mut past, |meeting| std::cmp::Reverse(meeting.starts_at));
    CoordinationMoving {
        governs: sits(seen, groups),
        past: past.into_iter().map(|meeting| on(seen, groups, meeting)).collect(),
        consultations: groups.consultations.clone(),
        meetings: ahead.into_iter().map(|meeting| on(seen, groups, meeting)).collect(),
        waiting: points(seen, groups, None),
    }
}

/// It is not over.
fn is_ahead(meeting: &Meeting, now: Instant) -> bool {
    now < meeting.ends_at
}

fn on(seen: Seen<'_>, groups: &Groups, meeting: &Meeting) -> MeetingOn {
    let names = |members: &[MemberId]| {
        let mut names: Vec<ShortName> = members.iter().map(|member| groups.name(*member)).collect();
        order::by_key(&mut names, Clone::clone);
        names
    };
    MeetingOn {
        points: points(seen, groups, Some(meeting.id)),
        present: names(&meeting.present),
        excused: names(&meeting.excused),
        decisions: groups.decisions.iter().filter(|decision| decision.meeting == Some(meeting.id)).cloned().collect(),
        meeting: meeting.clone(),
    }
}

fn points(seen: Seen<'_>, groups: &Groups, meeting: Option<MeetingId>) -> Vec<PointOn> {
    let begun = meeting
        .and_then(|id| groups.meetings.iter().find(|known| known.id == id))
        .is_some_and(|known| known.starts_at <= seen.now);
    let sits = sits(seen, groups);
    let of = groups.points.iter().filter(|point| point.meeting == meeting).cloned();
    let on = |point: Point| {
        let own = point.by == seen.me.id();
        PointOn { by: groups.name(point.by), own, removable: !begun && (own || sits), point }
    };
    arranged(of).into_iter().map(on).collect()
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionsView {
    pub as_of: Instant,
    pub now: Instant,
    /// The newest first.
    pub decisions: Vec<Decision>,
    pub groups: BTreeMap<GroupId, String>,
    /// I sit on the committee, or answer for a group: the way to write one down is shown.
    pub governs: bool,
}

pub fn decisions(seen: Seen<'_>, groups: &Groups) -> DecisionsView {
    DecisionsView {
        as_of: groups.as_of.min(seen.me.as_of),
        now: seen.now,
        decisions: groups.decisions.clone(),
        groups: order::map(groups.groups.iter().map(|group| (group.id, group.name.clone()))),
        governs: sits(seen, groups) || !seen.me.runs.is_empty(),
    }
}
