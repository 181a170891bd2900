//! The register: 430 people.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::members::{Rhythm, Skill};
use domain::time::{Days, minus_days, plus_days};
use serde::Serialize;

use super::cast::{self, CAST, CastMember, member_id};
use super::dice::Dice;
use super::names::{FIRST, LAST, plain};

pub const MEMBERS: usize = 430;
/// Qualified to lead, with a recurring seat.
pub const LEADS: usize = 62;
/// Members who book each cycle, out of a hundred.
const FLOATING_PERCENT: usize = 25;
const COUPLES: usize = 9;
const NEWCOMERS: usize = 6;
const ON_LEAVE: usize = 12;

#[derive(Debug, Clone, Serialize)]
pub struct Person {
    #[serde(rename = "member_id")]
    pub id: MemberId,
    pub number: i32,
    #[serde(rename = "first_name")]
    pub first: String,
    #[serde(rename = "last_name")]
    pub last: String,
    pub email: String,
    pub phone: Option<String>,
    pub show_phone: bool,
    pub show_email: bool,
    pub rhythm: Rhythm,
    pub joined_on: NaiveDate,
    pub employee: bool,
    #[serde(skip)]
    pub skills: BTreeSet<Skill>,
    #[serde(skip)]
    pub leaves: Vec<Days>,
    /// One of the named people.
    #[serde(skip)]
    pub in_cast: bool,
    /// Has not been to a shift yet.
    #[serde(skip)]
    pub newcomer: bool,
}

impl Person {
    fn new(first: &str, last: &str, email: String, joined_on: NaiveDate) -> Person {
        Person {
            id: member_id(&email, first),
            number: 0,
            first: first.to_owned(),
            last: last.to_owned(),
            email,
            phone: None,
            show_phone: false,
            show_email: false,
            rhythm: Rhythm::Regular,
            joined_on,
            employee: false,
            skills: BTreeSet::new(),
            leaves: Vec::new(),
            in_cast: false,
            newcomer: false,
        }
    }

    pub fn is(&self, cast: &CastMember) -> bool {
        self.id == cast.id()
    }

    pub fn leads(&self) -> bool {
        self.skills.contains(&Skill::lead())
    }

    pub fn learn(&mut self, skill: &str) {
        self.skills.extend(Skill::parse(skill));
    }

    pub fn may_work(&self, on: NaiveDate) -> bool {
        self.joined_on <= on && !self.leaves.iter().any(|leave| leave.contains(on))
    }
}

/// Everybody, the cast first, numbered in the order in which they joined.
pub fn everybody(today: NaiveDate, dice: &mut Dice) -> Vec<Person> {
    let mut people: Vec<Person> = CAST.iter().map(|one| of_cast(one, today)).collect();
    let mut taken: BTreeSet<String> = people.iter().map(|person| person.email.clone()).collect();
    let mut couples = 0;
    while people.len() < MEMBERS {
        let (Some(first), Some(last)) = (dice.pick(&FIRST), dice.pick(&LAST)) else { break };
        let email = format!("{}.{}@exemple.fr", plain(first), plain(last));
        if !taken.insert(email.clone()) {
            continue;
        }
        let person = ordinary(first, last, email, today, dice);
        if couples < COUPLES
            && people.len() + 1 < MEMBERS
            && dice.percent(5)
            && let Some(other) = dice.pick(&FIRST).filter(|other| *other != first)
        {
            let shared = format!("famille.{}@exemple.fr", plain(last));
            if taken.insert(shared.clone()) {
                couples += 1;
                people.push(ordinary(other, last, shared.clone(), today, dice));
                people.push(ordinary(first, last, shared, today, dice));
                continue;
            }
        }
        people.push(person);
    }
    rhythms_and_skills(&mut people, today, dice);
    number(&mut people);
    people
}

fn of_cast(one: &CastMember, today: NaiveDate) -> Person {
    let mut person = Person::new(one.first, one.last, one.email.to_owned(), minus_days(today, 900));
    person.in_cast = true;
    person.phone = Some(format!("06 00 00 00 {:02}", one.first.len() * 7 % 100));
    if person.is(&cast::JEANNE) {
        person.joined_on = minus_days(today, 2);
        person.newcomer = true;
    } else if person.is(&cast::PAUL) {
        person.employee = true;
        person.rhythm = Rhythm::Floating;
        person.show_phone = true;
        person.show_email = true;
    } else if person.is(&cast::YVETTE) {
        person.phone = None;
        person.joined_on = minus_days(today, 2900);
    } else {
        person.learn("caisse");
    }
    if person.is(&cast::SOLENE) {
        person.learn(Skill::LEAD);
        person.learn("ouverture");
        person.learn("fermeture");
        person.show_phone = true;
    }
    for referent in [&cast::INES, &cast::THEO, &cast::MARGAUX] {
        person.show_email |= person.is(referent);
    }
    person
}

fn ordinary(first: &str, last: &str, email: String, today: NaiveDate, dice: &mut Dice) -> Person {
    let days = 60 + u64::try_from(dice.below(2800)).unwrap_or(0);
    let mut person = Person::new(first, last, email, minus_days(today, days));
    if dice.percent(90) {
        person.phone =
            Some(format!("06 {:02} {:02} {:02} {:02}", dice.below(100), dice.below(100), dice.below(100), dice.below(100)));
    }
    person.show_phone = person.phone.is_some() && dice.percent(15);
    person.show_email = dice.percent(12);
    person
}

fn rhythms_and_skills(people: &mut [Person], today: NaiveDate, dice: &mut Dice) {
    let mut leads = people.iter().filter(|person| person.leads()).count();
    let floating = MEMBERS * FLOATING_PERCENT / 100;
    let mut floats = people.iter().filter(|person| person.rhythm == Rhythm::Floating).count();
    let (mut newcomers, mut on_leave) = (1, 0);
    for person in people.iter_mut().filter(|person| !person.in_cast) {
        if leads < LEADS {
            leads += 1;
            person.learn(Skill::LEAD);
            person.learn("caisse");
            person.learn("ouverture");
            person.learn("fermeture");
            continue;
        }
        for (skill, percent) in [("caisse", 35), ("ouverture", 20), ("fermeture", 20), ("reception", 15), ("fromage", 8)] {
            if dice.percent(percent) {
                person.learn(skill);
            }
        }
        if floats < floating {
            floats += 1;
            person.rhythm = Rhythm::Floating;
            if newcomers < NEWCOMERS {
                newcomers += 1;
                person.newcomer = true;
                person.skills.clear();
                person.joined_on = minus_days(today, 5 + u64::try_from(newcomers).unwrap_or(0));
            }
        } else if on_leave < ON_LEAVE && dice.percent(8) {
            on_leave += 1;
            let from = plus_days(minus_days(today, 20), u64::try_from(dice.below(40)).unwrap_or(0));
            let days = 21 + u64::try_from(dice.below(60)).unwrap_or(0);
            person.leaves.push(Days { from, to: plus_days(from, days) });
        }
    }
}

fn number(people: &mut [Person]) {
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|at| (people[*at].joined_on, people[*at].id));
    for (rank, at) in order.into_iter().enumerate() {
        people[at].number = i32::try_from(rank + 1).unwrap_or(i32::MAX);
    }
}
