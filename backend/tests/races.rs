//! Acts at the same time, on real PostgreSQL.

mod coop;

use coop::{Coop, assert_invariants, claim, exchange};
use domain::command::Command;
use domain::id::{MemberId, SeatId, ShiftId};
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::swaps::Audience;
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

#[sqlx::test(migrations = false)]
async fn of_fifty_claims_one_is_applied(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let giver = coop.member("Giver").await;
    let seat = coop.seat_of(giver, 10, 9).await;
    let offer = coop.gives(giver, seat).await;
    let claimers = coop.members(50).await;
    let outcomes = join_all(claimers.iter().map(|claimer| coop.act(*claimer, claim(offer)))).await;
    let winner = outcomes.iter().position(Outcome::is_applied).unwrap();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_applied()).count(), 1);
    for outcome in outcomes.iter().filter(|outcome| !outcome.is_applied()) {
        let Outcome::Refused { reason: Reason::AlreadyTaken { by: Some(by), at: Some(_) } } = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(by.member, claimers[winner]);
    }
    assert_eq!(coop.holder(seat).await, Some(claimers[winner]));
    assert_eq!(coop.told(giver).await, ["seat_claimed"]);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn the_same_command_in_parallel_has_one_effect_and_one_answer(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let seat = SeatId::new(coop.shift(10, 9, 3).await, 1);
    let take = coop.envelope(Command::TakeSeat { seat });
    let outcomes = join_all((0..20).map(|_| coop.perform(lea, &take))).await;
    assert!(outcomes.iter().all(Outcome::is_applied));
    assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(coop.count("select count(*) from seat_history").await, 1);
}

#[sqlx::test(migrations = false)]
async fn one_person_does_not_take_more_than_the_caps_allow_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let mut seats = Vec::new();
    for day in 10..20 {
        seats.push(SeatId::new(coop.shift(day, 9, 1).await, 0));
    }
    let outcomes = join_all(seats.iter().map(|seat| coop.act(lea, Command::TakeSeat { seat: *seat }))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_applied()).count(), 5);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn crossing_loops_close_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let people = coop.members(6).await;
    let mut seats = Vec::new();
    for (n, person) in people.iter().enumerate() {
        seats.push(coop.seat_of(*person, 10 + n as u64, 9).await);
    }
    // Each would take the next one's seat, or the one before: rings both ways, and pairs.
    let ring = seats.len();
    let wishes: Vec<[ShiftId; 2]> =
        (0..ring).map(|n| [seats[(n + 1) % ring].shift, seats[(n + ring - 1) % ring].shift]).collect();
    let outcomes = join_all((0..ring).map(|n| coop.act(people[n], exchange(coop.offer_id(), seats[n], &wishes[n])))).await;
    assert!(outcomes.iter().all(Outcome::is_applied), "{outcomes:?}");
    assert_eq!(coop.count("select count(*) from assignment").await, 6);
    // Whoever moved is where they wished to be, and each moved once.
    for (n, person) in people.iter().enumerate() {
        let held: Vec<ShiftId> = sqlx::query_scalar("select shift_id from assignment where member_id = $1")
            .bind(person)
            .fetch_all(&coop.backend.pool)
            .await
            .unwrap();
        assert_eq!(held.len(), 1);
        assert!(held[0] == seats[n].shift || wishes[n].contains(&held[0]));
    }
    assert!(coop.count("select count(*) from offer where state = 'done'").await >= 4);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_deadlock_is_run_again_and_never_shown(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let seat = SeatId::new(coop.shift(10, 9, 3).await, 1);
    // Somebody locks the shift first, and then the person: against the order of all acts.
    let mut other = coop.backend.pool.begin().await.unwrap();
    sqlx::query("set local deadlock_timeout = '1min'").execute(&mut *other).await.unwrap();
    sqlx::query("select from shift where shift_id = $1 for update").bind(seat.shift).execute(&mut *other).await.unwrap();
    let (outcome, ()) = tokio::join!(coop.act(lea, Command::TakeSeat { seat }), async {
        coop.until_waiting(1).await;
        sqlx::query("select from member where member_id = $1 for update").bind(lea).execute(&mut *other).await.unwrap();
        other.commit().await.unwrap();
    });
    assert!(outcome.is_applied());
    assert_eq!(coop.count("select deadlocks from pg_stat_database where datname = current_database()").await.min(1), 1);
}

