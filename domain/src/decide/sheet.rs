//! What is said on a day sheet, by whom, and until when.

use chrono::Duration;

use super::{Decided, Effects, short_note, sure};
use crate::board::{Board, when};
use crate::command::Command;
use crate::effect::{Effect, How};
use crate::eligibility::{Missing, is_apt, overlaps};
use crate::id::{MemberId, SeatId, ShiftId};
use crate::ledger::{Entry, lead_may_owe};
use crate::outcome::Done;
use crate::reason::Reason;
use crate::sheet::{
    Change, Closed, DaySheet, Delivery, Incident, Marked, Note, Noted, Presence, Reading, Received, Report, Said, WalkIn, Window,
    difference, entered, may_keep, tally,
};
use crate::shifts::{Shift, ShiftState};
use crate::time::{Instant, paris_day};

/// A seat is given to somebody who is there: from so long before the start. Minutes.
const THERE_MIN: i64 = 30;
/// No fridge is colder or warmer, in tenths of a degree.
const COLDEST: i16 = -500;
const WARMEST: i16 = 500;
/// The longest name of a guest, in characters.
const NAME_CAP: usize = 60;

/// What the act looks at, once it is allowed to.
struct Kept<'a> {
    board: &'a Board,
    shift: &'a Shift,
    sheet: &'a DaySheet,
    actor: MemberId,
    now: Instant,
}

/// Decides what `command` says on the sheet of `shift`.
pub(super) fn on_sheet(board: &Board, command: &Command, shift: ShiftId, actor: MemberId, now: Instant) -> Decided {
    let kept = kept(board, shift, actor, now)?;
    match command {
        Command::MarkPresence { member, presence, replaced_by, owed, .. } => {
            kept.mark(*member, Noted { presence: *presence, owed: *owed }, *replaced_by)
        }
        Command::AddWalkIn { walk_in, member, name, .. } => {
            let name = kept.guest(*member, name)?;
            if kept.sheet.walk_ins.iter().any(|known| known.member.is_some() && known.member == *member) {
                return sure(Vec::new());
            }
            kept.says(Change::WalkedIn(WalkIn { id: *walk_in, member: *member, name, said: kept.said(None) }))
        }
        Command::RemoveWalkIn { walk_in, .. } => kept.says(Change::WalkInRemoved { walk_in: *walk_in, said: kept.said(None) }),
        Command::GiveSeatTo { seat, member } => kept.give_seat(*seat, *member),
        Command::TickItem { item, done, at, .. } => {
            kept.sheet.item(*item).ok_or(Reason::UnknownItem)?;
            kept.says(Change::Ticked { item: *item, done: *done, said: kept.said(*at) })
        }
        Command::RecordReading { reading, fridge, tenths, note, at, .. } => {
            if !kept.sheet.fridges.iter().any(|known| known.id == *fridge) {
                return Err(Reason::UnknownItem);
            }
            if !(COLDEST..=WARMEST).contains(tenths) {
                return Err(Reason::BadReading);
            }
            let note = short_note(note)?;
            kept.says(Change::Read(Reading { id: *reading, fridge: *fridge, tenths: *tenths, note, said: kept.said(*at) }))
        }
        Command::LeaveNote { note, text, open, .. } => {
            let text = short_note(text)?;
            if text.is_empty() {
                return Err(Reason::NothingSaid);
            }
            kept.says(Change::Noted(Note { id: *note, text, open: *open, said: kept.said(None), seen: None }))
        }
        Command::AcknowledgeNote { note, .. } => {
            let known = kept.sheet.handed_over.iter().find(|known| known.id == *note).ok_or(Reason::UnknownItem)?;
            match known.seen {
                Some(_) => sure(Vec::new()),
                None => kept.says(Change::NoteSeen { note: *note, said: kept.said(None) }),
            }
        }
        Command::ReportShop { what, note, .. } => {
            kept.says(Change::Reported(Report { what: *what, note: short_note(note)?, said: kept.said(None) }))
        }
        Command::ReceiveDelivery { delivery, state, remarks, photo, .. } => {
            kept.sheet.deliveries.iter().find(|known| known.id == *delivery).ok_or(Reason::UnknownItem)?;
            let received = Received { state: *state, remarks: short_note(remarks)?, photo: None, said: kept.said(None) };
            kept.says(Change::Received { delivery: *delivery, received, photo: *photo })
        }
        Command::AddDelivery { delivery, supplier, what, .. } => {
            let (supplier, what) = (short_note(supplier)?, short_note(what)?);
            if supplier.is_empty() {
                return Err(Reason::NothingSaid);
            }
            let added = Some(kept.said(None));
            kept.says(Change::DeliveryAdded(Delivery { id: *delivery, supplier, what, added, last: None }))
        }
        Command::ReportIncident { incident, what, text, .. } => {
            let text = short_note(text)?;
            if text.is_empty() {
                return Err(Reason::NothingSaid);
            }
            kept.says(Change::Happened(Incident { id: *incident, what: *what, text, said: kept.said(None) }))
        }
        Command::CloseSheet { .. } => close_sheet(&kept, Some(actor)),
        _ => Err(Reason::NotUnderstood),
    }
}

