//! The solidarity pot and its limits.

use domain::ledger::{Credit, EntryKind, NoDraw, NoGift, Policy, Pot, draw, gift, pot};

use super::{always, entry, on, shifts};
use crate::coop::day;

fn open(draws_a_year: u8, floor: f32) -> Policy {
    Policy { pot: Pot { open: true, draws_a_year, floor: shifts(floor) }, ..Policy::default() }
}

#[test]
fn only_what_is_ahead_is_given() {
    let today = day(2026, 12, 1);
    let policy = open(2, 0.0);
    let rules = always(policy.clone());
    let mut own = vec![entry(EntryKind::CycleDue, day(2026, 11, 23), -1.0), entry(EntryKind::Done, day(2026, 11, 24), 1.0)];
    assert_eq!(gift(&policy, &on(&own, &rules, today), today), Err(NoGift::NothingAhead { ahead: Credit::NONE }));
    own.push(entry(EntryKind::Done, day(2026, 11, 25), 1.0));
    let given = gift(&policy, &on(&own, &rules, today), today).unwrap();
    assert_eq!(pot([&given]), shifts(1.0));
    own.push(given);
    assert_eq!(on(&own, &rules, today).ahead, 0);
    assert_eq!(gift(&Policy::default(), &on(&own, &rules, today), today), Err(NoGift::NoPot));
}

#[test]
fn a_draw_has_its_limits() {
    let today = day(2026, 12, 1);
    let policy = open(2, 1.0);
    let rules = always(policy.clone());
    let mut own = vec![entry(EntryKind::CycleDue, day(2026, 9, 28), -4.0)];
    let tries = |own: &[domain::ledger::Entry], pot: f32| draw(&policy, own, &on(own, &rules, today), shifts(pot), today);
    assert_eq!(tries(&[], 5.0), Err(NoDraw::NothingOwed));
    assert_eq!(tries(&own, 1.0), Err(NoDraw::PotTooLow { pot: shifts(1.0), floor: shifts(1.0) }));
    for _ in 0..2 {
        let drawn = tries(&own, 2.0).unwrap();
        assert_eq!((drawn.kind, drawn.credit), (EntryKind::SolidarityDraw, shifts(1.0)));
        own.push(drawn);
    }
    assert_eq!(tries(&own, 5.0), Err(NoDraw::Enough { a_year: 2 }));
    let next_year = day(2027, 1, 1);
    assert!(draw(&policy, &own, &on(&own, &rules, next_year), shifts(5.0), next_year).is_ok());
    assert_eq!(pot(&own), shifts(-2.0));
}

#[test]
fn nobody_draws_more_than_they_owe() {
    let today = day(2026, 12, 1);
    let policy = open(2, 0.0);
    let own = [entry(EntryKind::CycleDue, day(2026, 11, 23), -0.5)];
    let drawn = draw(&policy, &own, &on(&own, &always(policy.clone()), today), shifts(3.0), today).unwrap();
    assert_eq!(drawn.credit, shifts(0.5));
}
