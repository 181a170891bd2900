//! One working group on a screen: what it is for, who belongs to it, when it meets, and what I may do there.

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::event::{Events, Partner, Times};
use crate::groups::{Admission, Call, Groups, Minutes, REFERENTS, WorkingGroup};
use crate::id::{EventId, GroupId, JoiningId, MemberId, PictureId};
use crate::members::ShortName;
use crate::time::Instant;

/// How many dates of a group are shown.
const DATES: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    pub as_of: Instant,
    pub now: Instant,
    /// `None` where there is no such group.
    pub known: Option<KnownGroup>,
}

/// What stays while the page is open, and what moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownGroup {
    pub id: GroupId,
    pub slug: String,
    pub name: String,
    pub moving: GroupMoving,
}

/// What changes under an open page, which follows it by itself: what is being typed there stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMoving {
    pub role: String,
    /// Safe HTML.
    pub page: String,
    /// The newest first.
    pub minutes: Vec<Minutes>,
    pub referents: Vec<Somebody>,
    /// All who belong to it, its referents too.
    pub members: Vec<Somebody>,
    pub call: Option<Call>,
    /// What it announces, soonest first.
    pub dates: Vec<GroupDate>,
    pub standing: Standing,
    /// I run it.
    pub runs: bool,
    /// I may announce something in its name.
    pub organises: bool,
    /// I keep its dossier board.
    pub keeps_dossiers: bool,
    /// Requests and invitations that wait, where I run it.
    pub admits: Vec<Admission>,
    /// Whom I might invite, by name, where I run it.
    pub others: Vec<(MemberId, ShortName)>,
}

/// Where I stand with a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    #[default]
    Outside,
    /// I asked, and nobody has answered.
    Asked {
        joining: JoiningId,
        at: Instant,
    },
    /// I am invited.
    Invited {
        joining: JoiningId,
        by: ShortName,
        word: String,
    },
    Inside {
        referent: bool,
    },
}

/// Somebody of the group, with the ways to reach them that they opted in for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Somebody {
    pub id: MemberId,
    pub name: ShortName,
    pub me: bool,
    pub referent: bool,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub photo: Option<PictureId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDate {
    pub event: EventId,
    pub title: String,
    pub times: Times,
    pub place: String,
}

impl GroupMoving {
    /// How many referents it lacks.
    pub fn wanted(&self) -> usize {
        REFERENTS.saturating_sub(self.referents.len())
    }
}

/// `named`: its slug, or its id.
pub fn group(seen: Seen<'_>, groups: &Groups, events: Option<&Events>, named: &str) -> GroupView {
    let known = groups.groups.iter().find(|group| group.slug == named || group.id.to_string() == named);
    GroupView {
        as_of: groups.as_of.min(seen.me.as_of),
        now: seen.now,
        known: known.map(|group| KnownGroup {
            id: group.id,
            slug: group.slug.clone(),
            name: group.name.clone(),
            moving: moving_of(seen, groups, group, events),
        }),
    }
}

/// What moves of a group's page.
pub fn moving(seen: Seen<'_>, groups: &Groups, events: Option<&Events>, id: GroupId) -> Option<GroupMoving> {
    groups.group(id).map(|group| moving_of(seen, groups, group, events))
}

fn moving_of(seen: Seen<'_>, groups: &Groups, group: &WorkingGroup, events: Option<&Events>) -> GroupMoving {
    let me = seen.me;
    let somebody = |id: &MemberId| {
        let contact = groups.contacts.get(id);
        Somebody {
            id: *id,
            name: groups.name(*id),
            me: *id == me.id(),
            referent: group.referents.contains(id),
            phone: contact.and_then(|contact| contact.phone.clone()),
            email: contact.and_then(|contact| contact.email.clone()),
            photo: contact.and_then(|contact| contact.photo),
        }
    };
    let runs = me.runs.contains(&group.id);
    let admits: Vec<Admission> =
        me.admits.iter().filter(|admission| runs && admission.joining.group == group.id).cloned().collect();
    GroupMoving {
        role: group.role.clone(),
        page: group.page.clone(),
        minutes: group.minutes.clone(),
        referents: group.referents.iter().map(somebody).collect(),
        members: group.members.iter().map(somebody).collect(),
        call: group.call.clone(),
        dates: events.map(|events| dates(seen, events, group.id)).unwrap_or_default(),
        standing: standing(seen, groups, group),
        runs,
        organises: me.organises.contains(&group.id) || me.organises_public.contains(&group.id),
        keeps_dossiers: me.keeps_dossiers.contains(&group.id),
        others: if runs { others(seen, group, &admits) } else { Vec::new() },
        admits,
    }
}

fn standing(seen: Seen<'_>, groups: &Groups, group: &WorkingGroup) -> Standing {
    let me = seen.me.id();
    if group.members.contains(&me) {
        return Standing::Inside { referent: group.referents.contains(&me) };
    }
    let waits = seen.me.joinings.iter().find(|joining| joining.group == group.id && joining.is_pending());
    match waits {
        None => Standing::Outside,
        Some(joining) => match joining.invited_by {
            None => Standing::Asked { joining: joining.id, at: joining.at },
            Some(by) => Standing::Invited { joining: joining.id, by: groups.name(by), word: joining.word.clone() },
        },
    }
}

fn dates(seen: Seen<'_>, events: &Events, group: GroupId) -> Vec<GroupDate> {
    let to_come = events.events.iter().map(|shown| &shown.event).filter(|event| {
        let with = event.terms.details.with == Some(Partner::Group(group));
        (event.group == group || with) && event.state.is_published() && event.terms.times.ends_at > seen.now
    });
    let date = |event: &crate::event::Event| GroupDate {
        event: event.id,
        title: event.terms.details.title.clone(),
        times: event.terms.times,
        place: event.terms.details.place.name.clone(),
    };
    to_come.take(DATES).map(date).collect()
}

/// Everybody that the planning names, but for those who belong to it or are asked already.
fn others(seen: Seen<'_>, group: &WorkingGroup, admits: &[Admission]) -> Vec<(MemberId, ShortName)> {
    let asked = |id: &MemberId| admits.iter().any(|admission| admission.joining.member == *id);
    let people = seen.calendar.people.iter().filter(|(id, _)| !group.members.contains(id) && !asked(id));
    let mut people: Vec<(MemberId, ShortName)> = people.map(|(id, name)| (*id, name.clone())).collect();
    crate::order::by_key(&mut people, |(id, name)| (name.clone(), *id));
    people
}
