//! What was done and missed, and what is owed for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::{MemberId, SeatId};
use domain::ledger::{Entry, EntryKind, standing};
use domain::rules::Rules;
use domain::time::{Cycle, Days, Instant, paris_day, plus_days};

use super::dice::Dice;
use super::people::Person;
use super::roster::Roster;

/// `present`, `absent` or `excused`, as the lead noted it.
pub type Presences = Vec<(SeatId, &'static str)>;

pub struct Past {
    pub presences: Presences,
    pub ledger: Vec<(MemberId, Entry)>,
}

pub fn past(roster: &Roster, people: &[Person], rules: &Rules, now: Instant, dice: &mut Dice) -> Past {
    let known: BTreeMap<MemberId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let mut presences = Vec::new();
    let mut entries: BTreeMap<MemberId, Vec<Entry>> = BTreeMap::new();
    for shift in roster.shifts.iter().filter(|shift| shift.ends_at <= now) {
        for (seat, member) in shift.seat_ids().zip(&shift.seats).filter_map(|(id, seat)| Some((id, seat.holder?))) {
            let reliable = known.get(&member).is_some_and(|person| person.in_cast);
            let presence = match dice.below(100) {
                0..4 if !reliable => "absent",
                4..7 if !reliable => "excused",
                _ => "present",
            };
            presences.push((seat, presence));
            entries.entry(member).or_default().extend(match presence {
                "present" => Some(entry(EntryKind::Done, shift.on, 1, "")),
                // Still owed, and nothing more.
                "absent" => Some(entry(EntryKind::Missed, shift.on, 0, "absence non prévenue")),
                _ => None,
            });
        }
    }
    let today = paris_day(now);
    for person in people {
        let own = entries.entry(person.id).or_default();
        own.extend(dues(person, rules, roster.days.from, today));
        settle(own, person, rules, now, dice);
        own.sort_by_key(|entry| entry.on);
    }
    let ledger = entries.into_iter().flat_map(|(id, own)| own.into_iter().map(move |entry| (id, entry))).collect();
    Past { presences, ledger }
}

fn entry(kind: EntryKind, on: NaiveDate, shifts: i16, why: &str) -> Entry {
    Entry { kind, on, shifts, why: why.to_owned() }
}

/// One shift a cycle, from the first whole cycle on; the employee owes none.
fn dues(person: &Person, rules: &Rules, from: NaiveDate, today: NaiveDate) -> Vec<Entry> {
    let running: Days = rules.cycle.around(today);
    let owed = -i16::try_from(rules.due_per_cycle).unwrap_or(1);
    let mut dues = Vec::new();
    let mut first = from;
    while first <= running.to {
        let welcome = person.joined_on > first && first != running.from;
        if !person.employee && !welcome {
            dues.push(entry(EntryKind::CycleDue, first, owed, ""));
        }
        first = plus_days(first, Cycle::DAYS);
    }
    dues
}

/// What happened before the demo's past, in one line: most people are up to date.
fn settle(own: &mut Vec<Entry>, person: &Person, rules: &Rules, now: Instant, dice: &mut Dice) {
    let wanted = match dice.below(100) {
        0..10 => 1,
        10..13 => 2,
        _ => 0,
    };
    let wanted = if person.in_cast || person.newcomer || person.employee { 0 } else { wanted };
    let overdue = i16::try_from(standing(own, rules, now).overdue).unwrap_or(0);
    let first = own.iter().map(|entry| entry.on).min();
    if let Some(on) = first.filter(|_| overdue > wanted) {
        own.push(entry(EntryKind::Correction, on, overdue - wanted, "vacations reprises du cahier"));
    } else if let Some(on) = first.filter(|_| overdue < wanted) {
        own.retain(|entry| entry.kind != EntryKind::Correction);
        let ahead = i16::try_from(surplus(own, rules, now)).unwrap_or(0);
        own.push(entry(EntryKind::Correction, on, -(wanted + ahead - overdue), "vacations dues, reprises du cahier"));
    }
}

/// Shifts done beyond what was due before the running cycle.
fn surplus(own: &[Entry], rules: &Rules, now: Instant) -> i32 {
    let running = rules.cycle.around(paris_day(now));
    let due_now = |entry: &&Entry| entry.kind == EntryKind::CycleDue && running.contains(entry.on);
    let done: i32 = own.iter().filter(|entry| !due_now(entry)).map(|entry| i32::from(entry.shifts)).sum();
    done.max(0)
}
