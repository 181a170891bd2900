//! Parts sociales, the association's memberships, and where other money comes from.

mod finances;
mod keeping;
mod own;
mod row;
mod years;

pub use finances::{add_financing, finances, remove_financing};
pub use keeping::{cancel_payment, pay, refund, subscribe};
pub use own::{certificate, certificate_of};
pub(crate) use own::{due_on, forget, moved, not_due, subscribed_by_file, unsubscribed};
pub(crate) use row::{SHARE, shares};
pub(crate) use years::{YEAR, insured_by_file};
pub use years::{insure, take_back_year};
