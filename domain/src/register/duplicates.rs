//! People who may be registered twice, and addresses that several share.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::import::key;

/// Somebody of the register, as far as it takes to tell them from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    #[serde(default)]
    pub phone: Option<String>,
}

impl Registered {
    /// Whatever stands first, however it is spelt.
    pub fn name_key(&self) -> String {
        name_key(&self.first_name, &self.last_name)
    }
}

/// « Jean-Paul DUPONT » and « Dupont Jean Paul » are one name.
pub(super) fn name_key(first: &str, last: &str) -> String {
    let whole = key(&format!("{first} {last}"));
    let words: BTreeSet<&str> = whole.split(' ').collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// What two cards have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    Name,
    /// And the first name.
    Email,
    /// And the first name.
    Phone,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The one who was there before.
    pub first: MemberId,
    pub second: MemberId,
    pub alike: Vec<Alike>,
}

/// Pairs that may be one person, by number. Of many who are alike, each with the next: when those two are one, the pair after
/// them is the next.
pub fn duplicates(people: &[Registered]) -> Vec<Pair> {
    let mut groups: BTreeMap<(Alike, String), Vec<&Registered>> = BTreeMap::new();
    for person in people {
        let first = key(&person.first_name);
        groups.entry((Alike::Name, person.name_key())).or_default().push(person);
        if !person.email.is_empty() {
            groups.entry((Alike::Email, format!("{} {first}", person.email))).or_default().push(person);
        }
        if let Some(phone) = &person.phone {
            groups.entry((Alike::Phone, format!("{phone} {first}"))).or_default().push(person);
        }
    }
    let mut pairs: BTreeMap<(i32, i32), Pair> = BTreeMap::new();
    for ((alike, _), group) in &mut groups {
        group.sort_by_key(|person| person.number);
        for (first, second) in group.iter().zip(&group[1..]) {
            let pair = pairs.entry((first.number, second.number)).or_insert_with(|| Pair {
                first: first.id,
                second: second.id,
                alike: Vec::new(),
            });
            if !pair.alike.contains(alike) {
                pair.alike.push(*alike);
            }
        }
    }
    pairs.into_values().collect()
}

/// Addresses behind which several people stand, and of which nobody said yet that it is so.
pub fn shared_addresses(people: &[Registered], settled: &BTreeSet<String>) -> Vec<(String, Vec<MemberId>)> {
    let mut by_address: BTreeMap<&str, Vec<MemberId>> = BTreeMap::new();
    for person in people.iter().filter(|person| !person.email.is_empty()) {
        by_address.entry(&person.email).or_default().push(person.id);
    }
    let shared = by_address.into_iter().filter(|(email, people)| people.len() > 1 && !settled.contains(*email));
    shared.map(|(email, people)| (email.to_owned(), people)).collect()
}

/// What the office looks at: who may be registered twice, who shares an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alikes {
    pub pairs: Vec<Pair>,
    pub shared: Vec<(String, Vec<MemberId>)>,
    /// Those who are named.
    pub people: BTreeMap<MemberId, Registered>,
}

impl Alikes {
    pub fn of(people: Vec<Registered>, settled: &BTreeSet<String>) -> Alikes {
        let (pairs, shared) = (duplicates(&people), shared_addresses(&people, settled));
        let named: BTreeSet<MemberId> = pairs
            .iter()
            .flat_map(|pair| [pair.first, pair.second])
            .chain(shared.iter().flat_map(|(_, people)| people.iter().copied()))
            .collect();
        let people = people.into_iter().filter(|person| named.contains(&person.id)).map(|person| (person.id, person)).collect();
        Alikes { pairs, shared, people }
    }
}
