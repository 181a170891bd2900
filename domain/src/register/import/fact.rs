//! What a file may say of a member, and a change of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::Cents;
use crate::id::MemberId;
use crate::members::Rhythm;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Number,
    FirstName,
    LastName,
    /// Both in one cell: « DUPONT, Marie », « Marie Dupont ».
    FullName,
    Email,
    Phone,
    Mobile,
    Street,
    MoreStreet,
    Zip,
    City,
    JoinedOn,
    Rhythm,
    /// What was paid of their share.
    Share,
    ShareOn,
    /// Of the association: yes, a year, a day, or an amount.
    Association,
    /// Whether they are a member at all.
    Active,
}

impl Field {
    /// In the order in which they are shown.
    pub const ALL: [Field; 17] = [
        Field::Number,
        Field::LastName,
        Field::FirstName,
        Field::FullName,
        Field::Email,
        Field::Phone,
        Field::Mobile,
        Field::Street,
        Field::MoreStreet,
        Field::Zip,
        Field::City,
        Field::JoinedOn,
        Field::Rhythm,
        Field::Share,
        Field::ShareOn,
        Field::Association,
        Field::Active,
    ];
}

/// A share, as a file says it: how much it comes to, how much is paid, since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareFact {
    pub cents: Cents,
    pub paid: Cents,
    pub on: NaiveDate,
}

/// All that a file may say of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    /// Empty where there is none.
    pub email: String,
    pub phone: Option<String>,
    pub address: String,
    pub joined_on: NaiveDate,
    pub rhythm: Rhythm,
    pub share: Option<ShareFact>,
    /// The years of the association.
    pub years: BTreeSet<i32>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    FirstName(String),
    LastName(String),
    Email(String),
    Phone(Option<String>),
    Address(String),
    JoinedOn(NaiveDate),
    Rhythm(Rhythm),
    Share(Option<ShareFact>),
    Years(BTreeSet<i32>),
}

/// Both are of the same field, and differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub old: Fact,
    pub new: Fact,
}

impl Fact {
    pub fn field(&self) -> Field {
        match self {
            Fact::FirstName(_) => Field::FirstName,
            Fact::LastName(_) => Field::LastName,
            Fact::Email(_) => Field::Email,
            Fact::Phone(_) => Field::Phone,
            Fact::Address(_) => Field::Street,
            Fact::JoinedOn(_) => Field::JoinedOn,
            Fact::Rhythm(_) => Field::Rhythm,
            Fact::Share(_) => Field::Share,
            Fact::Years(_) => Field::Association,
        }
    }
}

impl Change {
    pub fn field(&self) -> Field {
        self.new.field()
    }

    pub fn inverse(&self) -> Change {
        Change { old: self.new.clone(), new: self.old.clone() }
    }
}

impl Facts {
    /// What stands where `fact` would.
    pub fn like(&self, fact: &Fact) -> Fact {
        match fact {
            Fact::FirstName(_) => Fact::FirstName(self.first_name.clone()),
            Fact::LastName(_) => Fact::LastName(self.last_name.clone()),
            Fact::Email(_) => Fact::Email(self.email.clone()),
            Fact::Phone(_) => Fact::Phone(self.phone.clone()),
            Fact::Address(_) => Fact::Address(self.address.clone()),
            Fact::JoinedOn(_) => Fact::JoinedOn(self.joined_on),
            Fact::Rhythm(_) => Fact::Rhythm(self.rhythm),
            Fact::Share(_) => Fact::Share(self.share),
            Fact::Years(_) => Fact::Years(self.years.clone()),
        }
    }

    pub fn set(&mut self, fact: Fact) {
        match fact {
            Fact::FirstName(name) => self.first_name = name,
            Fact::LastName(name) => self.last_name = name,
            Fact::Email(email) => self.email = email,
            Fact::Phone(phone) => self.phone = phone,
            Fact::Address(address) => self.address = address,
            Fact::JoinedOn(day) => self.joined_on = day,
            Fact::Rhythm(rhythm) => self.rhythm = rhythm,
            Fact::Share(share) => self.share = share,
            Fact::Years(years) => self.years = years,
        }
    }

    /// What is otherwise in `after`; a number is never changed.
    pub fn until(&self, after: &Facts) -> Vec<Change> {
        let facts = [
            Fact::FirstName(after.first_name.clone()),
            Fact::LastName(after.last_name.clone()),
            Fact::Email(after.email.clone()),
            Fact::Phone(after.phone.clone()),
            Fact::Address(after.address.clone()),
            Fact::JoinedOn(after.joined_on),
            Fact::Rhythm(after.rhythm),
            Fact::Share(after.share),
            Fact::Years(after.years.clone()),
        ];
        let change = |new: Fact| {
            let old = self.like(&new);
            (old != new).then_some(Change { old, new })
        };
        facts.into_iter().filter_map(change).collect()
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// A member as the register has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub facts: Facts,
    /// Still a member; whoever left is known, and not changed.
    pub there: bool,
}

/// Everybody, those who left too. No two have the same number.
pub type Register = BTreeMap<MemberId, Kept>;
