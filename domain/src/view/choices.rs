//! « Je ne peux pas venir » and « Prendre »: every choice says its effect before the tap.

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::board::{Board, when};
use crate::command::Command;
use crate::decide::{Decision, decide, exchange_deadline};
use crate::id::{SeatId, ShiftId};
use crate::ledger::{Change, CountsAs, DutyFacts, Leave, LeaveKind, Ledger, Noted, Presence, Simulation, simulate};
use crate::me::board;
use crate::reason::{Reason, When};
use crate::shifts::Shift;
use crate::time::{Days, Instant, paris_day};

/// What an act does to what I owe, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// Nothing changes: « rien à rattraper ».
    Nothing,
    /// « Il te restera 1 vacation à faire avant le 20 déc. »
    LeftToDo { shifts: u16, cycle: Days },
    /// « Compte comme rattrapage »
    MakesUp { overdue: u16 },
    /// « Compte comme vacation du cycle »
    CycleDuty { cycle: Days },
    /// « Compte comme avance »
    Ahead { shifts: u16 },
}

/// A way that may or may not be open now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Until when it is, or was, possible.
    pub until: Instant,
    /// Why it is not possible.
    pub why_not: Option<Reason>,
}

/// What « Je ne peux pas venir » opens for my seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceChoices {
    pub seat: SeatId,
    pub when: When,
    pub exchange: Way,
    pub give: Way,
    pub invite: Way,
    pub r#move: Way,
    /// Under the cutoff only: « prévenir l'équipe ».
    pub warn: bool,
    /// What giving the seat does to what I owe.
    pub if_given: Bearing,
    /// What it does if nobody takes it and I do not come.
    pub if_missed: Bearing,
    /// The offer that is already open on it.
    pub offered: Option<OpenOffer>,
}

/// My open offer on the seat: what can be withdrawn, or ticked anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOffer {
    pub id: crate::id::OfferId,
    pub kind: crate::swaps::OfferKind,
    pub since: Instant,
}

impl OpenOffer {
    pub fn is_exchange(&self) -> bool {
        matches!(self.kind, crate::swaps::OfferKind::Exchange { .. })
    }
}

pub fn absence(seen: Seen<'_>, shift: ShiftId) -> Option<AbsenceChoices> {
    let facts = board(seen.calendar, seen.me);
    let shift = seen.calendar.shift(shift)?;
    let seat = shift.seat_of(seen.me.id())?;
    let exchange_until = exchange_deadline(&facts, [shift.starts_at])?;
    let move_until = shift.starts_at - chrono::Duration::hours(i64::from(facts.rules.move_notice_h));
    let way = |until: Instant| Way { until, why_not: (seen.now > until).then_some(Reason::TooLate { deadline: until }) };
    let mut r#move = way(move_until);
    if r#move.why_not.is_none() {
        r#move.why_not = cannot_leave(&facts, shift, seen);
    }
    Some(AbsenceChoices {
        seat,
        when: when(shift),
        exchange: way(exchange_until),
        give: way(shift.starts_at),
        invite: way(shift.starts_at),
        r#move,
        warn: seen.now > exchange_until && seen.now <= shift.ends_at,
        if_given: if_given(seen, shift),
        if_missed: if_missed(seen, shift),
        offered: seen.me.offers.iter().find(|offer| offer.seat == seat && offer.is_open()).map(|offer| OpenOffer {
            id: offer.id,
            kind: offer.kind.clone(),
            since: offer.created_at,
        }),
    })
}

/// Why the team cannot do without me, whatever the seat I would go to.
fn cannot_leave(facts: &Board, shift: &Shift, seen: Seen<'_>) -> Option<Reason> {
    let me = seen.me.id();
    if shift.lead() == Some(me) {
        return Some(Reason::LeadNeeded { when: when(shift) });
    }
    let left = u8::try_from(shift.holders().filter(|holder| *holder != me).count()).unwrap_or(u8::MAX);
    let minimum = shift.minimum;
    let _ = facts;
    (left < minimum).then(|| Reason::TeamTooSmall { when: when(shift), left, minimum })
}

/// A seat to which I could move, or that I could take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatChoice {
    pub seat: SeatId,
    pub when: When,
    pub free: usize,
    pub lead: bool,
    pub skill: Option<String>,
    /// What taking it, or going there, does to what I owe.
    pub bearing: Bearing,
}

/// The empty seats elsewhere to which the rules let me move, soonest first, one per shift.
pub fn moves(seen: Seen<'_>, from: SeatId) -> Vec<SeatChoice> {
    let facts = board(seen.calendar, seen.me);
    let Some(own) = seen.calendar.shift(from.shift) else { return Vec::new() };
    free_seats(seen, &facts, |to| Command::MoveSeat { from, to }, |shift| if_swapped(seen, own, shift))
}

