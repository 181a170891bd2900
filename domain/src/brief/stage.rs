//! How far a brief is: collecte → relecture → programmée → publiée → corrigée.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Mistake, Settings, closes_at};
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
        /// Who has asked for review, before or since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked: Option<Signed>,
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

    /// Whether editors may change it: approved, it is taken back first; out, it is corrected.
    pub fn editable(&self) -> Result<(), Mistake> {
        match self {
            Stage::Scheduled { .. } => Err(Mistake::Approved),
            Stage::Published { .. } => Err(Mistake::Out),
            Stage::Collecting | Stage::Review { .. } | Stage::Missed { .. } => Ok(()),
        }
    }

    /// « Qui relit ? » Asked again, it is the last who asked.
    pub fn ask(&self, signed: Signed) -> Result<Stage, Mistake> {
        self.editable()?;
        Ok(match self {
            Stage::Missed { at, .. } => Stage::Missed { at: *at, asked: Some(signed) },
            _ => Stage::Review { asked: signed },
        })
    }

    /// From now on it goes out by itself.
    pub fn approve(&self, settings: &Settings, signed: Signed) -> Result<Stage, Mistake> {
        self.editable()?;
        if let Stage::Missed { .. } = self {
            return Err(Mistake::TooLate);
        }
        let asked = self.asked_before(settings, signed)?;
        Ok(Stage::Scheduled { asked, approved: signed })
    }

    /// Who approved what `signed` publishes by hand, once its contributions are closed: whoever has approved it already, or
    /// they do.
    pub fn publish_now(&self, monday: NaiveDate, settings: &Settings, signed: Signed) -> Result<Signed, Mistake> {
        let from = closes_at(monday, settings);
        match self {
            Stage::Published { .. } => Err(Mistake::Out),
            _ if signed.at < from => Err(Mistake::TooEarly { from }),
            Stage::Scheduled { approved, .. } => Ok(*approved),
            _ => self.asked_before(settings, signed).map(|_| signed),
        }
    }

    /// Back to collecting; what was missed stays so, and asks for nobody.
    pub fn take_back(&self) -> Result<Stage, Mistake> {
        match self {
            Stage::Published { .. } => Err(Mistake::Out),
            Stage::Missed { at, .. } => Ok(Stage::Missed { at: *at, asked: None }),
            _ => Ok(Stage::Collecting),
        }
    }

    /// Its hour passed.
    pub fn missed(&self, at: Instant) -> Stage {
        Stage::Missed { at, asked: self.asked() }
    }

    /// It is put right after it went out.
    pub fn correct(&self, signed: Signed) -> Result<Stage, Mistake> {
        match self {
            Stage::Published { at, approved, late, .. } => {
                Ok(Stage::Published { at: *at, approved: *approved, late: *late, corrected: Some(signed) })
            }
            _ => Err(Mistake::NotOut),
        }
    }

    /// Who asked for review.
    pub fn asked(&self) -> Option<Signed> {
        match self {
            Stage::Review { asked } | Stage::Scheduled { asked, .. } => Some(*asked),
            Stage::Missed { asked, .. } => *asked,
            Stage::Collecting | Stage::Published { .. } => None,
        }
    }

    /// A second pair of eyes, where the co-op wants one.
    fn asked_before(&self, settings: &Settings, signed: Signed) -> Result<Signed, Mistake> {
        match self.asked() {
            asked if !settings.second_pair => Ok(asked.unwrap_or(signed)),
            None => Err(Mistake::NotAsked),
            Some(asked) if asked.by == signed.by => Err(Mistake::SecondPair { asked: asked.by }),
            Some(asked) => Ok(asked),
        }
    }
}
