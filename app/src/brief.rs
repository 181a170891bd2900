//! La brève: read it, search it, contribute to it; and all those that are out.

mod api;
mod archive_page;
mod archived_page;
mod contribution;
mod crossing;
mod draft;
mod finding;
mod form;
mod issue_page;
mod newest;
mod pieces;
mod proposing_page;
mod reading;
mod share;
mod taken_up;
mod texts;

use domain::time::Instant;
use domain::view::Seen;
use domain::view::brief::{BriefView, brief};
use domain::view::proposing::{Mine, ProposingView, proposing};
use leptos::prelude::*;

use self::issue_page::{IssuePage, NewestPage};
use self::proposing_page::{MyBlockPage, ProposingPage};
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, Selected, View};

pub use archive_page::ArchivePage;
pub use archived_page::ArchivedPage;
pub use draft::count as drafts;
pub use newest::NewestBrief;
pub use pieces::Pieces;
pub use taken_up::TakenUp;
pub use texts::{count as texts, forget as forget_texts};

pub static CHAPTER: Contents = Contents { show, select };

impl Selected for BriefView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    fn lacks_its_subject(&self, query: &Query) -> bool {
        matches!(query, Query::Brief { monday: Some(_) }) && self.brief.is_none()
    }
}

impl Selected for ProposingView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being written stays: the page follows its contributions by itself.
    fn rest(&mut self) {
        self.mine = Mine::default();
        self.collecting = None;
    }
}

fn show(page: PageName) -> AnyView {
    match page {
        PageName::NewestBrief => view! { <NewestPage/> }.into_any(),
        PageName::Issue => view! { <IssuePage/> }.into_any(),
        PageName::Proposing => view! { <ProposingPage/> }.into_any(),
        PageName::MyBlock => view! { <MyBlockPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Brief { monday } => View::of(brief(seen, others.briefs?, others.events, *monday)),
        Query::Proposing => View::of(proposing(seen, others.groups?, others.briefs)),
        _ => return None,
    })
}
