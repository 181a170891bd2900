//! What a file would change, for somebody to read and approve as a whole.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fact::{Change, Facts, Register, ShareFact};
use super::matching::{Match, matched};
use super::row::Incoming;
use super::step::{Answers, SharedAs};
use crate::catalogue::Cents;
use crate::id::MemberId;
use crate::import::key;
use crate::members::Rhythm;
use crate::register::Alike;
use crate::register::duplicates::name_key;

/// What a diff is made of.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub register: &'a Register,
    pub rows: &'a [Incoming],
    pub answers: &'a Answers,
    /// Addresses of which somebody said before that several people share them.
    pub settled: &'a BTreeSet<String>,
    /// Numbers of cards that are in the register no more, put together with another one or erased: nobody gets them again.
    pub gone: &'a BTreeSet<i32>,
    pub today: NaiveDate,
}

/// Each part in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    pub rows: u32,
    pub new: Vec<New>,
    pub changed: Vec<Changed>,
    pub same: u32,
    /// The file itself says that they are no members.
    pub left_out: u32,
    /// Members of whom the file says nothing: they stay as they are.
    pub absent: u32,
    pub questions: Vec<Question>,
    pub warnings: Vec<Warning>,
    /// What somebody said of addresses, for the next file.
    pub shared: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct New {
    pub line: u32,
    pub facts: Facts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub id: MemberId,
    pub line: u32,
    /// As they were called before.
    pub name: String,
    pub changes: Vec<Change>,
}

/// What has to be answered before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Is it one of these?
    Same { line: u32, name: String, people: Vec<(MemberId, Alike)> },
    /// Several people behind one address: a couple, a household?
    Shared { email: String, lines: Vec<(u32, String)>, people: Vec<MemberId> },
}

/// What somebody should look at; nothing is in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Somebody has that number: they get the next one.
    NumberTaken { line: u32, name: String, number: i32, given: i32 },
    /// The share that they have comes to something else: it stays.
    ShareDiffers { line: u32, name: String, file: Cents, ours: Cents },
    /// They are known without an address, and this one is somebody else's.
    AddressKept { line: u32, name: String },
    /// They left: nothing is changed.
    HasLeft { line: u32, name: String },
    /// Nobody can write to them.
    NoAddress { line: u32, name: String },
}

pub fn diff(given: &Given<'_>) -> Diff {
    let active: Vec<Incoming> = given.rows.iter().filter(|row| row.active).cloned().collect();
    let matches = matched(given.register, &active, given.answers);
    let mut comparing = Comparing::new(given, &active, &matches);
    for (row, found) in active.iter().zip(&matches) {
        match found {
            Match::Known(id) => comparing.known(row, *id),
            Match::New => comparing.new_one(row),
            Match::Perhaps(people) => {
                comparing.diff.questions.push(Question::Same { line: row.line, name: row.name(), people: people.clone() })
            }
        }
    }
    comparing.diff
}

impl Diff {
    /// Nothing would be written.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.questions.is_empty()
    }
}

/// Who would be behind an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// Already, and still.
    Holds(MemberId),
    /// From this file on.
    Gets { line: u32 },
}

struct Comparing<'a> {
    given: &'a Given<'a>,
    /// Addresses that a row's own may not have, and why not asked.
    without: BTreeSet<u32>,
    numbers: BTreeSet<i32>,
    next_number: i32,
    diff: Diff,
}

