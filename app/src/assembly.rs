//! The assembly. Members read it, say whether they come, have somebody vote for them, and stand for the committee without a network
//! too. Voting needs one: a vote counts when it arrives, or not at all. Those who prepare it, keep it and count have still pages.

mod api;
mod assemblies_page;
mod calls_page;
mod candidates;
mod coming;
mod documents_page;
mod door_page;
pub mod form;
mod heads;
mod letters_page;
mod minutes_page;
mod page;
mod papers;
mod poll_forms;
mod poll_page;
mod preparing_page;
mod proxy_page;
mod result_page;
mod results;
mod session_page;
mod session_votes;
mod vote_page;
mod votes;

use domain::time::Instant;
use domain::view::Seen;
use domain::view::assembly::{AssemblyMoving, AssemblyView, assembly};
use leptos::prelude::*;

use self::documents_page::DocumentsPage;
use self::page::AssemblyPage;
use self::proxy_page::AssemblyProxyPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, Selected, View};

pub use api::{
    all_assemblies, assembly_calls, assembly_letters, assembly_poll, assembly_published, assembly_roll, assembly_vote,
    one_assembly,
};
pub use assemblies_page::AssembliesPage;
pub use calls_page::CallsPage;
pub use door_page::DoorPage;
pub use letters_page::LettersPage;
pub use minutes_page::AssemblyMinutesPage;
pub use poll_page::PollPage;
pub use preparing_page::PreparingPage;
pub use result_page::ResultPage;
pub use session_page::SessionPage;
pub use vote_page::VotePage;

pub static CHAPTER: Contents = Contents { show, select };

impl Selected for AssemblyView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being typed stays: who comes and goes, and each vote, the page follows by itself.
    fn rest(&mut self) {
        self.moving = AssemblyMoving::default();
    }
}

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Assembly => view! { <AssemblyPage/> }.into_any(),
        PageName::Documents => view! { <DocumentsPage/> }.into_any(),
        PageName::Proxy => view! { <AssemblyProxyPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    match query {
        Query::Assembly { others: named } => Some(View::of(assembly(seen, others.groups?, *named))),
        _ => None,
    }
}
