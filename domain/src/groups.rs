//! The working groups: what each is for, who belongs to it, how one comes in and goes; and the `Groups` snapshot.

mod change;
mod joining;
mod membership;
mod snapshot;
mod typed;

pub use change::Change;
pub use joining::{Admission, Joining, JoiningState, WORD_CAP};
pub use membership::{Membership, REFERENTS, lay_on};
pub use snapshot::{Call, Contact, Employed, Groups, Minutes, WorkingGroup};
pub use typed::{
    CALL_CAP, GroupInHand, MINUTES_CAP, MinutesInHand, Mistake, PAGE_CAP, Past, ROLE_CAP, TITLE_CAP, Written, WrittenMinutes,
};

/// The slug of the group whose active members are the office.
pub const OFFICE: &str = "administratif";
