//! The wire around a command: once, in order, in whose name.

mod coop;

use backend::command::perform_all;
use chrono::Duration;
use coop::{Coop, claim, reason};
use domain::command::{Command, Envelope};
use domain::id::{CommandId, SeatId};
use domain::outcome::{Answer, Outcome};
use domain::reason::Reason;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

fn raw(envelope: &Envelope) -> Value {
    serde_json::to_value(envelope).unwrap()
}

fn why(answer: &Answer) -> &Reason {
    match &answer.outcome {
        Outcome::Refused { reason } => reason,
        Outcome::Applied { .. } => panic!("it was applied"),
    }
}

#[sqlx::test(migrations = false)]
async fn the_same_command_again_gives_the_same_outcome_and_does_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let seat = SeatId::new(coop.shift(10, 9, 2).await, 1);
    let take = coop.envelope(Command::TakeSeat { seat });
    let first = coop.perform(lea, &take).await;
    assert!(first.is_applied());
    assert_eq!(coop.perform(lea, &take).await, first);
    assert_eq!(coop.count("select count(*) from seat_history").await, 1);

    // A refusal is kept as well: the seat that has become free since does not change it.
    let karim = coop.member("Karim").await;
    let late = coop.envelope(Command::TakeSeat { seat });
    let refusal = coop.perform(karim, &late).await;
    assert!(matches!(refusal, Outcome::Refused { reason: Reason::SeatHeld { .. } }));
    coop.sql("delete from assignment").await;
    assert_eq!(coop.perform(karim, &late).await, refusal);
}

#[sqlx::test(migrations = false)]
async fn an_id_runs_one_payload_of_one_member(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let shift = coop.shift(10, 9, 3).await;
    let take = coop.envelope(Command::TakeSeat { seat: SeatId::new(shift, 1) });
    coop.perform(lea, &take).await;
    let other = Envelope { command: Command::TakeSeat { seat: SeatId::new(shift, 2) }, ..take.clone() };
    assert_eq!(reason(coop.perform(lea, &other).await), Reason::IdReused);
    assert_eq!(reason(coop.perform(karim, &take).await), Reason::IdReused);
    let depends = Envelope { depends_on: vec![CommandId(coop.id())], ..take.clone() };
    assert_eq!(reason(coop.perform(lea, &depends).await), Reason::IdReused);
    assert!(coop.perform(lea, &take).await.is_applied());
    assert_eq!(coop.count("select count(*) from command_log").await, 1);
}

#[sqlx::test(migrations = false)]
async fn an_id_made_for_something_else_is_refused(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let (hers, his) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 11, 9).await);
    let offer = coop.gives(lea, hers).await;
    let again = Command::GiveSeat { offer, seat: his, audience: domain::swaps::Audience::Anyone, note: String::new() };
    assert_eq!(coop.refused(karim, again).await, Reason::IdReused);
    assert_eq!(coop.offer_state(offer).await, "open");
    assert_eq!(coop.count("select count(*) from offer").await, 1);
}

#[sqlx::test(migrations = false)]
async fn what_rests_on_a_refused_command_is_refused(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let shift = coop.shift(10, 9, 3).await;
    coop.sits(karim, SeatId::new(shift, 1)).await;
    let refused = coop.envelope(Command::TakeSeat { seat: SeatId::new(shift, 1) });
    coop.perform(lea, &refused).await;
    let mut next = coop.envelope(Command::TakeSeat { seat: SeatId::new(shift, 2) });
    next.depends_on = vec![refused.id];
    assert_eq!(reason(coop.perform(lea, &next).await), Reason::PrerequisiteRefused);
    // It stays refused, and what depends on nothing goes on.
    assert_eq!(reason(coop.perform(lea, &next).await), Reason::PrerequisiteRefused);
    coop.does(lea, Command::TakeSeat { seat: SeatId::new(shift, 2) }).await;
}

#[sqlx::test(migrations = false)]
async fn a_command_older_than_the_log_is_too_old(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let seat = SeatId::new(coop.shift(10, 9, 3).await, 1);
    let mut take = coop.envelope(Command::TakeSeat { seat });
    take.id = CommandId(backend::ids::at(coop.now() - Duration::days(400)));
    assert_eq!(reason(coop.perform(lea, &take).await), Reason::TooOld);
    assert_eq!(coop.holder(seat).await, None);
    assert_eq!(coop.count("select count(*) from command_log").await, 0);
    take.id = CommandId(backend::ids::at(coop.now() - Duration::days(390)));
    assert!(coop.perform(lea, &take).await.is_applied());
    take.id = CommandId(Uuid::from_u128(7));
    assert_eq!(reason(coop.perform(lea, &take).await), Reason::NotUnderstood);
}