/// What closes by itself, since nobody closed it: whoever was not marked came.
pub fn close_unclosed(board: &Board, shift: ShiftId, now: Instant) -> Vec<Effect> {
    let (Some(shift), Some(sheet)) = (board.shifts.get(&shift), board.sheets.get(&shift)) else { return Vec::new() };
    if now < crate::sheet::closes_at(shift) || !shift.is_planned() {
        return Vec::new();
    }
    let kept = Kept { board, shift, sheet, actor: MemberId(uuid::Uuid::nil()), now };
    close_sheet(&kept, None).map(|(effects, _)| effects.list).unwrap_or_default()
}

/// Two who close the same sheet close it once.
fn close_sheet(kept: &Kept<'_>, by: Option<MemberId>) -> Decided {
    if kept.now < kept.shift.starts_at {
        return Err(Reason::SheetTooEarly { from: kept.shift.starts_at });
    }
    if kept.sheet.closed.is_some() {
        return sure(Vec::new());
    }
    kept.says(Change::Closed(Closed { by, at: kept.now }))
}

fn kept<'a>(board: &'a Board, shift: ShiftId, actor: MemberId, now: Instant) -> Result<Kept<'a>, Reason> {
    let shift = board.shifts.get(&shift).ok_or(Reason::UnknownShift)?;
    let sheet = board.sheets.get(&shift.id).ok_or(Reason::NotAllowed)?;
    if !may_keep(shift, sheet, actor, board.office) {
        return Err(Reason::NotAllowed);
    }
    if let ShiftState::Closed { why, .. } = &shift.state {
        return Err(Reason::ShiftClosed { when: when(shift), why: why.clone() });
    }
    let window = Window::of(shift);
    if now < window.from {
        return Err(Reason::SheetTooEarly { from: window.from });
    }
    if now >= window.until && !board.office {
        return Err(Reason::SheetOver { until: window.until });
    }
    Ok(Kept { board, shift, sheet, actor, now })
}

