//! The outbox: in order, once, nothing dropped.

use chrono::Duration;
use domain::command::Command;
use domain::id::{CommandId, LoopId, OfferId, ProposalId, SeatId};
use domain::outbox::{EntryState, Outbox, depends};
use domain::outcome::{Marks, Outcome};
use domain::reason::Reason;
use domain::swaps::Audience;
use domain::time::Instant;
use uuid::Uuid;

use crate::coop::{Coop, hours, shift};

fn id(n: u128) -> CommandId {
    CommandId(Uuid::from_u128(n))
}

fn seat(on: &str) -> SeatId {
    SeatId::new(shift(on), 1)
}

fn take(on: &str) -> Command {
    Command::TakeSeat { seat: seat(on) }
}

fn give(offer: u128, on: &str) -> Command {
    Command::GiveSeat { offer: OfferId(Uuid::from_u128(offer)), seat: seat(on), audience: Audience::Anyone, note: String::new() }
}

fn withdraw(offer: u128) -> Command {
    Command::WithdrawOffer { offer: OfferId(Uuid::from_u128(offer)) }
}

fn now() -> Instant {
    Coop::new().now
}

fn outbox(commands: impl IntoIterator<Item = Command>) -> Outbox {
    let mut outbox = Outbox::default();
    for (n, command) in commands.into_iter().enumerate() {
        outbox.enqueue(id(n as u128 + 1), command, "Prendre la place".into(), now());
    }
    outbox
}

fn sent(outbox: &Outbox) -> Vec<CommandId> {
    outbox.next_batch().iter().map(|envelope| envelope.id).collect()
}

#[test]
fn acts_are_sent_in_the_order_in_which_they_were_made() {
    let outbox = outbox([take("sat 9h"), take("thu 9h"), take("fri 9h")]);
    assert_eq!(sent(&outbox), [id(1), id(2), id(3)]);
    assert_eq!(outbox.waiting(), 3);
}

#[test]
fn taking_leaves_at_once_and_giving_is_held_fifteen_seconds() {
    let mut outbox = outbox([give(1, "sat 9h"), take("thu 9h")]);
    assert_eq!(sent(&outbox), [id(2)], "a held act holds back only what rests on it");
    outbox.release(now() + Duration::milliseconds(14_999), false);
    assert_eq!(sent(&outbox), [id(2)]);
    outbox.release(now() + Duration::seconds(15), false);
    assert_eq!(sent(&outbox), [id(1), id(2)], "back in its place");
}

#[test]
fn a_hidden_page_sends_what_is_held() {
    let mut outbox = outbox([give(1, "sat 9h")]);
    outbox.release(now(), true);
    assert_eq!(sent(&outbox), [id(1)]);
}

#[test]
fn exactly_the_acts_that_give_something_away_are_held() {
    let (offer, proposal, lacking) = (OfferId(Uuid::nil()), ProposalId(Uuid::nil()), LoopId(Uuid::nil()));
    let s = seat("sat 9h");
    let held = [give(1, "sat 9h"), withdraw(1), Command::MoveSeat { from: s, to: seat("thu 9h") }];
    assert!(held.iter().all(Command::gives_away));
    let at_once = [
        take("sat 9h"),
        Command::ClaimOffer { offer, instead_of: None, secret: None },
        Command::AcceptProposal { proposal },
        Command::AcceptLoop { lacking },
    ];
    assert!(!at_once.iter().any(Command::gives_away));
}

#[test]
fn a_held_act_is_taken_back_and_a_released_one_is_not() {
    let mut outbox = outbox([give(1, "sat 9h"), give(2, "thu 9h")]);
    assert_eq!(outbox.take_back(id(1)).map(|entry| entry.envelope.id), Some(id(1)));
    outbox.release(now(), true);
    assert_eq!(outbox.take_back(id(2)), None);
    assert_eq!(outbox.take_back(id(9)), None);
    assert_eq!(sent(&outbox), [id(2)]);
}

#[test]
fn what_rested_on_an_act_taken_back_is_judged_without_it() {
    let mut outbox = outbox([give(1, "sat 9h"), take("sat 9h")]);
    assert_eq!(sent(&outbox), []);
    outbox.take_back(id(1)).unwrap();
    let batch = outbox.next_batch();
    assert_eq!((batch[0].id, batch[0].depends_on.len()), (id(2), 0));
}