/// The empty seats that I could take, soonest first, one per shift.
pub(super) fn takeable(seen: Seen<'_>) -> Vec<SeatChoice> {
    let facts = board(seen.calendar, seen.me);
    let mut choices = free_seats(seen, &facts, |seat| Command::TakeSeat { seat }, |shift| if_taken(seen, shift));
    crate::order::by_key(&mut choices, |choice| choice.when.starts_at);
    choices
}

/// How many other seats a refusal names.
pub const NEXT_BEST: usize = 3;

/// The nearest free seats that I could take instead: the next best thing after a refusal.
pub fn nearest(seen: Seen<'_>, to: Instant, how_many: usize) -> Vec<SeatChoice> {
    let facts = board(seen.calendar, seen.me);
    let mut choices = free_seats(seen, &facts, |seat| Command::TakeSeat { seat }, |shift| if_taken(seen, shift));
    crate::order::by_key(&mut choices, |choice| (choice.when.starts_at - to).num_minutes().abs());
    choices.truncate(how_many);
    choices
}

fn free_seats(
    seen: Seen<'_>,
    facts: &Board,
    command: impl Fn(SeatId) -> Command,
    bearing: impl Fn(&Shift) -> Bearing,
) -> Vec<SeatChoice> {
    seen.calendar
        .shifts
        .iter()
        .filter(|shift| shift.starts_at > seen.now && shift.is_planned() && shift.free_seats() > 0)
        .filter_map(|shift| {
            let seat = shift.seat_ids().find(|id| {
                facts.holder(*id).is_none() && !matches!(decide(facts, &command(*id), seen.me.id(), seen.now), Decision::No(_))
            })?;
            let asked = shift.seat(seat)?;
            Some(SeatChoice {
                seat,
                when: when(shift),
                free: shift.free_seats(),
                lead: asked.lead,
                skill: asked.skill.as_ref().filter(|_| !asked.lead).map(|skill| seen.calendar.skill_label(skill)),
                bearing: bearing(shift),
            })
        })
        .collect()
}

/// A shift that I could tick in an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishChoice {
    pub shift: ShiftId,
    pub when: When,
    pub people: usize,
    pub free: usize,
    /// Somebody on it would exchange.
    pub wanted: bool,
    pub ticked: bool,
}

/// The shifts that may be ticked in exchange for `own`: to come, in time for an exchange, on
/// which I could work as far as this device can tell.
pub fn wishes(seen: Seen<'_>, own: SeatId) -> Vec<WishChoice> {
    let facts = board(seen.calendar, seen.me);
    let me = seen.me.id();
    let ticked = seen.me.offers.iter().find(|offer| offer.seat == own && offer.is_open()).and_then(|offer| offer.wishes());
    seen.calendar
        .shifts
        .iter()
        .filter(|shift| shift.is_planned() && shift.id != own.shift && shift.seat_of(me).is_none())
        .filter(|shift| exchange_deadline(&facts, [shift.starts_at]).is_some_and(|until| seen.now <= until))
        .filter(|shift| shift.seat_ids().any(|id| could_hold(&facts, me, id, own, seen.now)))
        .map(|shift| WishChoice {
            shift: shift.id,
            when: when(shift),
            people: shift.holders().count(),
            free: shift.free_seats(),
            wanted: facts
                .offers
                .values()
                .any(|offer| offer.is_open() && offer.seat.shift == shift.id && offer.wishes().is_some() && offer.member != me),
            ticked: ticked.is_some_and(|wishes| wishes.shifts.iter().any(|wish| wish.shift == shift.id)),
        })
        .collect()
}

fn could_hold(facts: &Board, me: crate::id::MemberId, seat: SeatId, own: SeatId, now: Instant) -> bool {
    let moves = crate::eligibility::Moves::one(seat, me).and(own, None);
    crate::eligibility::may_hold(facts, me, seat, &moves, now, &mut Vec::new()).is_ok()
}

/// Taking a seat: on top of what I have, or in place of one of mine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeChoices {
    pub seat: SeatId,
    pub when: When,
    /// The offer by which somebody gives it away.
    pub offer: Option<crate::id::OfferId>,
    /// « en plus »: why not, or what it counts as.
    pub on_top: Result<Bearing, Reason>,
    /// « à la place de »: my seats that could be left for it.
    pub instead_of: Vec<MySeat>,
    /// Where neither is possible: the nearest seats that I could take.
    pub others: Vec<SeatChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySeat {
    pub seat: SeatId,
    pub when: When,
    /// What going from it to the other one does to what I owe.
    pub bearing: Bearing,
}

