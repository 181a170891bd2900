//! Pages and cards of the slice swaps: what is offered, proposed, closed in a loop.

mod exchanges_page;
mod invitation_page;
mod loop_card;
mod moves;
mod my_offer_card;
mod offer_card;
mod proposal_card;

use domain::view::Seen;
use domain::view::exchanges::{ExchangesView, exchanges};
use leptos::prelude::*;

use self::exchanges_page::ExchangesPage;
use self::invitation_page::InvitationPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, View, selected};

pub use exchanges_page::segments;
pub use invitation_page::seen_by;
pub use loop_card::LoopCard;
pub use moves::Moves;
pub use proposal_card::ProposalCard;

pub static CHAPTER: Contents = Contents { show, select };

selected!(ExchangesView);

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Exchanges => view! { <ExchangesPage/> }.into_any(),
        PageName::Invitation => view! { <InvitationPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, _: Others<'_>) -> Option<View> {
    let Query::Exchanges = query else { return None };
    Some(View::of(exchanges(seen)))
}
