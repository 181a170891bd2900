//! Whom what we send does not reach: the office calls them, or writes to them on paper.

use std::collections::BTreeMap;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::id::{MemberId, ShiftId};
use crate::notice::{InboxRow, Notice};
use crate::notify::{Channel, Topic, entry, kind};
use crate::order;
use crate::reason::When;
use crate::time::Instant;
use crate::view::home::SpokenOf;

/// What is known of how a member can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub member: MemberId,
    pub first_name: String,
    pub last_name: String,
    pub phone: Option<String>,
    /// Mail to their address came back for good.
    pub bounced_at: Option<Instant>,
    /// The last that left by this channel did not arrive, and since when nothing has.
    pub failing: BTreeMap<Channel, Instant>,
    /// A device of theirs shows pushes.
    pub has_device: bool,
    /// A session of theirs is remembered: they have been in the app within nine months.
    pub has_signed_in: bool,
    /// The first of their shifts to come.
    pub next: Option<When>,
    /// What they were told, have not seen, and is still true.
    pub unseen: Vec<InboxRow>,
}

/// Why somebody is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// « Pas encore vu »: what they must be told, the oldest of it since then.
    NotSeen { since: Instant },
    /// Their address came back.
    Bounced { at: Instant },
    /// What left by this channel since then did not arrive.
    Failing { by: Channel, since: Instant },
    /// Has not been in the app.
    NeverSignedIn,
    /// No device of theirs shows pushes.
    NoDevice,
}

/// What the office is to do first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// To be told something, now.
    Tell,
    /// Their address is to be put right.
    Mend,
    /// To be helped into the app, before their next shift.
    Welcome,
}

/// Somebody whom the office reaches by phone or on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreached {
    pub member: MemberId,
    pub first_name: String,
    pub last_name: String,
    #[serde(default)]
    pub phone: Option<String>,
    pub rank: Rank,
    /// By which what we send still arrives.
    pub ways: Vec<Channel>,
    pub why: Vec<Why>,
    /// What they have to be told, the oldest first.
    pub untold: Vec<InboxRow>,
    #[serde(default)]
    pub next: Option<When>,
}

/// The office's list, « À joindre ».
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToReach {
    pub now: Instant,
    pub people: Vec<Unreached>,
    /// How many more are to be helped into the app later: their shifts are further away.
    pub later: usize,
    pub spoken_of: SpokenOf,
}

impl ToReach {
    /// How many wait for somebody of the office.
    pub fn urgent(&self) -> usize {
        self.people.iter().filter(|person| person.rank != Rank::Welcome).count()
    }
}

/// What the office prints for somebody without the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub now: Instant,
    pub member: MemberId,
    pub first_name: String,
    pub last_name: String,
    pub untold: Vec<InboxRow>,
    /// Their shifts to come, the first first.
    pub next: Vec<When>,
    pub spoken_of: SpokenOf,
}

/// A shift that begins so soon is near. Days.
const NEAR_D: i64 = 7;
/// How long something may stay unseen when the shift is near. Hours.
const UNSEEN_H: i64 = 24;
/// The same, when the shift begins within [`UNSEEN_H`]. Hours.
const UNSEEN_LATE_H: i64 = 2;
/// Who has not been in the app is helped into it when they work within so long: a cycle. Days.
const WELCOME_D: i64 = 28;

/// Who is on the office's list, in its order.
///
/// 1. Whoever must be told something about a shift of theirs that is still to come, and has not
///    seen it: at once when nothing that we send reaches them; after two hours when the shift begins
///    within a day; after a day when it begins within a week. The nearest shift first.
/// 2. Whose address came back, or whose mails do not arrive. The nearest shift first.
/// 3. Who has not been in the app and works within a cycle. The nearest shift first.
///
/// No device alone puts nobody on the list: mail reaches them. It is said beside another reason.
pub fn unreached(everybody: Vec<Facts>, spoken: &SpokenOf, now: Instant) -> Vec<Unreached> {
    let mut found: Vec<(Option<Instant>, Unreached)> =
        everybody.into_iter().filter_map(|facts| on_the_list(facts, spoken, now)).collect();
    order::by_key(&mut found, |(soonest, person)| {
        let name = (person.last_name.clone(), person.first_name.clone(), person.member);
        (person.rank, soonest.is_none(), *soonest, name)
    });
    found.into_iter().map(|(_, person)| person).collect()
}

