//! Moi, and « Ma carte ».

use serde::{Deserialize, Serialize};

use super::Seen;
use super::home::standing_now;
use super::seats::ShiftCard;
use crate::calendar::SkillLabel;
use crate::ledger::{Entry, Standing};
use crate::me::Profile;
use crate::members::Rights;
use crate::notice::InboxRow;
use crate::register::Mine;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    pub as_of: Instant,
    pub now: Instant,
    pub profile: Profile,
    pub rights: Rights,
    pub standing: Standing,
    /// What the standing is made of, newest first.
    pub ledger: Vec<Entry>,
    pub skills: Vec<SkillLabel>,
    pub next: Option<ShiftCard>,
    /// Newest first, seen or not.
    pub inbox: Vec<InboxRow>,
    pub spoken_of: super::home::SpokenOf,
    /// Mail to the address came back.
    pub address_bounced: bool,
    /// I make events of some group.
    pub organises: bool,
    /// What the register keeps of me beside my profile.
    #[serde(default)]
    pub register: Mine,
}

pub fn profile(seen: Seen<'_>) -> ProfileView {
    let inbox: Vec<InboxRow> = seen.me.inbox.iter().take(30).cloned().collect();
    let mut ledger: Vec<Entry> = seen.me.ledger.clone();
    crate::order::by_key(&mut ledger, |entry| std::cmp::Reverse(entry.on));
    ledger.truncate(30);
    ProfileView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        profile: seen.me.profile.clone(),
        rights: seen.me.rights.clone(),
        standing: standing_now(seen),
        ledger,
        skills: seen.calendar.skills.iter().filter(|label| seen.me.aptitude.skills.contains(&label.skill)).cloned().collect(),
        next: super::home::next_shift(seen),
        spoken_of: super::home::spoken_of(seen, &inbox),
        inbox,
        address_bounced: seen.me.address_bounced,
        organises: seen.me.makes_events(),
        register: seen.me.register.clone(),
    }
}
