//! Loops of exchanges that close.

use chrono::{Duration, Weekday};
use domain::id::OfferId;
use domain::matching::{Closed, close_loops};
use domain::notice::Notice;
use domain::swaps::{OfferState, Pattern};

use crate::coop::*;

fn close(coop: &mut Coop, actor: Option<&str>) -> Closed {
    let closed = close_loops(&coop.board, actor.map(member), coop.now);
    coop.apply(&closed.effects);
    closed
}

/// Who is in each loop, in the order of its legs.
fn loops(closed: &Closed) -> Vec<String> {
    let names = |legs: &Vec<domain::swaps::Leg>| legs.iter().map(|leg| name_of(leg.member)).collect::<Vec<_>>().join(" → ");
    closed.loops.iter().map(names).collect()
}

fn week() -> Coop {
    Coop::new()
        .shift("wed 9h +1", "Nour _")
        .shift("thu 18h +1", "Hugo* Karim")
        .shift("fri 9h +1", "Hugo* Léa")
        .shift("sat 9h +1", "Solène* Camille")
}

#[test]
fn two_people_who_ticked_each_others_shift_exchange() {
    let mut coop = week();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    assert_eq!(close(&mut coop, Some("Karim")), Closed::default());
    coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1", "wed 9h +1"]).unwrap();
    let closed = close(&mut coop, Some("Camille"));
    assert_eq!(loops(&closed), ["Karim → Camille"]);
    assert_eq!((coop.team("thu 18h +1"), coop.team("sat 9h +1")), ("Hugo* Camille".into(), "Solène* Karim".into()));
    assert!(coop.was_told("Karim", |notice| matches!(notice, Notice::LoopClosed { legs } if legs.len() == 2)));
    assert_eq!(close(&mut coop, None), Closed::default(), "nothing is left to close");
}

fn three(coop: &mut Coop) -> [OfferId; 3] {
    [("Karim", "thu 18h +1", "fri 9h +1"), ("Léa", "fri 9h +1", "sat 9h +1"), ("Camille", "sat 9h +1", "thu 18h +1")]
        .map(|(name, on, wish)| coop.exchanges(name, on, &[wish]).unwrap().offer())
}

#[test]
fn a_loop_of_three_closes_and_everybody_gets_what_they_ticked() {
    let mut coop = week();
    let offers = three(&mut coop);
    let closed = close(&mut coop, Some("Camille"));
    assert_eq!(loops(&closed), ["Karim → Léa → Camille"]);
    assert_eq!(coop.team("thu 18h +1"), "Hugo* Camille");
    assert_eq!(coop.team("fri 9h +1"), "Hugo* Karim");
    assert_eq!(coop.team("sat 9h +1"), "Solène* Léa");
    for (offer, taker) in offers.into_iter().zip(["Camille", "Karim", "Léa"]) {
        assert_eq!(coop.offer(offer).state, OfferState::Done { by: member(taker), at: coop.now });
    }
}

#[test]
fn the_lead_whose_act_closes_a_loop_of_others_is_told_of_it() {
    let mut coop = week();
    three(&mut coop);
    close(&mut coop, Some("Solène"));
    assert!(coop.was_told("Solène", |notice| matches!(notice, Notice::TeamChanged { .. })));
}

#[test]
fn a_loop_of_six_has_no_length_limit() {
    let names = ["mon 9h +1", "tue 9h +1", "wed 9h +1", "thu 9h +1", "fri 9h +1", "sat 9h +1"];
    let mut coop = Coop::new();
    for (name, who) in names.iter().zip(CAST) {
        coop = coop.shift(name, who);
    }
    for (at, who) in CAST.iter().enumerate() {
        coop.exchanges(who, names[at], &[names[(at + 1) % 6]]).unwrap();
    }
    assert_eq!(close(&mut coop, None).loops[0].len(), 6);
}

#[test]
fn the_most_people_are_served_rather_than_the_first() {
    // Camille and Karim could exchange; with Léa and Nour besides, all four are served.
    let mut coop = week();
    coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1", "fri 9h +1"]).unwrap();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1", "wed 9h +1"]).unwrap();
    coop.exchanges("Léa", "fri 9h +1", &["sat 9h +1"]).unwrap();
    coop.exchanges("Nour", "wed 9h +1", &["thu 18h +1"]).unwrap();
    let closed = close(&mut coop, None);
    assert_eq!(closed.loops.concat().len(), 4);
    assert_eq!(loops(&closed), ["Nour → Karim", "Léa → Camille"]);
}

#[test]
fn among_as_many_the_earliest_shift_is_served_first_then_the_offers_id() {
    let mut coop = week();
    coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1", "fri 9h +1"]).unwrap();
    coop.exchanges("Léa", "fri 9h +1", &["sat 9h +1"]).unwrap();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    assert_eq!(loops(&close(&mut coop, None)), ["Karim → Camille"], "Thursday comes before Friday");

    let mut coop = week().shift("fri 9h +2", "Hugo* Léa Nour");
    coop.exchanges("Nour", "fri 9h +2", &["sat 9h +1"]).unwrap();
    coop.exchanges("Léa", "fri 9h +2", &["sat 9h +1"]).unwrap();
    coop.exchanges("Camille", "sat 9h +1", &["fri 9h +2"]).unwrap();
    assert_eq!(loops(&close(&mut coop, None)), ["Camille → Nour"], "her offer's id is the smaller");
}

#[test]
fn a_pattern_is_consent_as_well() {
    let mut coop = week();
    let evenings = Pattern { weekday: Some(Weekday::Thu), from_minute: Some(18 * 60), ..Pattern::default() };
    coop.exchanges_for("Camille", "sat 9h +1", evenings).unwrap();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    assert_eq!(loops(&close(&mut coop, None)), ["Karim → Camille"]);
}

