//! Exchanges that close by themselves, in one transaction.

mod coop;

use chrono::Duration;
use coop::{Coop, assert_invariants, today};
use domain::command::Command;
use domain::id::{MemberId, SeatId, ShiftId};
use domain::reason::Reason;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Three people, a seat each, days apart.
async fn three(coop: &Coop) -> ([MemberId; 3], [SeatId; 3]) {
    let people = [coop.member("Léa").await, coop.member("Karim").await, coop.member("Zoé").await];
    let mut seats = [SeatId::new(ShiftId(uuid::Uuid::nil()), 0); 3];
    for (n, person) in people.iter().enumerate() {
        seats[n] = coop.seat_of(*person, 10 + n as u64, 9).await;
    }
    (people, seats)
}

#[sqlx::test(migrations = false)]
async fn two_who_tick_each_others_shift_exchange_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, _], [hers, his, _]) = three(&coop).await;
    let (first, done) = coop.exchanges(lea, hers, &[his.shift]).await;
    assert!(done.is_plain());
    let (second, done) = coop.exchanges(karim, his, &[hers.shift]).await;
    assert_eq!((done.seat, done.closed_loop.len()), (Some(hers), 2));
    assert_eq!((coop.holder(hers).await, coop.holder(his).await), (Some(karim), Some(lea)));
    assert_eq!((coop.offer_state(first).await, coop.offer_state(second).await), ("done".into(), "done".into()));
    assert_eq!(coop.told(lea).await, ["loop_closed"]);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_loop_of_three_closes_on_the_last_tap_in_one_transaction(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, zoe], [hers, his, last]) = three(&coop).await;
    let lead = coop.member("Lead").await;
    for seat in [hers, last] {
        coop.asks(SeatId::new(seat.shift, 1), true, None).await;
        coop.sits(lead, SeatId::new(seat.shift, 1)).await;
    }
    coop.exchanges(lea, hers, &[his.shift]).await;
    coop.exchanges(karim, his, &[last.shift]).await;
    let (_, done) = coop.exchanges(zoe, last, &[hers.shift]).await;
    assert_eq!((done.seat, done.closed_loop.len()), (Some(hers), 3));
    let holders = [coop.holder(hers).await, coop.holder(his).await, coop.holder(last).await];
    assert_eq!(holders, [Some(zoe), Some(lea), Some(karim)]);
    for person in [lea, karim, zoe] {
        assert_eq!(coop.told(person).await.iter().filter(|kind| *kind == "loop_closed").count(), 1);
    }
    assert_eq!(coop.told(lead).await, ["team_changed", "team_changed"]);
    assert_eq!(coop.count("select count(distinct xmin::text) from assignment where position = 0").await, 1);
    assert_invariants(&coop).await;
}

/// The same hours for all three: each can hold the next one's seat only by leaving their own.
#[sqlx::test(migrations = false)]
async fn a_rotation_at_one_hour_passes_the_constraints(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let people = [coop.member("Léa").await, coop.member("Karim").await, coop.member("Zoé").await];
    let mut seats = Vec::new();
    for (person, hour) in people.iter().zip([9, 10, 11]) {
        seats.push(coop.seat_of(*person, 10, hour).await);
    }
    for n in 0..3 {
        coop.exchanges(people[n], seats[n], &[seats[(n + 1) % 3].shift]).await;
    }
    for n in 0..3 {
        assert_eq!(coop.holder(seats[(n + 1) % 3]).await, Some(people[n]));
    }
    assert_invariants(&coop).await;
}

/// Léa and Karim have ticked, Zoé offers her seat for something else: the loop lacks her yes.
async fn lacking_zoe(coop: &Coop) -> ([MemberId; 3], [SeatId; 3]) {
    let (people, seats) = three(coop).await;
    let elsewhere = coop.shift(20, 9, 2).await;
    coop.exchanges(people[2], seats[2], &[elsewhere]).await;
    coop.exchanges(people[0], seats[0], &[seats[1].shift]).await;
    coop.exchanges(people[1], seats[1], &[seats[2].shift]).await;
    (people, seats)
}

