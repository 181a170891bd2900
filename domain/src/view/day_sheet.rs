//! The day sheet of a shift, for whoever keeps it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Seen;
use super::seats::{ShiftCard, shift_card};
use crate::id::{MemberId, ShiftId};
use crate::ledger::lead_may_owe;
use crate::members::ShortName;
use crate::sheet::{DaySheet, Window};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySheetView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub card: ShiftCard,
    /// None for whoever does not keep it, or not now.
    pub sheet: Option<DaySheet>,
    /// Everybody whom the sheet names and who has no seat.
    pub names: BTreeMap<MemberId, ShortName>,
    /// The shift has begun: the sheet may be closed.
    pub begun: bool,
    pub may_call: bool,
    /// What an absence may be left owing, where the policy lets the lead choose: one or two.
    #[serde(default)]
    pub owes: Vec<u8>,
}

impl DaySheetView {
    pub fn name_of(&self, member: MemberId) -> ShortName {
        let seated = self.card.seats.iter().filter_map(|seat| seat.holder.as_ref()).find(|holder| holder.id == member);
        seated
            .map(|holder| holder.name.clone())
            .or_else(|| self.names.get(&member).cloned())
            .unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
    }
}

pub fn day_sheet(seen: Seen<'_>, id: ShiftId) -> Option<DaySheetView> {
    let shift = seen.calendar.shift(id)?;
    let window = Window::of(shift);
    let mut sheet = seen.me.sheets.iter().find(|sheet| sheet.shift == id && window.is_open(seen.now)).cloned();
    // A snapshot without a network grows old.
    if let Some(sheet) = sheet.as_mut().filter(|_| seen.now >= window.day_ends) {
        sheet.alarm = None;
    }
    Some(DaySheetView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        card: shift_card(seen, shift),
        names: sheet.iter().flat_map(named).map(|member| (member, seen.calendar.name(member))).collect(),
        sheet,
        begun: seen.now >= shift.starts_at,
        may_call: super::shift::may_call(seen, id),
        owes: lead_may_owe(&seen.calendar.rules.policy_on(shift.on), shift.on),
    })
}

/// The sheet that I keep as one of its team and that is not closed, the first to come.
pub fn mine_to_keep(seen: Seen<'_>) -> Option<ShiftId> {
    let of_my_team = |id: ShiftId| seen.calendar.shift(id).is_some_and(|shift| shift.seat_of(seen.me.id()).is_some());
    seen.me.sheets.iter().find(|sheet| sheet.closed.is_none() && of_my_team(sheet.shift)).map(|sheet| sheet.shift)
}

fn named(sheet: &DaySheet) -> BTreeSet<MemberId> {
    let mut named: BTreeSet<MemberId> = BTreeSet::new();
    named.extend(sheet.presences.iter().filter_map(|marked| marked.replaced_by));
    named.extend(sheet.walk_ins.iter().filter_map(|walk_in| walk_in.member));
    named.extend(sheet.keys.iter().map(|key| key.holder));
    let items = sheet.checklists.iter().flat_map(|list| &list.items).filter_map(|item| item.done);
    let readings = sheet.fridges.iter().filter_map(|fridge| Some(fridge.last.as_ref()?.said));
    let notes = sheet.notes.iter().chain(&sheet.handed_over).flat_map(|note| note.seen.into_iter().chain([note.said]));
    let reports = sheet.reports.iter().map(|report| report.said);
    let deliveries = sheet
        .deliveries
        .iter()
        .flat_map(|delivery| delivery.added.into_iter().chain(delivery.last.as_ref().map(|received| received.said)));
    let incidents = sheet.incidents.iter().map(|incident| incident.said);
    named.extend(items.chain(readings).chain(notes).chain(reports).map(|said| said.by));
    named.extend(deliveries.chain(incidents).map(|said| said.by));
    named.extend(sheet.closed.and_then(|closed| closed.by));
    named
}
