//! What a day sheet counts for whom.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{DaySheet, Noted};
use crate::id::MemberId;
use crate::ledger::{Entry, Policy, entries_for_changed_presence, entries_for_presence, key_on};
use crate::shifts::Shift;

/// Who counts, and as what.
pub type Tally = BTreeMap<MemberId, Noted>;

/// Nobody counts before the sheet is closed. Each person once: on a seat, else in somebody's place,
/// else as one who came without a seat.
pub fn tally(shift: &Shift, sheet: &DaySheet) -> Tally {
    let mut tally = Tally::new();
    if sheet.closed.is_none() {
        return tally;
    }
    for holder in shift.holders() {
        tally.insert(holder, sheet.noted_of(holder));
    }
    let instead = sheet.presences.iter().filter(|marked| tally.contains_key(&marked.member));
    let instead: Vec<MemberId> = instead.filter_map(|marked| marked.replaced_by).collect();
    for member in instead.into_iter().chain(sheet.walk_ins.iter().filter_map(|walk_in| walk_in.member)) {
        tally.entry(member).or_default();
    }
    tally
}

/// What is entered when a sheet closes: once, whoever closes it.
pub fn entered(policy: &Policy, shift: &Shift, tally: &Tally) -> Vec<(MemberId, Entry)> {
    let of = |(member, noted): (&MemberId, &Noted)| {
        let (member, key) = (*member, key_on(shift, *member));
        entries_for_presence(policy, shift, *noted).into_iter().map(move |entry| (member, entry.keyed(key.clone())))
    };
    tally.iter().flat_map(of).collect()
}

/// What is entered on a day `on` when a closed sheet's `before` becomes `after`: what counts anew,
/// and for whoever counted as something else, the difference. What was entered stays.
pub fn difference(policy: &Policy, shift: &Shift, (before, after): (&Tally, &Tally), on: NaiveDate) -> Vec<(MemberId, Entry)> {
    let mut list = Vec::new();
    for member in crate::order::set(before.keys().chain(after.keys()).copied()) {
        let entries = match (before.get(&member), after.get(&member)) {
            (None, is) => is.map(|is| entries_for_presence(policy, shift, *is)).unwrap_or_default(),
            (Some(was), is) => entries_for_changed_presence(policy, shift, (*was, is.copied()), on, "présence corrigée"),
        };
        list.extend(entries.into_iter().map(|entry| (member, entry)));
    }
    list
}