fn on_the_list(facts: Facts, spoken: &SpokenOf, now: Instant) -> Option<(Option<Instant>, Unreached)> {
    let ways = ways(&facts);
    let mut why = Vec::new();
    let untold: Vec<(Instant, InboxRow)> = facts
        .unseen
        .iter()
        .filter_map(|row| Some((begins(&row.notice, facts.member, spoken, now)?, row.clone())))
        .filter(|(begins, row)| row.seen_at.is_none() && is_overdue(row, *begins, ways.is_empty(), now))
        .collect();
    if let Some(since) = untold.iter().map(|(_, row)| row.at).min() {
        why.push(Why::NotSeen { since });
    }
    match (facts.bounced_at, facts.failing.get(&Channel::Mail)) {
        (Some(at), _) => why.push(Why::Bounced { at }),
        (None, Some(since)) => why.push(Why::Failing { by: Channel::Mail, since: *since }),
        (None, None) => {}
    }
    let works_soon = facts.next.is_some_and(|next| next.starts_at - now <= Duration::days(WELCOME_D));
    let rank = match why.first() {
        Some(Why::NotSeen { .. }) => Rank::Tell,
        Some(_) => Rank::Mend,
        None if !facts.has_signed_in && works_soon => Rank::Welcome,
        None => return None,
    };
    if !facts.has_signed_in {
        why.push(Why::NeverSignedIn);
    } else if !facts.has_device {
        why.push(Why::NoDevice);
    } else if let Some(since) = facts.failing.get(&Channel::Push) {
        why.push(Why::Failing { by: Channel::Push, since: *since });
    }
    let next = facts.next.map(|next| next.starts_at);
    let soonest = untold.iter().map(|(begins, _)| *begins).min().or(next);
    let mut untold: Vec<InboxRow> = untold.into_iter().map(|(_, row)| row).collect();
    order::by_key(&mut untold, |row| (row.at, row.id));
    let Facts { member, first_name, last_name, phone, next, .. } = facts;
    Some((soonest, Unreached { member, first_name, last_name, phone, rank, ways, why, untold, next }))
}

/// The channels by which what we send arrives, as far as anybody knows.
fn ways(facts: &Facts) -> Vec<Channel> {
    let arrives = |channel: &Channel| {
        let known = match channel {
            Channel::Push => facts.has_device,
            Channel::Mail => facts.bounced_at.is_none(),
        };
        known && !facts.failing.contains_key(channel)
    };
    Channel::ALL.into_iter().filter(arrives).collect()
}

/// Whether it was left unseen for too long, for a shift that begins then.
fn is_overdue(row: &InboxRow, begins: Instant, reached_by_nothing: bool, now: Instant) -> bool {
    let (left, unseen) = (begins - now, now - row.at);
    reached_by_nothing
        || left <= Duration::hours(UNSEEN_H) && unseen >= Duration::hours(UNSEEN_LATE_H)
        || left <= Duration::days(NEAR_D) && unseen >= Duration::hours(UNSEEN_H)
}

/// Whether it is something that one must know to be there, or not, at a shift that is still to come.
pub fn must_be_told(notice: &Notice, member: MemberId, spoken: &SpokenOf, now: Instant) -> bool {
    begins(notice, member, spoken, now).is_some()
}

/// When the first of the shifts begins that such a notice is about; nothing when it is about none.
fn begins(notice: &Notice, member: MemberId, spoken: &SpokenOf, now: Instant) -> Option<Instant> {
    if entry(kind(notice)).topic != Topic::MyShifts {
        return None;
    }
    let about: Vec<ShiftId> = match notice {
        Notice::LoopClosed { legs } => {
            legs.iter().filter(|leg| leg.member == member).flat_map(|leg| [leg.gives.shift, leg.takes.shift]).collect()
        }
        notice => notice.shifts(),
    };
    about.iter().filter_map(|shift| spoken.shifts.get(shift)).map(|when| when.starts_at).filter(|start| *start > now).min()
}
