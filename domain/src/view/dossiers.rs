//! The dossier board of a group on a screen, and one of its dossiers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::dossiers::{Contact, Dossier, Hours, KEPT_D, Kind, Matter, Paper, Stage, State};
use crate::groups::Groups;
use crate::id::{DossierId, GroupId, MemberId};
use crate::members::ShortName;
use crate::order;
use crate::time::{Instant, minus_days, paris_day};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    pub as_of: Instant,
    pub now: Instant,
    /// `None` where there is no such group.
    pub known: Option<KnownBoard>,
}

/// What stays while the page is open, and what moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownBoard {
    pub group: GroupId,
    pub slug: String,
    pub name: String,
    pub moving: BoardMoving,
}

/// What changes under an open page, which follows it by itself: what is being typed there stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardMoving {
    /// I keep it; otherwise nothing of it is shown.
    pub mine: bool,
    /// By their day, then those without one.
    pub open: Vec<Row>,
    /// The last one first.
    pub closed: Vec<Row>,
}

/// A dossier in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Row {
    pub id: DossierId,
    pub title: String,
    pub kind: Kind,
    pub stage: Stage,
    pub holder: Option<ShortName>,
    /// I see to it.
    pub own: bool,
    pub due: Option<NaiveDate>,
    pub late: bool,
    pub near: bool,
    pub papers: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierView {
    pub as_of: Instant,
    pub now: Instant,
    pub id: DossierId,
    /// `None` where there is no such dossier, or none of mine.
    pub known: Option<KnownDossier>,
}

/// What stays while the page is open, and what moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDossier {
    pub group: GroupId,
    pub slug: String,
    /// The group's name.
    pub name: String,
    pub title: String,
    pub moving: DossierMoving,
}

/// What changes under an open page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierMoving {
    pub title: String,
    pub text: String,
    pub kind: Kind,
    pub matter: Matter,
    pub tutor: Option<ShortName>,
    pub contact: Option<Contact>,
    pub holder: Option<ShortName>,
    /// I see to it.
    pub own: bool,
    pub due: Option<NaiveDate>,
    pub late: bool,
    pub near: bool,
    pub papers: Vec<Paper>,
    pub state: State,
    /// Who closed it.
    pub closed_by: Option<ShortName>,
    /// The newest day first, each with who wrote it down.
    pub hours: Vec<(Hours, ShortName)>,
    /// All of them. Minutes.
    pub worked: u32,
    pub by: Option<ShortName>,
    pub at: Instant,
    /// I keep its board.
    pub keeps: bool,
    /// I may write hours down: I keep the board, or accompany the young volunteer.
    pub logs: bool,
}

/// `named`: the group's slug, or its id.
pub fn board(seen: Seen<'_>, groups: &Groups, named: &str) -> BoardView {
    let known = groups.groups.iter().find(|group| group.slug == named || group.id.to_string() == named);
    BoardView {
        as_of: groups.as_of.min(seen.me.as_of),
        now: seen.now,
        known: known.map(|group| KnownBoard {
            group: group.id,
            slug: group.slug.clone(),
            name: group.name.clone(),
            moving: board_moving(seen, group.id),
        }),
    }
}

/// What moves of a board.
pub fn board_moving(seen: Seen<'_>, group: GroupId) -> BoardMoving {
    let me = seen.me;
    if !me.keeps_dossiers.contains(&group) {
        return BoardMoving::default();
    }
    let today = paris_day(seen.now);
    let of = |dossier: &&Dossier| dossier.group == group;
    let mut open: Vec<&Dossier> = me.dossiers.iter().filter(of).filter(|dossier| dossier.is_open()).collect();
    order::by_key(&mut open, |dossier| (dossier.due.is_none(), dossier.due, dossier.at, dossier.id));
    // A snapshot that is old may hold what was closed too long ago by now.
    let kept = minus_days(today, KEPT_D);
    let recent = |dossier: &&Dossier| dossier.state.closed_at().is_some_and(|at| paris_day(at) >= kept);
    let mut closed: Vec<&Dossier> = me.dossiers.iter().filter(of).filter(recent).collect();
    order::by_key(&mut closed, |dossier| std::cmp::Reverse((dossier.state.closed_at(), dossier.id)));
    let row = |dossier: &Dossier| row(seen, dossier, today);
    BoardMoving { mine: true, open: open.into_iter().map(row).collect(), closed: closed.into_iter().map(row).collect() }
}

fn row(seen: Seen<'_>, dossier: &Dossier, today: NaiveDate) -> Row {
    Row {
        id: dossier.id,
        title: dossier.title.clone(),
        kind: dossier.kind(),
        stage: dossier.state.stage(),
        holder: dossier.holder.map(|holder| name(seen, holder)),
        own: dossier.holder == Some(seen.me.id()),
        due: dossier.due,
        late: dossier.is_late(today),
        near: dossier.is_near(today),
        papers: dossier.papers.len(),
    }
}

fn name(seen: Seen<'_>, member: MemberId) -> ShortName {
    if member == seen.me.id() { seen.me.profile.name() } else { seen.calendar.name(member) }
}

pub fn dossier(seen: Seen<'_>, groups: &Groups, id: DossierId) -> DossierView {
    let known = seen.me.dossiers.iter().find(|dossier| dossier.id == id);
    let known = known.and_then(|dossier| {
        let group = groups.group(dossier.group)?;
        Some(KnownDossier {
            group: group.id,
            slug: group.slug.clone(),
            name: group.name.clone(),
            title: dossier.title.clone(),
            moving: moving_of(seen, dossier),
        })
    });
    DossierView { as_of: groups.as_of.min(seen.me.as_of), now: seen.now, id, known }
}

/// What moves of a dossier; nothing once it is no longer mine to see.
pub fn dossier_moving(seen: Seen<'_>, id: DossierId) -> Option<DossierMoving> {
    seen.me.dossiers.iter().find(|dossier| dossier.id == id).map(|dossier| moving_of(seen, dossier))
}

fn moving_of(seen: Seen<'_>, dossier: &Dossier) -> DossierMoving {
    let today = paris_day(seen.now);
    let keeps = seen.me.keeps_dossiers.contains(&dossier.group);
    let accompanies = dossier.matter.tutor() == Some(seen.me.id());
    let volunteer = dossier.kind() == Kind::Volunteer;
    let mut hours: Vec<(Hours, ShortName)> = dossier.hours.iter().map(|hours| (hours.clone(), name(seen, hours.by))).collect();
    order::by_key(&mut hours, |(hours, _)| std::cmp::Reverse((hours.day, hours.id)));
    let closed_by = match &dossier.state {
        State::ToDo | State::UnderWay { .. } => None,
        State::Done { by, .. } | State::Dropped { by, .. } => Some(name(seen, *by)),
    };
    DossierMoving {
        title: dossier.title.clone(),
        text: dossier.text.clone(),
        kind: dossier.kind(),
        matter: dossier.matter.clone(),
        tutor: dossier.matter.tutor().map(|tutor| name(seen, tutor)),
        contact: dossier.matter.contact().cloned(),
        holder: dossier.holder.map(|holder| name(seen, holder)),
        own: dossier.holder == Some(seen.me.id()),
        due: dossier.due,
        late: dossier.is_late(today),
        near: dossier.is_near(today),
        papers: dossier.papers.clone(),
        state: dossier.state.clone(),
        closed_by,
        hours,
        worked: dossier.worked(),
        by: Some(name(seen, dossier.by)),
        at: dossier.at,
        keeps,
        logs: volunteer && dossier.is_open() && (keeps || accompanies),
    }
}
