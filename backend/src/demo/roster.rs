//! Who works when: recurring seats, then those who book.

use std::collections::{BTreeMap, VecDeque};

use chrono::{Duration, NaiveDate, Weekday};
use domain::id::{MemberId, SeatId, ShiftId};
use domain::members::{Rhythm, Skill};
use domain::rules::Rules;
use domain::shifts::{Closure, Seat, Shift, ShiftTemplate, shift_id};
use domain::time::{Days, Instant, minus_days, monday_of, paris_day, paris_instant, plus_days};

use super::cast::{self, CastMember};
use super::dice::Dice;
use super::people::Person;
use crate::founding::week::{clock, templates};
use crate::shifts::{Absences, HORIZON_WEEKS, Standby, planned};

/// How long the demo's past is, before the cycle that it begins in is made whole.
const PAST_DAYS: u64 = 56;
/// Recurring seats without a regular, a week.
const UNHELD_A_WEEK: usize = 23;

/// What a seat of the cast asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    Caisse,
    Lead,
}

/// A recurring seat of somebody of the cast: the first time it comes at least so many hours ahead
/// says in which week of the cycle it is.
struct CastSeat {
    who: CastMember,
    weekday: Weekday,
    hour: u32,
    ahead_h: i64,
    asks: Asks,
}

const fn seat(who: CastMember, weekday: Weekday, hour: u32, ahead_h: i64, asks: Asks) -> CastSeat {
    CastSeat { who, weekday, hour, ahead_h, asks }
}

/// Far enough that an exchange closes by itself.
const PAIR_H: i64 = 4 * 24;
/// Far enough that the suggestion waits its full three days.
const LOOP_H: i64 = 6 * 24;

const CAST_SEATS: [CastSeat; 14] = [
    seat(cast::CAMILLE, Weekday::Sat, 9, PAIR_H, Asks::Nothing),
    seat(cast::SOLENE, Weekday::Sat, 9, PAIR_H, Asks::Lead),
    seat(cast::KARIM, Weekday::Thu, 18, PAIR_H, Asks::Nothing),
    seat(cast::LEA, Weekday::Mon, 12, LOOP_H, Asks::Nothing),
    seat(cast::NOUR, Weekday::Wed, 15, LOOP_H, Asks::Nothing),
    seat(cast::IDRIS, Weekday::Fri, 9, LOOP_H, Asks::Nothing),
    seat(cast::HUGO, Weekday::Thu, 12, PAIR_H, Asks::Nothing),
    seat(cast::JEANNE, Weekday::Thu, 12, PAIR_H, Asks::Nothing),
    seat(cast::BRUNO, Weekday::Sat, 12, PAIR_H, Asks::Caisse),
    seat(cast::THEO, Weekday::Wed, 12, PAIR_H, Asks::Nothing),
    seat(cast::ANNE, Weekday::Fri, 15, 240, Asks::Nothing),
    seat(cast::INES, Weekday::Mon, 15, 120, Asks::Nothing),
    seat(cast::MARGAUX, Weekday::Mon, 9, 200, Asks::Nothing),
    seat(cast::YVETTE, Weekday::Tue, 9, PAIR_H, Asks::Nothing),
];

/// The planning, past and to come.
pub struct Roster {
    pub templates: Vec<ShiftTemplate>,
    pub days: Days,
    pub closures: Vec<Closure>,
    pub shifts: Vec<Shift>,
    /// The seats that somebody booked, regulars aside.
    pub booked: Vec<(SeatId, MemberId)>,
    /// The next seat of those of the cast who have a recurring one.
    pub of_cast: BTreeMap<MemberId, SeatId>,
}

impl Roster {
    pub fn shift(&self, id: ShiftId) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.id == id)
    }
}

pub fn roster(people: &mut [Person], rules: &Rules, now: Instant, dice: &mut Dice) -> Roster {
    let today = paris_day(now);
    let days = Days { from: rules.cycle.around(minus_days(today, PAST_DAYS)).from, to: plus_days(today, 7 * HORIZON_WEEKS) };
    // Known a year ahead, like in any shop.
    let closures = crate::shifts::holiday_closures(Days { from: days.from, to: plus_days(today, 365) });
    let mut templates = templates(cast::id_of);
    let of_cast = seat_the_cast(&mut templates, &closures, rules, now);
    seat_the_leads(&mut templates, people, dice);
    seat_the_regulars(&mut templates, people, dice);
    let shifts = planned(&templates, days, rules, &closures, absences(people));
    let mut roster = Roster { templates, days, closures, shifts, booked: Vec::new(), of_cast };
    book(&mut roster, people, now, dice);
    roster
}

fn absences(people: &[Person]) -> Absences {
    people
        .iter()
        .map(|person| {
            let standby = Standby { joined_on: person.joined_on, left_on: None, leaves: person.leaves.clone(), busy: Vec::new() };
            (person.id, standby)
        })
        .collect()
}

/// The first day on which a recurring shift comes, so far ahead, and is not closed.
fn next_on(weekday: Weekday, hour: u32, earliest: Instant, closures: &[Closure]) -> NaiveDate {
    let closed = |day: NaiveDate| closures.iter().any(|closure| closure.days.contains(day));
    let first = paris_day(earliest);
    first
        .iter_days()
        .take(90)
        .find(|day| {
            use chrono::Datelike;
            day.weekday() == weekday && paris_instant(*day, clock(hour)) >= earliest && !closed(*day)
        })
        .unwrap_or(first)
}

