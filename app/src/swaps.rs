//! Pages and cards of the slice swaps: what is offered, proposed, closed in a loop.

mod exchanges_page;
mod invitation_page;
mod loop_card;
mod moves;
mod my_offer_card;
mod offer_card;
mod proposal_card;

pub use exchanges_page::{ExchangesPage, segments};
pub use invitation_page::{InvitationPage, seen_by};
pub use loop_card::LoopCard;
pub use moves::Moves;
pub use proposal_card::ProposalCard;
