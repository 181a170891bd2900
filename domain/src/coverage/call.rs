//! Whom to call for a shift that lacks somebody.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::board::Board;
use crate::decide::lacking;
use crate::eligibility::{Holdings, Moves, check_among};
use crate::id::{MemberId, SeatId, ShiftId};
use crate::members::{ShortName, Skill};
use crate::order;
use crate::shifts::Seat;
use crate::time::Instant;

/// So many are named for each need; the others are counted.
pub const CALL_SHOWN: usize = 12;

/// What orders somebody among those who may come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub member: MemberId,
    pub name: ShortName,
    /// For the office alone.
    pub phone: Option<String>,
    /// Has something to make up. It orders, and is told to nobody.
    pub owes: bool,
    /// How often they came at that weekday and time of late.
    pub habit: u16,
}

/// Somebody who may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub member: MemberId,
    pub name: ShortName,
    #[serde(default)]
    pub phone: Option<String>,
    pub habit: u16,
}

/// What a free seat asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Lead,
    Skill(Skill),
    Anybody,
}

impl Need {
    fn of(seat: &Seat) -> Need {
        match &seat.skill {
            _ if seat.lead => Need::Lead,
            Some(skill) => Need::Skill(skill.clone()),
            None => Need::Anybody,
        }
    }
}

/// Those who may have a seat that asks for this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub need: Need,
    pub people: Vec<Candidate>,
    /// And so many more.
    pub others: usize,
}

/// Of `known`, those who may have one of the seats that a shift lacks somebody for, each where they are needed
/// most; whoever has something to make up first, then whoever often comes at that time.
pub fn who_to_call(board: &Board, shift: ShiftId, known: Vec<Known>, now: Instant) -> Vec<Group> {
    let Some(shift) = board.shifts.get(&shift) else { return Vec::new() };
    let now = now.min(shift.starts_at);
    let mut seats: Vec<(Need, SeatId)> = lacking(board, shift).filter_map(|id| Some((Need::of(shift.seat(id)?), id))).collect();
    order::by_key(&mut seats, |seat| seat.clone());
    let needs: Vec<Need> = order::set(seats.iter().map(|(need, _)| need.clone())).into_iter().collect();
    let held = Holdings::of(board);
    let mut left = known;
    order::by_key(&mut left, |one| (!one.owes, Reverse(one.habit), one.name.clone(), one.member));
    let mut groups = Vec::new();
    for need in needs {
        let may = |member: MemberId| {
            let of = seats.iter().filter(|(other, _)| *other == need);
            shift.seat_of(member).is_none()
                && of.into_iter().any(|(_, seat)| check_among(board, &held, &Moves::one(*seat, member), now).is_ok())
        };
        let (fit, rest): (Vec<Known>, Vec<Known>) = left.into_iter().partition(|one| may(one.member));
        left = rest;
        let others = fit.len().saturating_sub(CALL_SHOWN);
        let candidate = |Known { member, name, phone, habit, .. }: Known| Candidate { member, name, phone, habit };
        groups.push(Group { need, people: fit.into_iter().take(CALL_SHOWN).map(candidate).collect(), others });
    }
    groups
}
