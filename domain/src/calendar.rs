//! The `Calendar` snapshot: shifts 8 weeks back and ahead, the same bytes for every member.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::id::{MemberId, OfferId, SeatId, TemplateId};
use crate::members::{ShortName, Skill};
use crate::outcome::Marks;
use crate::rules::Rules;
use crate::shifts::{Closure, Shift, ShiftTemplate};
use crate::swaps::{Audience, OfferKind};
use crate::time::Instant;
use crate::watches::Kept;

/// The version of the snapshots' shape; a build reads this one and the three before.
pub const SCHEMA: u16 = 1;

/// An open offer as everybody sees it: without its wishes, and never one made to named people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicOffer {
    pub id: OfferId,
    pub seat: SeatId,
    pub member: MemberId,
    pub kind: PublicKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub created_at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicKind {
    Give,
    Exchange,
}

/// How an offer shows to everybody, if it does.
pub fn public_kind(kind: &OfferKind) -> Option<PublicKind> {
    match kind {
        OfferKind::Give { audience: Audience::Anyone } => Some(PublicKind::Give),
        OfferKind::Give { .. } => None,
        OfferKind::Exchange { .. } => Some(PublicKind::Exchange),
    }
}

/// When the shop is open to shop, by weekday from Monday (0).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHours {
    pub weekday: u8,
    /// Wall clock in Paris.
    pub from: NaiveTime,
    pub to: NaiveTime,
}

/// A skill's slug with its French name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillLabel {
    pub skill: Skill,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    /// The next moment at which it changes without anybody doing anything.
    pub valid_until: Instant,
    pub rules: Rules,
    pub opening: Vec<OpeningHours>,
    pub skills: Vec<SkillLabel>,
    pub people: BTreeMap<MemberId, ShortName>,
    /// Without their regulars, which are nobody else's business.
    pub templates: Vec<ShiftTemplate>,
    pub closures: Vec<Closure>,
    /// In order of start.
    pub shifts: Vec<Shift>,
    pub offers: Vec<PublicOffer>,
    /// Free seats that are kept for the next in line; not for whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

impl Calendar {
    pub fn shift(&self, id: crate::id::ShiftId) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.id == id)
    }

    pub fn name(&self, member: MemberId) -> ShortName {
        self.people.get(&member).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
    }

    pub fn template(&self, id: TemplateId) -> Option<&ShiftTemplate> {
        self.templates.iter().find(|template| template.id == id)
    }

    pub fn skill_label(&self, skill: &Skill) -> String {
        self.skills.iter().find(|known| known.skill == *skill).map_or_else(|| skill.to_string(), |known| known.label.clone())
    }
}
