//! « Échanger »: ticking is consent; what loops do when somebody says the yes they lack.

use chrono::{Duration, Weekday};
use domain::command::Command;
use domain::decide::{Decision, close_loop, decide};
use domain::effect::Effect;
use domain::eligibility::Missing;
use domain::id::{LoopId, OfferId, ShiftId};
use domain::notice::Notice;
use domain::reason::Reason;
use domain::shifts::shift_id;
use domain::swaps::{Leg, LoopState, OfferKind, OfferState, Pattern, SuggestedLoop, Wishes};
use domain::time::Days;
use uuid::Uuid;

use crate::coop::*;

fn three_days() -> Coop {
    Coop::new().shift("thu 18h +1", "Hugo* Karim").shift("fri 9h +1", "Hugo* Léa").shift("sat 9h +1", "Solène* Camille")
}

#[test]
fn an_exchange_keeps_its_wishes_with_the_moment_they_were_ticked() {
    let mut coop = three_days();
    let offer = coop.exchanges("Camille", "sat 9h +1", &["fri 9h +1", "thu 18h +1", "fri 9h +1"]).unwrap().offer();
    let wishes = coop.offer(offer).wishes().expect("an exchange");
    assert_eq!(wishes.shifts.len(), 2, "each once");
    assert!(wishes.shifts.iter().all(|wish| wish.ticked_at == coop.now));
    assert_eq!(coop.team("sat 9h +1"), "Solène* Camille");
}

