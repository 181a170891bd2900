//! On any small board the most people are served, and nothing is broken.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::effect::Effect;
use domain::id::LoopId;
use domain::matching::{close_loops, suggest_loops};
use domain::reason::Reason;
use domain::swaps::LoopState;
use proptest::prelude::*;
use uuid::Uuid;

use crate::brute_force::{consents, most_served};
use crate::coop::*;

/// The first two are near: within 48 and 72 hours of our Monday at 9 h.
const DAYS: [&str; 8] = ["wed 12h", "thu 6h", "fri 9h +1", "fri 11h +1", "fri 13h +1", "sat 9h +1", "sat 12h +1", "thu 18h +1"];

#[derive(Debug, Clone)]
struct Story {
    /// Who sits where: two seats of each day, by number in the cast (6: nobody).
    seats: Vec<usize>,
    /// Who has worked already.
    experienced: Vec<bool>,
    /// Who has learnt the till, which some seats ask for.
    skilled: Vec<bool>,
    till: Vec<bool>,
    /// By offer: whose, which of their seats, and the days they tick.
    offers: Vec<(usize, usize, u8)>,
    /// Ticked so long ago, in days.
    age: Vec<i64>,
}

fn stories(offers: usize) -> impl Strategy<Value = Story> {
    let dense = prop_oneof![any::<u8>(), any::<u8>().prop_flat_map(|a| any::<u8>().prop_map(move |b| a | b)), Just(255u8)];
    (
        prop::collection::vec(0usize..7, 16),
        prop::collection::vec(prop::bool::weighted(0.8), 6),
        prop::collection::vec(prop::bool::weighted(0.7), 6),
        prop::collection::vec(prop::bool::weighted(0.15), 16),
        prop::collection::vec((0usize..6, 0usize..4, dense), 2..=offers),
        prop::collection::vec(prop_oneof![9 => Just(0i64), 1 => Just(29i64)], offers),
    )
        .prop_map(|(seats, experienced, skilled, till, offers, age)| Story {
            seats,
            experienced,
            skilled,
            till,
            offers,
            age,
        })
}

/// The board of a story; a seat that its holder may not have stays empty.
fn told(story: &Story) -> Coop {
    let mut coop = Coop::new();
    for (at, name) in CAST.iter().enumerate() {
        if !story.experienced[at] {
            coop = coop.first_timer(name);
        }
        if story.skilled[at] {
            coop = coop.skilled(name, "caisse");
        }
    }
    for (at, name) in DAYS.iter().enumerate() {
        let team: Vec<&str> = (0..2).map(|seat| if story.till[2 * at + seat] { "_:caisse" } else { "_" }).collect();
        coop = coop.shift(name, &team.join(" "));
    }
    for (at, who) in story.seats.iter().enumerate().filter(|(_, who)| **who < 6) {
        let seat = domain::id::SeatId::new(shift(DAYS[at / 2]), (at % 2) as i16);
        let taken = coop.does(CAST[*who], domain::command::Command::TakeSeat { seat });
        if let Err(Reason::FirstTimerAlone { .. }) = taken {
            coop.board.shifts.get_mut(&seat.shift).unwrap().seat_mut(seat).unwrap().holder = Some(member(CAST[*who]));
        }
    }
    let now = coop.now;
    for ((who, which, ticked), age) in story.offers.iter().zip(&story.age) {
        let held: Vec<&str> =
            DAYS.into_iter().filter(|day| coop.board.shifts[&shift(day)].seat_of(member(CAST[*who])).is_some()).collect();
        let Some(on) = held.get(which % held.len().max(1)) else { continue };
        let wishes: Vec<&str> =
            DAYS.iter().enumerate().filter(|(at, day)| ticked & 1 << at != 0 && *day != on).map(|(_, day)| *day).collect();
        coop.now = now - Duration::days(*age);
        let _ = coop.exchanges(CAST[*who], on, &wishes);
        coop.now = now;
    }
    coop
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn nobody_is_left_out_who_could_be_served(story in stories(6)) {
        let coop = told(&story);
        let closed = close_loops(&coop.board, None, coop.now);
        let served: BTreeSet<_> = closed.loops.iter().flatten().map(|leg| leg.offer).collect();
        let best: BTreeSet<_> = most_served(&coop.board, coop.now).into_iter().collect();
        prop_assert_eq!(served, best, "as many, and among as many the earliest");
    }

}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn everybody_gets_what_they_ticked_and_loses_what_they_offered(story in stories(12)) {
        let mut coop = told(&story);
        let before = coop.clone();
        let closed = close_loops(&coop.board, None, coop.now);
        coop.apply(&closed.effects);
        let mut offers = BTreeSet::new();
        for legs in &closed.loops {
            prop_assert!(legs.len() > 1);
            for (leg, next) in legs.iter().zip(legs.iter().cycle().skip(1)) {
                prop_assert!(offers.insert(leg.offer), "served once");
                prop_assert_eq!(leg.takes, next.gives);
                prop_assert_eq!(before.board.holder(leg.gives), Some(leg.member));
                prop_assert_eq!(coop.board.holder(leg.takes), Some(leg.member));
                prop_assert_ne!(coop.board.holder(leg.gives), Some(leg.member));
                let (mine, theirs) = (before.offer(leg.offer), before.offer(next.offer));
                prop_assert!(consents(&before.board, mine, theirs, before.now));
            }
        }
        for (id, shift) in &before.board.shifts {
            for seat in shift.seat_ids() {
                let held = (before.board.holder(seat).is_some(), coop.board.holder(seat).is_some());
                prop_assert_eq!(held.0, held.1, "no seat is emptied or filled on {}", id);
            }
        }
    }

    #[test]
    fn the_same_board_closes_the_same_loops(story in stories(12)) {
        let coop = told(&story);
        let once = close_loops(&coop.board, None, coop.now);
        prop_assert_eq!(&once, &close_loops(&coop.board.clone(), None, coop.now));
    }

    #[test]
    fn a_suggestion_lacks_exactly_one_yes_and_closes_with_it(story in stories(8)) {
        let mut coop = told(&story);
        let closed = close_loops(&coop.board, None, coop.now);
        coop.apply(&closed.effects);
        let mut made = 1000u128;
        let mut new_id = || { made += 1; LoopId(Uuid::from_u128(made)) };
        let effects = suggest_loops(&coop.board, coop.now, &mut new_id);
        coop.apply(&effects);
        prop_assert!(suggest_loops(&coop.board, coop.now, &mut new_id).is_empty(), "nobody is asked again");
        for effect in &effects {
            let Effect::LoopSuggested(suggested) = effect else { continue };
            let lacking: Vec<_> = suggested
                .legs
                .iter()
                .zip(suggested.legs.iter().cycle().skip(1))
                .filter(|(leg, next)| !consents(&coop.board, coop.offer(leg.offer), coop.offer(next.offer), coop.now))
                .map(|(leg, _)| leg.member)
                .collect();
            prop_assert_eq!(lacking, vec![suggested.asks]);
            prop_assert!(suggested.expires_at >= coop.now && suggested.expires_at <= coop.now + hours(72));
            let mut yes = coop.clone();
            let name = name_of(suggested.asks);
            yes.does(&name, domain::command::Command::AcceptLoop { lacking: suggested.id }).expect("it is possible");
            let accepted = LoopState::Accepted { at: yes.now };
            prop_assert_eq!(&yes.board.loops[&suggested.id].state, &accepted);
        }
        for name in CAST {
            let asked = coop.board.loops.values().filter(|suggested| suggested.asks == member(name)).count();
            prop_assert!(asked <= 3);
        }
    }
}
