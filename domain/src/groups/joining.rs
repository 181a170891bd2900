//! How one comes into a working group: somebody asks and its referents answer, or they invite and somebody answers.

use serde::{Deserialize, Serialize};

use crate::id::{GroupId, JoiningId, MemberId};
use crate::members::ShortName;
use crate::time::Instant;

/// The longest word that goes with a request, an invitation or an answer, in characters.
pub const WORD_CAP: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    pub id: JoiningId,
    pub group: GroupId,
    /// Who would belong to it.
    pub member: MemberId,
    /// Who invites them, where they did not ask themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_by: Option<MemberId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub word: String,
    pub at: Instant,
    pub state: JoiningState,
}

/// It is answered once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoiningState {
    Pending,
    Accepted {
        at: Instant,
        by: MemberId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
    },
    Refused {
        at: Instant,
        by: MemberId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
    },
    Withdrawn {
        at: Instant,
    },
}

impl Joining {
    pub fn is_pending(&self) -> bool {
        self.state == JoiningState::Pending
    }

    pub fn is_invitation(&self) -> bool {
        self.invited_by.is_some()
    }
}

/// A request or an invitation as those see it who run the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    pub joining: Joining,
    pub name: ShortName,
}