#[test]
fn an_exchange_is_offered_until_48_hours_before() {
    let mut coop = three_days().before("sat 9h +1", hours(48));
    let deadline = coop.now;
    let offer = coop.clone().exchanges("Camille", "sat 9h +1", &["sat 9h +1"]);
    assert_eq!(offer.unwrap_err(), Reason::SameShift, "but not for itself");
    let mut coop_in_time = coop.clone().shift("mon 9h +2", "Hugo* _");
    coop_in_time.exchanges("Camille", "sat 9h +1", &["mon 9h +2"]).expect("exactly 48 h before");
    coop.later(Duration::seconds(1));
    let too_late = Reason::TooLateToExchange { deadline, notice_h: 48 };
    assert_eq!(coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1"]).unwrap_err(), too_late);
}

#[test]
fn something_is_wished_and_not_everything() {
    let mut coop = three_days();
    assert_eq!(coop.exchanges("Camille", "sat 9h +1", &[]).unwrap_err(), Reason::NothingWished);
    assert_eq!(coop.exchanges_for("Camille", "sat 9h +1", Pattern::default()).unwrap_err(), Reason::NothingWished);
    let (offer, seat) = (OfferId(coop.new_id()), coop.seat("Camille", "sat 9h +1"));
    let patterns = vec![Pattern { weekday: Some(Weekday::Thu), ..Pattern::default() }; 121];
    let many = Command::ExchangeSeat { offer, seat, wishes: Vec::new(), patterns, note: String::new() };
    assert_eq!(coop.does("Camille", many).unwrap_err(), Reason::TooManyWishes { cap: 120 });
}

#[test]
fn a_wish_names_a_shift_to_come_or_one_that_will_be_generated() {
    let mut coop = three_days().template("thu 9h +6").template("wed 9h +16").template("fri 9h +17");
    coop.exchanges("Camille", "sat 9h +1", &["thu 9h +6"]).expect("the same id before and after generation");
    let template = coop.board.templates[0].id;
    let mut wish = |wish: ShiftId| {
        let (offer, seat) = (OfferId(coop.new_id()), coop.seat("Léa", "fri 9h +1"));
        let command = Command::ExchangeSeat { offer, seat, wishes: vec![wish], patterns: Vec::new(), note: String::new() };
        decide(&coop.board, &command, member("Léa"), coop.now).reason().cloned()
    };
    assert_eq!(wish(ShiftId(Uuid::nil())), Some(Reason::UnknownShift));
    assert_eq!(wish(shift("fri 9h +17")), Some(Reason::UnknownShift), "beyond sixteen weeks");
    assert_eq!(wish(shift("wed 9h +16")), Some(Reason::UnknownShift), "two days beyond");
    assert_eq!(wish(shift_id(template, day(2027, 1, 14))), Some(Reason::UnknownShift), "not in that week of the cycle");
}

#[test]
fn a_wish_reaches_sixteen_weeks_and_no_further() {
    let mut coop = three_days().shift("mon 9h +16", "Hugo* _").shift("tue 9h +16", "Hugo* _");
    let weeks = 16;
    assert_eq!(coop.exchanges("Camille", "sat 9h +1", &["tue 9h +16"]).unwrap_err(), Reason::TooFarAhead { weeks });
    coop.exchanges("Camille", "sat 9h +1", &["mon 9h +16"]).expect("sixteen weeks to the day");
}

#[test]
fn a_closed_or_started_shift_is_no_wish() {
    let mut coop = three_days().shift("mon 6h", "Hugo* _");
    let deadline = coop.start("mon 6h");
    assert_eq!(coop.exchanges("Camille", "sat 9h +1", &["mon 6h"]).unwrap_err(), Reason::TooLate { deadline });
    coop.board.office = true;
    let treatment = domain::shifts::Treatment::Excused;
    coop.does("Solène", Command::CloseShift { shift: shift("fri 9h +1"), why: "neige".into(), treatment }).unwrap();
    let when = coop.board.when(shift("fri 9h +1")).unwrap();
    let closed = Reason::ShiftClosed { when, why: "neige".into() };
    assert_eq!(coop.exchanges("Camille", "sat 9h +1", &["fri 9h +1"]).unwrap_err(), closed);
}

#[test]
fn a_pattern_accepts_its_weekday_hours_and_dates_ends_as_said() {
    let coop = three_days();
    let thursday = &coop.board.shifts[&shift("thu 18h +1")];
    let on = thursday.on;
    let any = Pattern::default();
    for (pattern, accepts) in [
        (Pattern { weekday: Some(Weekday::Thu), ..any.clone() }, true),
        (Pattern { weekday: Some(Weekday::Fri), ..any.clone() }, false),
        (Pattern { from_minute: Some(18 * 60), ..any.clone() }, true),
        (Pattern { from_minute: Some(18 * 60 + 1), ..any.clone() }, false),
        (Pattern { to_minute: Some(18 * 60), ..any.clone() }, false),
        (Pattern { to_minute: Some(18 * 60 + 1), ..any.clone() }, true),
        (Pattern { days: Some(Days { from: on, to: on }), ..any.clone() }, true),
        (Pattern { days: Some(Days { from: day(2026, 1, 1), to: day(2026, 12, 2) }), ..any.clone() }, false),
        (Pattern { days: Some(Days { from: day(2026, 12, 4), to: day(2027, 1, 1) }), ..any }, false),
    ] {
        assert_eq!(pattern.accepts(thursday), accepts, "{pattern:?}");
    }
}

#[test]
fn ticking_anew_replaces_the_wishes_and_renews_the_consent() {
    let mut coop = three_days();
    let offer = coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1"]).unwrap().offer();
    coop.later(hours(30));
    coop.ticks("Camille", offer, &["fri 9h +1"]).unwrap();
    let wishes = coop.offer(offer).wishes().unwrap();
    let friday = &coop.board.shifts[&shift("fri 9h +1")];
    assert_eq!(wishes.ticked(friday), Some(coop.now));
    assert_eq!(wishes.ticked(&coop.board.shifts[&shift("thu 18h +1")]), None);
}

#[test]
fn only_ones_own_open_exchange_is_ticked_anew() {
    let mut coop = three_days();
    let offer = coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1"]).unwrap().offer();
    let given = coop.gives("Léa", "fri 9h +1").unwrap().offer();
    assert_eq!(coop.ticks("Karim", offer, &["fri 9h +1"]).unwrap_err(), Reason::NotYourOffer);
    assert_eq!(coop.ticks("Léa", given, &["thu 18h +1"]).unwrap_err(), Reason::OfferClosed);
    assert_eq!(coop.ticks("Camille", OfferId(Uuid::nil()), &["fri 9h +1"]).unwrap_err(), Reason::UnknownOffer);
    let mut late = coop.clone().before("sat 9h +1", hours(48));
    late.later(Duration::seconds(1));
    assert!(matches!(late.ticks("Camille", offer, &["fri 9h +1"]), Err(Reason::TooLateToExchange { .. })));
    coop.withdraws("Camille", offer).unwrap();
    assert_eq!(coop.ticks("Camille", offer, &["fri 9h +1"]).unwrap_err(), Reason::OfferClosed);
}

// — loops —

/// Karim → Léa → Camille → Karim: Karim ticked Friday, Léa Saturday; Camille was not asked.
fn suggested() -> (Coop, Vec<Leg>, LoopId) {
    let mut coop = three_days().shift("wed 9h +1", "Solène* _");
    let offers = [
        ("Karim", "thu 18h +1", coop.exchanges("Karim", "thu 18h +1", &["fri 9h +1"]).unwrap().offer()),
        ("Léa", "fri 9h +1", coop.exchanges("Léa", "fri 9h +1", &["sat 9h +1"]).unwrap().offer()),
        ("Camille", "sat 9h +1", coop.exchanges("Camille", "sat 9h +1", &["wed 9h +1"]).unwrap().offer()),
    ];
    let legs: Vec<Leg> = (0..3)
        .map(|at| {
            let ((name, gives, offer), (next, takes, _)) = (offers[at], offers[(at + 1) % 3]);
            Leg { offer, member: member(name), gives: coop.seat(name, gives), takes: coop.seat(next, takes) }
        })
        .collect();
    let id = LoopId(coop.new_id());
    coop.apply(&[Effect::LoopSuggested(SuggestedLoop {
        id,
        legs: legs.clone(),
        asks: member("Camille"),
        created_at: coop.now,
        expires_at: coop.now + hours(72),
        state: LoopState::Pending,
    })]);
    (coop, legs, id)
}

fn accept(coop: &mut Coop, name: &str, lacking: LoopId) -> Answer {
    coop.does(name, Command::AcceptLoop { lacking })
}

#[test]
fn the_last_yes_closes_a_loop_of_three_for_everybody_at_once() {
    let (mut coop, legs, lacking) = suggested();
    let came = accept(&mut coop, "Camille", lacking).expect("the yes it lacked");
    assert_eq!(coop.team("thu 18h +1"), "Hugo* Camille");
    assert_eq!(coop.team("fri 9h +1"), "Hugo* Karim");
    assert_eq!(coop.team("sat 9h +1"), "Solène* Léa");
    assert_eq!(came.effects.done.closed_loop, legs);
    assert_eq!(came.effects.done.seat, Some(coop.seat("Camille", "thu 18h +1")));
    for (leg, taker) in legs.iter().zip(["Camille", "Karim", "Léa"]) {
        assert_eq!(coop.offer(leg.offer).state, OfferState::Done { by: member(taker), at: coop.now });
        assert!(coop.told.iter().any(|(to, notice)| *to == leg.member && matches!(notice, Notice::LoopClosed { .. })));
    }
    assert_eq!(coop.board.loops[&lacking].state, LoopState::Accepted { at: coop.now });
    for (lead, changed) in [("Hugo", 2), ("Solène", 1)] {
        let seen = coop.told.iter().filter(|(to, notice)| *to == member(lead) && matches!(notice, Notice::TeamChanged { .. }));
        assert_eq!(seen.count(), changed, "{lead}");
    }
    assert_eq!(accept(&mut coop, "Camille", lacking).unwrap_err(), Reason::LoopClosed);
}

#[test]
fn a_leg_that_became_impossible_is_named_and_nothing_moves() {
    let (mut coop, _, lacking) = suggested();
    let mut left = coop.clone().who("Karim", |who| who.active = false);
    let (who, when) = (coop.board.who(member("Karim")), coop.board.when(shift("thu 18h +1")).unwrap());
    let hidden = Box::new(Reason::OtherCannot { who: who.clone() });
    assert_eq!(accept(&mut left, "Camille", lacking).unwrap_err(), Reason::LegImpossible { who, when, why: hidden });
    assert_eq!(left.team("fri 9h +1"), "Hugo* Léa");

    coop = coop.shift("fri 10h +1", "Solène* _");
    coop.takes("Karim", "fri 10h +1").unwrap();
    let refused = accept(&mut coop, "Camille", lacking).unwrap_err();
    let Reason::LegImpossible { who, why, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(who.member, member("Karim"));
    assert!(matches!(*why, Reason::Overlaps { .. }), "what the planning shows is said");
    assert_eq!(coop.team("sat 9h +1"), "Solène* Camille");
}

#[test]
fn a_loop_is_answered_by_whom_it_asks_and_in_time() {
    let (mut coop, _, lacking) = suggested();
    assert_eq!(accept(&mut coop, "Léa", lacking).unwrap_err(), Reason::NotYourLoop);
    assert_eq!(accept(&mut coop, "Camille", LoopId(Uuid::nil())).unwrap_err(), Reason::UnknownLoop);
    let at = coop.now + hours(72);
    coop.later(hours(72));
    accept(&mut coop.clone(), "Camille", lacking).expect("72 h later");
    coop.later(Duration::seconds(1));
    assert_eq!(accept(&mut coop, "Camille", lacking).unwrap_err(), Reason::ProposalExpired { at });
}

#[test]
fn a_declined_loop_moves_nothing_and_stays_declined() {
    let (mut coop, _, lacking) = suggested();
    assert_eq!(coop.does("Karim", Command::DeclineLoop { lacking }).unwrap_err(), Reason::NotYourLoop);
    coop.does("Camille", Command::DeclineLoop { lacking }).unwrap();
    assert_eq!(coop.board.loops[&lacking].state, LoopState::Declined { at: coop.now });
    assert_eq!(accept(&mut coop, "Camille", lacking).unwrap_err(), Reason::LoopClosed);
    assert_eq!(coop.team("sat 9h +1"), "Solène* Camille");
}

#[test]
fn ticking_anew_or_withdrawing_ends_the_loops_of_the_offer() {
    let (coop, legs, lacking) = suggested();
    let mut anew = coop.clone();
    anew.ticks("Léa", legs[1].offer, &["sat 9h +1"]).unwrap();
    assert_eq!(accept(&mut anew, "Camille", lacking).unwrap_err(), Reason::LoopClosed);
    let mut gone = coop;
    gone.withdraws("Karim", legs[0].offer).unwrap();
    assert_eq!(accept(&mut gone, "Camille", lacking).unwrap_err(), Reason::LoopClosed);
}

#[test]
fn offering_the_seat_anew_once_its_exchange_is_over_ends_the_loops_of_the_old_offer() {
    let (mut coop, legs, lacking) = suggested();
    coop = coop.before("thu 18h +1", hours(47));
    assert_eq!(coop.board.holder(legs[0].gives), Some(member("Karim")));
    assert_eq!(coop.board.loops[&lacking].state, LoopState::Pending, "nobody has closed it yet");
    coop.gives("Karim", "thu 18h +1").expect("the exchange is over, the start is to come");
    assert_eq!(coop.board.loops[&lacking].state, LoopState::Superseded { at: coop.now });
}

#[test]
fn a_seat_of_the_loop_that_moves_another_way_ends_the_loop() {
    let (mut coop, legs, lacking) = suggested();
    let proposal = coop.proposes("Solène", "sat 9h +1", "Hugo", "thu 18h +1").unwrap().proposal();
    coop.accepts("Hugo", proposal).unwrap();
    assert!(coop.board.loops[&lacking].is_pending(), "other seats of these shifts");
    let proposal = coop.proposes("Nour", "thu 18h +1", "Karim", "thu 18h +1");
    assert!(proposal.is_err());
    let mut coop = coop.shift("tue 9h +1", "Solène* Nour");
    let proposal = coop.proposes("Nour", "tue 9h +1", "Karim", "thu 18h +1").unwrap().proposal();
    coop.accepts("Karim", proposal).unwrap();
    assert_eq!(coop.board.loops[&lacking].state, LoopState::Superseded { at: coop.now });
    assert_eq!(coop.offer(legs[0].offer).state, OfferState::Superseded { at: coop.now });
}

#[test]
fn the_others_ticks_must_still_bind_when_the_last_yes_comes() {
    let (mut coop, _, lacking) = suggested();
    coop.board.loops.get_mut(&lacking).unwrap().expires_at = coop.start("thu 18h +1");
    let mut coop = coop.before("fri 9h +1", hours(72));
    let deadline = coop.now;
    accept(&mut coop.clone(), "Camille", lacking).expect("Karim gets Friday, 72 h ahead");
    coop.later(Duration::seconds(1));
    let refused = accept(&mut coop, "Camille", lacking).unwrap_err();
    let Reason::LegImpossible { who, why, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((who.member, *why), (member("Karim"), Reason::TooLate { deadline }));
}

#[test]
fn a_device_foresees_a_loop_without_the_others_wishes() {
    let (mut coop, legs, lacking) = suggested();
    for leg in &legs[..2] {
        coop.board.offers.get_mut(&leg.offer).unwrap().kind = OfferKind::Exchange { wishes: Wishes::default() };
    }
    let decision = coop.decide("Camille", &Command::AcceptLoop { lacking });
    assert!(matches!(decision, Decision::Probably(_, missing) if missing == [Missing::Wishes]));
}

#[test]
fn no_loop_closes_within_48_hours_of_its_first_shift() {
    let (coop, legs, _) = suggested();
    let mut coop = coop.before("thu 18h +1", hours(48));
    close_loop(&coop.board, &legs, None, coop.now).expect("exactly 48 h before");
    let deadline = coop.now;
    coop.later(Duration::seconds(1));
    let too_late = Reason::TooLateToExchange { deadline, notice_h: 48 };
    assert_eq!(close_loop(&coop.board, &legs, None, coop.now).unwrap_err(), too_late);
}

#[test]
fn a_lead_who_comes_by_the_loop_is_not_told_of_their_own_coming_and_the_one_who_left_neither() {
    let mut coop = Coop::new().shift("thu 18h +1", "Hugo* Karim").shift("sat 9h +1", "Solène* Camille");
    let offers: Vec<OfferId> = [("Hugo", "thu 18h +1", "sat 9h +1"), ("Solène", "sat 9h +1", "thu 18h +1")]
        .map(|(name, on, wish)| coop.exchanges(name, on, &[wish]).unwrap().offer())
        .into();
    let (thu, sat) = (coop.seat("Hugo", "thu 18h +1"), coop.seat("Solène", "sat 9h +1"));
    let legs = [
        Leg { offer: offers[0], member: member("Hugo"), gives: thu, takes: sat },
        Leg { offer: offers[1], member: member("Solène"), gives: sat, takes: thu },
    ];
    let (effects, _) = close_loop(&coop.board, &legs, Some(member("Hugo")), coop.now).unwrap();
    coop.apply(&effects.list);
    assert_eq!((coop.team("thu 18h +1"), coop.team("sat 9h +1")), ("Solène* Karim".into(), "Hugo* Camille".into()));
    assert!(!coop.told.iter().any(|(_, notice)| matches!(notice, Notice::TeamChanged { .. })));
}
