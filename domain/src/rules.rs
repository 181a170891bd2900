//! The settings under the rules. Everything here is data of the co-op, none of it code.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ledger::{Credit, Policies, Policy, Version};
use crate::time::Cycle;

/// Deadlines and caps, as the co-op has set them. All deadlines are inclusive, on elapsed hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub cycle: Cycle,
    /// An exchange closes no later than this before the earlier of its shifts. Hours.
    pub exchange_notice_h: u16,
    /// A ticked wish closes by itself only if the seat received starts this far ahead. Hours.
    pub auto_close_notice_h: u16,
    /// A seat is moved no later than this before the shift that is left. Hours.
    pub move_notice_h: u16,
    /// A proposal waits at most this long for its answer. Hours.
    pub proposal_life_h: u16,
    /// A tick older than this asks again before it binds. Days.
    pub tick_life_d: u16,
    /// Wishes reach at most this far. Weeks.
    pub wish_horizon_w: u16,
    /// Two shifts of one person may share this much. Minutes.
    pub overlap_tolerance_min: u16,
    /// At most this many shifts a day.
    pub day_cap: u16,
    /// At most this many shifts a cycle.
    pub cycle_cap: u16,
    /// How many shifts one owes a cycle.
    pub due_per_cycle: u16,
    /// At most this many suggested loops at once to one person.
    pub suggestion_cap: u16,
    /// An invitation link lives this long, and never beyond the start. Hours.
    pub invitation_life_h: u16,
    /// What is asked of members, with what was asked before.
    #[serde(default, skip_serializing_if = "Policies::is_empty")]
    pub policies: Policies,
    /// A seat that comes free on a full shift is kept at most this long for the next in line. Hours.
    #[serde(default = "kept_h")]
    pub kept_h: u16,
}

/// What a co-op has whose settings were written before.
fn kept_h() -> u16 {
    12
}

impl Rules {
    /// The policy in force on a day; before the first, and without any, the product's own.
    pub fn policy_on(&self, day: NaiveDate) -> Cow<'_, Policy> {
        let own = || Policy { due: Credit::shifts(i32::from(self.due_per_cycle)), ..Policy::default() };
        self.policies.on(day).map_or_else(|| Cow::Owned(own()), Cow::Borrowed)
    }

    /// With the product's own policy where the co-op has set none.
    pub fn counted(&self) -> Cow<'_, Rules> {
        if !self.policies.is_empty() {
            return Cow::Borrowed(self);
        }
        let always = Version { valid_from: NaiveDate::MIN, policy: self.policy_on(NaiveDate::MIN).into_owned() };
        Cow::Owned(Rules { policies: Policies::new(vec![always]), ..self.clone() })
    }

    /// The defaults of the product, on a given cycle.
    pub fn on(cycle: Cycle) -> Rules {
        Rules {
            cycle,
            exchange_notice_h: 48,
            auto_close_notice_h: 72,
            move_notice_h: 7 * 24,
            proposal_life_h: 72,
            tick_life_d: 28,
            wish_horizon_w: 16,
            overlap_tolerance_min: 30,
            day_cap: 2,
            cycle_cap: 5,
            due_per_cycle: 1,
            suggestion_cap: 3,
            invitation_life_h: 7 * 24,
            policies: Policies::default(),
            kept_h: kept_h(),
        }
    }
}