impl Kept<'_> {
    /// The actor, and when: never later than now, nor before the sheet was open.
    fn said(&self, at: Option<Instant>) -> Said {
        let at = at.filter(|at| (Window::of(self.shift).from..=self.now).contains(at));
        Said { by: self.actor, at: at.unwrap_or(self.now) }
    }

    /// The change, and what it counts where the sheet is closed.
    fn says(&self, change: Change) -> Decided {
        let mut after = self.sheet.clone();
        after.apply(&change);
        let counts = self.counts((self.shift, &after));
        let mut list = vec![Effect::SheetChanged { shift: self.shift.id, change }];
        list.extend(counts);
        sure(list)
    }

    /// What is entered when the shift and its sheet become these.
    fn counts(&self, (shift, sheet): (&Shift, &DaySheet)) -> impl Iterator<Item = Effect> {
        let (before, after) = (tally(self.shift, self.sheet), tally(shift, sheet));
        let policy = self.board.rules.policy_on(shift.on);
        let entries = match self.sheet.closed {
            None => entered(&policy, shift, &after),
            Some(_) => difference(&policy, shift, (&before, &after), paris_day(self.now)),
        };
        entries.into_iter().map(|(member, entry): (MemberId, Entry)| Effect::Counted { member, entry })
    }

    fn mark(&self, member: MemberId, noted: Noted, replaced_by: Option<MemberId>) -> Decided {
        if self.shift.seat_of(member).is_none() {
            return Err(Reason::NotOnSheet { who: self.board.who(member) });
        }
        let Noted { presence, owed } = noted;
        // Only an absence leaves something owing, and the lead not less than the policy lets them.
        let owed = owed.filter(|_| presence == Presence::Absent);
        if let Some(owed) = owed
            && !self.may_owe(owed)
        {
            return Err(Reason::NotAllowed);
        }
        let replaced_by = match (presence, replaced_by) {
            (Presence::Replaced, None) => return Err(Reason::NobodyNamed),
            (Presence::Replaced, Some(instead)) if self.shift.seat_of(instead).is_some() => {
                return Err(Reason::OtherCannot { who: self.board.who(instead) });
            }
            (Presence::Replaced, Some(instead)) if !self.board.people.contains_key(&instead) => {
                return Err(Reason::UnknownMember);
            }
            (Presence::Replaced, instead) => instead,
            _ => None,
        };
        self.says(Change::Marked(Marked { member, presence, replaced_by, owed, said: self.said(None) }))
    }

    fn may_owe(&self, owed: u8) -> bool {
        let policy = self.board.rules.policy_on(self.shift.on);
        let full = policy.owed_on(self.shift.on);
        self.board.office && owed <= full.max(1) || lead_may_owe(&policy, self.shift.on).contains(&owed)
    }

    /// The name that is kept of somebody without a seat: none of a member.
    fn guest(&self, member: Option<MemberId>, name: &str) -> Result<String, Reason> {
        let name = name.trim();
        match member {
            Some(member) if self.shift.seat_of(member).is_some() => Err(Reason::AlreadyOnShift { when: when(self.shift) }),
            Some(member) if !self.board.people.contains_key(&member) => Err(Reason::UnknownMember),
            Some(_) => Ok(String::new()),
            None if name.is_empty() => Err(Reason::NobodyNamed),
            None if name.chars().count() > NAME_CAP => Err(Reason::NoteTooLong { cap: 60 }),
            None => Ok(name.to_owned()),
        }
    }

    fn give_seat(&self, seat: SeatId, member: MemberId) -> Decided {
        let from = self.shift.starts_at - Duration::minutes(THERE_MIN);
        if self.now < from {
            return Err(Reason::SheetTooEarly { from });
        }
        let place = self.shift.seat(seat).ok_or(Reason::UnknownSeat)?;
        if let Some(holder) = place.holder {
            return Err(Reason::SeatHeld { by: self.board.who(holder), offered: false });
        }
        if self.shift.seat_of(member).is_some() {
            return Err(Reason::AlreadyOnShift { when: when(self.shift) });
        }
        if !self.board.people.contains_key(&member) {
            return Err(Reason::UnknownMember);
        }
        let elsewhere = self.board.held_by(member).into_iter().any(|other| overlaps(self.board, self.shift, other));
        let apt = self.board.aptitude(member).map(|aptitude| is_apt(aptitude, self.shift, place));
        if elsewhere || matches!(apt, Some(Err(_))) {
            return Err(Reason::OtherCannot { who: self.board.who(member) });
        }
        let mut with = self.shift.clone();
        if let Some(seat) = with.seat_mut(seat) {
            seat.holder = Some(member);
        }
        let mut list = vec![Effect::SeatMoved { seat, from: None, to: Some(member), how: How::OnTheSpot }];
        list.extend(self.counts((&with, self.sheet)));
        let missing = if apt.is_none() { vec![Missing::AptitudeOf(member)] } else { Vec::new() };
        Ok((Effects { list, done: Done::default() }, missing))
    }
}