#[test]
fn a_pattern_never_exchanges_within_ones_own_shift() {
    let mut coop = Coop::new().shift("sat 9h +1", "Solène* Camille Karim");
    let saturdays = || Pattern { weekday: Some(Weekday::Sat), ..Pattern::default() };
    coop.exchanges_for("Camille", "sat 9h +1", saturdays()).unwrap();
    coop.exchanges_for("Karim", "sat 9h +1", saturdays()).unwrap();
    assert_eq!(close(&mut coop, None), Closed::default());
}

#[test]
fn ticks_bind_72_hours_ahead_for_each_seat_received() {
    let mut coop = week();
    three(&mut coop);
    let mut coop = coop.before("thu 18h +1", hours(72));
    assert_eq!(close(&mut coop.clone(), None).loops.len(), 1, "exactly 72 h before the earliest");
    coop.later(Duration::seconds(1));
    assert_eq!(close(&mut coop, None), Closed::default());
}

#[test]
fn a_tick_binds_four_weeks() {
    let mut coop = Coop::new().shift("sat 9h +6", "Solène* Camille").shift("thu 18h +6", "Hugo* Karim");
    coop.exchanges("Camille", "sat 9h +6", &["thu 18h +6"]).unwrap();
    coop.later(Duration::days(28));
    coop.exchanges("Karim", "thu 18h +6", &["sat 9h +6"]).unwrap();
    assert_eq!(close(&mut coop.clone(), None).loops.len(), 1, "four weeks to the second");
    coop.later(Duration::seconds(1));
    assert_eq!(close(&mut coop.clone(), None), Closed::default());
    let offer = coop.board.offers.values().find(|offer| offer.member == member("Camille")).unwrap().id;
    coop.ticks("Camille", offer, &["thu 18h +6"]).unwrap();
    assert_eq!(close(&mut coop, None).loops.len(), 1, "ticked anew");
}

#[test]
fn a_wish_whose_shift_is_closed_or_not_generated_makes_no_edge() {
    let mut coop = week().template("thu 9h +3");
    coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1", "thu 9h +3"]).unwrap();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    coop.board.office = true;
    let treatment = domain::shifts::Treatment::Due;
    let why = "neige".to_owned();
    coop.does("Nour", domain::command::Command::CloseShift { shift: shift("thu 18h +1"), why, treatment }).unwrap();
    assert_eq!(close(&mut coop, None), Closed::default());
}

#[test]
fn who_could_not_hold_the_seat_is_in_no_loop() {
    let coop = {
        let mut coop = week();
        three(&mut coop);
        coop
    };
    for mut broken in [
        coop.clone().who("Léa", |who| who.active = false),
        coop.clone().who("Karim", |who| who.leaves = vec![domain::time::Days { from: day(2026, 12, 4), to: day(2026, 12, 4) }]),
        coop.clone().shift("sat 10h +1", "Solène Léa"),
        coop.clone().shift("fri 6h +1", "Karim").shift("fri 13h +1", "Karim"),
        coop.clone().unknown("Karim"),
    ] {
        // A lead elsewhere at the same time is not what this is about.
        for shift in broken.board.shifts.values_mut() {
            for seat in shift.seats.iter_mut().filter(|seat| !seat.lead && seat.holder == Some(member("Solène"))) {
                seat.holder = None;
            }
        }
        assert_eq!(close(&mut broken, None), Closed::default());
    }
    assert_eq!(close(&mut coop.clone(), None).loops.len(), 1);
}

#[test]
fn an_offered_seat_may_be_what_makes_room_for_another() {
    // Camille offers two seats of the same morning; what she gets for one overlaps the other.
    let mut coop = Coop::new()
        .shift("fri 9h +1", "Hugo* Karim")
        .shift("fri 12h +1", "Hugo* Camille")
        .shift("sat 9h +1", "Solène* Camille")
        .shift("fri 14h +1", "Nour Léa");
    coop.exchanges("Camille", "sat 9h +1", &["fri 14h +1"]).unwrap();
    coop.exchanges("Nour", "fri 14h +1", &["sat 9h +1"]).unwrap();
    assert_eq!(close(&mut coop.clone(), None), Closed::default(), "14 h overlaps 12 h");
    coop.exchanges("Camille", "fri 12h +1", &["fri 9h +1"]).unwrap();
    coop.exchanges("Karim", "fri 9h +1", &["fri 12h +1"]).unwrap();
    let closed = close(&mut coop, None);
    assert_eq!(loops(&closed), ["Karim → Camille", "Nour → Camille"], "first the one, then the other");
    assert_eq!(coop.team("fri 14h +1"), "Camille Léa");
}

#[test]
fn two_first_timers_do_not_replace_the_two_who_guide() {
    let coop = Coop::new()
        .shift("fri 9h +1", "Camille Karim")
        .shift("sat 9h +1", "Nour Solène")
        .shift("sat 12h +1", "Léa Hugo")
        .first_timer("Nour")
        .first_timer("Léa");
    let mut coop = coop;
    coop.exchanges("Camille", "fri 9h +1", &["sat 9h +1"]).unwrap();
    coop.exchanges("Karim", "fri 9h +1", &["sat 12h +1"]).unwrap();
    coop.exchanges("Nour", "sat 9h +1", &["fri 9h +1"]).unwrap();
    coop.exchanges("Léa", "sat 12h +1", &["fri 9h +1"]).unwrap();
    let closed = close(&mut coop, None);
    assert_eq!(closed.loops.len(), 1, "one of them finds somebody there");
    assert_eq!(loops(&closed), ["Camille → Nour"]);
}
