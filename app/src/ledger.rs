//! Pages of the slice ledger: « Mon engagement », and the hours of a year on paper.

mod certificate_page;
mod commitment_page;
mod pot;
mod requests;
mod story;
mod what_if;

use domain::view::Seen;
use domain::view::commitment::{CommitmentView, commitment};
use leptos::prelude::*;

use self::commitment_page::CommitmentPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, View, selected};

pub use certificate_page::CertificatePage;
pub use story::StoryList;

pub static CHAPTER: Contents = Contents { show, select };

selected!(CommitmentView);

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Commitment => view! { <CommitmentPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, _: Others<'_>) -> Option<View> {
    let Query::Commitment { asked } = query else { return None };
    Some(View::of(commitment(seen, *asked)))
}
