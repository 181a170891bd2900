//! Lines before full shifts, and seats that members watch for, in the database.

mod coop;

use backend::{snapshots, swaps};
use chrono::{Duration, Weekday};
use coop::{Coop, today};
use domain::command::Command;
use domain::id::{MemberId, SeatId, ShiftId, WatchId};
use domain::reason::Reason;
use domain::swaps::Pattern;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

impl Coop {
    /// On Friday in a week, full with Léa and one more; and another one with room.
    async fn full(&self) -> (MemberId, SeatId, ShiftId) {
        let (lea, other) = (self.member("Léa").await, self.member("Hugo").await);
        let shift = self.shift(10, 9, 2).await;
        self.sits(lea, SeatId::new(shift, 0)).await;
        self.sits(other, SeatId::new(shift, 1)).await;
        (lea, SeatId::new(shift, 0), self.shift(12, 9, 2).await)
    }

    async fn waits(&self, member: MemberId, shift: ShiftId) {
        self.does(member, Command::JoinWaitingList { shift }).await;
    }

    async fn moves(&self, member: MemberId, from: SeatId, to: ShiftId) {
        self.does(member, Command::MoveSeat { from, to: SeatId::new(to, 0) }).await;
    }

    async fn places(&self, member: MemberId) -> Vec<u16> {
        snapshots::me(&self.backend, member).await.unwrap().waiting.into_iter().map(|waiting| waiting.place).collect()
    }

    async fn watches(&self, member: MemberId, shift: Option<ShiftId>, weekday: Option<Weekday>) {
        let pattern = weekday.map(|weekday| Pattern { weekday: Some(weekday), ..Pattern::default() });
        self.does(member, Command::WatchSeats { watch: WatchId(self.id()), shift, pattern, skill: None }).await;
    }
}

#[sqlx::test(migrations = false)]
async fn the_next_in_line_gets_the_seat_that_comes_free_and_the_others_move_up(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, seat, elsewhere) = coop.full().await;
    let (karim, nour, zoe) = (coop.member("Karim").await, coop.member("Nour").await, coop.member("Zoé").await);
    coop.waits(karim, seat.shift).await;
    coop.waits(nour, seat.shift).await;
    assert_eq!((coop.places(karim).await, coop.places(nour).await), (vec![1], vec![2]));
    coop.moves(lea, seat, elsewhere).await;
    assert_eq!(coop.told(karim).await, ["seat_held"]);
    let calendar = snapshots::calendar(&coop.backend).await.unwrap();
    assert_eq!(calendar.kept.iter().map(|kept| (kept.seat, kept.whom)).collect::<Vec<_>>(), [(seat, None)], "not for whom");
    let until = calendar.kept[0].until;
    assert_eq!(coop.refused(zoe, Command::TakeSeat { seat }).await, Reason::SeatKept { until });
    let before = snapshots::me(&coop.backend, nour).await.unwrap().marks;
    coop.does(karim, Command::TakeSeat { seat }).await;
    assert_eq!((coop.holder(seat).await, coop.places(nour).await), (Some(karim), vec![1]));
    assert_ne!(snapshots::me(&coop.backend, nour).await.unwrap().marks, before, "Nour's device hears of her new place");
    assert_eq!(coop.count("select count(*) from kept_seat").await, 0);
}

#[sqlx::test(migrations = false)]
async fn a_turn_that_passes_goes_on_by_itself(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, seat, elsewhere) = coop.full().await;
    let (karim, nour) = (coop.member("Karim").await, coop.member("Nour").await);
    coop.waits(karim, seat.shift).await;
    coop.waits(nour, seat.shift).await;
    coop.moves(lea, seat, elsewhere).await;
    let due = coop.count("select count(*) from due_work where kind = 'expire' and key like 'kept/%'").await;
    assert_eq!(due, 1, "it falls due by itself");
    coop.backend.clock.set(today() + Duration::hours(12) + Duration::milliseconds(1));
    swaps::expire(&coop.backend).await.unwrap();
    assert_eq!((coop.told(nour).await, coop.places(karim).await), (vec!["seat_held".to_owned()], vec![]));
    // Nobody is left after her: it is free to all.
    coop.does(nour, Command::LeaveWaitingList { shift: seat.shift }).await;
    coop.does(karim, Command::TakeSeat { seat }).await;
}