#[sqlx::test(migrations = false)]
async fn a_loop_that_lacks_one_yes_is_suggested_and_closes_with_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, zoe], [hers, his, last]) = lacking_zoe(&coop).await;
    let lacking = coop.loop_asking(zoe, 3).await.unwrap();
    assert_eq!(coop.holder(last).await, Some(zoe));
    assert_eq!(coop.refused(lea, Command::AcceptLoop { lacking }).await, Reason::NotYourLoop);
    let done = coop.does(zoe, Command::AcceptLoop { lacking }).await;
    assert_eq!((done.seat, done.closed_loop.len()), (Some(hers), 3));
    let holders = [coop.holder(hers).await, coop.holder(his).await, coop.holder(last).await];
    assert_eq!(holders, [Some(zoe), Some(lea), Some(karim)]);
    assert_eq!(coop.refused(zoe, Command::AcceptLoop { lacking }).await, Reason::LoopClosed);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_leg_that_has_become_impossible_is_named_and_nothing_moves(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, zoe], [hers, his, last]) = lacking_zoe(&coop).await;
    let lacking = coop.loop_asking(zoe, 3).await.unwrap();
    // Léa has meanwhile taken a seat at the hours of Karim's.
    let clash = coop.shift(11, 10, 2).await;
    coop.does(lea, Command::TakeSeat { seat: SeatId::new(clash, 0) }).await;
    let Reason::LegImpossible { who, when, why } = coop.refused(zoe, Command::AcceptLoop { lacking }).await else {
        panic!("no leg was named");
    };
    assert_eq!((who.member, when.shift), (lea, hers.shift));
    assert!(matches!(*why, Reason::Overlaps { with } if with.shift == clash));
    let holders = [coop.holder(hers).await, coop.holder(his).await, coop.holder(last).await];
    assert_eq!(holders, [Some(lea), Some(karim), Some(zoe)]);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_suggested_loop_is_declined(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, _, zoe], [hers, ..]) = lacking_zoe(&coop).await;
    let lacking = coop.loop_asking(zoe, 3).await.unwrap();
    coop.does(zoe, Command::DeclineLoop { lacking }).await;
    assert_eq!(coop.loop_asking(zoe, 3).await, None);
    assert_eq!(coop.holder(hers).await, Some(lea));
}

#[sqlx::test(migrations = false)]
async fn who_declined_a_seat_is_not_asked_for_it_again(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, _], [hers, his, last]) = three(&coop).await;
    coop.exchanges(lea, hers, &[last.shift]).await;
    let (offer, _) = coop.exchanges(karim, his, &[hers.shift]).await;
    let lacking = coop.loop_asking(lea, 2).await.unwrap();
    coop.does(lea, Command::DeclineLoop { lacking }).await;
    coop.does(karim, Command::SetWishes { offer, wishes: vec![hers.shift, last.shift], patterns: Vec::new() }).await;
    assert_eq!(coop.loop_asking(lea, 2).await, None, "whoever ticks again");
    backend::swaps::match_all(&coop.backend).await.unwrap();
    assert_eq!(coop.loop_asking(lea, 2).await, None, "nor in the night");
}

#[sqlx::test(migrations = false)]
async fn a_seat_that_moves_takes_the_loops_that_rested_on_it_along(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, _, zoe], [hers, ..]) = lacking_zoe(&coop).await;
    let to = SeatId::new(coop.shift(15, 9, 2).await, 0);
    coop.does(lea, Command::MoveSeat { from: hers, to }).await;
    assert_eq!(coop.loop_asking(zoe, 3).await, None);
    assert!(coop.loop_asking(zoe, 2).await.is_some());
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn wishes_are_set_anew_and_may_close_a_loop(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, zoe], [hers, his, last]) = three(&coop).await;
    let (offer, _) = coop.exchanges(lea, hers, &[last.shift]).await;
    coop.exchanges(karim, his, &[hers.shift]).await;
    let set = |wishes: &[ShiftId]| Command::SetWishes { offer, wishes: wishes.to_vec(), patterns: Vec::new() };
    assert_eq!(coop.refused(zoe, set(&[his.shift])).await, Reason::NotYourOffer);
    assert_eq!(coop.refused(lea, set(&[])).await, Reason::NothingWished);
    let done = coop.does(lea, set(&[his.shift])).await;
    assert_eq!(done.seat, Some(his));
    assert_eq!(coop.holder(hers).await, Some(karim));
}

