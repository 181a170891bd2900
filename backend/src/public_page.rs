//! What anybody reads of the co-op without an account. Communication writes; whoever publishes holds the page ([`Publishing`]).

mod addresses;
mod in_hand;
mod news;
mod place;
mod purge;
mod shown;
mod texts;
mod writing;

pub use addresses::{Address, PRESENTATION, PUBLIC_BRIEF, addresses};
pub use in_hand::{in_hand, overview};
pub use news::{Announced, News, news};
pub use place::set_place;
pub(crate) use purge::forget_person;
pub use purge::purge;
pub use shown::{Preview, place, preview, shown};
pub(crate) use texts::first;
pub use writing::{Kept, forget_draft, keep_draft, publish, publish_draft, restore, save_draft};
