//! Parts sociales: exactly one for a member, whatever was paid in. The capital that they make, and where other money comes from.

mod amount;
mod course;
mod financing;
mod paid;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use amount::{AMOUNT_CAP, amount, typed_amount};
pub use course::{Month, Movement, course};
pub use financing::{Finances, Financing, Kind, NOTE_CAP, Source, WHOM_CAP, WrittenFinancing};
pub use paid::{How, Payment, Refund, WrittenPayment, WrittenShare, pay, refund, subscribe};

use crate::catalogue::Cents;
use crate::id::ShareId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub id: ShareId,
    /// What it comes to.
    pub cents: Cents,
    pub subscribed_on: NaiveDate,
    /// Oldest first; those that were cancelled, too.
    #[serde(default)]
    pub payments: Vec<Payment>,
    #[serde(default)]
    pub refund: Refund,
}

impl Share {
    pub fn paid(&self) -> Cents {
        Cents(self.payments.iter().filter(|payment| !payment.cancelled).map(|payment| payment.cents.0).sum())
    }

    /// What is still to be paid.
    pub fn left(&self) -> Cents {
        Cents((self.cents.0 - self.paid().0).max(0))
    }

    pub fn is_whole(&self) -> bool {
        self.left() == Cents::ZERO
    }

    /// It was given back: it is nobody's any more.
    pub fn is_over(&self) -> bool {
        matches!(self.refund, Refund::Paid { .. })
    }
}

/// A year's membership of the association, which insures whoever works in the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssociationYear {
    pub year: i32,
    pub cents: Cents,
    pub paid_on: NaiveDate,
}

/// « Attestation de part sociale »: what stands on the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareCertificate {
    pub today: NaiveDate,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub address: String,
    pub joined_on: NaiveDate,
    pub share: Share,
}