#[sqlx::test(migrations = false)]
async fn a_pattern_and_a_shift_not_generated_yet_may_be_ticked(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, _], [hers, his, _]) = three(&coop).await;
    // The template of nine o'clock falls on Mondays of week B.
    let template = domain::id::TemplateId(uuid::Uuid::from_u128(10));
    let not_yet = domain::shifts::shift_id(template, "2027-01-04".parse().unwrap());
    coop.exchanges(lea, hers, &[not_yet, his.shift]).await;
    let never = domain::shifts::shift_id(template, "2027-01-05".parse().unwrap());
    let offer = coop.offer_id();
    assert_eq!(coop.refused(karim, coop::exchange(offer, his, &[never])).await, Reason::UnknownShift);
    let pattern = domain::swaps::Pattern { weekday: Some(chrono::Weekday::Fri), ..Default::default() };
    let by_pattern = Command::ExchangeSeat { offer, seat: his, wishes: Vec::new(), patterns: vec![pattern], note: String::new() };
    assert_eq!(coop.does(karim, by_pattern).await.seat, Some(hers));
}

#[sqlx::test(migrations = false)]
async fn the_night_closes_what_has_become_possible(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, _], [hers, his, _]) = three(&coop).await;
    coop.sql(&format!(
        "insert into leave (leave_id, member_id, from_on, to_on) values (gen_random_uuid(), '{karim}', '2026-12-01', '2026-12-31')"
    ))
    .await;
    coop.exchanges(lea, hers, &[his.shift]).await;
    coop.exchanges(karim, his, &[hers.shift]).await;
    assert_eq!(backend::swaps::match_all(&coop.backend).await.unwrap(), 0);
    coop.sql("delete from leave").await;
    assert_eq!(backend::swaps::match_all(&coop.backend).await.unwrap(), 1);
    assert_eq!((coop.holder(hers).await, coop.holder(his).await), (Some(karim), Some(lea)));
    let history = backend::swaps::history(&coop.backend, hers.shift).await.unwrap();
    assert_eq!(history[0].by, None);
    assert_eq!(backend::swaps::match_all(&coop.backend).await.unwrap(), 0);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_over_expires_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, zoe], [hers, his, last]) = lacking_zoe(&coop).await;
    let proposal = coop.proposes(lea, hers, last).await;
    let start = coop.now() + Duration::days(10) + Duration::hours(1);
    assert_eq!(backend::swaps::expire(&coop.backend).await.unwrap(), 0);
    // An exchange ends 48 hours before the start, inclusive.
    coop.backend.clock.set(start - Duration::hours(48));
    backend::swaps::expire(&coop.backend).await.unwrap();
    assert_eq!(coop.proposal_state(proposal).await, "expired");
    assert_eq!(coop.count("select count(*) from offer where state = 'open'").await, 3);
    coop.backend.clock.set(start - Duration::hours(48) + Duration::milliseconds(1));
    assert!(backend::swaps::expire(&coop.backend).await.unwrap() >= 1);
    assert_eq!(coop.count("select count(*) from offer where state = 'open'").await, 2);
    assert_eq!(coop.told(lea).await.iter().filter(|kind| *kind == "offer_expired").count(), 1);
    let give = coop.gives(lea, hers).await;
    coop.backend.clock.set(start + Duration::milliseconds(1));
    backend::swaps::expire(&coop.backend).await.unwrap();
    assert_eq!(coop.offer_state(give).await, "expired");
    assert_eq!(backend::swaps::expire(&coop.backend).await.unwrap(), 0);
    assert_eq!((coop.holder(his).await, coop.holder(last).await), (Some(karim), Some(zoe)));
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_over_and_was_not_closed_yet_makes_way_for_what_is_asked_anew(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ([lea, karim, _], [hers, his, last]) = three(&coop).await;
    let (exchange, _) = coop.exchanges(lea, hers, &[last.shift]).await;
    let proposal = coop.proposes(karim, his, last).await;
    coop.backend.clock.set(today() + Duration::hours(73));
    let anew = coop.proposes(karim, his, last).await;
    assert_eq!((coop.proposal_state(proposal).await, coop.proposal_state(anew).await), ("expired".into(), "pending".into()));
    let start = today() + Duration::days(10) + Duration::hours(1);
    coop.backend.clock.set(start - Duration::hours(47));
    let given = coop.gives(lea, hers).await;
    assert_eq!((coop.offer_state(exchange).await, coop.offer_state(given).await), ("expired".into(), "open".into()));
    assert_invariants(&coop).await;
}
