//! Who may hold a seat.
//!
//! Eligible = active member, required skill, not already on that shift, no overlap beyond the
//! tolerance, not on leave, within the caps, and the *resulting team* is sound: the lead's seat
//! stays held, and a first-timer is never alone.

use std::collections::BTreeMap;

use chrono::Duration;

use crate::board::{Board, when};
use crate::id::{MemberId, SeatId, ShiftId};
use crate::members::{Aptitude, Skill};
use crate::reason::Reason;
use crate::shifts::{Seat, Shift, ShiftState};
use crate::time::{Instant, paris_day};

/// Seats that change hands together: who holds what afterwards.
#[derive(Debug, Clone, Default)]
pub struct Moves(pub Vec<Move>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub seat: SeatId,
    pub to: Option<MemberId>,
}

impl Moves {
    pub fn one(seat: SeatId, to: MemberId) -> Moves {
        Moves(vec![Move { seat, to: Some(to) }])
    }

    pub fn and(mut self, seat: SeatId, to: Option<MemberId>) -> Moves {
        self.0.push(Move { seat, to });
        self
    }

    fn holder_after(&self, seat: SeatId, now_held_by: Option<MemberId>) -> Option<MemberId> {
        self.0.iter().rev().find(|change| change.seat == seat).map_or(now_held_by, |change| change.to)
    }
}

/// A fact that only the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Whether this person may: skills, leave, first shift.
    AptitudeOf(MemberId),
    /// The wishes of the others.
    Wishes,
    /// Something that this device has not been shown.
    Unseen,
}

/// Which planned shifts people hold: found once for many questions, since a board keeps its
/// shifts and not their people.
#[derive(Debug, Clone, Default)]
pub struct Holdings(BTreeMap<MemberId, Vec<ShiftId>>);

impl Holdings {
    /// Of everybody on the board.
    pub fn of(board: &Board) -> Holdings {
        let mut held = Holdings::default();
        for shift in board.shifts.values().filter(|shift| shift.is_planned()) {
            for holder in shift.holders() {
                held.0.entry(holder).or_default().push(shift.id);
            }
        }
        held
    }

    /// Of those who receive a seat in `moves`, and nobody else.
    fn of_receivers(board: &Board, moves: &Moves) -> Holdings {
        let receivers = moves.0.iter().filter_map(|change| change.to);
        let mut held = Holdings(crate::order::map(receivers.map(|member| (member, Vec::new()))));
        for shift in board.shifts.values().filter(|shift| shift.is_planned()) {
            for holder in shift.holders() {
                if let Some(shifts) = held.0.get_mut(&holder) {
                    shifts.push(shift.id);
                }
            }
        }
        held
    }

    pub fn of_member(&self, member: MemberId) -> &[ShiftId] {
        self.0.get(&member).map_or(&[], Vec::as_slice)
    }

    /// A seat changed hands.
    pub fn pass(&mut self, shift: ShiftId, from: Option<MemberId>, to: Option<MemberId>) {
        if let Some(shifts) = from.and_then(|from| self.0.get_mut(&from)) {
            shifts.retain(|held| *held != shift);
        }
        if let Some(to) = to {
            self.0.entry(to).or_default().push(shift);
        }
    }
}

/// Checks that everybody who receives a seat in `moves` may hold it once all of them are made,
/// and that every team they touch is sound. Gives what could not be checked for lack of facts.
#[allow(clippy::result_large_err, reason = "a refusal with its figures, asked for once per act; on 32 bits it is small")]
pub fn check(board: &Board, moves: &Moves, now: Instant) -> Result<Vec<Missing>, (Option<MemberId>, Reason)> {
    check_among(board, &Holdings::of_receivers(board, moves), moves, now)
}

/// [`check`], for whoever asks it often: `held` is what the receivers hold before `moves`.
#[allow(clippy::result_large_err, reason = "a refusal with its figures, asked for once per act; on 32 bits it is small")]
pub fn check_among(
    board: &Board,
    held: &Holdings,
    moves: &Moves,
    now: Instant,
) -> Result<Vec<Missing>, (Option<MemberId>, Reason)> {
    let mut missing = Vec::new();
    for change in &moves.0 {
        if let Some(member) = change.to {
            may_hold_among(board, held, member, change.seat, moves, now, &mut missing)
                .map_err(|reason| (Some(member), reason))?;
        }
    }
    for shift in teams(board, moves) {
        team_stays_sound(board, shift, moves, &mut missing).map_err(|reason| (None, reason))?;
    }
    missing.dedup();
    Ok(missing)
}

