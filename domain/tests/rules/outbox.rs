//! The outbox: in order, once, nothing dropped.

use chrono::Duration;
use domain::command::Command;
use domain::event::Answer;
use domain::id::{CommandId, EventId, LoopId, OfferId, ProposalId, SeatId};
use domain::outbox::{ALONE_CAP, Act, EntryState, Outbox, Setback, depends};
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

fn answers(answer: Answer) -> Command {
    let (note, diet) = (String::new(), String::new());
    Command::AnswerEvent { event: EventId(Uuid::nil()), answer, guests: 0, children: 0, note, diet, hidden: false }
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
    outbox.next_batch(now()).iter().map(|parcel| parcel.id).collect()
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
    let moves = Command::MoveSeat { from: s, to: seat("thu 9h") };
    let held = [give(1, "sat 9h"), withdraw(1), moves, answers(Answer::No)];
    assert!(held.iter().all(Command::gives_away));
    let at_once = [
        take("sat 9h"),
        Command::ClaimOffer { offer, instead_of: None, secret: None },
        Command::AcceptProposal { proposal },
        Command::AcceptLoop { lacking },
        answers(Answer::Yes),
        answers(Answer::Maybe),
    ];
    assert!(!at_once.iter().any(Command::gives_away));
}

#[test]
fn a_held_act_is_taken_back_and_a_released_one_is_not() {
    let mut outbox = outbox([give(1, "sat 9h"), give(2, "thu 9h")]);
    assert_eq!(outbox.take_back(id(1)).map(|entry| entry.parcel.id), Some(id(1)));
    outbox.release(now(), true);
    assert_eq!(outbox.take_back(id(2)), None);
    assert_eq!(outbox.take_back(id(9)), None);
    assert_eq!(sent(&outbox), [id(2)]);
}

#[test]
fn a_no_taken_back_leaves_the_yes_before_it_and_a_yes_after_it_takes_its_place() {
    let mut outbox = outbox([answers(Answer::Yes), answers(Answer::No), answers(Answer::No)]);
    assert_eq!(outbox.entries.iter().map(|entry| entry.id()).collect::<Vec<_>>(), [id(1), id(3)]);
    assert_eq!(sent(&outbox), [id(1)]);
    outbox.take_back(id(3)).unwrap();
    assert_eq!(sent(&outbox), [id(1)]);
    outbox.enqueue(id(4), answers(Answer::No), String::new(), now());
    outbox.release(now() + Duration::seconds(15), false);
    assert_eq!(sent(&outbox), [id(1), id(4)]);
    outbox.enqueue(id(5), answers(Answer::Yes), String::new(), now());
    assert_eq!(sent(&outbox), [id(5)]);
}

#[test]
fn what_rested_on_an_act_taken_back_is_judged_without_it() {
    let mut outbox = outbox([give(1, "sat 9h"), take("sat 9h")]);
    assert_eq!(sent(&outbox), []);
    outbox.take_back(id(1)).unwrap();
    let batch = outbox.next_batch(now());
    assert_eq!((batch[0].id, batch[0].depends_on.len()), (id(2), 0));
}

#[test]
fn what_is_on_its_way_does_not_leave_again_with_a_page_that_is_closed() {
    let mut outbox = outbox([give(1, "sat 9h"), take("sat 9h"), take("thu 9h")]);
    outbox.release(now(), true);
    outbox.mark_sending(&[id(1)]);
    let left: Vec<CommandId> = outbox.not_left_yet(now()).iter().map(|parcel| parcel.id).collect();
    assert_eq!(left, [id(3)], "the second rests on the first");
    assert_eq!(sent(&outbox), [id(1), id(2), id(3)]);
}

