//! How many people are to be expected on a shift.
//!
//! Only shifts of the same weekday and starting time, whose sheet is closed, are looked at: the last
//! 26 weeks of them. Each weighs half of one that is four weeks younger. They say two things: how
//! *full* such shifts were at their start (`held ÷ seats`) and how many of those who were expected
//! *came* (`came ÷ held`). With `season`, how much fuller the same days were last year than the eight
//! weeks before this day of last year (from 20 shifts in each on; between a half and one and a half):
//!
//! ```text
//! expected = max(held now, seats × full × season), at most seats
//! likely   = expected × came
//! ```
//!
//! The range is what each of these shifts would have given by itself, an eighth at each end left out.
//! Light weeks of the policy (summer, the end of the year) are compared with light weeks only, of up to
//! 60 weeks. Under four shifts nothing is said. All in whole thousandths: the order of the past does not
//! matter, and every machine counts alike.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::weeks::Counted;
use crate::rules::Rules;
use crate::time::{Days, minus_days, plus_days};

/// Fewer past shifts than this say nothing.
pub const MIN_PAST: u16 = 4;
const WINDOW_W: i64 = 26;
const LIGHT_WINDOW_W: i64 = 60;
/// A shift that is so many weeks older weighs half.
const HALF_LIFE_W: i64 = 4;
const YEAR_D: u64 = 364;
/// Days around the same day of last year, at each side.
const SEASON_D: u64 = 14;
/// Days before this day of last year that it is compared with.
const BEFORE_D: u64 = 56;
const SEASON_MIN: usize = 20;
const WHOLE: u64 = 1000;

/// A shift to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    pub on: NaiveDate,
    /// Its start in Paris, minutes since midnight.
    pub minute: u16,
    pub seats: u16,
    pub held: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forecast {
    /// « pas assez d’historique »: so many shifts only.
    TooLittle { known: u16 },
    /// People, and of how many past shifts this is known.
    Expected { likely: u16, low: u16, high: u16, from: u16 },
}

/// Whether a day lies in a time that the policy asks less for.
pub fn is_light(rules: &Rules, day: NaiveDate) -> bool {
    rules.policy_on(day).light.iter().any(|light| light.days.contains(day))
}

pub fn forecast(coming: Coming, past: &[Counted], is_light: &dyn Fn(NaiveDate) -> bool, today: NaiveDate) -> Forecast {
    let light = is_light(coming.on);
    let alike: Vec<Alike> =
        past.iter().filter(|known| is_light(known.on) == light).filter_map(|known| alike(coming, known, light, today)).collect();
    let from = u16::try_from(alike.len()).unwrap_or(u16::MAX);
    if from < MIN_PAST {
        return Forecast::TooLittle { known: from };
    }
    let season = season(coming.on, past, &|day| is_light(day) == light, today);
    let sum = |of: &dyn Fn(&Alike) -> u64| alike.iter().map(|known| known.weight * of(known)).sum::<u64>();
    let (seats, held, came) = (sum(&|known| known.seats), sum(&|known| known.held), sum(&|known| known.came));
    let likely = (people(coming, (held, seats), (came, held), season) + WHOLE / 2) / WHOLE;
    let mut each: Vec<u64> =
        alike.iter().map(|one| people(coming, (one.held, one.seats), (one.came, one.held), season)).collect();
    crate::order::by_key(&mut each, |people| *people);
    let out = each.len() / 8;
    let (low, high) = (each[out] / WHOLE, each[each.len() - 1 - out].div_ceil(WHOLE));
    let whole = |people: u64| u16::try_from(people).unwrap_or(u16::MAX).min(coming.seats);
    Forecast::Expected { likely: whole(likely), low: whole(low.min(likely)), high: whole(high.max(likely)), from }
}

/// A past shift that may be compared.
struct Alike {
    seats: u64,
    held: u64,
    came: u64,
    weight: u64,
}

fn alike(coming: Coming, known: &Counted, light: bool, today: NaiveDate) -> Option<Alike> {
    let weeks = (today - known.on).num_days().div_euclid(7);
    let window = if light { LIGHT_WINDOW_W } else { WINDOW_W };
    let same = known.on.weekday() == coming.on.weekday() && known.minute == coming.minute;
    if !same || known.on >= today || weeks > window || known.seats == 0 {
        return None;
    }
    let held = known.held.min(known.seats);
    Some(Alike {
        seats: u64::from(known.seats),
        held: u64::from(held),
        came: u64::from(known.came?.min(held)),
        weight: WHOLE >> (weeks / HALF_LIFE_W).min(9),
    })
}

/// Thousandths of people: of those who hold or will hold a seat, those who come.
fn people(coming: Coming, full: (u64, u64), came: (u64, u64), season: u64) -> u64 {
    let seats = u64::from(coming.seats) * WHOLE;
    let held = (u64::from(coming.held) * WHOLE).min(seats);
    let usual = seats * full.0 * season / (full.1.max(1) * WHOLE);
    let expected = usual.clamp(held, seats);
    // Nobody was ever expected: nothing says that whoever comes to be would not come.
    (expected * came.0).checked_div(came.1).unwrap_or(expected)
}

/// How much fuller the same days were last year than the weeks before this day of last year, in thousandths.
fn season(on: NaiveDate, past: &[Counted], counts: &dyn Fn(NaiveDate) -> bool, today: NaiveDate) -> u64 {
    let (then, this_day) = (minus_days(on, YEAR_D), minus_days(today, YEAR_D));
    let there = Days { from: minus_days(then, SEASON_D), to: plus_days(then, SEASON_D) };
    let before = Days { from: minus_days(this_day, BEFORE_D), to: minus_days(this_day, 1) };
    let full = |days: Days| {
        let known: Vec<&Counted> = past.iter().filter(|one| days.contains(one.on) && one.on < today && counts(one.on)).collect();
        let seats: u64 = known.iter().map(|one| u64::from(one.seats)).sum();
        let held: u64 = known.iter().map(|one| u64::from(one.held.min(one.seats))).sum();
        (known.len() >= SEASON_MIN && seats > 0 && held > 0).then_some((held, seats))
    };
    match (full(there), full(before)) {
        (Some((held, seats)), Some((held_before, seats_before))) => {
            (WHOLE * held * seats_before / (seats * held_before)).clamp(WHOLE / 2, WHOLE * 3 / 2)
        }
        _ => WHOLE,
    }
}