impl<'a> Comparing<'a> {
    fn new(given: &'a Given<'a>, active: &[Incoming], matches: &[Match]) -> Comparing<'a> {
        let numbers: BTreeSet<i32> =
            given.register.values().map(|kept| kept.facts.number).chain(given.gone.iter().copied()).collect();
        let highest = numbers.last().copied().into_iter().chain(active.iter().filter_map(|row| row.number)).max();
        let named: BTreeSet<MemberId> = matches
            .iter()
            .filter_map(|found| match found {
                Match::Known(id) => Some(*id),
                Match::New | Match::Perhaps(_) => None,
            })
            .collect();
        let absent = given.register.iter().filter(|(id, kept)| kept.there && !named.contains(id)).count();
        let diff = Diff {
            rows: count(given.rows.len()),
            new: Vec::new(),
            changed: Vec::new(),
            same: 0,
            left_out: count(given.rows.len() - active.len()),
            absent: count(absent),
            questions: Vec::new(),
            warnings: Vec::new(),
            shared: Vec::new(),
        };
        let next_number = highest.unwrap_or(0).saturating_add(1);
        let mut comparing = Comparing { given, without: BTreeSet::new(), numbers, next_number, diff };
        comparing.addresses(active, matches);
        comparing
    }

    /// Looks at who would be behind each address, and asks where several would.
    fn addresses(&mut self, active: &[Incoming], matches: &[Match]) {
        let mut changing: BTreeMap<MemberId, &Incoming> = BTreeMap::new();
        for (row, found) in active.iter().zip(matches) {
            if let Match::Known(id) = found {
                changing.insert(*id, row);
            }
        }
        let mut claims: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
        for (id, kept) in self.given.register.iter().filter(|(_, kept)| kept.there && !kept.facts.email.is_empty()) {
            let said = changing.get(id).and_then(|row| row.email.as_deref());
            if said.is_none_or(|said| said == kept.facts.email) {
                claims.entry(&kept.facts.email).or_default().push(Claim::Holds(*id));
            }
        }
        for (row, found) in active.iter().zip(matches) {
            let Some(email) = row.email.as_deref() else { continue };
            let known = match found {
                // They stay as they were.
                Match::Known(id) if self.given.register.get(id).is_some_and(|kept| !kept.there) => continue,
                Match::Known(id) => Some(*id),
                Match::New => None,
                // Asked first.
                Match::Perhaps(_) => continue,
            };
            let before = known.and_then(|id| self.given.register.get(&id)).map(|kept| kept.facts.email.as_str());
            if before == Some(email) {
                continue;
            }
            let taken = claims.get(email).is_some_and(|claims| claims.iter().any(|claim| matches!(claim, Claim::Holds(_))));
            if before == Some("") && taken && !self.is_settled(email) {
                self.without.insert(row.line);
                self.diff.warnings.push(Warning::AddressKept { line: row.line, name: row.name() });
                continue;
            }
            claims.entry(email).or_default().push(Claim::Gets { line: row.line });
        }
        for (email, claims) in claims {
            let gets = claims.iter().any(|claim| matches!(claim, Claim::Gets { .. }));
            if claims.len() < 2 || !gets || self.given.settled.contains(email) {
                continue;
            }
            match self.given.answers.addresses.get(email) {
                Some(SharedAs::Household) => self.diff.shared.push(email.to_owned()),
                // Whoever has it keeps it; otherwise whoever comes first.
                Some(SharedAs::FirstOnly) => {
                    let others = claims.iter().skip(1).filter_map(|claim| match claim {
                        Claim::Gets { line } => Some(*line),
                        Claim::Holds(_) => None,
                    });
                    self.without.extend(others);
                }
                None => self.ask(email, &claims, active),
            }
        }
    }

    fn is_settled(&self, email: &str) -> bool {
        self.given.settled.contains(email) || self.given.answers.addresses.contains_key(email)
    }

    fn ask(&mut self, email: &str, claims: &[Claim], active: &[Incoming]) {
        let name = |line: u32| active.iter().find(|row| row.line == line).map(Incoming::name).unwrap_or_default();
        let (mut lines, mut people) = (Vec::new(), Vec::new());
        for claim in claims {
            match claim {
                Claim::Holds(id) => people.push(*id),
                Claim::Gets { line } => lines.push((*line, name(*line))),
            }
        }
        self.diff.questions.push(Question::Shared { email: email.to_owned(), lines, people });
    }

    fn known(&mut self, row: &Incoming, id: MemberId) {
        let Some(kept) = self.given.register.get(&id) else { return };
        let before = &kept.facts;
        if !kept.there {
            self.diff.same += 1;
            return self.diff.warnings.push(Warning::HasLeft { line: row.line, name: before.name() });
        }
        let mut after = before.clone();
        // What stood in one cell was cut in two by a guess; the office may have cut it better.
        let is_theirs = row.in_one_cell && name_key(&before.first_name, &before.last_name) == row.name_key();
        if !is_theirs && key(&before.first_name) != key(&row.first_name) {
            after.first_name.clone_from(&row.first_name);
        }
        if !is_theirs && key(&before.last_name) != key(&row.last_name) {
            after.last_name.clone_from(&row.last_name);
        }
        if let Some(email) = row.email.as_ref().filter(|_| !self.without.contains(&row.line)) {
            after.email.clone_from(email);
        }
        if row.phone.is_some() {
            after.phone.clone_from(&row.phone);
        }
        if let Some(address) = &row.address {
            after.address.clone_from(address);
        }
        after.joined_on = row.joined_on.unwrap_or(after.joined_on);
        after.rhythm = row.rhythm.unwrap_or(after.rhythm);
        after.years.extend(row.year);
        match (row.share, before.share) {
            (Some((cents, _)), Some(ours)) if cents != ours.cents && cents != ours.paid => {
                let name = before.name();
                self.diff.warnings.push(Warning::ShareDiffers { line: row.line, name, file: cents, ours: ours.cents });
            }
            (Some((cents, on)), None) => {
                after.share = Some(ShareFact { cents, paid: cents, on: on.unwrap_or(after.joined_on) });
            }
            _ => {}
        }
        let changes = before.until(&after);
        if changes.is_empty() {
            self.diff.same += 1;
        } else {
            self.diff.changed.push(Changed { id, line: row.line, name: before.name(), changes });
        }
    }

    fn new_one(&mut self, row: &Incoming) {
        let number = self.number(row);
        let joined_on = row.joined_on.unwrap_or(self.given.today);
        let email = row.email.clone().filter(|_| !self.without.contains(&row.line)).unwrap_or_default();
        if email.is_empty() {
            self.diff.warnings.push(Warning::NoAddress { line: row.line, name: row.name() });
        }
        let share = row.share.map(|(cents, on)| ShareFact { cents, paid: cents, on: on.unwrap_or(joined_on) });
        let facts = Facts {
            number,
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
            email,
            phone: row.phone.clone(),
            address: row.address.clone().unwrap_or_default(),
            joined_on,
            rhythm: row.rhythm.unwrap_or(Rhythm::Floating),
            share,
            years: row.year.into_iter().collect(),
        };
        self.diff.new.push(New { line: row.line, facts });
    }

    /// The one that the file says, where it is nobody's; otherwise the next one.
    fn number(&mut self, row: &Incoming) -> i32 {
        match row.number.filter(|number| !self.numbers.contains(number)) {
            Some(number) => {
                self.numbers.insert(number);
                number
            }
            None => {
                let given = self.next_number;
                self.numbers.insert(given);
                self.next_number = given.saturating_add(1);
                if let Some(number) = row.number {
                    let name = row.name();
                    self.diff.warnings.push(Warning::NumberTaken { line: row.line, name, number, given });
                }
                given
            }
        }
    }
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
