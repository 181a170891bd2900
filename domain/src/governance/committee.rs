//! The committee: twelve seats, each with its mandates one after the other.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::time::{minus_days, plus_days};

/// The seats of the committee.
pub const SEATS: u8 = 12;
/// How long an assembly elects for. Years.
pub const YEARS: u32 = 2;
/// The longest that somebody who was not elected replaces somebody who was: the next assembly is nearer. Days.
pub const COOPTED_D: u64 = 366;
/// So long before a mandate lapses, the committee is warned. Days.
pub const LAPSES_D: u64 = 60;
/// The longest words about an election or an end, in characters.
pub const WORDS_CAP: usize = 200;

/// How somebody came to a seat.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By an assembly.
    #[default]
    Elected,
    /// By the committee, until the next assembly.
    Coopted,
}

/// A mandate ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The first day without it.
    pub on: NaiveDate,
    pub why: String,
}

/// A seat on the committee, with its beginning and its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    pub member: MemberId,
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// From 1; none for what was written down before seats had numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<u8>,
    #[serde(default)]
    pub how: How,
    /// When they were elected or chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_on: Option<NaiveDate>,
    /// « AG ordinaire, 58 voix sur 64 »
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

impl Mandate {
    /// Whether it gives any right on that day.
    pub fn is_in_force(&self, today: NaiveDate) -> bool {
        self.from <= today && today <= self.last_day()
    }

    /// The last day on which it is one; before its first where it never was.
    pub fn last_day(&self) -> NaiveDate {
        self.ended.as_ref().map_or(self.to, |ended| minus_days(ended.on, 1).min(self.to))
    }

    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.last_day() < today
    }

    /// The days that are left, where it lapses soon.
    pub fn lapses_in(&self, today: NaiveDate) -> Option<u64> {
        let left = u64::try_from((self.to - today).num_days()).ok()?;
        (self.is_in_force(today) && self.ended.is_none() && left <= LAPSES_D).then_some(left)
    }

    fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from <= to && from <= self.last_day()
    }
}

/// A place on the committee, as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// From 1.
    pub number: u8,
    pub mandate: Option<Mandate>,
    /// Who comes after, where that is known already.
    pub next: Option<Mandate>,
    /// Empty since then, where somebody had it.
    pub empty_since: Option<NaiveDate>,
}

/// What is wrong with a mandate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateMistake {
    NobodyChosen,
    BadSeat,
    BadDay,
    /// It begins before anybody was elected, or more than a year from that day.
    BeginsTooFar,
    SeatTaken {
        by: MemberId,
        until: NaiveDate,
    },
    /// They sit already.
    SitsAlready {
        seat: Option<u8>,
        until: NaiveDate,
    },
    /// Until the next assembly, so many days at most.
    TooLong {
        days: u64,
    },
    EndsBeforeStart,
    WordsTooLong {
        cap: usize,
    },
    WhyMissing,
    /// It is over already.
    Over,
    /// The end is outside of the mandate.
    EndsOutside {
        from: NaiveDate,
        to: NaiveDate,
    },
}

/// All mandates, those that are over too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committee {
    pub mandates: Vec<Mandate>,
}

impl Committee {
    /// The mandates in force on that day.
    pub fn on(&self, today: NaiveDate) -> impl Iterator<Item = &Mandate> {
        self.mandates.iter().filter(move |mandate| mandate.is_in_force(today))
    }

    /// The twelve seats as they are on that day. A mandate without a number has the first seat that nobody else has.
    pub fn seats(&self, today: NaiveDate) -> Vec<Seat> {
        let mut unnumbered = self.on(today).filter(|mandate| mandate.seat.is_none());
        let numbers = 1..=SEATS;
        numbers
            .map(|number| {
                let of = |mandate: &&Mandate| mandate.seat == Some(number);
                let held = self.on(today).find(of).or_else(|| unnumbered.next()).cloned();
                let next =
                    self.mandates.iter().filter(of).filter(|mandate| mandate.from > today && !mandate.is_over(mandate.from));
                let was = self.mandates.iter().filter(of).filter(|mandate| mandate.is_over(today)).map(Mandate::last_day).max();
                let empty_since = if held.is_none() { was.map(|last| plus_days(last, 1)) } else { None };
                Seat { number, mandate: held, next: next.min_by_key(|mandate| mandate.from).cloned(), empty_since }
            })
            .collect()
    }

