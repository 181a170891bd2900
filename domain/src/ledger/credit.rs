//! The ledger's unit.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// What is owed (negative) or was done (positive). One vacation is 180: the minutes of three hours,
/// and a figure that halves, thirds and quarters of a vacation divide. It does not follow how long a
/// co-op's shifts are, so that no change of the rules changes what was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credit(pub i32);

impl Credit {
    pub const NONE: Credit = Credit(0);
    /// One vacation.
    pub const SHIFT: Credit = Credit(180);

    pub const fn shifts(shifts: i32) -> Credit {
        Credit(shifts.saturating_mul(Credit::SHIFT.0))
    }

    /// Whole vacations, a part of one left out: what was done, an advance.
    pub fn whole(self) -> i16 {
        i16::try_from(self.0.div_euclid(Credit::SHIFT.0)).unwrap_or(if self.0 < 0 { i16::MIN } else { i16::MAX })
    }

    /// Vacations to be worked for this much: a part of one is one. Never negative.
    pub fn to_work(self) -> u16 {
        let up = self.0.max(0).saturating_add(Credit::SHIFT.0 - 1) / Credit::SHIFT.0;
        u16::try_from(up).unwrap_or(u16::MAX)
    }

    /// What is above zero of it.
    pub fn above(self) -> Credit {
        self.max(Credit::NONE)
    }

    /// What is below zero of it, as something positive: a debt.
    pub fn below(self) -> Credit {
        (-self).above()
    }

    pub fn is_none(&self) -> bool {
        *self == Credit::NONE
    }
}

impl Add for Credit {
    type Output = Credit;
    fn add(self, other: Credit) -> Credit {
        Credit(self.0.saturating_add(other.0))
    }
}

impl Sub for Credit {
    type Output = Credit;
    fn sub(self, other: Credit) -> Credit {
        Credit(self.0.saturating_sub(other.0))
    }
}

impl Neg for Credit {
    type Output = Credit;
    fn neg(self) -> Credit {
        Credit(self.0.saturating_neg())
    }
}

impl AddAssign for Credit {
    fn add_assign(&mut self, other: Credit) {
        *self = *self + other;
    }
}

impl SubAssign for Credit {
    fn sub_assign(&mut self, other: Credit) {
        *self = *self - other;
    }
}

impl Sum for Credit {
    fn sum<I: Iterator<Item = Credit>>(credits: I) -> Credit {
        credits.fold(Credit::NONE, Add::add)
    }
}