/// The shifts that `moves` touch, in order of id.
fn teams<'a>(board: &'a Board, moves: &Moves) -> impl Iterator<Item = &'a Shift> {
    let mut shifts: Vec<_> = moves.0.iter().map(|change| change.seat.shift).collect();
    shifts.sort_unstable();
    shifts.dedup();
    shifts.into_iter().filter_map(|shift| board.shifts.get(&shift))
}

/// The shifts whose team would not be sound once `moves` are made.
pub fn unsound_teams(board: &Board, moves: &Moves) -> Vec<ShiftId> {
    teams(board, moves)
        .filter(|shift| team_stays_sound(board, shift, moves, &mut Vec::new()).is_err())
        .map(|shift| shift.id)
        .collect()
}

/// Whether `member` may hold `seat` once `moves` are made, teams aside.
pub fn may_hold(
    board: &Board,
    member: MemberId,
    seat: SeatId,
    moves: &Moves,
    now: Instant,
    missing: &mut Vec<Missing>,
) -> Result<(), Reason> {
    let held = Holdings::of_receivers(board, &Moves::one(seat, member));
    may_hold_among(board, &held, member, seat, moves, now, missing)
}

/// [`may_hold`], for whoever asks it often.
pub fn may_hold_among(
    board: &Board,
    held: &Holdings,
    member: MemberId,
    seat: SeatId,
    moves: &Moves,
    now: Instant,
    missing: &mut Vec<Missing>,
) -> Result<(), Reason> {
    let shift = board.shifts.get(&seat.shift).ok_or(Reason::UnknownShift)?;
    let wanted = shift.seat(seat).ok_or(Reason::UnknownSeat)?;
    is_to_come(shift, now)?;

    match board.aptitude(member) {
        None => missing.push(Missing::AptitudeOf(member)),
        Some(aptitude) => is_apt(aptitude, shift, wanted)?,
    }

    let after = held_after(board, held, member, seat, moves);
    let other = |held: &&&Shift| held.id != shift.id;
    let twice = shift
        .seat_ids()
        .filter(|id| *id != seat)
        .any(|id| moves.holder_after(id, shift.seat(id).and_then(|seat| seat.holder)) == Some(member));
    if twice {
        return Err(Reason::AlreadyOnShift { when: when(shift) });
    }
    if let Some(clash) = after.iter().filter(other).find(|held| overlaps(board, held, shift)) {
        return Err(Reason::Overlaps { with: when(clash) });
    }
    let others = after.iter().filter(other).count_by(|held| held.on == shift.on);
    if others >= board.rules.day_cap {
        return Err(Reason::TooManyThatDay { has: others, cap: board.rules.day_cap, on: shift.on });
    }
    let cycle = board.rules.cycle.around(shift.on);
    let others = after.iter().filter(other).count_by(|held| cycle.contains(held.on));
    if others >= board.rules.cycle_cap {
        return Err(Reason::TooManyThatCycle { has: others, cap: board.rules.cycle_cap, from: cycle.from, to: cycle.to });
    }
    Ok(())
}

/// Whether this person may hold this seat on any other account than what else they hold.
pub fn is_apt(aptitude: &Aptitude, shift: &Shift, seat: &Seat) -> Result<(), Reason> {
    if !aptitude.active {
        return Err(Reason::NotActive);
    }
    let leading = seat.lead.then(Skill::lead);
    let lacks = |skill: &&Skill| !aptitude.skills.contains(*skill);
    if let Some(skill) = seat.skill.as_ref().filter(lacks).or(leading.as_ref().filter(lacks)) {
        return Err(Reason::MissingSkill { skill: skill.clone() });
    }
    let on = paris_day(shift.starts_at);
    match aptitude.leaves.iter().find(|leave| leave.contains(on)) {
        Some(leave) => Err(Reason::OnLeave { from: leave.from, to: leave.to }),
        None => Ok(()),
    }
}

