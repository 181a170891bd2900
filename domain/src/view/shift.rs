//! One shift: the team, the tasks, what I can do.

use serde::{Deserialize, Serialize};

use super::Seen;
use super::choices::{AbsenceChoices, SeatChoice, TakeChoices, WishChoice, absence, moves, take, wishes};
use super::seats::{Holder, ShiftCard, shift_card};
use crate::calendar::PublicKind;
use crate::command::Command;
use crate::decide::{Decision, decide};
use crate::id::{SeatId, ShiftId};
use crate::me::board;
use crate::members::ShortName;
use crate::time::{CycleWeek, Instant, minus_days};

/// Which sheet is open over the shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// « Je ne peux pas venir »
    Absence,
    Exchange,
    Give,
    Move,
    Invite,
    Warn,
    /// « Appeler du renfort »
    Call,
    Take {
        position: i16,
    },
    /// « Lui proposer un échange »
    Propose {
        position: i16,
    },
}

/// What the open sheet shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetView {
    Absence(AbsenceChoices),
    Exchange { choices: AbsenceChoices, wishes: Vec<WishChoice> },
    Give { choices: AbsenceChoices, people: Vec<Holder> },
    Move { choices: AbsenceChoices, seats: Vec<SeatChoice> },
    Invite { choices: AbsenceChoices },
    Warn { choices: AbsenceChoices },
    Call,
    Take(TakeChoices),
    Propose { theirs: SeatId, with: Holder, mine: Vec<ShiftCard> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub card: ShiftCard,
    pub cycle_week: CycleWeek,
    pub tasks: Vec<String>,
    pub minimum: u8,
    /// I may close it.
    pub office: bool,
    /// I may call whoever can come, now.
    #[serde(default)]
    pub may_call: bool,
    /// « Liste d'attente », where there is one for me.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    /// I keep its day sheet, now.
    #[serde(default)]
    pub day_sheet: bool,
    pub sheet: Option<SheetView>,
}

/// The waiting list of a shift, as it is to me.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// It is full, and I could wait.
    Open,
    /// I wait; my place from 1, once the server has said it.
    Waiting { place: Option<u16> },
    /// It is my turn: this seat is kept for me until then.
    Turn { seat: SeatId, until: Instant },
}

pub fn shift(seen: Seen<'_>, id: ShiftId, sheet: Option<Sheet>) -> Option<ShiftView> {
    let found = seen.calendar.shift(id)?;
    let template = seen.calendar.template(found.template);
    Some(ShiftView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        card: shift_card(seen, found),
        cycle_week: seen.calendar.rules.cycle.week_of(found.on),
        tasks: template.map(|template| template.tasks.clone()).unwrap_or_default(),
        minimum: found.minimum,
        office: seen.me.rights.office,
        may_call: may_call(seen, id),
        line: line(seen, id),
        day_sheet: seen.me.sheets.iter().any(|sheet| sheet.shift == id),
        // What has begun is no longer given, taken or exchanged: an old address opens the page alone.
        sheet: sheet
            .filter(|sheet| *sheet == Sheet::Call || found.starts_at >= seen.now)
            .and_then(|sheet| sheet_view(seen, id, sheet)),
    })
}

/// Asked only of whoever could be allowed to: the facts of a decision are not for nothing.
pub(super) fn may_call(seen: Seen<'_>, id: ShiftId) -> bool {
    let leads = seen.calendar.shift(id).is_some_and(|shift| shift.lead() == Some(seen.me.id()));
    let call = Command::CallForHelp { shift: id, note: String::new() };
    (leads || seen.me.rights.office)
        && matches!(decide(&board(seen.calendar, seen.me), &call, seen.me.id(), seen.now), Decision::Yes(_))
}

fn line(seen: Seen<'_>, id: ShiftId) -> Option<Line> {
    let shift = seen.calendar.shift(id).filter(|shift| shift.is_planned() && shift.starts_at >= seen.now)?;
    if let Some(kept) = seen.me.kept.iter().find(|kept| kept.seat.shift == id && seen.now <= kept.until) {
        return Some(Line::Turn { seat: kept.seat, until: kept.until });
    }
    if let Some(waiting) = seen.me.waiting.iter().find(|waiting| waiting.shift == id) {
        return Some(Line::Waiting { place: Some(waiting.place).filter(|place| *place > 0) });
    }
    // What is free, or given away, is taken and not waited for: the facts of a decision are asked for last.
    let full =
        shift.seat_ids().all(|seat| shift.seat(seat).is_some_and(|known| known.holder.is_some()) || seen.is_kept_for_other(seat));
    let given = seen.calendar.offers.iter().any(|offer| offer.seat.shift == id && offer.kind == PublicKind::Give);
    let join = Command::JoinWaitingList { shift: id };
    (full && !given && shift.seat_of(seen.me.id()).is_none())
        .then(|| decide(&board(seen.calendar, seen.me), &join, seen.me.id(), seen.now).reason().is_none())?
        .then_some(Line::Open)
}

fn sheet_view(seen: Seen<'_>, id: ShiftId, sheet: Sheet) -> Option<SheetView> {
    let choices = || absence(seen, id);
    Some(match sheet {
        Sheet::Absence => SheetView::Absence(choices()?),
        Sheet::Exchange => {
            let choices = choices()?;
            SheetView::Exchange { wishes: wishes(seen, choices.seat), choices }
        }
        Sheet::Give => SheetView::Give { choices: choices()?, people: co_workers(seen) },
        Sheet::Move => {
            let choices = choices()?;
            SheetView::Move { seats: moves(seen, choices.seat), choices }
        }
        Sheet::Invite => SheetView::Invite { choices: choices()? },
        Sheet::Warn => SheetView::Warn { choices: choices()? },
        Sheet::Call => may_call(seen, id).then_some(SheetView::Call)?,
        Sheet::Take { position } => SheetView::Take(take(seen, SeatId::new(id, position))?),
        Sheet::Propose { position } => {
            let theirs = SeatId::new(id, position);
            let with = seen.calendar.shift(id)?.seat(theirs)?.holder.filter(|with| *with != seen.me.id())?;
            SheetView::Propose {
                theirs,
                with: Holder { id: with, name: seen.calendar.name(with) },
                mine: super::mine::coming(seen).into_iter().filter(|card| card.id != id && !card.past).collect(),
            }
        }
    })
}

/// People I have worked with or could: those of the last and next four weeks, by name.
fn co_workers(seen: Seen<'_>) -> Vec<Holder> {
    let me = seen.me.id();
    let since = minus_days(crate::time::paris_day(seen.now), 56);
    let mut people: Vec<Holder> = seen
        .calendar
        .people
        .iter()
        .filter(|(id, _)| **id != me)
        .filter(|(id, _)| seen.calendar.shifts.iter().any(|shift| shift.on >= since && shift.seat_of(**id).is_some()))
        .map(|(id, name)| Holder { id: *id, name: name.clone() })
        .collect();
    crate::order::by(&mut people, |a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    people
}
