//! What was done and missed, and what is owed for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::{MemberId, SeatId};
use domain::ledger::{
    Credit, DutyFacts, Entry, EntryKind, Leave, LeaveKind, Noted, Policies, Policy, Pot, Presence, Version, due_entries,
    entries_for_presence, key_on, standing,
};
use domain::rules::Rules;
use domain::time::{Days, Instant, minus_days, paris_day};

use super::cast::THEO;
use super::dice::Dice;
use super::people::Person;
use super::roster::Roster;

/// `present`, `absent` or `excused`, as the lead noted it.
pub type Presences = Vec<(SeatId, &'static str)>;

pub struct Past {
    pub presences: Presences,
    pub ledger: Vec<(MemberId, Entry)>,
    /// What is asked of members since the demo's past began.
    pub asked: Version,
}

pub fn past(roster: &Roster, people: &[Person], rules: &Rules, now: Instant, dice: &mut Dice) -> Past {
    let pot = Pot { open: true, ..Pot::default() };
    let asked = Version { valid_from: roster.days.from, policy: Policy { pot, ..Policy::default() } };
    let rules = &Rules { policies: Policies::new(vec![asked.clone()]), ..rules.clone() };
    let known: BTreeMap<MemberId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let mut presences = Vec::new();
    let mut entries: BTreeMap<MemberId, Vec<Entry>> = BTreeMap::new();
    for shift in roster.shifts.iter().filter(|shift| shift.ends_at <= now) {
        for (seat, member) in shift.seat_ids().zip(&shift.seats).filter_map(|(id, seat)| Some((id, seat.holder?))) {
            let reliable = known.get(&member).is_some_and(|person| person.in_cast);
            let (noted, presence, why) = match dice.below(100) {
                0..4 if !reliable => ("absent", Presence::Absent, "absence non prévenue"),
                4..7 if !reliable => ("excused", Presence::Excused, "absence prévenue"),
                _ => ("present", Presence::Present, ""),
            };
            presences.push((seat, noted));
            let counted = entries_for_presence(&asked.policy, shift, Noted::from(presence));
            entries
                .entry(member)
                .or_default()
                .extend(counted.into_iter().map(|entry| entry.because(why).keyed(key_on(shift, member))));
        }
    }
    let today = paris_day(now);
    for person in people {
        let own = entries.entry(person.id).or_default();
        own.extend(dues(person, rules, Days { from: roster.days.from, to: today }));
        settle(own, person, rules, now, dice);
        if person.id == THEO.id() {
            own.extend(shared(minus_days(today, 10)));
        }
        own.sort_by_key(|entry| entry.on);
    }
    let ledger = entries.into_iter().flat_map(|(id, own)| own.into_iter().map(move |entry| (id, entry))).collect();
    Past { presences, ledger, asked }
}

/// One shift a cycle, as the night's work would have written it; the employee owes none, and whoever
/// has just joined begins with the running one.
fn dues(person: &Person, rules: &Rules, days: Days) -> Vec<Entry> {
    if person.employee {
        return Vec::new();
    }
    let leaves = person.leaves.iter().map(|days| Leave { days: *days, kind: LeaveKind::Pause });
    let running = rules.cycle.around(days.to);
    let joined_on =
        if person.joined_on <= days.to && running.contains(person.joined_on) { running.from } else { person.joined_on };
    due_entries(&DutyFacts { leaves: leaves.collect(), ..DutyFacts::since(joined_on) }, rules, days)
}

/// Théo's summer inventory, given to the pot.
fn shared(on: NaiveDate) -> [Entry; 2] {
    [
        Entry::new(EntryKind::Advance, on, Credit::SHIFT).because("inventaire"),
        Entry::new(EntryKind::SolidarityGift, on, -Credit::SHIFT),
    ]
}

/// What happened before the demo's past, in one line: most people are up to date.
fn settle(own: &mut Vec<Entry>, person: &Person, rules: &Rules, now: Instant, dice: &mut Dice) {
    let wanted = match dice.below(100) {
        0..10 => 1,
        10..13 => 2,
        _ => 0,
    };
    let wanted = if person.in_cast || person.newcomer || person.employee { 0 } else { wanted };
    let wanted = Credit::shifts(wanted);
    let overdue = standing(own, rules, now).exact.overdue;
    let Some(on) = own.iter().map(|entry| entry.on).min() else { return };
    if overdue > wanted {
        let taken_over = Entry::new(EntryKind::Correction, on, overdue - wanted);
        own.push(taken_over.because("vacations reprises du cahier"));
    } else if overdue < wanted {
        let owed = wanted + surplus(own, rules, paris_day(now)) - overdue;
        own.push(Entry::new(EntryKind::Correction, on, -owed).because("vacations dues, reprises du cahier"));
    }
}

/// Shifts done beyond what was due before the running cycle.
fn surplus(own: &[Entry], rules: &Rules, today: NaiveDate) -> Credit {
    let running = rules.cycle.around(today);
    let due_now = |entry: &&Entry| entry.kind.is_duty() && running.contains(entry.on);
    own.iter().filter(|entry| !due_now(entry)).map(|entry| entry.credit).sum::<Credit>().above()
}