/// The shift is planned and has not started: until the start, inclusive.
pub fn is_to_come(shift: &Shift, now: Instant) -> Result<(), Reason> {
    if let ShiftState::Closed { why, .. } = &shift.state {
        return Err(Reason::ShiftClosed { when: when(shift), why: why.clone() });
    }
    if now > shift.starts_at {
        return Err(Reason::TooLate { deadline: shift.starts_at });
    }
    Ok(())
}

trait CountBy<'a> {
    fn count_by(self, keep: impl Fn(&Shift) -> bool) -> u16;
}

impl<'a, I: Iterator<Item = &'a &'a Shift>> CountBy<'a> for I {
    fn count_by(self, keep: impl Fn(&Shift) -> bool) -> u16 {
        u16::try_from(self.filter(|held| keep(held)).count()).unwrap_or(u16::MAX)
    }
}

/// The planned shifts a member holds once `moves` are made, `seat`'s own included, in order of id.
fn held_after<'a>(board: &'a Board, held: &Holdings, member: MemberId, seat: SeatId, moves: &Moves) -> Vec<&'a Shift> {
    let received = moves.0.iter().filter(|change| change.to == Some(member)).map(|change| change.seat.shift);
    let mut shifts: Vec<ShiftId> = held.of_member(member).iter().copied().chain(received).chain([seat.shift]).collect();
    shifts.sort_unstable();
    shifts.dedup();
    shifts
        .iter()
        .filter_map(|shift| board.shifts.get(shift))
        .filter(|shift| shift.is_planned())
        .filter(|shift| {
            shift.id == seat.shift
                || shift.seat_ids().any(|id| moves.holder_after(id, shift.seat(id).and_then(|seat| seat.holder)) == Some(member))
        })
        .collect()
}

/// Whether two shifts share more than the tolerance.
pub fn overlaps(board: &Board, a: &Shift, b: &Shift) -> bool {
    let shared = a.ends_at.min(b.ends_at) - a.starts_at.max(b.starts_at);
    shared > Duration::minutes(i64::from(board.rules.overlap_tolerance_min))
}

/// A team must not become unsound by the moves: one that already was may be joined by whoever
/// makes it no worse.
fn team_stays_sound(board: &Board, shift: &Shift, moves: &Moves, missing: &mut Vec<Missing>) -> Result<(), Reason> {
    let before: Vec<_> = shift.seat_ids().map(|id| (id, shift.seat(id).and_then(|seat| seat.holder))).collect();
    let after: Vec<_> = before.iter().map(|(id, holder)| (*id, moves.holder_after(*id, *holder))).collect();

    let leaderless = |team: &[(SeatId, Option<MemberId>)]| {
        team.iter().any(|(id, holder)| shift.seat(*id).is_some_and(|seat| seat.lead) && holder.is_none())
    };
    if leaderless(&after) && !leaderless(&before) {
        return Err(Reason::LeadNeeded { when: when(shift) });
    }

    match (guidance(board, &after), guidance(board, &before)) {
        (Guidance::Alone, before) if before != Guidance::Alone => Err(Reason::FirstTimerAlone { when: when(shift) }),
        (Guidance::Unsure(mut unknown), _) => {
            missing.append(&mut unknown);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether a team's first-timers, if any, have somebody to show them.
#[derive(PartialEq, Eq)]
enum Guidance {
    Sound,
    Alone,
    /// For lack of these facts.
    Unsure(Vec<Missing>),
}

fn guidance(board: &Board, team: &[(SeatId, Option<MemberId>)]) -> Guidance {
    let (mut first_timer, mut unknown) = (false, Vec::new());
    for member in team.iter().filter_map(|(_, holder)| *holder) {
        match board.aptitude(member) {
            Some(aptitude) if aptitude.guides() => return Guidance::Sound,
            Some(_) => first_timer = true,
            None => unknown.push(Missing::AptitudeOf(member)),
        }
    }
    match (unknown.is_empty(), first_timer) {
        (false, _) => Guidance::Unsure(unknown),
        (true, true) => Guidance::Alone,
        (true, false) => Guidance::Sound,
    }
}
