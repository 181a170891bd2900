//! Pages of the slice dossiers: the board of a group and one of its dossiers, which open without a network; and where somebody of the
//! group writes one at a table, which the server alone has.

mod acting;
mod api;
mod board_page;
mod dossier_page;
mod facts;
pub mod form;
mod hours;
mod opening;
mod write_page;
mod written;

use domain::time::Instant;
use domain::view::Seen;
use domain::view::dossiers::{BoardMoving, BoardView, DossierMoving, DossierView, board, dossier};
use leptos::prelude::*;

use self::board_page::BoardPage;
use self::dossier_page::DossierPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, Selected, View};

pub use api::{a_new_dossier, the_dossier};
pub use write_page::{NewDossierPage, WriteDossierPage};

pub static CHAPTER: Contents = Contents { show, select };

impl Selected for BoardView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being typed stays: the page follows its dossiers by itself.
    fn rest(&mut self) {
        if let Some(known) = &mut self.known {
            known.moving = BoardMoving::default();
        }
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        self.known.is_none()
    }
}

impl Selected for DossierView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// Likewise of one of them.
    fn rest(&mut self) {
        if let Some(known) = &mut self.known {
            known.moving = DossierMoving::default();
        }
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        self.known.is_none()
    }
}

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Board => view! { <BoardPage/> }.into_any(),
        PageName::Dossier => view! { <DossierPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Dossiers(named) => View::of(board(seen, others.groups?, named)),
        Query::Dossier(id) => View::of(dossier(seen, others.groups?, *id)),
        _ => return None,
    })
}
