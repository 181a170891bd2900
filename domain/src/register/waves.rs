//! « Entre dans l'application »: mails in waves, so that whoever answers questions can keep up.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Mistake, typed_day};
use crate::id::MemberId;
use crate::procedures::Fields;
use crate::time::{Instant, paris_instant, plus_days};

/// The most addresses of one wave.
pub const WAVE_CAP: usize = 200;
/// The most waves at once.
pub const WAVES_CAP: usize = 60;
/// The hour at which a wave leaves, on the clocks of Paris.
const HOUR: u32 = 10;
/// The first wave leaves so far ahead at most. Days.
const AHEAD_D: u64 = 90;

/// Somebody who never signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitable {
    pub id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// When the last mail left, or is to leave.
    #[serde(default)]
    pub welcomed: Option<super::Welcomed>,
    /// One is on its way.
    #[serde(default)]
    pub waits: bool,
}

/// How they are to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WavePlan {
    /// Addresses of each.
    pub size: usize,
    /// The first one's day; another one each day after.
    pub from: NaiveDate,
    /// Those too who had one already.
    pub again: bool,
}

/// Who is written to, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// From 1.
    pub number: i16,
    pub due_at: Instant,
    pub people: Vec<MemberId>,
}

impl WavePlan {
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<WavePlan, Vec<Mistake>> {
        let mut wrong = Vec::new();
        let size = fields.one("size").parse::<usize>().ok().filter(|size| (1..=WAVE_CAP).contains(size));
        if size.is_none() {
            wrong.push(Mistake::AmountMissing);
        }
        let from = typed_day(fields.one("from"), today, plus_days(today, AHEAD_D)).map_err(|mistake| wrong.push(mistake)).ok();
        match (size, from) {
            (Some(size), Some(from)) => Ok(WavePlan { size, from, again: !fields.one("again").is_empty() }),
            _ => Err(wrong),
        }
    }
}

/// One mail an address: those behind it are of one wave. By number; whoever is on their way to one is left alone.
pub fn waves(people: &[Invitable], plan: WavePlan, now: Instant) -> Vec<Wave> {
    let wanted = |person: &&Invitable| !person.email.is_empty() && !person.waits && (plan.again || person.welcomed.is_none());
    let mut by_address: BTreeMap<&str, (i32, Vec<MemberId>)> = BTreeMap::new();
    for person in people.iter().filter(wanted) {
        let entry = by_address.entry(&person.email).or_insert((person.number, Vec::new()));
        entry.0 = entry.0.min(person.number);
        entry.1.push(person.id);
    }
    let mut addresses: Vec<(i32, Vec<MemberId>)> = by_address.into_values().collect();
    crate::order::by_key(&mut addresses, |(number, _)| *number);
    let clock = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let wave = |(at, of): (i16, &[(i32, Vec<MemberId>)])| Wave {
        number: at + 1,
        // One that would have left already leaves now.
        due_at: paris_instant(plus_days(plan.from, u64::from(at.unsigned_abs())), clock).max(now),
        people: of.iter().flat_map(|(_, people)| people.iter().copied()).collect(),
    };
    (0..).zip(addresses.chunks(plan.size.max(1))).take(WAVES_CAP).map(wave).collect()
}
