//! Vacations, week by week.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Seen;
use super::exchanges::{LoopCard, loop_cards};
use super::home::next_shift;
use super::seats::{ShiftCard, shift_card};
use crate::calendar::SkillLabel;
use crate::members::{ShortName, Skill};
use crate::shifts::{Shift, closed_on};
use crate::time::{CycleWeek, Instant, monday_of, paris_day, paris_minute, plus_days};

/// What to leave out of the week.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// « places libres »: free, or to be taken over.
    pub free: bool,
    /// « mes habitudes »: the weekdays and hours at which I usually work.
    pub habits: bool,
    /// Shifts with a free seat that asks for this skill.
    pub skill: Option<Skill>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    pub on: NaiveDate,
    pub free: usize,
    pub to_claim: usize,
    /// Why nothing is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    pub shifts: Vec<ShiftCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub monday: NaiveDate,
    pub today: NaiveDate,
    pub cycle_week: CycleWeek,
    /// The first and the last Monday that can be shown.
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Monday to Saturday.
    pub days: Vec<DayView>,
    pub filter: Filter,
    /// Skills that I have, for the filter.
    pub skills: Vec<SkillLabel>,
    /// How many offers the board shows: « Échanges (6) ».
    pub offers: usize,
    pub next: Option<ShiftCard>,
    pub loops: Vec<LoopCard>,
    /// I answer for who comes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub covers: bool,
}

pub fn week(seen: Seen<'_>, monday: NaiveDate, filter: &Filter) -> WeekView {
    let today = paris_day(seen.now);
    let first = seen.calendar.shifts.first().map_or(today, |shift| shift.on);
    let last = seen.calendar.shifts.last().map_or(today, |shift| shift.on);
    let (first, last) = (monday_of(first), monday_of(last));
    let monday = monday_of(monday).clamp(first, last.max(first));
    let habits = habits(seen);
    WeekView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        monday,
        today,
        cycle_week: seen.calendar.rules.cycle.week_of(monday),
        first,
        last,
        days: (0..6).map(|day| day_view(seen, plus_days(monday, day), filter, &habits)).collect(),
        filter: filter.clone(),
        skills: my_skills(seen),
        offers: super::exchanges::on_board(seen),
        next: next_shift(seen),
        loops: loop_cards(seen),
        covers: seen.me.rights.covers(),
    }
}

fn day_view(seen: Seen<'_>, on: NaiveDate, filter: &Filter, habits: &[(chrono::Weekday, u16)]) -> DayView {
    let all: Vec<(&Shift, ShiftCard)> =
        seen.calendar.shifts.iter().filter(|shift| shift.on == on).map(|shift| (shift, shift_card(seen, shift))).collect();
    let lacking = all.iter().filter(|(_, card)| card.is_lacking());
    let (free, to_claim) = lacking.fold((0, 0), |(free, to_claim), (_, card)| (free + card.free(), to_claim + card.to_claim()));
    DayView {
        on,
        free,
        to_claim,
        closed: closed_on(&seen.calendar.closures, on).map(|closure| closure.why.clone()),
        shifts: all.into_iter().filter(|(shift, card)| keeps(filter, habits, shift, card)).map(|(_, card)| card).collect(),
    }
}

fn keeps(filter: &Filter, habits: &[(chrono::Weekday, u16)], shift: &Shift, card: &ShiftCard) -> bool {
    let usual = || habits.contains(&(shift.on.weekday(), paris_minute(shift.starts_at)));
    let asks = |skill: &Skill| {
        shift
            .seats
            .iter()
            .zip(&card.seats)
            .any(|(seat, view)| seat.skill.as_ref() == Some(skill) && (seat.holder.is_none() || view.offer.is_some()))
    };
    (!filter.free || card.is_lacking()) && (!filter.habits || usual()) && filter.skill.as_ref().is_none_or(asks)
}

/// Weekday and starting minute of every shift that I hold or held in the calendar.
fn habits(seen: Seen<'_>) -> Vec<(chrono::Weekday, u16)> {
    let mut habits: Vec<_> = seen
        .calendar
        .shifts
        .iter()
        .filter(|shift| shift.seat_of(seen.me.id()).is_some())
        .map(|shift| (shift.on.weekday(), paris_minute(shift.starts_at)))
        .collect();
    crate::order::by_key(&mut habits, |(weekday, minute)| (weekday.num_days_from_monday(), *minute));
    habits.dedup();
    habits
}

fn my_skills(seen: Seen<'_>) -> Vec<SkillLabel> {
    seen.calendar
        .skills
        .iter()
        .filter(|label| seen.me.aptitude.skills.contains(&label.skill) && label.skill != Skill::lead())
        .cloned()
        .collect()
}
