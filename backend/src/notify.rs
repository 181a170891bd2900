//! Notices on their way out of the app: one row per occasion, person and channel, sent once
//! whatever crashes.
//!
//! An act leaves its notices in its own transaction. Here they become deliveries (`plan`), which a
//! process takes in hand, checks against what is true by now, and hands to the server's courier
//! (`hand`). What a process had in hand when it died is taken up again, and marked.

pub(crate) mod bounced;
pub mod devices;
pub(crate) mod facts;
mod forgetting;
mod hand;
mod lead_missing;
pub(crate) mod link;
mod mail_act;
mod not_seen;
mod plan;
mod post;
pub mod preferences;
mod purge;
mod remind;
mod settle;
mod ties;

use domain::id::MemberId;
use domain::notice::Notice;
use domain::time::Instant;

pub(crate) use bounced::arrives;
pub use bounced::bounced;
pub(crate) use forgetting::forget_person;
pub use hand::{Batch, Waiting, next};
pub use lead_missing::lead_missing;
pub use mail_act::{mail_act, press};
pub use not_seen::not_seen;
pub use plan::plan;
pub(crate) use plan::{listeners, write};
pub use post::{Carrying, Courier, Handed, run};
pub use purge::purge;
pub use remind::remind;
pub use settle::{Came, revive, settle};
pub(crate) use settle::{LEASE_S, is_tired, pause};

/// A delivery to be written.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What it is for: the same is said once to each person by each channel.
    pub occasion: String,
    pub member: MemberId,
    pub channel: domain::notify::Channel,
    pub notice: Notice,
    pub at: Instant,
    pub due_at: Instant,
}