#[sqlx::test(migrations = false)]
async fn two_hundred_random_acts_of_forty_members_leave_everything_true(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let mut dice = Dice(std::env::var("SEED").map_or(2026, |s| s.parse().unwrap()));
    let people = coop.members(40).await;
    let mut shifts = Vec::new();
    for day in 0..8 {
        for hour in [9, 12, 15] {
            let shift = coop.shift(10 + day, hour, 4).await;
            coop.minimum(shift, 1).await;
            shifts.push(shift);
        }
    }
    for (n, person) in people.iter().enumerate() {
        coop.sits(*person, SeatId::new(shifts[n % 24], (n / 24) as i16)).await;
    }
    for _ in 0..4 {
        let commands: Vec<_> = futures::future::join_all((0..50).map(|_| {
            let (person, roll, a, b) = (dice.pick(&people), dice.roll(10), dice.roll(1 << 20), dice.roll(1 << 20));
            random_act(&coop, person, roll, a, b, &shifts)
        }))
        .await;
        let outcomes = join_all(commands.into_iter().flatten().map(|(person, command)| {
            let act = coop.act(person, command.clone());
            async { (command, act.await) }
        }))
        .await;
        for (command, outcome) in &outcomes {
            if let Outcome::Refused { reason } = outcome {
                assert!(!matches!(reason, Reason::NotUnderstood | Reason::UnknownMember), "{command:?} {reason:?}");
            }
        }
        assert_invariants(&coop).await;
    }
    assert!(coop.count("select count(*) from seat_history").await > 10);
}

/// What somebody might well do, given where they are now.
async fn random_act(coop: &Coop, person: MemberId, roll: u64, a: u64, b: u64, shifts: &[ShiftId]) -> Option<(MemberId, Command)> {
    let seat = |n: u64| SeatId::new(shifts[(n % shifts.len() as u64) as usize], ((n / 64) % 4) as i16);
    let mine: Vec<(ShiftId, i16)> = sqlx::query_as("select shift_id, position from assignment where member_id = $1 order by 1")
        .bind(person)
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
    let mine = mine.get((a % mine.len().max(1) as u64) as usize).map(|(shift, position)| SeatId::new(*shift, *position));
    let held: Vec<(ShiftId, i16, MemberId)> =
        sqlx::query_as("select shift_id, position, member_id from assignment order by 1, 2")
            .fetch_all(&coop.backend.pool)
            .await
            .unwrap();
    let theirs = held.get((b % held.len().max(1) as u64) as usize).map(|(shift, position, _)| SeatId::new(*shift, *position));
    let any = async |query: &'static str| -> Option<uuid::Uuid> {
        let ids: Vec<uuid::Uuid> = sqlx::query_scalar(query).bind(person).fetch_all(&coop.backend.pool).await.unwrap();
        ids.get((b % ids.len().max(1) as u64) as usize).copied()
    };
    let command = match roll {
        0 => Command::TakeSeat { seat: seat(a) },
        1 => Command::GiveSeat { offer: coop.offer_id(), seat: mine?, audience: Audience::Anyone, note: String::new() },
        2 | 3 => {
            let wishes: Vec<ShiftId> =
                (0..6).map(|n| seat(b / 7 + n * 5).shift).filter(|shift| Some(*shift) != mine.map(|seat| seat.shift)).collect();
            exchange(coop.offer_id(), mine?, &wishes)
        }
        4 => claim(domain::id::OfferId(
            any("select offer_id from offer where member_id <> $1 and kind = 'give' order by 1").await?,
        )),
        5 => Command::MoveSeat { from: mine?, to: seat(b) },
        6 => Command::ProposeSwap { proposal: coop.proposal_id(), mine: mine?, theirs: theirs?, note: String::new() },
        7 => Command::AcceptProposal {
            proposal: domain::id::ProposalId(
                any("select proposal_id from proposal where to_member = $1 and state = 'pending' order by 1").await?,
            ),
        },
        8 => Command::AcceptLoop {
            lacking: domain::id::LoopId(
                any("select loop_id from suggested_loop where asks = $1 and state = 'pending' order by 1").await?,
            ),
        },
        _ => Command::WithdrawOffer {
            offer: domain::id::OfferId(any("select offer_id from offer where member_id = $1 order by 1").await?),
        },
    };
    Some((person, command))
}

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }
}
