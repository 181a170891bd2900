//! The commitment ledger.

mod cycles;
mod policies;
mod presence;
mod previewing;
mod properties;
mod settings;
mod solidarity;
mod standing;
mod story;
mod wire;

use chrono::NaiveDate;
use domain::ledger::{Credit, Entry, EntryKind, Policies, Policy, Standing, Version, standing};
use domain::rules::Rules;
use domain::shifts::{Shift, ShiftState, shift_id};
use domain::time::{paris_instant, plus_days};
use uuid::Uuid;

use crate::coop::{clock, cycle, day};

/// So many vacations, or a part of one.
fn shifts(shifts: f32) -> Credit {
    Credit((shifts * 180.0) as i32)
}

fn entry(kind: EntryKind, on: NaiveDate, credit: f32) -> Entry {
    Entry::new(kind, on, shifts(credit))
}

/// In force from a day on.
fn policy_from(on: NaiveDate, policy: Policy) -> Rules {
    let rules = Rules::on(cycle());
    Rules { policies: Policies::new(vec![Version { valid_from: on, policy }]), ..rules }
}

fn always(policy: Policy) -> Rules {
    policy_from(day(2020, 1, 1), policy)
}

fn on(entries: &[Entry], rules: &Rules, today: NaiveDate) -> Standing {
    standing(entries, rules, paris_instant(today, clock(12, 0)))
}

/// A shift of so many minutes from 9 on a day.
fn shift_of(on: NaiveDate, minutes: i64) -> Shift {
    let template = domain::id::TemplateId(Uuid::from_u128(7));
    let starts_at = paris_instant(on, clock(9, 0));
    Shift {
        id: shift_id(template, on),
        template,
        on,
        starts_at,
        ends_at: starts_at + chrono::Duration::minutes(minutes),
        state: ShiftState::Planned,
        minimum: 0,
        seats: Vec::new(),
    }
}

fn later(on: NaiveDate, days: u64) -> NaiveDate {
    plus_days(on, days)
}
