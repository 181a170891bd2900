//! Shifts, their seats, the templates they come from, and the days the shop is closed.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ClosureId, MemberId, SeatId, ShiftId, TemplateId};
use crate::members::Skill;
use crate::time::{Cycle, CycleWeek, Days, Instant, paris_day, paris_instant, plus_days};

/// What a place on a shift asks for, and who works it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The lead's seat: opens the shop, welcomes the others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lead: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<Skill>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<MemberId>,
}

/// What becomes of the people of a shift that is closed after it was planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// « excusée »: counts as done.
    Excused,
    /// « déplacée »: each is asked to take another one; nothing counted yet.
    Displaced,
    /// « due »: still owed.
    Due,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum ShiftState {
    Planned,
    Closed { why: String, treatment: Treatment },
}

/// Three hours of work at a date and time, with several places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    pub id: ShiftId,
    pub template: TemplateId,
    /// The day in Paris on which it starts.
    pub on: NaiveDate,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub state: ShiftState,
    /// The team keeps at least this many people when somebody moves away.
    pub minimum: u8,
    /// By position; the lead's first.
    pub seats: Vec<Seat>,
}

impl Shift {
    pub fn seat_id(&self, position: usize) -> SeatId {
        SeatId::new(self.id, i16::try_from(position).unwrap_or(i16::MAX))
    }

    pub fn seat(&self, id: SeatId) -> Option<&Seat> {
        usize::try_from(id.position).ok().and_then(|at| self.seats.get(at))
    }

    pub fn seat_mut(&mut self, id: SeatId) -> Option<&mut Seat> {
        usize::try_from(id.position).ok().and_then(|at| self.seats.get_mut(at))
    }

    pub fn seat_ids(&self) -> impl Iterator<Item = SeatId> + '_ {
        (0..self.seats.len()).map(|position| self.seat_id(position))
    }

    pub fn seat_of(&self, member: MemberId) -> Option<SeatId> {
        let position = self.seats.iter().position(|seat| seat.holder == Some(member))?;
        Some(self.seat_id(position))
    }

    pub fn holders(&self) -> impl Iterator<Item = MemberId> + '_ {
        self.seats.iter().filter_map(|seat| seat.holder)
    }

    /// Who leads it, if the lead's seat is held.
    pub fn lead(&self) -> Option<MemberId> {
        self.seats.iter().find(|seat| seat.lead).and_then(|seat| seat.holder)
    }

    pub fn free_seats(&self) -> usize {
        self.seats.iter().filter(|seat| seat.holder.is_none()).count()
    }

    pub fn is_planned(&self) -> bool {
        self.state == ShiftState::Planned
    }
}

/// A seat of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatTemplate {
    pub lead: bool,
    pub skill: Option<Skill>,
    /// The member whose recurring seat it is.
    pub regular: Option<MemberId>,
}

/// A recurring shift on the four-week cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftTemplate {
    pub id: TemplateId,
    pub week: CycleWeek,
    pub weekday: Weekday,
    /// Wall clock in Paris.
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub minimum: u8,
    /// What is done, in French, in order.
    pub tasks: Vec<String>,
    pub seats: Vec<SeatTemplate>,
}

/// A time during which nothing is generated: a public holiday, works, summer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    pub id: ClosureId,
    pub days: Days,
    pub why: String,
}

const SHIFT_NAMESPACE: Uuid = Uuid::from_u128(0x6f1c_8a52_3c0e_4d0b_9a77_a1b2_5c0f_fee5);

/// The id of a template's shift on a day in Paris: the same before and after generation.
pub fn shift_id(template: TemplateId, on: NaiveDate) -> ShiftId {
    ShiftId(Uuid::new_v5(&SHIFT_NAMESPACE, format!("{template}/{on}").as_bytes()))
}

/// The shift that a template gives on `on`, empty of people but for its regulars; `None` when
/// the template does not fall on that day.
pub fn shift_on(template: &ShiftTemplate, on: NaiveDate, cycle: Cycle) -> Option<Shift> {
    use chrono::Datelike;
    if on.weekday() != template.weekday || cycle.week_of(on) != template.week {
        return None;
    }
    let ends_on = if template.to > template.from { on } else { plus_days(on, 1) };
    Some(Shift {
        id: shift_id(template.id, on),
        template: template.id,
        on,
        starts_at: paris_instant(on, template.from),
        ends_at: paris_instant(ends_on, template.to),
        state: ShiftState::Planned,
        minimum: template.minimum,
        seats: template
            .seats
            .iter()
            .map(|seat| Seat { lead: seat.lead, skill: seat.skill.clone(), holder: seat.regular })
            .collect(),
    })
}

/// Every shift that the templates give in `days`, in order of start, but on closed days.
pub fn generate(templates: &[ShiftTemplate], days: Days, cycle: Cycle, closures: &[Closure]) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = days_of(days)
        .filter(|day| !closures.iter().any(|closure| closure.days.contains(*day)))
        .flat_map(|day| templates.iter().filter_map(move |template| shift_on(template, day, cycle)))
        .collect();
    crate::order::by_key(&mut shifts, |shift| (shift.starts_at, shift.id));
    shifts
}

fn days_of(days: Days) -> impl Iterator<Item = NaiveDate> {
    days.from.iter_days().take_while(move |day| *day <= days.to)
}

/// Whether the shop's day is closed, and why.
pub fn closed_on(closures: &[Closure], day: NaiveDate) -> Option<&Closure> {
    closures.iter().find(|closure| closure.days.contains(day))
}

/// The day in Paris on which a shift is, from its start.
pub fn day_of(shift: &Shift) -> NaiveDate {
    paris_day(shift.starts_at)
}
