//! « Et si … »: what an act would do to the count, before it is done.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Seen;
use super::choices::{foreseen, takeable};
use super::commitment::mine;
use crate::board::when;
use crate::id::ShiftId;
use crate::ledger::{Change, CountsAs, Noted, Presence, Standing};
use crate::reason::When;
use crate::time::Days;

/// An act that is only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhatIf {
    Give(ShiftId),
    Take(ShiftId),
    /// Not come, and nobody told.
    Miss(ShiftId),
}

impl WhatIf {
    pub fn shift(self) -> ShiftId {
        match self {
            WhatIf::Give(shift) | WhatIf::Take(shift) | WhatIf::Miss(shift) => shift,
        }
    }
}

/// As in an address: `donner~…`, `prendre~…`, `manquer~…`.
impl fmt::Display for WhatIf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self {
            WhatIf::Give(_) => "donner",
            WhatIf::Take(_) => "prendre",
            WhatIf::Miss(_) => "manquer",
        };
        write!(f, "{verb}~{}", self.shift())
    }
}

/// A text that names no act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAct;

impl FromStr for WhatIf {
    type Err = NoAct;
    fn from_str(text: &str) -> Result<WhatIf, NoAct> {
        let (verb, shift) = text.split_once('~').ok_or(NoAct)?;
        let shift: ShiftId = shift.parse().map_err(|_| NoAct)?;
        match verb {
            "donner" => Ok(WhatIf::Give(shift)),
            "prendre" => Ok(WhatIf::Take(shift)),
            "manquer" => Ok(WhatIf::Miss(shift)),
            _ => Err(NoAct),
        }
    }
}

/// What it would change, on the last day of the cycle that it touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub what: WhatIf,
    pub when: When,
    pub cycle: Days,
    pub before: Standing,
    pub after: Standing,
    pub counts_as: Option<CountsAs>,
}

/// So many shifts that could be taken are offered.
const TAKEABLE: usize = 20;

pub(super) fn choices(seen: Seen<'_>) -> Vec<(WhatIf, When)> {
    let mine = mine(seen).flat_map(|shift| [(WhatIf::Give(shift.id), when(shift)), (WhatIf::Miss(shift.id), when(shift))]);
    let mut choices: Vec<(WhatIf, When)> = mine.collect();
    crate::order::by_key(&mut choices, |(what, when)| (when.starts_at, *what));
    let free = takeable(seen).into_iter().take(TAKEABLE);
    choices.extend(free.map(|choice| (WhatIf::Take(choice.when.shift), choice.when)));
    choices
}

/// Nothing where the shift is not mine to give, or not there.
pub(super) fn tried(seen: Seen<'_>, what: WhatIf) -> Option<Tried> {
    let shift = seen.calendar.shift(what.shift())?;
    let is_mine = mine(seen).any(|own| own.id == shift.id);
    if matches!(what, WhatIf::Take(_)) == is_mine || !shift.is_planned() || shift.starts_at <= seen.now {
        return None;
    }
    let change = match what {
        WhatIf::Give(_) => Change::Give(shift),
        WhatIf::Take(_) => Change::Take(shift),
        WhatIf::Miss(_) => Change::Miss { shift, noted: Noted::from(Presence::Absent) },
    };
    let simulated = foreseen(seen, change);
    Some(Tried {
        what,
        when: when(shift),
        cycle: simulated.cycle,
        before: simulated.before,
        after: simulated.after,
        counts_as: simulated.counts_as,
    })
}
