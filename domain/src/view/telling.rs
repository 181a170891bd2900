//! « Préviens-moi »: what I am told outside the app, and how.

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::board::when;
use crate::calendar::SkillLabel;
use crate::members::ShortName;
use crate::notify::{Ahead, CATALOGUE, Channel, Topic};
use crate::reason::When;
use crate::time::Instant;
use crate::watches::Watch;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellingView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub email: String,
    /// What can be said to somebody of my rights.
    pub topics: Vec<TopicView>,
    pub reminders: Vec<Ahead>,
    /// Since when my calendar has a secret address.
    pub calendar_since: Option<Instant>,
    /// What I watch for.
    #[serde(default)]
    pub watches: Vec<Watch>,
    /// The shifts for which I wait, or where a seat is kept for me, soonest first.
    #[serde(default)]
    pub waiting: Vec<InLine>,
    /// What one may watch for by skill.
    #[serde(default)]
    pub skills: Vec<SkillLabel>,
    /// The shifts that watches name.
    #[serde(default)]
    pub named: Vec<When>,
}

/// A full shift for which I wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InLine {
    pub when: When,
    /// From 1; 0 while the server has not said.
    pub place: u16,
    /// The seat that is kept for me, until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A topic, and how its switches stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicView {
    pub topic: Topic,
    /// None for what must be heard.
    pub switches: Vec<(Channel, bool)>,
}

pub fn telling(seen: Seen<'_>) -> TellingView {
    let me = seen.me;
    let concerns = |topic: &Topic| match topic {
        Topic::Team => me.rights.lead,
        Topic::Office => me.rights.office || me.rights.stands_in,
        _ => true,
    };
    let is_said = |topic: &Topic| *topic == Topic::BriefMail || CATALOGUE.iter().any(|line| line.topic == *topic);
    let switches = |topic: Topic| match topic {
        Topic::MyShifts => Vec::new(),
        Topic::BriefMail => vec![(Channel::Mail, me.preferences.brief_by_mail())],
        topic => {
            let channels = Channel::ALL.into_iter().filter(|channel| topic.goes_by(*channel));
            channels.map(|channel| (channel, me.preferences.is_on(topic, channel, me.has_device))).collect()
        }
    };
    TellingView {
        as_of: me.as_of,
        now: seen.now,
        name: me.profile.name(),
        email: me.profile.email.clone(),
        topics: Topic::ALL
            .into_iter()
            .filter(|topic| concerns(topic) && is_said(topic))
            .map(|topic| TopicView { topic, switches: switches(topic) })
            .collect(),
        reminders: me.preferences.reminders.clone(),
        calendar_since: me.calendar_since,
        watches: me.watches.iter().filter(|watch| is_ahead(seen, watch)).cloned().collect(),
        waiting: in_line(seen),
        skills: seen.calendar.skills.clone(),
        named: me.watches.iter().filter_map(|watch| Some(when(seen.calendar.shift(watch.what.shift?)?))).collect(),
    }
}

/// A watch for a shift that is over says nothing any more.
fn is_ahead(seen: Seen<'_>, watch: &Watch) -> bool {
    watch.what.shift.is_none_or(|shift| seen.calendar.shift(shift).is_some_and(|shift| seen.now <= shift.starts_at))
}

fn in_line(seen: Seen<'_>) -> Vec<InLine> {
    let mut waiting: Vec<InLine> = seen
        .me
        .waiting
        .iter()
        .filter_map(|waiting| {
            let shift = seen.calendar.shift(waiting.shift).filter(|shift| seen.now <= shift.starts_at)?;
            let kept = seen.me.kept.iter().find(|kept| kept.seat.shift == waiting.shift && seen.now <= kept.until);
            Some(InLine { when: when(shift), place: waiting.place, until: kept.map(|kept| kept.until) })
        })
        .collect();
    crate::order::by_key(&mut waiting, |known| known.when.starts_at);
    waiting
}
