//! The page behind a mail's link: one act, as it stands now, for a reader without a session.

use super::Seen;
use super::choices::{Bearing, NEXT_BEST, SeatChoice, if_given, if_missed, if_swapped, if_taken, nearest};
use super::home::SpokenOf;
use crate::calendar::SkillLabel;
use crate::command::Command;
use crate::notify::{Act, Choice, Mailed};
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::time::Instant;

/// What the link is about, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAct {
    pub first_name: String,
    pub mailed: Mailed,
    pub spoken: SpokenOf,
    pub now: Instant,
    pub until: Instant,
    pub stands: Stands,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// There is something to press; at least one act.
    Open(Vec<Act>),
    /// What the mail said is no longer so.
    Over(Option<Reason>),
    Expired,
    Pressed(Box<Pressed>),
}

/// The one answer that was given through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressed {
    pub choice: Choice,
    pub command: Command,
    /// None while it is being performed, or was broken off: the same again performs it.
    pub outcome: Option<Outcome>,
}

/// What surrounds it on the reader's own planning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// What a choice does to what they owe.
    pub bearings: Vec<(Choice, Bearing)>,
    /// Seats that they could have instead.
    pub others: Vec<SeatChoice>,
    pub skills: Vec<SkillLabel>,
}

impl MailAct {
    pub fn around(&self, seen: Seen<'_>) -> Around {
        let shift = self.mailed.notice.shifts().first().and_then(|shift| seen.calendar.shift(*shift));
        let acts: &[Act] = match &self.stands {
            Stands::Open(acts) => acts,
            _ => &[],
        };
        let bearing = |act: &Act| {
            let on = shift?;
            let bearing = match act.choice {
                Choice::Take => if_taken(seen, on),
                Choice::Give => if_given(seen, on),
                Choice::Warn => if_missed(seen, on),
                // The seats of what is asked: what I leave, what I take.
                Choice::Accept => {
                    let (gives, takes) = self.mailed.notice.swap()?;
                    if_swapped(seen, seen.calendar.shift(gives.shift)?, seen.calendar.shift(takes.shift)?)
                }
                _ => return None,
            };
            Some((act.choice, bearing))
        };
        let others = match shift {
            Some(shift) if self.took_none() => nearest(seen, shift.starts_at, NEXT_BEST),
            _ => Vec::new(),
        };
        Around { bearings: acts.iter().filter_map(bearing).collect(), others, skills: seen.calendar.skills.clone() }
    }

    /// They would have come, and cannot have the seat.
    fn took_none(&self) -> bool {
        match &self.stands {
            Stands::Open(acts) => acts.iter().any(|act| act.choice == Choice::Take && act.why_not.is_some()),
            Stands::Over(_) => self.mailed.seeks_somebody(),
            Stands::Pressed(pressed) => {
                pressed.choice == Choice::Take && matches!(pressed.outcome, Some(Outcome::Refused { .. }))
            }
            Stands::Expired => false,
        }
    }
}
