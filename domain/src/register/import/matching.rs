//! Whom a row is about: surely, perhaps, or nobody of the register.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Facts, Register};
use super::row::Incoming;
use super::step::Answers;
use crate::id::MemberId;
use crate::import::key;
use crate::register::Alike;
use crate::register::duplicates::name_key;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    Known(MemberId),
    /// Somebody says which one it is, if any.
    Perhaps(Vec<(MemberId, Alike)>),
    New,
}

/// One for each row. Nobody is on two rows.
pub(super) fn matched(register: &Register, rows: &[Incoming], answers: &Answers) -> Vec<Match> {
    let mut taken: BTreeSet<MemberId> = BTreeSet::new();
    let mut matches: Vec<Option<Match>> = vec![None; rows.len()];
    let known = Index::of(register);
    // What somebody said comes first, then what is surest.
    for (row, found) in rows.iter().zip(&mut matches) {
        *found = match answers.people.get(&row.line) {
            Some(Some(id)) if register.contains_key(id) && taken.insert(*id) => Some(Match::Known(*id)),
            Some(None) => Some(Match::New),
            _ => None,
        };
    }
    for by in [By::Number, By::Email, By::Name, By::FirstName] {
        for (row, found) in rows.iter().zip(&mut matches).filter(|(_, found)| found.is_none()) {
            if let Some(id) = known.surely(by, row).filter(|id| taken.insert(*id)) {
                *found = Some(Match::Known(id));
            }
        }
    }
    let open = |row: &Incoming| match known.perhaps(row, &taken) {
        people if people.is_empty() => Match::New,
        people => Match::Perhaps(people),
    };
    rows.iter().zip(matches).map(|(row, found)| found.unwrap_or_else(|| open(row))).collect()
}

/// By what somebody is known, the surest first.
#[derive(Clone, Copy)]
enum By {
    Number,
    Email,
    Name,
    /// And the address: somebody married. After all who are called as they are known, wherever these stand in the file.
    FirstName,
}

/// The register by what tells people apart.
struct Index<'a> {
    numbers: BTreeMap<i32, (MemberId, &'a Facts)>,
    emails: BTreeMap<&'a str, Vec<(MemberId, &'a Facts)>>,
    names: BTreeMap<String, Vec<(MemberId, &'a Facts)>>,
    phones: BTreeMap<&'a str, Vec<(MemberId, &'a Facts)>>,
    left: BTreeSet<MemberId>,
}

impl<'a> Index<'a> {
    fn of(register: &'a Register) -> Index<'a> {
        let left = register.iter().filter(|(_, kept)| !kept.there).map(|(id, _)| *id).collect();
        let mut index =
            Index { numbers: BTreeMap::new(), emails: BTreeMap::new(), names: BTreeMap::new(), phones: BTreeMap::new(), left };
        for (id, kept) in register {
            let facts = &kept.facts;
            index.numbers.insert(facts.number, (*id, facts));
            index.names.entry(name_key(&facts.first_name, &facts.last_name)).or_default().push((*id, facts));
            if !facts.email.is_empty() {
                index.emails.entry(&facts.email).or_default().push((*id, facts));
            }
            if let Some(phone) = &facts.phone {
                index.phones.entry(phone).or_default().push((*id, facts));
            }
        }
        index
    }

    fn surely(&self, by: By, row: &Incoming) -> Option<MemberId> {
        match by {
            By::Number => self.by_number(row),
            By::Email => self.by_email(row),
            By::Name => self.by_name(row),
            By::FirstName => self.by_first_name(row),
        }
    }

    /// Of that number and that name.
    fn by_number(&self, row: &Incoming) -> Option<MemberId> {
        let (id, facts) = self.numbers.get(&row.number?)?;
        is_called(facts, row).then_some(*id)
    }

    /// Behind that address, of that name: the only one.
    fn by_email(&self, row: &Incoming) -> Option<MemberId> {
        let behind = self.emails.get(row.email.as_deref()?)?;
        only(behind.iter().filter(|(_, facts)| is_called(facts, row)))
    }

    /// Behind that address, of that first name: the only one. Of whoever left it is asked.
    fn by_first_name(&self, row: &Incoming) -> Option<MemberId> {
        let behind = self.emails.get(row.email.as_deref()?)?;
        let first = key(&row.first_name);
        only(behind.iter().filter(|(_, facts)| key(&facts.first_name) == first)).filter(|id| !self.left.contains(id))
    }

    /// Of that name: the only one, unless another address says that it is somebody else.
    fn by_name(&self, row: &Incoming) -> Option<MemberId> {
        let named = self.names.get(&row.name_key())?;
        let may_be = |facts: &Facts| {
            let same_address = row.email.as_deref().is_none_or(|email| facts.email.is_empty() || facts.email == email);
            same_address && row.number.is_none_or(|number| number == facts.number || row.email.is_none())
        };
        match named.as_slice() {
            [(id, facts)] if may_be(facts) => Some(*id),
            _ => None,
        }
    }

    /// Those whom it might be, each with why.
    fn perhaps(&self, row: &Incoming, taken: &BTreeSet<MemberId>) -> Vec<(MemberId, Alike)> {
        let mut people: Vec<(MemberId, Alike)> = Vec::new();
        let named = self.names.get(&row.name_key()).into_iter().flatten();
        people.extend(named.map(|(id, _)| (*id, Alike::Name)));
        let behind = row.email.as_deref().and_then(|email| self.emails.get(email)).into_iter().flatten();
        let first = key(&row.first_name);
        people.extend(behind.filter(|(_, facts)| key(&facts.first_name) == first).map(|(id, _)| (*id, Alike::Email)));
        let called = row.phone.as_deref().and_then(|phone| self.phones.get(phone)).into_iter().flatten();
        people.extend(called.filter(|(_, facts)| key(&facts.first_name) == first).map(|(id, _)| (*id, Alike::Phone)));
        let mut seen = BTreeSet::new();
        people.retain(|(id, _)| !taken.contains(id) && seen.insert(*id));
        people
    }
}

fn is_called(facts: &Facts, row: &Incoming) -> bool {
    name_key(&facts.first_name, &facts.last_name) == row.name_key()
}

fn only<'a>(mut people: impl Iterator<Item = &'a (MemberId, &'a Facts)>) -> Option<MemberId> {
    let (id, _) = people.next()?;
    people.next().is_none().then_some(*id)
}
