//! « Déplacer »: to an empty seat elsewhere.

use chrono::Duration;
use domain::command::Command;
use domain::decide::empty_seats_wished;
use domain::effect::{Effect, How};
use domain::id::SeatId;
use domain::notice::Notice;
use domain::reason::Reason;
use domain::swaps::{OfferState, Pattern};

use crate::coop::*;

fn next_week() -> Coop {
    Coop::new().shift("thu 9h +1", "Hugo* Camille Léa").shift("sat 9h +1", "Solène* Karim _ _").minimum("thu 9h +1", 2)
}

#[test]
fn a_member_moves_to_an_empty_seat_and_both_leads_see_it() {
    let mut coop = next_week();
    let came = coop.moves("Camille", "thu 9h +1", "sat 9h +1").expect("in time");
    assert_eq!(coop.team("thu 9h +1"), "Hugo* _ Léa");
    assert_eq!(coop.team("sat 9h +1"), "Solène* Karim Camille _");
    assert_eq!(came.effects.done.seat, Some(coop.seat("Camille", "sat 9h +1")));
    assert!(came.effects.list.iter().all(|effect| !matches!(effect, Effect::SeatMoved { how, .. } if *how != How::Moved)));
    let told =
        |lead, on, left, joined| coop.was_told(lead, |notice| *notice == Notice::TeamChanged { shift: shift(on), left, joined });
    assert!(told("Hugo", "thu 9h +1", Some(member("Camille")), None));
    assert!(told("Solène", "sat 9h +1", None, Some(member("Camille"))));
}

#[test]
fn moving_takes_seven_days_to_the_second_whatever_the_clocks_do() {
    let mut coop = next_week().before("thu 9h +1", hours(7 * 24));
    let deadline = coop.now;
    coop.clone().moves("Camille", "thu 9h +1", "sat 9h +1").expect("exactly seven times 24 hours");
    coop.later(Duration::seconds(1));
    let too_late = Reason::TooLateToMove { deadline, notice_h: 168 };
    assert_eq!(coop.moves("Camille", "thu 9h +1", "sat 9h +1").unwrap_err(), too_late);
}

#[test]
fn the_team_left_keeps_its_minimum() {
    let mut coop = next_week();
    coop.moves("Camille", "thu 9h +1", "sat 9h +1").expect("two remain");
    let when = coop.board.when(shift("thu 9h +1")).unwrap();
    let small = Reason::TeamTooSmall { when, left: 1, minimum: 2 };
    assert_eq!(coop.moves("Léa", "thu 9h +1", "sat 9h +1").unwrap_err(), small);
}

#[test]
fn nobody_moves_to_where_they_are_nor_to_a_held_seat() {
    let mut coop = next_week();
    let (from, to) = (coop.seat("Camille", "thu 9h +1"), SeatId::new(shift("sat 9h +1"), 1));
    let by = coop.board.who(member("Karim"));
    assert_eq!(coop.does("Camille", Command::MoveSeat { from, to }).unwrap_err(), Reason::SeatHeld { by, offered: false });
    assert_eq!(coop.does("Camille", Command::MoveSeat { from, to: from }).unwrap_err(), Reason::SameShift);
    assert!(matches!(coop.does("Nour", Command::MoveSeat { from, to }), Err(Reason::NotYourSeat { .. })));
}

#[test]
fn what_rested_on_the_seat_left_is_closed() {
    let mut coop = next_week();
    let offer = coop.gives("Camille", "thu 9h +1").unwrap().offer();
    let mine = coop.proposes("Camille", "thu 9h +1", "Karim", "sat 9h +1").unwrap().proposal();
    let theirs = coop.proposes("Solène", "sat 9h +1", "Hugo", "thu 9h +1").unwrap().proposal();
    coop.moves("Camille", "thu 9h +1", "sat 9h +1").unwrap();
    assert_eq!(coop.offer(offer).state, OfferState::Superseded { at: coop.now });
    assert!(!coop.proposal(mine).is_pending());
    assert!(coop.proposal(theirs).is_pending(), "it rests on other seats");
}

#[test]
fn ticked_shifts_with_an_empty_seat_are_shown_and_never_taken_by_themselves() {
    let mut coop =
        next_week().shift("fri 9h +1", "Solène* _:caisse").shift("mon 9h +2", "Solène* _").shift("tue 9h +2", "Solène* Nour");
    let wishes = ["sat 9h +1", "fri 9h +1", "mon 9h +2", "tue 9h +2"];
    let offer = coop.exchanges("Camille", "thu 9h +1", &wishes).unwrap().offer();
    let seats = |coop: &Coop| empty_seats_wished(&coop.board, coop.offer(offer), coop.now);
    let free = |on: &str, position| SeatId::new(shift(on), position);
    assert_eq!(seats(&coop), [free("sat 9h +1", 2), free("mon 9h +2", 1)], "one per shift, in order, those she may");
    assert_eq!(coop.team("thu 9h +1"), "Hugo* Camille Léa");
    let late = coop.clone().before("thu 9h +1", hours(7 * 24 - 1));
    assert_eq!(seats(&late), [], "it is too late to move");
    coop.withdraws("Camille", offer).unwrap();
    assert_eq!(seats(&coop), [], "she exchanges no more");
}

#[test]
fn a_ticked_pattern_shows_empty_seats_too() {
    let mut coop = next_week();
    let saturdays = Pattern { weekday: Some(chrono::Weekday::Sat), ..Pattern::default() };
    let offer = coop.exchanges_for("Camille", "thu 9h +1", saturdays).unwrap().offer();
    let seats = empty_seats_wished(&coop.board, coop.offer(offer), coop.now);
    assert_eq!(seats, [SeatId::new(shift("sat 9h +1"), 2)]);
}
