//! The brief by mail: one copy for each address that reads it there, and whoever of the public asked for it.
//!
//! A brief that comes out leaves a row of `due_work` in its own transaction. The job decides once for whom it is
//! (`audience`); from there on each copy is taken in hand by one process (`hand`), carried by the server (`post`), and noted
//! as it ended (`settle`). What a process had in hand when it died is taken up again, and marked.

mod audience;
mod correction;
mod forgetting;
mod hand;
mod issue;
mod leaving;
mod post;
mod progress;
mod purge;
mod returned;
mod settle;
mod subscribing;
mod trial;

pub use audience::address;
pub use correction::{Second, mail_correction};
pub(crate) use forgetting::forget_address;
pub use hand::{BriefCopy, Next, next};
pub use issue::{Issue, PublicBrief, public_brief, public_briefs, public_mondays};
pub use leaving::{Leaving, come_back, leave, leaving};
pub use post::{CarryingCopy, Postman, run};
pub use progress::{retry, sending};
pub use purge::purge;
pub use returned::returned;
pub use settle::{revive, settle};
pub use subscribing::{Asked, awaits_yes, say_yes, subscribe};
pub use trial::{Trial, send_trial, trial};