#[test]
fn an_act_waits_for_what_it_rests_on_and_so_on() {
    let mut outbox = outbox([
        give(1, "sat 9h"),
        take("sat 9h"),
        take("thu 9h"),
        Command::MoveSeat { from: seat("sat 9h"), to: seat("thu 9h") },
    ]);
    let rests: Vec<_> = outbox.entries.iter().map(|entry| entry.parcel.depends_on.clone()).collect();
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
    assert_eq!(outbox.entries[1].parcel.depends_on, []);
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
    assert_eq!(outbox.entries.iter().map(|entry| entry.parcel.id).collect::<Vec<_>>(), [id(2)]);
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

// — when it does not go well —

#[test]
fn an_act_held_by_a_clock_that_was_a_day_ahead_is_not_held_for_a_day() {
    let mut outbox = Outbox::default();
    outbox.enqueue(id(1), give(1, "sat 9h"), String::new(), now() + Duration::days(1));
    outbox.release(now(), false);
    assert_eq!(sent(&outbox), [id(1)]);
    outbox.enqueue(id(2), give(2, "thu 9h"), String::new(), now() + Duration::seconds(1));
    outbox.release(now() + Duration::seconds(1), false);
    assert_eq!(sent(&outbox), [id(1)], "and a clock that is right holds for fifteen seconds");
}

#[test]
fn a_wait_begun_by_a_clock_that_was_a_day_ahead_is_not_waited_for() {
    for setback in [Setback::NotReached, Setback::TooMany { retry_after_s: 600 }] {
        let mut outbox = outbox([take("sat 9h")]);
        let ids = send(&mut outbox, now());
        outbox.set_back(&ids, setback, now() + Duration::days(1), 1.0);
        assert_eq!(sent(&outbox), [id(1)], "{setback:?}");
        outbox.set_back(&ids, setback, now(), 1.0);
        assert_eq!(sent(&outbox), [], "{setback:?}");
    }
}

fn send(outbox: &mut Outbox, at: Instant) -> Vec<CommandId> {
    let ids: Vec<CommandId> = outbox.next_batch(at).iter().map(|parcel| parcel.id).collect();
    outbox.mark_sending(&ids);
    ids
}

#[test]
fn a_setback_waits_longer_each_time_and_never_longer_than_a_minute() {
    let mut outbox = outbox([take("sat 9h")]);
    let mut at = now();
    for expected in [1, 2, 4, 8, 16, 32, 60, 60] {
        let ids = send(&mut outbox, at);
        assert_eq!(ids, [id(1)]);
        outbox.set_back(&ids, Setback::NotReached, at, 1.0);
        assert!(outbox.next_batch(at + Duration::seconds(expected) - Duration::milliseconds(1)).is_empty());
        at += Duration::seconds(expected);
    }
    outbox.pace.wake();
    assert_eq!(sent(&outbox), [id(1)], "the network is back: at once");
}

#[test]
fn devices_that_failed_together_do_not_come_back_together() {
    let waits: Vec<_> = [0.0, 0.25, 0.5, 1.0]
        .map(|jitter| {
            let mut outbox = outbox([take("sat 9h")]);
            let ids = send(&mut outbox, now());
            outbox.set_back(&ids, Setback::NotReached, now(), jitter);
            (outbox.pace.not_before.unwrap() - now()).num_milliseconds()
        })
        .into();
    assert_eq!(waits, [500, 625, 750, 1000]);
}

#[test]
fn a_busy_server_is_given_the_time_it_asks_for() {
    let mut outbox = outbox([take("sat 9h")]);
    let ids = send(&mut outbox, now());
    outbox.set_back(&ids, Setback::TooMany { retry_after_s: 30 }, now(), 0.0);
    assert!(outbox.next_batch(now() + Duration::seconds(29)).is_empty());
    assert_eq!(outbox.next_batch(now() + Duration::seconds(30)).len(), 1);
    assert_eq!(outbox.entries[0].alone, 0, "it is not this act's fault");
}

#[test]
fn no_network_pauses_nothing_however_long_it_lasts() {
    let mut outbox = outbox([take("sat 9h"), take("thu 9h")]);
    for _ in 0..1000 {
        outbox.pace.wake();
        let ids = send(&mut outbox, now());
        assert_eq!(ids, [id(1), id(2)]);
        outbox.set_back(&ids, Setback::NotReached, now(), 0.0);
    }
}

#[test]
fn one_act_that_the_server_cannot_take_is_found_and_paused_and_the_others_go_on() {
    for setback in [Setback::Rejected, Setback::Unwell] {
        let mut outbox = outbox([take("thu 9h"), take("sat 9h"), take("sat 9h"), take("fri 9h")]);
        let (poison, mut requests) = (id(2), 0);
        while !outbox
            .entries
            .iter()
            .all(|entry| entry.state.is_over() || entry.state == EntryState::Paused || entry.id() == id(3))
        {
            requests += 1;
            assert!(requests < 40, "{outbox:?}");
            outbox.pace.wake();
            let ids = send(&mut outbox, now());
            if ids.contains(&poison) {
                outbox.set_back(&ids, setback, now(), 0.5);
            } else {
                for id in ids {
                    outbox.answer(id, Outcome::applied(), Marks::new(), now());
                }
            }
        }
        let states: Vec<_> = outbox.entries.iter().map(|entry| entry.state.is_over()).collect();
        assert_eq!(states, [true, false, false, true], "{setback:?}: what rests on it waits with it");
        assert_eq!((&outbox.entries[1].state, outbox.entries[1].alone), (&EntryState::Paused, ALONE_CAP));
        outbox.try_again(poison);
        assert_eq!(sent(&outbox), [id(2), id(3)]);
    }
}

#[test]
fn an_act_given_up_is_never_sent_and_what_rested_on_it_is_judged_without_it() {
    let mut outbox = outbox([take("sat 9h"), take("sat 9h")]);
    assert!(outbox.give_up(id(1), now()));
    let batch = outbox.next_batch(now());
    assert_eq!((batch.len(), batch[0].id, batch[0].depends_on.len()), (1, id(2), 0));
    assert!(!outbox.give_up(id(1), now()), "once");
    outbox.mark_sending(&[id(2)]);
    assert!(!outbox.give_up(id(2), now()), "not while it is on its way");
}

#[test]
fn what_was_sent_once_says_the_same_thing_when_it_is_sent_again() {
    let mut outbox = outbox([take("sat 9h"), take("sat 9h")]);
    let ids = send(&mut outbox, now());
    let first = outbox.entries[1].parcel.clone();
    outbox.set_back(&ids, Setback::NotReached, now(), 0.0);
    outbox.give_up(id(1), now());
    assert_eq!(outbox.next_batch(now() + hours(1)), [first]);
}

#[test]
fn wishes_ticked_again_before_they_were_sent_are_one_act_and_afterwards_two() {
    let ticks =
        |day: &str| Command::SetWishes { offer: OfferId(Uuid::from_u128(1)), wishes: vec![shift(day)], patterns: Vec::new() };
    let mut outbox = outbox([ticks("sat 9h"), take("thu 9h"), ticks("fri 9h")]);
    assert_eq!(sent(&outbox), [id(2), id(3)]);
    outbox.mark_sending(&[id(3)]);
    outbox.unanswered();
    outbox.enqueue(id(4), ticks("mon 9h"), String::new(), now());
    assert_eq!(sent(&outbox), [id(2), id(3), id(4)]);
}

#[test]
fn the_first_answer_stays() {
    let mut outbox = outbox([take("sat 9h")]);
    outbox.answer(id(1), Outcome::applied(), Marks::new(), now());
    outbox.answer(id(1), Outcome::Refused { reason: Reason::NotActive }, Marks::new(), now());
    assert!(matches!(&outbox.entries[0].state, EntryState::Answered { outcome, .. } if outcome.is_applied()));
}

#[test]
fn an_act_of_another_build_is_kept_and_sent_as_it_was_written() {
    let mut outbox = outbox([take("sat 9h")]);
    let mut stored = serde_json::to_value(&outbox).unwrap();
    let foreign = serde_json::json!({
        "parcel": {"id": id(7), "schema": 9, "kind": "dance", "with": [1, 2]},
        "created_at": "2026-11-23T08:00:00Z", "intent": "Danser samedi", "attempts": 0,
        "state": {"is": "to_send"}
    });
    stored["entries"].as_array_mut().unwrap().insert(0, foreign.clone());
    outbox = serde_json::from_value(stored).unwrap();
    assert!(matches!(outbox.entries[0].parcel.act, Act::Foreign(_)));
    assert_eq!(serde_json::to_value(&outbox.next_batch(now())[0]).unwrap(), foreign["parcel"]);
    assert_eq!(outbox.entries[0].intent, "Danser samedi");
}

#[test]
fn an_entry_that_only_another_build_can_read_costs_none_of_the_others_and_stays_as_it_was_written() {
    let in_a_page = outbox([take("sat 9h"), take("thu 9h")]);
    let mut stored = serde_json::to_value(&in_a_page).unwrap();
    stored["entries"][0]["state"] = serde_json::json!({
        "is": "answered", "at": now(), "marks": {}, "outcome": {"status": "refused", "reason": {"code": "moon_is_full"}}
    });
    let other = stored["entries"][0].clone();
    let mut outbox: Outbox = serde_json::from_value(stored).unwrap();
    outbox.adopt(&in_a_page.entries);
    assert_eq!(sent(&outbox), [id(2)], "what was answered is not sent again");
    assert_eq!(outbox.waiting(), 1);
    outbox.answer(id(2), Outcome::applied(), Marks::new(), now());
    assert_eq!(serde_json::to_value(&outbox).unwrap()["entries"][0], other);

    let mut stored = serde_json::to_value(&outbox).unwrap();
    stored["entries"][0]["state"] = serde_json::json!({"is": "asleep"});
    let outbox: Outbox = serde_json::from_value(stored).unwrap();
    assert_eq!(outbox.waiting(), 1, "nobody knows that it is over");
}

#[test]
fn an_act_with_more_to_it_than_this_build_knows_is_sent_whole() {
    let mut outbox = outbox([take("sat 9h")]);
    let mut stored = serde_json::to_value(&outbox).unwrap();
    stored["entries"][0]["parcel"]["beside"] = "Karim".into();
    stored["entries"][0]["parcel"]["nothing"] = serde_json::Value::Null;
    outbox = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(serde_json::to_value(&outbox.next_batch(now())[0]).unwrap(), stored["entries"][0]["parcel"]);
    assert_eq!(outbox.entries[0].command(), None, "what this build would lay over is not all of it");
}

#[test]
fn an_act_with_less_to_it_than_this_build_writes_is_known() {
    let mut outbox = outbox([give(1, "sat 9h"), take("thu 9h")]);
    let mut stored = serde_json::to_value(&outbox).unwrap();
    stored["entries"][0]["parcel"].as_object_mut().unwrap().remove("note");
    stored["entries"][1]["parcel"]["nothing"] = serde_json::Value::Null;
    outbox = serde_json::from_value(stored).unwrap();
    assert_eq!(outbox.entries[0].command(), Some(&give(1, "sat 9h")));
    assert_eq!(outbox.entries[1].command(), Some(&take("thu 9h")));
}

#[test]
fn a_parcel_is_what_the_server_reads_as_an_envelope() {
    let outbox = outbox([give(1, "sat 9h"), withdraw(1)]);
    for entry in &outbox.entries {
        let wire = serde_json::to_value(&entry.parcel).unwrap();
        let read: domain::command::Envelope = serde_json::from_value(wire.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), wire);
    }
}
