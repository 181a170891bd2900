//! Pages of the slice groups: the co-op's groups, one of them, and what its referents write of it. With them come the coverage board
//! and what members read of the governance.

mod address;
mod admitting;
mod api;
mod coop_page;
pub mod form;
mod group_page;
mod hand_page;
mod minutes_forms;
mod people;
mod standing;

use domain::groups::Groups;
use domain::time::{Instant, paris_day};
use domain::view::Seen;
use domain::view::coverage::{CoverageView, coverage};
use domain::view::governance::{committee, coordination, decisions};
use domain::view::groups::{GroupMoving, GroupView, group};
use leptos::prelude::*;

use self::coop_page::CoopPage;
use self::group_page::GroupPage;
use crate::chapters::{Contents, PageName};
use crate::coverage::CoveragePage;
use crate::governance::{CommitteePage, CoordinationPage, DecisionsPage};
use crate::selection::{Others, Query, Selected, View, selected};

pub use address::shows_groups;
pub use api::the_group;
pub use hand_page::GroupHandPage;

pub static CHAPTER: Contents = Contents { show, select };

selected!(CoverageView);

impl Selected for Groups {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, None)
    }
}

impl Selected for GroupView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being typed stays: the page follows who comes and goes by itself.
    fn rest(&mut self) {
        if let Some(known) = &mut self.known {
            known.moving = GroupMoving::default();
        }
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        self.known.is_none()
    }
}

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Coop => view! { <CoopPage/> }.into_any(),
        PageName::Group => view! { <GroupPage/> }.into_any(),
        PageName::Committee => view! { <CommitteePage/> }.into_any(),
        PageName::Coordination => view! { <CoordinationPage/> }.into_any(),
        PageName::Decisions => view! { <DecisionsPage/> }.into_any(),
        PageName::Coverage => view! { <CoveragePage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Groups => View::of(as_they_are(others.groups?, seen.now)),
        Query::Group(named) => View::of(group(seen, others.groups?, others.events, named)),
        Query::Committee => View::of(committee(seen, others.groups?)),
        Query::Coordination => View::of(coordination(seen, others.groups?)),
        Query::Decisions => View::of(decisions(seen, others.groups?)),
        Query::Coverage => View::of(coverage(seen)),
        _ => return None,
    })
}

/// A snapshot that is old may hold mandates, and absences, that are over by now.
fn as_they_are(groups: &Groups, now: Instant) -> Groups {
    let (mut groups, today) = (groups.clone(), paris_day(now));
    groups.committee.retain(|mandate| mandate.is_in_force(today));
    for employed in &mut groups.employees {
        employed.away = employed.away.filter(|away| today <= away.until);
    }
    groups
}
