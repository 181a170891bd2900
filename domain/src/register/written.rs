//! What the office writes of a member, as it was typed, and as it is kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Mistake, Part};
use crate::line::line;
use crate::members::{Rhythm, Skill, email_address, phone_number};
use crate::procedures::Fields;
use crate::time::plus_days;

/// The longest name, in characters.
pub const NAME_CAP: usize = 60;
/// The longest postal address, in characters.
pub const ADDRESS_CAP: usize = 200;
/// The longest reason that the office notes, in characters.
pub const WHY_CAP: usize = 500;
/// The project was born in 2016: nobody joined before.
const FOUNDED: i32 = 2016;
/// Somebody may join so far ahead. Days.
const JOINS_AHEAD_D: u64 = 366;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub first_name: String,
    pub last_name: String,
    /// Small letters; empty for whoever has none. A couple may share one.
    pub email: String,
    pub phone: Option<String>,
    /// For letters.
    pub address: String,
    pub rhythm: Rhythm,
    pub joined_on: NaiveDate,
    #[serde(default)]
    pub skills: BTreeSet<Skill>,
}

impl Written {
    /// What was typed, as it is kept; or all that is wrong with it. `known`: the skills that there are.
    pub fn read(fields: &Fields, known: &BTreeSet<Skill>, today: NaiveDate) -> Result<Written, Vec<Mistake>> {
        let mut wrong = Vec::new();
        let first_name = name(fields.one("first_name"), Mistake::FirstNameMissing, &mut wrong);
        let last_name = name(fields.one("last_name"), Mistake::LastNameMissing, &mut wrong);
        let email = match fields.one("email") {
            "" => String::new(),
            typed => email_address(typed).unwrap_or_else(|| {
                wrong.push(Mistake::EmailUnreadable);
                String::new()
            }),
        };
        let phone = match fields.one("phone") {
            "" => None,
            typed => {
                let read = phone_number(typed);
                if read.is_none() {
                    wrong.push(Mistake::PhoneUnreadable);
                }
                read
            }
        };
        let address = line(fields.one("address"));
        if address.chars().count() > ADDRESS_CAP {
            wrong.push(Mistake::AddressTooLong { cap: ADDRESS_CAP });
        }
        let rhythm = match fields.one("rhythm") {
            "regular" => Some(Rhythm::Regular),
            "floating" => Some(Rhythm::Floating),
            _ => None,
        };
        if rhythm.is_none() {
            wrong.push(Mistake::RhythmMissing);
        }
        let founded = NaiveDate::from_ymd_opt(FOUNDED, 1, 1).unwrap_or(NaiveDate::MIN);
        let joined_on = typed_day(fields.one("joined_on"), founded, plus_days(today, JOINS_AHEAD_D));
        let skills: BTreeSet<Skill> = fields.all("skills").filter_map(Skill::parse).collect();
        if !skills.is_subset(known) {
            wrong.push(Mistake::UnknownSkill);
        }
        let joined_on = joined_on.map_err(|mistake| wrong.push(mistake)).ok();
        match (rhythm, joined_on) {
            (Some(rhythm), Some(joined_on)) if wrong.is_empty() => {
                Ok(Written { first_name, last_name, email, phone, address, rhythm, joined_on, skills })
            }
            _ => Err(wrong),
        }
    }

    /// Who founds the co-op: a first name, a family name behind it, and an address to send codes to.
    pub fn of_founder(email: &str, name: &str, today: NaiveDate) -> Result<Written, Vec<Mistake>> {
        let name = line(name);
        let (first, last) = name.split_once(' ').unwrap_or((name.as_str(), ""));
        let joined_on = today.to_string();
        let typed = [
            ("first_name", first),
            ("last_name", last),
            ("email", email),
            ("rhythm", "floating"),
            ("joined_on", joined_on.as_str()),
        ];
        let fields = Fields(typed.map(|(field, value)| (field.to_owned(), value.to_owned())).into());
        match Written::read(&fields, &BTreeSet::new(), today) {
            Ok(written) if written.email.is_empty() => Err(vec![Mistake::EmailUnreadable]),
            read => read,
        }
    }

    /// As somebody would have typed it.
    pub fn typed(&self) -> Vec<(&'static str, String)> {
        let rhythm = match self.rhythm {
            Rhythm::Regular => "regular",
            Rhythm::Floating => "floating",
        };
        let mut fields = vec![
            ("first_name", self.first_name.clone()),
            ("last_name", self.last_name.clone()),
            ("email", self.email.clone()),
            ("phone", self.phone.clone().unwrap_or_default()),
            ("address", self.address.clone()),
            ("rhythm", rhythm.to_owned()),
            ("joined_on", self.joined_on.to_string()),
        ];
        fields.extend(self.skills.iter().map(|skill| ("skills", skill.as_str().to_owned())));
        fields
    }

    /// What is otherwise in `after`.
    pub fn differing(&self, after: &Written) -> Vec<Part> {
        let parts = [
            (self.first_name != after.first_name || self.last_name != after.last_name, Part::Name),
            (self.email != after.email, Part::Email),
            (self.phone != after.phone, Part::Phone),
            (self.address != after.address, Part::Address),
            (self.rhythm != after.rhythm, Part::Rhythm),
            (self.joined_on != after.joined_on, Part::JoinedOn),
            (self.skills != after.skills, Part::Skills),
        ];
        parts.into_iter().filter(|(differs, _)| *differs).map(|(_, part)| part).collect()
    }
}

fn name(typed: &str, missing: Mistake, wrong: &mut Vec<Mistake>) -> String {
    let name = line(typed);
    if !name.chars().any(char::is_alphabetic) {
        wrong.push(missing);
    } else if name.chars().count() > NAME_CAP {
        wrong.push(Mistake::NameTooLong { cap: NAME_CAP });
    }
    name
}

/// `2026-12-04`, within these days.
pub fn typed_day(typed: &str, first: NaiveDate, last: NaiveDate) -> Result<NaiveDate, Mistake> {
    let day: NaiveDate = typed.trim().parse().map_err(|_| Mistake::DayMissing)?;
    if day < first {
        Err(Mistake::DayTooEarly { first })
    } else if day > last {
        Err(Mistake::DayTooLate { last })
    } else {
        Ok(day)
    }
}

/// A reason, one line; it may be empty.
pub fn typed_why(typed: &str) -> Result<String, Mistake> {
    let why = line(typed);
    let long = why.chars().count();
    if long > WHY_CAP { Err(Mistake::TextTooLong { cap: WHY_CAP, long }) } else { Ok(why) }
}