fn seat_the_cast(
    templates: &mut [ShiftTemplate],
    closures: &[Closure],
    rules: &Rules,
    now: Instant,
) -> BTreeMap<MemberId, SeatId> {
    let mut seats = BTreeMap::new();
    for wanted in &CAST_SEATS {
        let on = next_on(wanted.weekday, wanted.hour, now + Duration::hours(wanted.ahead_h), closures);
        let week = rules.cycle.week_of(on);
        let from = clock(wanted.hour);
        let template = templates
            .iter_mut()
            .find(|template| template.week == week && template.weekday == wanted.weekday && template.from == from);
        let Some(template) = template else { continue };
        let fits = template.seats.iter().position(|seat| {
            let skill = seat.skill.as_ref().map(Skill::as_str);
            let asks = match wanted.asks {
                Asks::Nothing => skill.is_none(),
                Asks::Caisse => skill == Some("caisse"),
                Asks::Lead => seat.lead,
            };
            asks && seat.regular.is_none()
        });
        if let Some(position) = fits {
            template.seats[position].regular = Some(wanted.who.id());
            let position = i16::try_from(position).unwrap_or(i16::MAX);
            seats.insert(wanted.who.id(), SeatId::new(shift_id(template.id, on), position));
        }
    }
    seats
}

/// Every shift has its lead, but for one of the cycle: that place is looking for somebody.
fn seat_the_leads(templates: &mut [ShiftTemplate], people: &[Person], dice: &mut Dice) {
    let mut leads: Vec<MemberId> =
        people.iter().filter(|person| person.leads() && !person.in_cast).map(|person| person.id).collect();
    dice.shuffle(&mut leads);
    let mut seats: Vec<&mut Option<MemberId>> = templates
        .iter_mut()
        .flat_map(|template| template.seats.iter_mut().filter(|seat| seat.lead))
        .map(|seat| &mut seat.regular)
        .filter(|regular| regular.is_none())
        .collect();
    // Some lead twice a cycle: far apart, since templates stand in order of week.
    let without = seats.len().saturating_sub(1);
    for (seat, lead) in seats.iter_mut().take(without).zip(leads.iter().cycle()) {
        **seat = Some(*lead);
    }
}

fn seat_the_regulars(templates: &mut [ShiftTemplate], people: &mut [Person], dice: &mut Dice) {
    let mut regulars = people
        .iter_mut()
        .filter(|person| !person.in_cast && !person.leads() && person.rhythm == Rhythm::Regular)
        .collect::<VecDeque<_>>();
    for week in domain::time::CycleWeek::ALL {
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, template) in templates.iter().enumerate().filter(|(_, template)| template.week == week) {
            let free = |seat: &domain::shifts::SeatTemplate| !seat.lead && seat.regular.is_none();
            open.extend(template.seats.iter().enumerate().filter(|(_, seat)| free(seat)).map(|(seat, _)| (at, seat)));
        }
        dice.shuffle(&mut open);
        let held = open.len().saturating_sub(UNHELD_A_WEEK);
        for (template, seat) in open.into_iter().take(held) {
            let Some(person) = regulars.pop_front() else { return };
            let seat = &mut templates[template].seats[seat];
            seat.regular = Some(person.id);
            if let Some(skill) = &seat.skill {
                person.learn(skill.as_str());
            }
        }
    }
    // Whoever found no recurring seat books each cycle.
    for person in regulars {
        person.rhythm = Rhythm::Floating;
    }
}

/// Floating members fill what is free, week by week: nearly all of it in the past, less ahead.
fn book(roster: &mut Roster, people: &[Person], now: Instant, dice: &mut Dice) {
    let mut floating: Vec<&Person> = people
        .iter()
        .filter(|person| person.rhythm == Rhythm::Floating && !person.in_cast && !person.newcomer && !person.leads())
        .collect();
    dice.shuffle(&mut floating);
    let mut queue = VecDeque::from(floating);
    let mut weeks: BTreeMap<NaiveDate, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, shift) in roster.shifts.iter().enumerate() {
        let free = |seat: &Seat| !seat.lead && seat.holder.is_none();
        let free = shift.seats.iter().enumerate().filter(|(_, seat)| free(seat)).map(|(seat, _)| (at, seat));
        weeks.entry(monday_of(shift.on)).or_default().extend(free);
    }
    for mut free in weeks.into_values() {
        dice.shuffle(&mut free);
        // What is over was filled first.
        free.sort_by_key(|(at, _)| roster.shifts[*at].starts_at > now);
        let ahead = free.iter().any(|(at, _)| roster.shifts[*at].starts_at > now);
        let stays_free = if ahead { 11 + dice.below(7) } else { 2 + dice.below(4) };
        let booked = free.len().saturating_sub(stays_free);
        for (at, seat) in free.into_iter().take(booked) {
            let shift = &roster.shifts[at];
            let fits = |person: &&Person| {
                let skill = shift.seats[seat].skill.as_ref();
                person.may_work(shift.on)
                    && skill.is_none_or(|skill| person.skills.contains(skill))
                    && !roster.shifts.iter().any(|other| other.on == shift.on && other.seat_of(person.id).is_some())
            };
            let Some(person) = queue.iter().position(fits).and_then(|at| queue.remove(at)) else {
                continue;
            };
            queue.push_back(person);
            let id = shift.seat_id(seat);
            roster.shifts[at].seats[seat].holder = Some(person.id);
            roster.booked.push((id, person.id));
        }
    }
}
