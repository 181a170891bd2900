//! Who is missing where in the weeks to come, the most urgent first; who is to be expected; whom to call.

mod call;
mod forecast;
mod weeks;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

pub use call::{CALL_SHOWN, Candidate, Group, Known, Need, who_to_call};
pub use forecast::{Coming, Forecast, MIN_PAST, forecast, is_light};
pub use weeks::{BACK_W, Counted, Week, weeks};

use crate::board::when;
use crate::id::{SeatId, ShiftId};
use crate::members::{ShortName, Skill};
use crate::notify::step_at;
use crate::order;
use crate::reason::When;
use crate::shifts::Shift;
use crate::time::{Instant, paris_day, paris_minute, plus_days};

/// How far ahead the board looks. Weeks.
pub const AHEAD_W: u64 = 4;

/// The group that answers for the shifts.
pub const ASSOCIATION: &str = "association";

/// What a shift lacks first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Nobody leads it.
    Lead,
    /// A seat that asks for a skill is free.
    Skill,
    /// The team is below its minimum.
    Minimum,
    /// It could do with more.
    Wished,
}

/// A shift to come with free seats: each of them is counted once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps {
    pub when: When,
    pub on: NaiveDate,
    pub seats: u16,
    pub held: u16,
    /// Of these, seats that somebody gives away.
    pub given: u16,
    pub lead: u16,
    /// By skill, in order.
    pub skills: Vec<(Skill, u16)>,
    /// Beyond the seats above, what the minimum still asks for.
    pub minimum: u16,
    pub wished: u16,
    /// Nobody leads it, and from so many hours before its start others hear of it; the last step reached.
    pub step_h: Option<u16>,
}

impl Gaps {
    pub fn shift(&self) -> ShiftId {
        self.when.shift
    }

    pub fn lacking(&self) -> u16 {
        self.lead + self.skills.iter().map(|(_, count)| count).sum::<u16>() + self.minimum + self.wished
    }

    pub fn first(&self) -> Lack {
        match self {
            Gaps { lead: 1.., .. } => Lack::Lead,
            Gaps { skills, .. } if !skills.is_empty() => Lack::Skill,
            Gaps { minimum: 1.., .. } => Lack::Minimum,
            _ => Lack::Wished,
        }
    }
}

/// What one shift lacks; `None` when it is full, closed, or has begun.
pub fn gaps_of(shift: &Shift, is_given: &dyn Fn(SeatId) -> bool, now: Instant) -> Option<Gaps> {
    if !shift.is_planned() || shift.starts_at <= now {
        return None;
    }
    let free = || shift.seats.iter().filter(|seat| seat.holder.is_none());
    let count = |figure: usize| u16::try_from(figure).unwrap_or(u16::MAX);
    let all = free().count();
    if all == 0 {
        return None;
    }
    let lead = free().filter(|seat| seat.lead).count();
    let asked: Vec<&Skill> = free().filter(|seat| !seat.lead).filter_map(|seat| seat.skill.as_ref()).collect();
    let skills = order::set(asked.iter().copied());
    let skills = skills.into_iter().map(|skill| (skill.clone(), count(asked.iter().filter(|other| **other == skill).count())));
    let plain = all - lead - asked.len();
    let held = shift.seats.len() - all;
    // Whoever leads or is at the till counts for the minimum too.
    let minimum = usize::from(shift.minimum).saturating_sub(held + lead + asked.len()).min(plain);
    Some(Gaps {
        when: when(shift),
        on: shift.on,
        seats: count(shift.seats.len()),
        held: count(held),
        given: count(shift.seat_ids().filter(|seat| is_given(*seat)).count()),
        lead: count(lead),
        skills: skills.collect(),
        minimum: count(minimum),
        wished: count(plain - minimum),
        step_h: if lead > 0 { step_at(shift.starts_at, now).map(|step| step.within_h) } else { None },
    })
}

/// The gaps of the next four weeks: where nobody leads first, and of the same urgency the soonest.
pub fn gaps<'a>(shifts: impl IntoIterator<Item = &'a Shift>, is_given: &dyn Fn(SeatId) -> bool, now: Instant) -> Vec<Gaps> {
    let last = plus_days(paris_day(now), 7 * AHEAD_W);
    let near = shifts.into_iter().filter(|shift| shift.on <= last);
    let mut gaps: Vec<Gaps> = near.filter_map(|shift| gaps_of(shift, is_given, now)).collect();
    order::by_key(&mut gaps, |gap| (gap.first(), gap.when.starts_at, gap.when.shift));
    gaps
}

/// « 3 caisse, 2 animation »: how many seats lack somebody with each skill, then those that ask for none.
pub fn by_skill(gaps: &[Gaps]) -> (Vec<(Skill, u16)>, u16) {
    let mut skills = std::collections::BTreeMap::<Skill, u16>::new();
    for gap in gaps {
        for (skill, count) in &gap.skills {
            *skills.entry(skill.clone()).or_default() += count;
        }
        if gap.lead > 0 {
            *skills.entry(Skill::lead()).or_default() += gap.lead;
        }
    }
    let mut skills: Vec<(Skill, u16)> = skills.into_iter().collect();
    order::by(&mut skills, |(one, few), (other, many)| (many, one).cmp(&(few, other)));
    (skills, gaps.iter().map(|gap| gap.minimum + gap.wished).sum())
}

/// A weekday and a starting time, and how many seats lack somebody then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub weekday: Weekday,
    /// Minutes since midnight in Paris.
    pub minute: u16,
    pub lacking: u16,
}

/// By weekday and starting time, Monday morning first.
pub fn by_slot(gaps: &[Gaps]) -> Vec<Slot> {
    let mut slots = std::collections::BTreeMap::<(u32, u16), Slot>::new();
    for gap in gaps {
        let (weekday, minute) = (gap.on.weekday(), paris_minute(gap.when.starts_at));
        let slot = slots.entry((weekday.num_days_from_monday(), minute)).or_insert(Slot { weekday, minute, lacking: 0 });
        slot.lacking += gap.lacking();
    }
    slots.into_values().collect()
}

/// The last urgent call for a shift, and who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub shift: ShiftId,
    pub by: ShortName,
    pub at: Instant,
}

/// What the server alone knows: whoever answers for the shifts reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub now: Instant,
    pub forecasts: Vec<(ShiftId, Forecast)>,
    pub called: Vec<Called>,
    pub weeks: Vec<Week>,
}

impl Figures {
    pub fn forecast_of(&self, shift: ShiftId) -> Option<Forecast> {
        self.forecasts.iter().find(|(known, _)| *known == shift).map(|(_, forecast)| *forecast)
    }

    pub fn called_for(&self, shift: ShiftId) -> Option<&Called> {
        self.called.iter().find(|called| called.shift == shift)
    }
}
