//! How far a brief is: collecte → relecture → programmée → publiée → corrigée.

use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::time::Instant;

/// Who, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub by: MemberId,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Collecting,
    /// « Qui relit ? »
    Review {
        asked: Signed,
    },
    /// Goes out by itself on its Monday at seven.
    Scheduled {
        asked: Signed,
        approved: Signed,
    },
    /// Its hour passed and it did not go out: somebody decides.
    Missed {
        at: Instant,
    },
    Published {
        at: Instant,
        /// None: the live blocks went out alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved: Option<Signed>,
        /// After its hour.
        #[serde(default)]
        late: bool,
        /// When it was corrected last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrected: Option<Signed>,
    },
}

impl Stage {
    pub fn is_published(&self) -> bool {
        matches!(self, Stage::Published { .. })
    }

    /// Whether contributions and editors may still change it.
    pub fn is_open(&self) -> bool {
        matches!(self, Stage::Collecting | Stage::Review { .. } | Stage::Missed { .. })
    }
}
