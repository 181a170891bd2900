//! Recurring seats that are nobody's, and the three of them that a newcomer is shown.

use std::collections::BTreeSet;

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::id::TemplateId;
use crate::members::Skill;
use crate::time::CycleWeek;

/// So many are proposed.
pub const PROPOSED: usize = 3;

/// A recurring seat without anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSeat {
    pub template: TemplateId,
    pub position: i16,
    pub week: CycleWeek,
    pub weekday: Weekday,
    /// Wall clock in Paris.
    pub from: NaiveTime,
    pub to: NaiveTime,
    #[serde(default)]
    pub skill: Option<Skill>,
    /// The lead's, whom a newcomer is not.
    #[serde(default)]
    pub lead: bool,
    /// How many of the team have theirs, of how many.
    pub held: usize,
    pub seats: usize,
}

impl OpenSeat {
    /// How many the team lacks.
    pub fn lacks(&self) -> usize {
        self.seats.saturating_sub(self.held)
    }
}

/// One of those that are proposed.
pub type Proposed = OpenSeat;

/// Where people lack most, each on a day or at an hour of its own, and none that asks for something not learnt.
pub fn proposed(open: &[OpenSeat], skills: &BTreeSet<Skill>) -> Vec<Proposed> {
    let fits = |seat: &&OpenSeat| !seat.lead && seat.skill.as_ref().is_none_or(|skill| skills.contains(skill));
    let mut sorted: Vec<&OpenSeat> = open.iter().filter(fits).collect();
    crate::order::by_key(&mut sorted, |seat| {
        let day = seat.weekday.num_days_from_monday();
        (std::cmp::Reverse(seat.lacks()), seat.week, day, seat.from, seat.template, seat.position)
    });
    let mut chosen: Vec<&OpenSeat> = Vec::new();
    // First where day and hour are new, then where the hour or the day is, then any other team.
    for apart in [2, 1, 0] {
        for seat in &sorted {
            let is_apart = |known: &&OpenSeat| {
                let differs = usize::from(known.weekday != seat.weekday) + usize::from(known.from != seat.from);
                known.template != seat.template && differs >= apart
            };
            if chosen.len() < PROPOSED && chosen.iter().all(is_apart) {
                chosen.push(seat);
            }
        }
    }
    chosen.into_iter().cloned().collect()
}