#[sqlx::test(migrations = false)]
async fn many_who_tap_at_once_do_not_get_past_the_line(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, seat, elsewhere) = coop.full().await;
    let karim = coop.member("Karim").await;
    coop.waits(karim, seat.shift).await;
    let others = coop.members(8).await;
    let take = || Command::TakeSeat { seat };
    let (_, taken) = futures::join!(
        coop.moves(lea, seat, elsewhere),
        futures::future::join_all(others.iter().map(|other| coop.act(*other, take())))
    );
    assert!(taken.iter().all(|outcome| !outcome.is_applied()), "{taken:?}");
    coop.does(karim, take()).await;
}

#[sqlx::test(migrations = false)]
async fn who_watches_hears_once_of_what_opens_whoever_looks(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, seat, elsewhere) = coop.full().await;
    let (karim, nour) = (coop.member("Karim").await, coop.member("Nour").await);
    coop.watches(karim, Some(seat.shift), None).await;
    coop.watches(nour, None, Some(Weekday::Fri)).await;
    assert_eq!(swaps::tell_openings(&coop.backend).await.unwrap(), 0, "nothing opened yet");
    coop.backend.clock.set(today() + Duration::minutes(5));
    coop.moves(lea, seat, elsewhere).await;
    let told = futures::future::join_all((0..6).map(|_| swaps::tell_openings(&coop.backend))).await;
    assert_eq!(told.into_iter().map(Result::unwrap).sum::<usize>(), 2, "Karim for the shift, Nour for a Friday");
    assert_eq!(coop.told(karim).await, ["seat_opened"]);
    assert_eq!(swaps::tell_openings(&coop.backend).await.unwrap(), 0, "once");
}

#[sqlx::test(migrations = false)]
async fn a_turn_is_told_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, seat, elsewhere) = coop.full().await;
    let karim = coop.member("Karim").await;
    coop.waits(karim, seat.shift).await;
    coop.backend.clock.set(today() + Duration::minutes(5));
    coop.moves(lea, seat, elsewhere).await;
    assert_eq!(swaps::tell_openings(&coop.backend).await.unwrap(), 0);
    assert_eq!(coop.told(karim).await, ["seat_held"]);
}

#[sqlx::test(migrations = false)]
async fn nobody_takes_over_a_watch_by_its_id_and_an_unknown_skill_is_no_fault(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (karim, nour) = (coop.member("Karim").await, coop.member("Nour").await);
    let watch = WatchId(coop.id());
    let fridays = |skill: Option<&str>| Command::WatchSeats {
        watch,
        shift: None,
        pattern: Some(Pattern { weekday: Some(Weekday::Fri), ..Pattern::default() }),
        skill: skill.and_then(domain::members::Skill::parse),
    };
    coop.does(karim, fridays(Some("no-such-skill"))).await;
    assert_eq!(coop.refused(nour, fridays(None)).await, Reason::IdReused);
    assert_eq!(coop.refused(nour, Command::StopWatching { watch }).await, Reason::UnknownWatch);
    assert_eq!(coop.count("select count(*) from watch").await, 1);
}

#[sqlx::test(migrations = false)]
async fn a_seat_that_is_given_to_anybody_is_told_to_who_waits(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, seat, _) = coop.full().await;
    let karim = coop.member("Karim").await;
    coop.waits(karim, seat.shift).await;
    coop.backend.clock.set(today() + Duration::minutes(5));
    let offer = coop.gives(lea, seat).await;
    assert_eq!(swaps::tell_openings(&coop.backend).await.unwrap(), 1);
    coop.does(karim, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    assert_eq!(coop.places(karim).await, Vec::<u16>::new(), "who has a seat waits no longer");
}