    /// The seats that nobody has at any time of a mandate that begins then, by number.
    pub fn free_seats(&self, from: NaiveDate) -> Vec<u8> {
        let to = two_years(from);
        let taken = |number: u8| self.mandates.iter().any(|known| known.seat == Some(number) && known.meets(from, to));
        (1..=SEATS).filter(|number| !taken(*number)).collect()
    }

    /// An assembly elects somebody to a seat that is free for all of the time.
    pub fn elected(
        &self,
        member: MemberId,
        seat: u8,
        from: NaiveDate,
        chosen_on: NaiveDate,
        words: &str,
    ) -> Result<Mandate, Vec<MandateMistake>> {
        let to = two_years(from);
        let mut mistakes = self.wrong(member, seat, from, to, words);
        if from < chosen_on || from > plus_days(chosen_on, 366) {
            mistakes.push(MandateMistake::BeginsTooFar);
        }
        let words = words.trim().to_owned();
        let made =
            Mandate { member, from, to, seat: Some(seat), how: How::Elected, chosen_on: Some(chosen_on), words, ended: None };
        if mistakes.is_empty() { Ok(made) } else { Err(mistakes) }
    }

    /// The committee fills an empty seat until the next assembly.
    pub fn coopted(
        &self,
        member: MemberId,
        seat: u8,
        from: NaiveDate,
        to: NaiveDate,
        words: &str,
    ) -> Result<Mandate, Vec<MandateMistake>> {
        if to < from {
            return Err(vec![MandateMistake::EndsBeforeStart]);
        }
        let mut mistakes = self.wrong(member, seat, from, to, words);
        if to > plus_days(from, COOPTED_D) {
            mistakes.push(MandateMistake::TooLong { days: COOPTED_D });
        }
        let words = words.trim().to_owned();
        let made = Mandate { member, from, to, seat: Some(seat), how: How::Coopted, chosen_on: Some(from), words, ended: None };
        if mistakes.is_empty() { Ok(made) } else { Err(mistakes) }
    }

    fn wrong(&self, member: MemberId, seat: u8, from: NaiveDate, to: NaiveDate, words: &str) -> Vec<MandateMistake> {
        let mut mistakes = Vec::new();
        if !(1..=SEATS).contains(&seat) {
            mistakes.push(MandateMistake::BadSeat);
        }
        if !(2016..2200).contains(&from.year()) {
            mistakes.push(MandateMistake::BadDay);
        }
        if words.chars().count() > WORDS_CAP {
            mistakes.push(MandateMistake::WordsTooLong { cap: WORDS_CAP });
        }
        let meeting: Vec<&Mandate> = self.mandates.iter().filter(|known| known.meets(from, to)).collect();
        if let Some(known) = meeting.iter().find(|known| known.member == member) {
            mistakes.push(MandateMistake::SitsAlready { seat: known.seat, until: known.last_day() });
        }
        if let Some(known) = meeting.iter().find(|known| known.seat == Some(seat) && known.member != member) {
            mistakes.push(MandateMistake::SeatTaken { by: known.member, until: known.last_day() });
        }
        mistakes
    }
}

impl Mandate {
    /// It ends before its time: `on` is the first day without it.
    pub fn end(&mut self, on: NaiveDate, why: &str, today: NaiveDate) -> Result<(), MandateMistake> {
        let why = why.trim();
        if why.is_empty() {
            return Err(MandateMistake::WhyMissing);
        }
        if why.chars().count() > WORDS_CAP {
            return Err(MandateMistake::WordsTooLong { cap: WORDS_CAP });
        }
        if self.ended.is_some() || self.is_over(today) {
            return Err(MandateMistake::Over);
        }
        if on < self.from || on > self.to {
            return Err(MandateMistake::EndsOutside { from: self.from, to: self.to });
        }
        self.ended = Some(Ended { on, why: why.to_owned() });
        Ok(())
    }
}

/// The last day of a mandate that begins then: of 29 February, two years later the 27th.
fn two_years(from: NaiveDate) -> NaiveDate {
    from.checked_add_months(Months::new(12 * YEARS)).map_or(NaiveDate::MAX, |end| minus_days(end, 1))
}
