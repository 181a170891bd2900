//! Each guard is needed: with one of them left out, the same race ends wrong.

mod coop;

use backend::Guards;
use coop::Coop;
use domain::command::Command;
use domain::id::{MemberId, SeatId};
use domain::outcome::Outcome;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Two of a team of three move away at the same time from a shift that needs two. Gives how many
/// could. `held` is what is locked until both acts wait, so that both have begun.
async fn two_leave_at_once(coop: &Coop, held: &str) -> usize {
    let team = coop.members(3).await;
    let left = coop.shift(20, 9, 3).await;
    coop.minimum(left, 2).await;
    for (position, member) in (0..).zip(&team) {
        coop.sits(*member, SeatId::new(left, position)).await;
    }
    let to = [coop.shift(21, 9, 1).await, coop.shift(22, 9, 1).await];
    let mut held_back = coop.backend.pool.begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(held.replace("{left}", &left.to_string()))).execute(&mut *held_back).await.unwrap();
    let moves = |n: usize| Command::MoveSeat { from: SeatId::new(left, n as i16), to: SeatId::new(to[n], 0) };
    let (first, second, ()) = tokio::join!(coop.act(team[0], moves(0)), coop.act(team[1], moves(1)), async {
        coop.until_waiting(2).await;
        held_back.commit().await.unwrap();
    });
    [first, second].iter().filter(|outcome| outcome.is_applied()).count()
}

const THE_SHIFT: &str = "select from shift where shift_id = '{left}' for update";
const THE_HISTORY: &str = "lock table seat_history in share mode";

#[sqlx::test(migrations = false)]
async fn a_team_keeps_its_minimum_when_two_leave_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    assert_eq!(two_leave_at_once(&Coop::new(at.clone()).await, THE_SHIFT).await, 1);
}

#[sqlx::test(migrations = false)]
async fn a_team_keeps_its_minimum_while_one_is_being_written(_: PgPoolOptions, at: PgConnectOptions) {
    assert_eq!(two_leave_at_once(&Coop::new(at).await, THE_HISTORY).await, 1);
}

#[sqlx::test(migrations = false)]
async fn without_the_lock_a_team_falls_below_its_minimum(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await.without(Guards::WithoutLock);
    assert_eq!(two_leave_at_once(&coop, THE_HISTORY).await, 2);
}

#[sqlx::test(migrations = false)]
async fn without_the_recheck_a_team_falls_below_its_minimum(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await.without(Guards::WithoutRecheck);
    assert_eq!(two_leave_at_once(&coop, THE_SHIFT).await, 2);
}

/// The same warning twice in parallel: how often the teammate is told, and the two answers.
async fn one_warning_sent_twice(coop: &Coop) -> (usize, Outcome, Outcome) {
    let (lea, karim): (MemberId, MemberId) = (coop.member("Léa").await, coop.member("Karim").await);
    let seat = coop.seat_of(lea, 1, 12).await;
    coop.sits(karim, SeatId::new(seat.shift, 1)).await;
    let warn = coop.envelope(Command::WarnTeam { seat, note: "fièvre".into() });
    let (first, second) = tokio::join!(coop.perform(lea, &warn), coop.perform(lea, &warn));
    (coop.told(karim).await.len(), first, second)
}

#[sqlx::test(migrations = false)]
async fn a_command_sent_twice_tells_once(_: PgPoolOptions, at: PgConnectOptions) {
    let (told, first, second) = one_warning_sent_twice(&Coop::new(at).await).await;
    assert!(first.is_applied());
    assert_eq!(first, second);
    assert_eq!(told, 1);
}

#[sqlx::test(migrations = false)]
async fn without_the_command_log_a_command_sent_twice_tells_twice(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await.without(Guards::WithoutCommandLog);
    assert_eq!(one_warning_sent_twice(&coop).await.0, 2);
}