#[sqlx::test(migrations = false)]
async fn each_command_of_a_request_has_its_own_answer(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let shift = coop.shift(10, 9, 3).await;
    let take = coop.envelope(Command::TakeSeat { seat: SeatId::new(shift, 1) });
    let mut newer = raw(&coop.envelope(Command::TakeSeat { seat: SeatId::new(shift, 2) }));
    newer["schema"] = json!(2);
    newer["kind"] = json!("juggle");
    let mut unknown = newer.clone();
    unknown["schema"] = json!(1);
    let mut hostile =
        raw(&coop.envelope(Command::CloseShift { shift, why: "a\0b".into(), treatment: domain::shifts::Treatment::Due }));
    hostile["depends_on"] = json!([]);
    let no_id = json!({"id": "nothing", "schema": 1, "kind": "take_seat"});
    let answers =
        perform_all(&coop.backend, lea, vec![raw(&take), newer, unknown, hostile, no_id, json!(7), raw(&take)]).await.unwrap();
    assert_eq!(answers.len(), 7);
    assert!(answers[0].outcome.is_applied());
    assert_eq!(*why(&answers[1]), Reason::AppTooOld);
    for answer in &answers[2..6] {
        assert_eq!(*why(answer), Reason::NotUnderstood);
    }
    assert_eq!(answers[5].id, CommandId(Uuid::nil()));
    assert!(answers[6].outcome.is_applied());
    assert_eq!(coop.count("select count(*) from command_log").await, 1);
    // The marks are those after the act.
    assert_eq!(answers[0].marks["me"], 1);
    assert_eq!(answers[0].marks["calendar"], 1);
    assert_eq!(answers[0].marks["groups"], 0);
}

#[sqlx::test(migrations = false)]
async fn a_request_performs_fifty_commands_at_most(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let commands = (0..1000).map(|n| json!({"id": n})).collect();
    assert_eq!(perform_all(&coop.backend, lea, commands).await.unwrap().len(), 50);
}

#[sqlx::test(migrations = false)]
async fn the_office_acts_for_anybody_and_both_names_are_kept(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, office) = (coop.member("Léa").await, coop.member("Office").await);
    coop.in_office(office).await;
    let seat = SeatId::new(coop.shift(10, 9, 3).await, 1);
    let mut take = coop.envelope(Command::TakeSeat { seat });
    take.on_behalf_of = Some(lea);
    assert!(coop.perform(office, &take).await.is_applied());
    assert_eq!(coop.holder(seat).await, Some(lea));
    let history = backend::swaps::history(&coop.backend, seat.shift).await.unwrap();
    assert_eq!(history[0].to.as_ref().unwrap().member, lea);
    assert_eq!(history[0].by.as_ref().unwrap().member, office);

    // Once she has left the co-op, the right is gone with her.
    coop.sql(&format!("update member set left_on = '2026-11-30' where member_id = '{office}'")).await;
    let mut give = coop.envelope(Command::WarnTeam { seat, note: String::new() });
    give.on_behalf_of = Some(lea);
    assert_eq!(reason(coop.perform(office, &give).await), Reason::NotAllowed);

    let mut nobody = coop.envelope(Command::TakeSeat { seat });
    nobody.on_behalf_of = Some(domain::id::MemberId(coop.id()));
    assert_eq!(reason(coop.perform(lea, &nobody).await), Reason::UnknownMember);
}

#[sqlx::test(migrations = false)]
async fn a_lead_acts_for_somebody_on_their_own_shift_only(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lead, lea) = (coop.member("Lead").await, coop.member("Léa").await);
    let (led, other) = (coop.shift(10, 9, 3).await, coop.shift(11, 9, 3).await);
    coop.asks(SeatId::new(led, 0), true, None).await;
    coop.sits(lead, SeatId::new(led, 0)).await;
    let for_lea = |seat| {
        let mut take = coop.envelope(Command::TakeSeat { seat });
        take.on_behalf_of = Some(lea);
        take
    };
    assert!(coop.perform(lead, &for_lea(SeatId::new(led, 1))).await.is_applied());
    assert_eq!(reason(coop.perform(lead, &for_lea(SeatId::new(other, 1))).await), Reason::NotAllowed);
    // A lead for one of the two shifts only moves nobody between them.
    let mut moved = coop.envelope(Command::MoveSeat { from: SeatId::new(led, 1), to: SeatId::new(other, 1) });
    moved.on_behalf_of = Some(lea);
    assert_eq!(reason(coop.perform(lead, &moved).await), Reason::NotAllowed);
}

#[sqlx::test(migrations = false)]
async fn what_is_not_there_is_refused_with_its_name(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let shift = coop.shift(10, 9, 2).await;
    let nowhere = domain::id::ShiftId(coop.id());
    assert_eq!(coop.refused(lea, Command::TakeSeat { seat: SeatId::new(nowhere, 0) }).await, Reason::UnknownShift);
    assert_eq!(coop.refused(lea, Command::TakeSeat { seat: SeatId::new(shift, 9) }).await, Reason::UnknownSeat);
    assert_eq!(coop.refused(lea, claim(coop.offer_id())).await, Reason::UnknownOffer);
    let proposal = coop.proposal_id();
    assert_eq!(coop.refused(lea, Command::AcceptProposal { proposal }).await, Reason::UnknownProposal);
    let lacking = domain::id::LoopId(coop.id());
    assert_eq!(coop.refused(lea, Command::AcceptLoop { lacking }).await, Reason::UnknownLoop);
    let notice = domain::id::NoticeId(coop.id());
    assert_eq!(coop.refused(lea, Command::MarkSeen { notice }).await, Reason::UnknownNotice);
}
