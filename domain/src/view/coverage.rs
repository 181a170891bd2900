//! The coverage board, as far as the calendar says it: it reads without a network.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::calendar::PublicKind;
use crate::coverage::{Gaps, Lack, Slot, by_skill, by_slot, gaps};
use crate::decide::call_from;
use crate::id::SeatId;
use crate::members::{ShortName, Skill};
use crate::time::{Instant, monday_of};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    /// It is for whoever answers for the shifts.
    pub allowed: bool,
    /// Shifts that nobody leads, the soonest first.
    pub leaderless: Vec<GapCard>,
    /// The others, week by week.
    pub weeks: Vec<GapWeek>,
    /// By skill's French name, the most lacking first.
    pub by_skill: Vec<(String, u16)>,
    /// Seats that ask for no skill.
    pub plain: u16,
    pub by_slot: Vec<Slot>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapWeek {
    pub monday: NaiveDate,
    pub shifts: Vec<GapCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapCard {
    pub gaps: Gaps,
    /// The skills' French names, in the same order.
    pub labels: Vec<String>,
    pub call: Call,
}

/// Whether I may launch the urgent call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    Open,
    /// From then on.
    From(Instant),
    /// It is the shift's lead's, or the office's.
    NotMine,
}

pub fn coverage(seen: Seen<'_>) -> CoverageView {
    let calendar = seen.calendar;
    let mut view = CoverageView {
        as_of: calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        allowed: seen.me.rights.covers(),
        leaderless: Vec::new(),
        weeks: Vec::new(),
        by_skill: Vec::new(),
        plain: 0,
        by_slot: Vec::new(),
    };
    if !view.allowed {
        return view;
    }
    let is_given = |seat: SeatId| calendar.offers.iter().any(|offer| offer.seat == seat && offer.kind == PublicKind::Give);
    let found = gaps(&calendar.shifts, &is_given, seen.now);
    let (skills, plain) = by_skill(&found);
    view.by_skill = skills.into_iter().map(|(skill, count)| (label(seen, &skill), count)).collect();
    view.plain = plain;
    view.by_slot = by_slot(&found);
    let (leaderless, others): (Vec<Gaps>, Vec<Gaps>) = found.into_iter().partition(|gap| gap.first() == Lack::Lead);
    view.leaderless = leaderless.into_iter().map(|gap| card(seen, gap)).collect();
    for gap in others {
        let monday = monday_of(gap.on);
        let at = view.weeks.iter().position(|week| week.monday == monday).unwrap_or_else(|| {
            view.weeks.push(GapWeek { monday, shifts: Vec::new() });
            view.weeks.len() - 1
        });
        view.weeks[at].shifts.push(card(seen, gap));
    }
    crate::order::by_key(&mut view.weeks, |week| week.monday);
    view
}

fn label(seen: Seen<'_>, skill: &Skill) -> String {
    seen.calendar.skill_label(skill).to_lowercase()
}

fn card(seen: Seen<'_>, gaps: Gaps) -> GapCard {
    let shift = seen.calendar.shift(gaps.shift());
    let mine = seen.me.rights.office || shift.is_some_and(|shift| shift.lead() == Some(seen.me.id()));
    let call = match shift.map(call_from) {
        Some(from) if mine && from > seen.now => Call::From(from),
        Some(_) if mine => Call::Open,
        _ => Call::NotMine,
    };
    GapCard { labels: gaps.skills.iter().map(|(skill, _)| label(seen, skill)).collect(), gaps, call }
}
