//! What a choice does to the count, said before the tap: also where a swap leaves the cycle.

use domain::ledger::{Credit, Entry, EntryKind, Policies, Policy, Version, standing};
use domain::view::Seen;
use domain::view::choices::{Bearing, absence, if_swapped, moves};
use domain::view::commitment::commitment;
use domain::view::what_if::WhatIf;

use crate::coop::*;
use crate::overlay::snapshots;

/// Camille's Saturday of this cycle is all that she owes for it; there is a seat next Thursday and one in the next cycle.
fn camille() -> (Coop, domain::calendar::Calendar, domain::me::Me) {
    let policy = Version { valid_from: day(2020, 1, 1), policy: Policy::default() };
    let coop = Coop::new()
        .rules(|rules| rules.policies = Policies::new(vec![policy]))
        .shift("sat 9h +1", "Solène* Camille Hugo Léa")
        .shift("thu 18h +2", "Karim* _ Nour Hugo")
        .shift("thu 18h +5", "Karim* _ Nour Hugo");
    let (calendar, mut me) = snapshots(&coop, "Camille");
    me.ledger = vec![Entry::new(EntryKind::CycleDue, monday(), -Credit::SHIFT)];
    me.standing = standing(&me.ledger, &calendar.rules, coop.now);
    (coop, calendar, me)
}

#[test]
fn a_swap_within_the_cycle_changes_nothing_and_one_beyond_it_leaves_the_cycle_to_do() {
    let (coop, calendar, me) = camille();
    let seen = Seen { calendar: &calendar, me: &me, now: coop.now };
    let at = |name: &str| &coop.board.shifts[&shift(name)];
    assert_eq!(if_swapped(seen, at("sat 9h +1"), at("thu 18h +2")), Bearing::Nothing);
    let cycle = cycle().around(monday());
    let left = Bearing::LeftToDo { shifts: 1, cycle };
    assert_eq!(if_swapped(seen, at("sat 9h +1"), at("thu 18h +5")), left);
    let seat = coop.seat("Camille", "sat 9h +1");
    let told: Vec<(_, Bearing)> = moves(seen, seat).into_iter().map(|to| (to.when.shift, to.bearing)).collect();
    assert_eq!(told, [(shift("thu 18h +2"), Bearing::Nothing), (shift("thu 18h +5"), left.clone())]);
    assert_eq!(absence(seen, shift("sat 9h +1")).unwrap().if_missed, left);
}

#[test]
fn what_is_tried_is_what_is_counted_and_changes_nothing() {
    let (coop, calendar, me) = camille();
    let seen = Seen { calendar: &calendar, me: &me, now: coop.now };
    let saturday = shift("sat 9h +1");
    let view = commitment(seen, Some(WhatIf::Give(saturday)));
    let tried = view.tried.expect("her own shift");
    assert_eq!((tried.before.to_do, tried.after.to_do), (0, 1));
    assert_eq!(view.standing, me.standing);
    let offered: Vec<String> = view.what_ifs.iter().map(|(what, _)| what.to_string()).collect();
    for what in [format!("donner~{saturday}"), format!("manquer~{saturday}"), format!("prendre~{}", shift("thu 18h +2"))] {
        assert!(offered.contains(&what), "{offered:?}");
        assert_eq!(what.parse::<WhatIf>().map(|what| what.to_string()), Ok(what));
    }
    let not_hers = [WhatIf::Give(shift("thu 18h +2")), WhatIf::Miss(shift("thu 18h +2")), WhatIf::Take(saturday)];
    for what in not_hers {
        assert_eq!(commitment(seen, Some(what)).tried, None);
    }
}

#[test]
fn seats_held_in_a_leave_are_shown_to_be_given() {
    let (coop, calendar, mut me) = camille();
    let leave = domain::time::Days { from: day(2026, 12, 1), to: day(2026, 12, 31) };
    me.aptitude.leaves.push(leave);
    let seen = Seen { calendar: &calendar, me: &me, now: coop.now };
    let view = commitment(seen, None);
    assert_eq!(view.held_in_leave.iter().map(|when| when.shift).collect::<Vec<_>>(), [shift("sat 9h +1")]);
    assert_eq!(view.leaves, [leave]);
}