#[test]
fn an_act_waits_for_what_it_rests_on_and_so_on() {
    let mut outbox = outbox([
        give(1, "sat 9h"),
        take("sat 9h"),
        take("thu 9h"),
        Command::MoveSeat { from: seat("sat 9h"), to: seat("thu 9h") },
    ]);
    let rests: Vec<_> = outbox.entries.iter().map(|entry| entry.envelope.depends_on.clone()).collect();
    assert_eq!(rests, [vec![], vec![id(1)], vec![], vec![id(1), id(2), id(3)]]);
    assert_eq!(sent(&outbox), [id(3)]);
    outbox.release(now(), true);
    assert_eq!(sent(&outbox), [id(1), id(2), id(3), id(4)]);
    outbox.answer(id(1), Outcome::applied(), Marks::new(), now());
    assert_eq!(sent(&outbox), [id(2), id(3), id(4)]);
}

#[test]
fn an_act_does_not_rest_on_what_was_answered() {
    let mut outbox = outbox([take("sat 9h")]);
    outbox.answer(id(1), Outcome::Refused { reason: Reason::NotActive }, Marks::new(), now());
    outbox.enqueue(id(2), take("sat 9h"), String::new(), now());
    assert_eq!(outbox.entries[1].envelope.depends_on, []);
    assert_eq!(outbox.waiting(), 1);
}

#[test]
fn a_paused_act_holds_back_only_what_rests_on_it() {
    let mut outbox = outbox([take("sat 9h"), take("sat 9h"), take("thu 9h")]);
    outbox.entries[0].state = EntryState::Paused;
    assert_eq!(sent(&outbox), [id(3)]);
}

#[test]
fn an_act_without_an_answer_is_sent_again_under_its_id() {
    let mut outbox = outbox([take("sat 9h"), take("thu 9h")]);
    outbox.mark_sending(&[id(1), id(2)]);
    assert!(outbox.entries.iter().all(|entry| entry.state == EntryState::Sending && entry.attempts == 1));
    outbox.answer(id(1), Outcome::applied(), Marks::new(), now());
    outbox.unanswered();
    assert_eq!(sent(&outbox), [id(2)]);
    outbox.mark_sending(&[id(1), id(2)]);
    assert_eq!(outbox.entries[1].attempts, 2);
    assert!(matches!(outbox.entries[0].state, EntryState::Answered { .. }), "an answer stays");
}

#[test]
fn a_request_carries_fifty_acts_at_most() {
    let offers = (0..60).map(|n| Command::ClaimOffer { offer: OfferId(Uuid::from_u128(n)), instead_of: None, secret: None });
    let outbox = outbox(offers);
    assert_eq!(sent(&outbox), (1..=50).map(id).collect::<Vec<_>>());
}

#[test]
fn answered_acts_are_kept_fourteen_days_and_others_until_answered() {
    let mut outbox = outbox([take("sat 9h"), take("thu 9h")]);
    outbox.answer(id(1), Outcome::applied(), Marks::new(), now());
    outbox.prune(now() + hours(14 * 24) - Duration::seconds(1));
    assert_eq!(outbox.entries.len(), 2);
    outbox.prune(now() + hours(14 * 24));
    assert_eq!(outbox.entries.iter().map(|entry| entry.envelope.id).collect::<Vec<_>>(), [id(2)]);
}

#[test]
fn acts_rest_on_each_other_by_seat_offer_proposal_or_loop() {
    let (offer, proposal, lacking) = (OfferId(Uuid::from_u128(1)), ProposalId(Uuid::nil()), LoopId(Uuid::nil()));
    let propose = Command::ProposeSwap { proposal, mine: seat("sat 9h"), theirs: seat("thu 9h"), note: String::new() };
    let claim = |instead_of| Command::ClaimOffer { offer, instead_of, secret: None };
    for (earlier, later, rests) in [
        (take("sat 9h"), take("sat 9h"), true),
        (take("sat 9h"), take("thu 9h"), false),
        (take("sat 9h"), Command::TakeSeat { seat: SeatId::new(shift("sat 9h"), 2) }, false),
        (give(1, "sat 9h"), withdraw(1), true),
        (give(1, "sat 9h"), withdraw(2), false),
        (give(1, "sat 9h"), claim(None), true),
        (take("sat 9h"), claim(Some(seat("sat 9h"))), true),
        (take("thu 9h"), propose.clone(), true),
        (propose, Command::WithdrawProposal { proposal }, true),
        (Command::AcceptLoop { lacking }, Command::DeclineLoop { lacking }, true),
    ] {
        assert_eq!(depends(&earlier, &later), rests, "{earlier:?} then {later:?}");
    }
}

#[test]
fn the_outbox_survives_being_stored() {
    let mut outbox = outbox([give(1, "sat 9h"), take("thu 9h"), take("sat 9h")]);
    outbox.answer(id(2), Outcome::applied(), Marks::from([("calendar".into(), 7)]), now());
    let stored = serde_json::to_string(&outbox).unwrap();
    assert_eq!(serde_json::from_str::<Outbox>(&stored).unwrap(), outbox);
}