pub fn take(seen: Seen<'_>, seat: SeatId) -> Option<TakeChoices> {
    let facts = board(seen.calendar, seen.me);
    let me = seen.me.id();
    let shift = seen.calendar.shift(seat.shift)?;
    shift.seat(seat)?;
    let offer = facts.open_offer_on(seat).filter(|offer| offer.wishes().is_none()).map(|offer| offer.id);
    let command = |instead_of: Option<SeatId>| match (offer, instead_of) {
        (Some(offer), instead_of) => Command::ClaimOffer { offer, instead_of, secret: None },
        (None, None) => Command::TakeSeat { seat },
        (None, Some(from)) => Command::MoveSeat { from, to: seat },
    };
    let on_top = match decide(&facts, &command(None), me, seen.now) {
        Decision::No(reason) => Err(reason),
        _ => Ok(if_taken(seen, shift)),
    };
    let instead_of: Vec<MySeat> = facts
        .held_by(me)
        .into_iter()
        .filter(|held| held.starts_at > seen.now && held.id != shift.id)
        .filter_map(|held| {
            let from = held.seat_of(me)?;
            let possible = !matches!(decide(&facts, &command(Some(from)), me, seen.now), Decision::No(_));
            possible.then(|| MySeat { seat: from, when: when(held), bearing: if_swapped(seen, held, shift) })
        })
        .collect();
    let shut = on_top.is_err() && instead_of.is_empty();
    let others = if shut { nearest(seen, shift.starts_at, NEXT_BEST) } else { Vec::new() };
    Some(TakeChoices { seat, when: when(shift), offer, on_top, instead_of, others })
}

/// What giving a shift away leaves to do, on the last day of its cycle, if all else that is planned is worked.
pub fn if_given(seen: Seen<'_>, shift: &Shift) -> Bearing {
    let foreseen = foreseen(seen, Change::Give(shift));
    match foreseen.after.to_do {
        0 => Bearing::Nothing,
        shifts => Bearing::LeftToDo { shifts, cycle: foreseen.cycle },
    }
}

/// What one shift more counts as, beside all that is planned.
pub fn if_taken(seen: Seen<'_>, shift: &Shift) -> Bearing {
    let foreseen = foreseen(seen, Change::Take(shift));
    match foreseen.counts_as {
        Some(CountsAs::MakeUp) => Bearing::MakesUp { overdue: foreseen.before.overdue },
        Some(CountsAs::Cycle) => Bearing::CycleDuty { cycle: foreseen.cycle },
        _ => Bearing::Ahead { shifts: foreseen.after.ahead },
    }
}

/// One shift for another: what is left to do of the first one's cycle if the other is of a later one,
/// or of both.
pub fn if_swapped(seen: Seen<'_>, gives: &Shift, takes: &Shift) -> Bearing {
    let cycle = |shift: &Shift| seen.calendar.rules.cycle.around(shift.on);
    if cycle(gives).to < cycle(takes).from {
        let alone = foreseen(seen, Change::Give(gives));
        if alone.after.exact.to_do > alone.before.exact.to_do {
            return Bearing::LeftToDo { shifts: alone.after.to_do, cycle: alone.cycle };
        }
    }
    let both = foreseen(seen, Change::Swap { gives, takes });
    if both.after.exact.to_do > both.before.exact.to_do {
        Bearing::LeftToDo { shifts: both.after.to_do, cycle: both.cycle }
    } else {
        Bearing::Nothing
    }
}

/// Not coming, as the team is told: what an absence leaves to do.
pub fn if_missed(seen: Seen<'_>, shift: &Shift) -> Bearing {
    let foreseen = foreseen(seen, Change::Miss { shift, noted: Noted::from(Presence::Absent) });
    match foreseen.after.to_do {
        0 => Bearing::Nothing,
        shifts => Bearing::LeftToDo { shifts, cycle: foreseen.cycle },
    }
}

pub(super) fn foreseen<'a>(seen: Seen<'a>, change: Change<'a>) -> Simulation {
    let leaves = seen.me.aptitude.leaves.iter().map(|days| Leave { days: *days, kind: LeaveKind::Pause });
    let today = paris_day(seen.now);
    let facts = DutyFacts { duty: seen.me.duty.clone(), leaves: leaves.collect(), ..DutyFacts::since(today) };
    let planned = seen
        .calendar
        .shifts
        .iter()
        .filter(|shift| shift.ends_at > seen.now && shift.is_planned() && shift.seat_of(seen.me.id()).is_some());
    let entries = &seen.me.ledger;
    simulate(&Ledger { entries, facts: &facts, rules: &seen.calendar.rules, today, planned: planned.collect() }, change)
}
