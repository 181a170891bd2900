//! A share is subscribed, paid at once or in several times, and given back to whoever leaves.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Share, typed_amount};
use crate::catalogue::Cents;
use crate::id::PaymentId;
use crate::procedures::Fields;
use crate::register::{Mistake, typed_day};
use crate::time::plus_days;

/// How money came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Cash,
    Cheque,
    Transfer,
    Card,
    /// On a website that takes payments.
    Online,
    Other,
}

impl How {
    pub const ALL: [How; 6] = [How::Cheque, How::Transfer, How::Card, How::Cash, How::Online, How::Other];

    /// As a form and a column name it.
    pub const fn slug(self) -> &'static str {
        match self {
            How::Cash => "cash",
            How::Cheque => "cheque",
            How::Transfer => "transfer",
            How::Card => "card",
            How::Online => "online",
            How::Other => "other",
        }
    }

    pub fn named(slug: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.slug() == slug)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub id: PaymentId,
    pub cents: Cents,
    pub on: NaiveDate,
    pub how: How,
    #[serde(default)]
    pub cancelled: bool,
}

/// What becomes of the money of whoever leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refund {
    #[default]
    NotDue,
    Due {
        since: NaiveDate,
    },
    Paid {
        on: NaiveDate,
        cents: Cents,
        how: How,
    },
}

/// The 8 June 2018 the statutes were voted: no share is older; so far back a day is let in. The first of that year.
const FIRST_YEAR: i32 = 2016;

fn day(fields: &Fields, name: &str, today: NaiveDate) -> Result<NaiveDate, Mistake> {
    let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(NaiveDate::MIN);
    typed_day(fields.one(name), first, plus_days(today, 31))
}

/// What somebody types of a new share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenShare {
    pub cents: Cents,
    pub on: NaiveDate,
}

impl WrittenShare {
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<WrittenShare, Vec<Mistake>> {
        let (cents, on) = (typed_amount(fields.one("amount")), day(fields, "on", today));
        match (cents, on) {
            (Ok(cents), Ok(on)) => Ok(WrittenShare { cents, on }),
            (cents, on) => Err(cents.err().into_iter().chain(on.err()).collect()),
        }
    }
}

/// What somebody types of money that came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenPayment {
    pub cents: Cents,
    pub on: NaiveDate,
    pub how: How,
}

impl WrittenPayment {
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<WrittenPayment, Vec<Mistake>> {
        let cents = typed_amount(fields.one("amount"));
        let on = day(fields, "on", today);
        let how = How::named(fields.one("how")).ok_or(Mistake::HowMissing);
        match (cents, on, how) {
            (Ok(cents), Ok(on), Ok(how)) => Ok(WrittenPayment { cents, on, how }),
            (cents, on, how) => Err(cents.err().into_iter().chain(on.err()).chain(how.err()).collect()),
        }
    }
}

/// Exactly one for a member: `held` are all that ever were theirs.
pub fn subscribe(held: &[Share]) -> Result<(), Mistake> {
    match held.iter().find(|share| !share.is_over()) {
        Some(share) => Err(Mistake::AlreadyHasShare { since: share.subscribed_on }),
        None => Ok(()),
    }
}

/// Never more than it comes to.
pub fn pay(share: &Share, cents: Cents) -> Result<(), Mistake> {
    match share.refund {
        Refund::Paid { on, .. } => Err(Mistake::AlreadyRefunded { on }),
        Refund::NotDue | Refund::Due { .. } if cents > share.left() => Err(Mistake::PaidTooMuch { left: share.left() }),
        Refund::NotDue | Refund::Due { .. } => Ok(()),
    }
}

/// Once they left, and never more than was paid in.
pub fn refund(share: &Share, cents: Cents) -> Result<(), Mistake> {
    match share.refund {
        Refund::NotDue => Err(Mistake::RefundNotDue),
        Refund::Paid { on, .. } => Err(Mistake::AlreadyRefunded { on }),
        Refund::Due { .. } if cents > share.paid() => Err(Mistake::RefundTooLarge { paid: share.paid() }),
        Refund::Due { .. } => Ok(()),
    }
}
