//! What a day sheet counts for whom.

use std::collections::BTreeMap;

use super::{DaySheet, Presence};
use crate::id::MemberId;
use crate::ledger::{Entry, EntryKind};
use crate::shifts::Shift;

/// What one person's presence enters into their ledger.
pub fn entries_for_presence(shift: &Shift, presence: Presence) -> Vec<Entry> {
    let entry = |kind, shifts, why: &str| vec![Entry { kind, on: shift.on, shifts, why: why.to_owned() }];
    match presence {
        Presence::Present | Presence::Late => entry(EntryKind::Done, 1, ""),
        // Still owed, and nothing more.
        Presence::Absent => entry(EntryKind::Missed, 0, "absence"),
        Presence::Excused | Presence::Replaced => Vec::new(),
    }
}

/// Who counts, and as what; nobody before the sheet is closed. Each person once: on a seat, else in
/// somebody's place, else as one who came without a seat.
pub fn tally(shift: &Shift, sheet: &DaySheet) -> BTreeMap<MemberId, Presence> {
    let mut tally = BTreeMap::new();
    if sheet.closed.is_none() {
        return tally;
    }
    for holder in shift.holders() {
        tally.insert(holder, sheet.presence_of(holder));
    }
    let instead = sheet.presences.iter().filter(|marked| tally.contains_key(&marked.member));
    let instead: Vec<MemberId> = instead.filter_map(|marked| marked.replaced_by).collect();
    for member in instead.into_iter().chain(sheet.walk_ins.iter().filter_map(|walk_in| walk_in.member)) {
        tally.entry(member).or_default();
    }
    tally
}

/// What is entered when `before` becomes `after`: what counts anew, and for whoever counted as
/// something else, first what undoes it. What was entered stays.
pub fn difference(
    shift: &Shift,
    before: &BTreeMap<MemberId, Presence>,
    after: &BTreeMap<MemberId, Presence>,
) -> Vec<(MemberId, Entry)> {
    let mut list = Vec::new();
    for member in crate::order::set(before.keys().chain(after.keys()).copied()) {
        let (was, is) = (before.get(&member), after.get(&member));
        if was == is {
            continue;
        }
        let entered = was.map(|was| entries_for_presence(shift, *was)).unwrap_or_default();
        let undone: i16 = entered.iter().map(|entry| entry.shifts).sum();
        if undone != 0 {
            let why = "présence corrigée".to_owned();
            list.push((member, Entry { kind: EntryKind::Correction, on: shift.on, shifts: -undone, why }));
        }
        let entries = is.map(|is| entries_for_presence(shift, *is)).unwrap_or_default();
        list.extend(entries.into_iter().map(|entry| (member, entry)));
    }
    list
}
