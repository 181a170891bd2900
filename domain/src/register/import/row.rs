//! A row of the file, understood; or everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::Table;
use super::cells::{self, both_names, day, email, money, name, number, phone, rhythm, text, yes_or_no};
use super::columns::Columns;
use super::fact::Field;
use super::fault::{Fault, Reason};
use crate::catalogue::Cents;
use crate::import::{self, FAULTS_CAP};
use crate::members::Rhythm;
use crate::register::ADDRESS_CAP;
use crate::register::duplicates::name_key;
use crate::time::plus_days;

/// Somebody may join so far ahead. Days.
const AHEAD_D: u64 = 366;

/// What a row says; what it says nothing of is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub line: u32,
    pub number: Option<i32>,
    pub first_name: String,
    pub last_name: String,
    /// They stood in one cell: where one ends and the other begins is a guess.
    pub in_one_cell: bool,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub joined_on: Option<NaiveDate>,
    pub rhythm: Option<Rhythm>,
    /// What was paid of their share, and when.
    pub share: Option<(Cents, Option<NaiveDate>)>,
    /// A year of the association.
    pub year: Option<i32>,
    /// A member, as far as the file says.
    pub active: bool,
}

impl Incoming {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Whatever stands first, however it is spelt.
    pub(super) fn name_key(&self) -> String {
        name_key(&self.first_name, &self.last_name)
    }
}

/// Every row, or every fault of every row, up to [`FAULTS_CAP`].
pub fn read(table: &Table, columns: &Columns, today: NaiveDate) -> Result<Vec<Incoming>, Vec<Fault>> {
    let is_member_unsaid = is_member_unsaid(table, columns);
    let mut reading = Reading { columns, today, is_member_unsaid, faults: Vec::new(), named: BTreeMap::new() };
    let mut rows = Vec::with_capacity(table.rows.len());
    for (line, cells) in &table.rows {
        rows.extend(reading.row(*line, cells));
        if reading.faults.len() >= FAULTS_CAP {
            break;
        }
    }
    if reading.faults.is_empty() { Ok(rows) } else { Err(reading.faults) }
}

/// What an empty cell says of somebody in the column of who is a member. A column that says « yes » and never « no » leaves the
/// « no » out: Odoo's files do, and boxes that are ticked.
fn is_member_unsaid(table: &Table, columns: &Columns) -> bool {
    let said = |(_, cells): &(u32, Vec<String>)| columns.cell(Field::Active, cells).and_then(|cell| yes_or_no(cell).ok());
    let said: BTreeSet<bool> = table.rows.iter().filter_map(said).collect();
    said != BTreeSet::from([true])
}

struct Reading<'a> {
    columns: &'a Columns,
    today: NaiveDate,
    is_member_unsaid: bool,
    faults: Vec<Fault>,
    /// Who was on which line, by name.
    named: ByName,
}

type ByName = BTreeMap<String, Vec<Named>>;

/// What tells two of one name apart.
struct Named {
    line: u32,
    email: Option<String>,
    number: Option<i32>,
}

impl Named {
    /// Their addresses say so, or their numbers where one of them has no address.
    fn is_somebody_else(&self, email: Option<&str>, number: Option<i32>) -> bool {
        match (self.email.as_deref(), email) {
            (Some(one), Some(other)) => one != other,
            _ => self.number.zip(number).is_some_and(|(one, other)| one != other),
        }
    }
}

impl Reading<'_> {
    /// Where something is missing, a fault says so.
    fn row(&mut self, line: u32, cells: &[String]) -> Option<Incoming> {
        let known = self.faults.len();
        let mut row = Row::of(line, cells, self.columns, &mut self.faults)?;
        let (today, of_column) = (self.today, self.columns.year());
        let founded = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap_or(NaiveDate::MIN);
        let last = plus_days(today, AHEAD_D);
        let names = row.names();
        let active = row.said(Field::Active, yes_or_no).unwrap_or(self.is_member_unsaid);
        let number = row.said(Field::Number, number).flatten();
        let email = row.said(Field::Email, email);
        // The one that is in a pocket.
        let (mobile, landline) = (row.said(Field::Mobile, phone), row.said(Field::Phone, phone));
        let address = row.address();
        let joined_on = row.said(Field::JoinedOn, |cell| day(cell, founded, last));
        let rhythm = row.said(Field::Rhythm, rhythm);
        let paid = row.said(Field::Share, money).filter(|cents| *cents > Cents::ZERO);
        let paid_on = row.said(Field::ShareOn, |cell| day(cell, founded, last));
        let (of_column, next) = (of_column.unwrap_or(today.year()), today.year() + 1);
        let year = row.said(Field::Association, |cell| cells::year(cell, of_column, next)).flatten();
        let (first_name, last_name) = names?;
        // What tells somebody apart may be what is wrong with the row: that comes first.
        if row.faults.len() == known {
            row.is_first(&mut self.named, &first_name, &last_name, email.as_deref(), number);
        }
        Some(Incoming {
            line,
            number,
            first_name,
            last_name,
            in_one_cell: self.columns.has(Field::FullName),
            email,
            phone: mobile.or(landline),
            address,
            joined_on,
            rhythm,
            share: paid.map(|cents| (cents, paid_on)),
            year,
            active,
        })
    }
}

type Row<'a> = import::Row<'a, Field, Reason>;

impl Row<'_> {
    /// First name and name.
    fn names(&mut self) -> Option<(String, String)> {
        if self.columns.has(Field::FullName) {
            return self.needed(Field::FullName, both_names);
        }
        let (first, last) = (self.needed(Field::FirstName, name), self.needed(Field::LastName, name));
        first.zip(last)
    }

    /// On one line: street, more of it, code and town.
    fn address(&mut self) -> Option<String> {
        let street = self.said(Field::Street, |cell| text(cell, ADDRESS_CAP));
        let more = self.said(Field::MoreStreet, |cell| text(cell, ADDRESS_CAP));
        let zip = self.said(Field::Zip, |cell| text(cell, 12));
        // A spreadsheet takes « 01000 » for a number.
        let zip = zip.map(|zip| if zip.len() == 4 && zip.bytes().all(|b| b.is_ascii_digit()) { format!("0{zip}") } else { zip });
        let city = self.said(Field::City, |cell| text(cell, 80));
        let town = [zip, city].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let parts = [street, more, Some(town)].into_iter().flatten().filter(|part| !part.is_empty());
        let whole = parts.collect::<Vec<_>>().join(", ");
        if whole.chars().count() > ADDRESS_CAP {
            let field = if self.columns.has(Field::Street) { Field::Street } else { Field::MoreStreet };
            self.fault(field, Reason::TooLong { cap: ADDRESS_CAP });
        }
        (!whole.is_empty()).then_some(whole)
    }

    /// Two of one name are told apart by their addresses, or by their numbers; otherwise it is one person, twice.
    fn is_first(&mut self, named: &mut ByName, first: &str, last: &str, email: Option<&str>, number: Option<i32>) {
        let line = self.line;
        let named = named.entry(name_key(first, last)).or_default();
        let earlier = named.iter().find(|known| !known.is_somebody_else(email, number)).map(|known| known.line);
        named.push(Named { line, email: email.map(str::to_owned), number });
        if let Some(earlier) = earlier {
            let field = if self.columns.has(Field::FullName) { Field::FullName } else { Field::LastName };
            self.fault(field, Reason::SamePerson { line: earlier });
        }
    }
}
