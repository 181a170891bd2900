//! Seats that change hands: the SQL around the rules of `domain`.

pub(crate) mod aftermath;
mod callable;
mod ended;
mod expire;
mod forgetting;
mod history;
mod invitations;
pub(crate) mod load;
pub(crate) mod matching;
mod moves;
pub(crate) mod notices;
mod opened;
mod openings;
pub(crate) mod scope;
mod ticked;
pub(crate) mod waiting;
pub(crate) mod write;

pub use expire::expire;
pub(crate) use forgetting::forget_person;
pub use history::{SeatChange, history};
pub use invitations::{Invited, invitation};
pub use matching::match_all;
pub use openings::tell_openings;
pub use scope::hash_of;
pub use ticked::who_ticked;
