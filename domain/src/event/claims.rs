//! What is shared out like seats: things to bring, places in cars, work to be done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{BringItemId, CarpoolId, HelperPostId, MemberId};

/// The longest name of such a thing, in characters.
pub const LABEL_CAP: usize = 80;
/// The most of one thing.
pub const CLAIM_CAP: u16 = 500;

/// Something of which there are so many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub of: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<MemberId, u16>,
    /// By people who are not named here: a snapshot that all see keeps who wants it so to itself.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unnamed: u16,
}

fn is_zero(number: &u16) -> bool {
    *number == 0
}

impl Claims {
    pub fn of(of: u16) -> Claims {
        Claims { of, ..Claims::default() }
    }

    pub fn claimed(&self) -> u16 {
        self.by.values().fold(self.unnamed, |sum, claimed| sum.saturating_add(*claimed))
    }

    pub fn left(&self) -> u16 {
        self.of.saturating_sub(self.claimed())
    }

    pub fn by(&self, member: MemberId) -> u16 {
        self.by.get(&member).copied().unwrap_or(0)
    }

    /// So much of it is `member`'s from here on, instead of what was.
    pub fn set(&mut self, member: MemberId, quantity: u16) {
        if quantity == 0 {
            self.by.remove(&member);
        } else {
            self.by.insert(member, quantity);
        }
    }

    /// Names a claim that is among those of people who are not named.
    pub fn reveal(&mut self, member: MemberId, quantity: u16) {
        if !self.by.contains_key(&member) {
            self.unnamed = self.unnamed.saturating_sub(quantity);
            self.set(member, quantity);
        }
    }

    /// As everybody may see it: without the names of those who are hidden.
    pub fn without(&mut self, hidden: impl Fn(MemberId) -> bool) {
        let names: Vec<MemberId> = self.by.keys().copied().filter(|member| hidden(*member)).collect();
        for member in names {
            self.unnamed += self.by.remove(&member).unwrap_or(0);
        }
    }
}

/// « Qui apporte quoi »
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BringItem {
    pub id: BringItemId,
    pub label: String,
    pub claims: Claims,
}

/// A lift that a member offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carpool {
    pub id: CarpoolId,
    pub driver: MemberId,
    /// From where.
    pub place: String,
    /// When, and where to wait.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Places besides the driver's.
    pub claims: Claims,
}

/// Work to be done at the event: putting up, the bar, clearing away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperPost {
    pub id: HelperPostId,
    pub label: String,
    pub claims: Claims,
}

/// Which thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Item(BringItemId),
    Carpool(CarpoolId),
    Post(HelperPostId),
}

/// So much of something is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub what: What,
    pub quantity: u16,
}
