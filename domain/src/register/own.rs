//! What the register keeps of me, as my own snapshot has it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::board::Board;
use crate::brief::Picture;
use crate::catalogue::Cents;
use crate::id::{ErasureId, MemberId};
use crate::me::Me;
use crate::time::Instant;

/// My part sociale: there is one, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyShare {
    pub cents: Cents,
    pub paid: Cents,
    pub subscribed_on: NaiveDate,
}

/// I asked to be erased; nobody has answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureAsked {
    pub id: ErasureId,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub joined_on: NaiveDate,
    /// For letters: the office alone sees it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// What I let the others see.
    #[serde(default)]
    pub show_phone: bool,
    #[serde(default)]
    pub show_email: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Picture>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<MyShare>,
    /// The years for which I am of the association.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i32>,
    /// The first day on which I am no longer a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<ErasureAsked>,
}

impl Default for Mine {
    fn default() -> Mine {
        Mine {
            joined_on: NaiveDate::MIN,
            address: String::new(),
            show_phone: false,
            show_email: false,
            photo: None,
            share: None,
            years: Vec::new(),
            leaving_on: None,
            erasure: None,
        }
    }
}

/// What my own act changes of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    ContactSet { member: MemberId, phone: Option<String>, show_phone: bool, show_email: bool },
    ErasureAsked { member: MemberId, asked: ErasureAsked, word: String },
    ErasureWithdrawn { member: MemberId, id: ErasureId, at: Instant },
}

impl Change {
    pub fn lay_on(&self, board: &mut Board) {
        match self {
            Change::ErasureAsked { asked, .. } => board.erasure = Some(*asked),
            Change::ErasureWithdrawn { .. } => board.erasure = None,
            Change::ContactSet { .. } => {}
        }
    }

    /// As the device of whose act it is shows it at once.
    pub fn shown(&self, me: &mut Me) {
        match self {
            Change::ContactSet { member, phone, show_phone, show_email } if *member == me.id() => {
                me.profile.phone.clone_from(phone);
                (me.register.show_phone, me.register.show_email) = (*show_phone, *show_email);
            }
            Change::ErasureAsked { member, asked, .. } if *member == me.id() => me.register.erasure = Some(*asked),
            Change::ErasureWithdrawn { member, .. } if *member == me.id() => me.register.erasure = None,
            Change::ContactSet { .. } | Change::ErasureAsked { .. } | Change::ErasureWithdrawn { .. } => {}
        }
    }
}
