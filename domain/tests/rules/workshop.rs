//! What editors do with an issue: how far it is, what is in it, when it goes out, and what differs between two versions.

use chrono::{Duration, NaiveDate, NaiveTime};
use domain::brief::{
    Arrange, Due, Mistake, Piece, PieceKey, Reminded, Run, Settings, Signed, Source, Stage, Way, closes_at, difference, due,
    goes_out_at, live_alone, live_of, made_on, reminders, settings_of, word_of,
};
use domain::id::BlockId;
use domain::procedures::Fields;
use domain::time::{Instant, minus_days, paris_instant, plus_days};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::member;

fn monday() -> NaiveDate {
    "2026-11-30".parse().unwrap()
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> Instant {
    paris_instant(day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

fn by(who: &str) -> Signed {
    Signed { by: member(who), at: at(monday(), 6, 0) }
}

fn two_pairs() -> Settings {
    Settings { second_pair: true, ..Settings::default() }
}

fn block(n: u128) -> BlockId {
    BlockId(Uuid::from_u128(n))
}

fn written(n: u128) -> Piece {
    Piece::Written { block: block(n) }
}

fn seats() -> Piece {
    Piece::Live { source: Source::Seats, count: 5, intro: String::new() }
}

fn typed(fields: &[(&str, &str)]) -> Fields {
    Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn it_goes_from_collecting_through_review_to_scheduled_and_back() {
    let (one, settings) = (by("Camille"), Settings::default());
    let review = Stage::Collecting.ask(one).unwrap();
    assert_eq!(review, Stage::Review { asked: one });
    let scheduled = review.approve(&settings, by("Karim")).unwrap();
    assert_eq!(scheduled, Stage::Scheduled { asked: one, approved: by("Karim") });
    // Approved, nobody changes it, and nobody approves it again.
    assert_eq!(scheduled.editable(), Err(Mistake::Approved));
    assert_eq!(scheduled.ask(one), Err(Mistake::Approved));
    assert_eq!(scheduled.approve(&settings, one), Err(Mistake::Approved));
    assert_eq!(scheduled.take_back(), Ok(Stage::Collecting));
    // One pair of eyes is enough, where the co-op says so.
    assert_eq!(Stage::Collecting.approve(&settings, one), Ok(Stage::Scheduled { asked: one, approved: one }));
    assert_eq!(review.approve(&settings, one), Ok(Stage::Scheduled { asked: one, approved: one }));
}

#[test]
fn with_two_pairs_of_eyes_nobody_approves_what_they_asked_to_be_read() {
    let (one, settings) = (by("Camille"), two_pairs());
    assert_eq!(Stage::Collecting.approve(&settings, one), Err(Mistake::NotAsked));
    let review = Stage::Review { asked: one };
    assert_eq!(review.approve(&settings, one), Err(Mistake::SecondPair { asked: member("Camille") }));
    assert!(review.approve(&settings, by("Karim")).is_ok());
    // The same for what is published by hand; what was approved already goes out whoever says so.
    assert_eq!(Stage::Collecting.publish_now(monday(), &settings, one), Err(Mistake::NotAsked));
    assert_eq!(review.publish_now(monday(), &settings, one), Err(Mistake::SecondPair { asked: member("Camille") }));
    let scheduled = Stage::Scheduled { asked: one, approved: by("Karim") };
    assert_eq!(scheduled.publish_now(monday(), &settings, one), Ok(by("Karim")));
}

#[test]
fn nobody_publishes_by_hand_before_contributions_close() {
    let settings = Settings::default();
    let sunday = minus_days(monday(), 1);
    let camille = |at: Instant| Signed { by: member("Camille"), at };
    let (early, closed) = (camille(at(sunday, 17, 59)), camille(at(sunday, 18, 0)));
    let scheduled = Stage::Scheduled { asked: early, approved: early };
    let out = Stage::Published { at: early.at, approved: None, late: false, corrected: None };
    for stage in [&Stage::Collecting, &Stage::Review { asked: early }, &scheduled] {
        assert_eq!(stage.publish_now(monday(), &settings, early), Err(Mistake::TooEarly { from: closed.at }), "{stage:?}");
        assert!(stage.publish_now(monday(), &settings, closed).is_ok(), "{stage:?}");
    }
    assert_eq!(out.publish_now(monday(), &settings, early), Err(Mistake::Out), "it is out: nothing is early");
    // The co-op's own hour.
    let noon = Settings { closes_minute: 12 * 60, ..settings };
    assert_eq!(Stage::Collecting.publish_now(monday(), &noon, early), Ok(early));
}

#[test]
fn what_was_missed_waits_for_somebody_and_does_not_come_up_again() {
    let one = by("Camille");
    let missed = Stage::Review { asked: one }.missed(at(monday(), 20, 0));
    assert_eq!(missed, Stage::Missed { at: at(monday(), 20, 0), asked: Some(one) });
    assert!(missed.editable().is_ok());
    assert_eq!(missed.approve(&Settings::default(), one), Err(Mistake::TooLate));
    assert_eq!(missed.publish_now(monday(), &two_pairs(), one), Err(Mistake::SecondPair { asked: member("Camille") }));
    assert_eq!(missed.publish_now(monday(), &two_pairs(), by("Karim")), Ok(by("Karim")));
    assert_eq!(due(monday(), &missed, &Settings::default(), at(monday(), 23, 0)), Due::NotYet);
    // Somebody asks again: it stays missed, and is published by the other.
    let alone = Stage::Collecting.missed(at(monday(), 7, 0));
    assert_eq!(alone.ask(one), Ok(Stage::Missed { at: at(monday(), 7, 0), asked: Some(one) }));
    assert_eq!(alone.take_back(), Ok(alone.clone()));
}

#[test]
fn what_is_out_is_corrected_and_nothing_else() {
    let one = by("Camille");
    let out = Stage::Published { at: at(monday(), 7, 0), approved: Some(one), late: false, corrected: None };
    for done in [out.ask(one), out.approve(&Settings::default(), one), out.take_back()] {
        assert_eq!(done, Err(Mistake::Out));
    }
    assert_eq!(out.publish_now(monday(), &Settings::default(), one), Err(Mistake::Out));
    assert_eq!(Stage::Collecting.correct(one), Err(Mistake::NotOut));
    let corrected = out.correct(by("Karim")).unwrap();
    assert_eq!(
        corrected,
        Stage::Published { at: at(monday(), 7, 0), approved: Some(one), late: false, corrected: Some(by("Karim")) }
    );
}

#[test]
fn it_goes_out_at_seven_of_paris_on_both_mondays_after_the_clocks_changed() {
    for (monday, utc) in [("2026-03-30", "2026-03-30T05:00:00Z"), ("2026-10-26", "2026-10-26T06:00:00Z")] {
        let monday: NaiveDate = monday.parse().unwrap();
        let out: Instant = utc.parse().unwrap();
        assert_eq!(goes_out_at(monday), out);
        let scheduled = Stage::Scheduled { asked: by("Camille"), approved: by("Karim") };
        let settings = Settings::default();
        assert_eq!(due(monday, &scheduled, &settings, out - Duration::milliseconds(1)), Due::NotYet);
        assert_eq!(due(monday, &scheduled, &settings, out), Due::Publish { late: false });
        assert_eq!(due(monday, &scheduled, &settings, out + Duration::minutes(16)), Due::Publish { late: true });
        assert_eq!(due(monday, &scheduled, &settings, out + Duration::hours(13)), Due::Ask);
        // Contributions close at six on the clock of the Sunday on which it changed.
        assert_eq!(closes_at(monday, &settings), out - Duration::hours(13));
    }
}

#[test]
fn nobody_approved_it_so_the_live_blocks_go_alone_or_somebody_is_asked() {
    let seven = goes_out_at(monday());
    let silent = Settings { automatic: false, ..Settings::default() };
    for stage in [Stage::Collecting, Stage::Review { asked: by("Camille") }] {
        assert_eq!(due(monday(), &stage, &Settings::default(), seven), Due::Automatic { late: false });
        assert_eq!(due(monday(), &stage, &silent, seven), Due::Ask);
        assert_eq!(due(monday(), &stage, &Settings::default(), at(monday(), 20, 0)), Due::Ask);
    }
    let intro = Piece::Live { source: Source::Anniversaries, count: 2, intro: "Bravo".into() };
    assert_eq!(live_alone(&[written(1), intro.clone()]), [intro]);
    assert_eq!(live_alone(&[written(1)]).len(), Source::ALL.len());
}

#[test]
fn the_groups_are_reminded_on_friday_and_the_editors_until_monday_morning() {
    let settings = Settings { closes_minute: 17 * 60 + 30, ..Settings::default() };
    let sunday = plus_days("2026-11-28".parse().unwrap(), 1);
    let expected = [
        (at("2026-11-27".parse().unwrap(), 9, 0), Reminded::Contributors),
        (at(sunday, 17, 30), Reminded::Editors),
        (at(sunday, 21, 0), Reminded::Editors),
        (at(monday(), 6, 30), Reminded::LastCall),
    ];
    assert_eq!(reminders(monday(), &settings), expected);
    let tuesday: NaiveDate = "2026-12-01".parse().unwrap();
    assert_eq!(made_on(monday(), false), monday());
    assert_eq!(made_on(monday(), true), plus_days(monday(), 7));
    assert_eq!(made_on(tuesday, false), plus_days(monday(), 7));
}

#[test]
fn pieces_are_placed_once_moved_by_one_and_taken_off() {
    let pieces = [written(1), seats(), written(2)];
    let key = PieceKey::Block(block(2));
    assert_eq!(Arrange::Place(block(1)).of(&pieces).unwrap(), pieces, "it is in it already");
    assert_eq!(Arrange::Place(block(3)).of(&pieces).unwrap().last(), Some(&written(3)));
    assert_eq!(Arrange::Move(key, Way::Up).of(&pieces).unwrap(), [written(1), written(2), seats()]);
    assert_eq!(Arrange::Move(key, Way::Down).of(&pieces).unwrap(), pieces, "the last stays last");
    assert_eq!(Arrange::Remove(key).of(&pieces).unwrap(), [written(1), seats()]);
    assert_eq!(Arrange::Move(PieceKey::Block(block(9)), Way::Up).of(&pieces), Err(Mistake::BlockGone));
    assert_eq!(Arrange::Move(key, Way::Up).of(&[]), Err(Mistake::BlockGone));
    assert_eq!(Arrange::Add(seats()).of(&pieces), Err(Mistake::SourceThere));
    let more = Piece::Live { source: Source::Seats, count: 12, intro: "Vite".into() };
    assert_eq!(Arrange::Change(more.clone()).of(&pieces).unwrap()[1], more);
    assert_eq!(Arrange::Change(more).of(&[written(1)]), Err(Mistake::BlockGone));
    for key in [key, PieceKey::Live(Source::Anniversaries)] {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    assert!("bloc-".parse::<PieceKey>().is_err() && "vif-rien".parse::<PieceKey>().is_err());
    let full: Vec<Piece> = (0..60).map(written).collect();
    assert_eq!(Arrange::Place(block(99)).of(&full), Err(Mistake::TooManyPieces { cap: 60 }));
}

#[test]
fn what_is_typed_is_read_or_every_mistake_is_told() {
    let live = live_of(&typed(&[("source", "seats"), ("combien", " 12 "), ("intro", "Vite")])).unwrap();
    assert_eq!(live, Piece::Live { source: Source::Seats, count: 12, intro: "Vite".into() });
    let long = "é".repeat(301);
    let wrong = live_of(&typed(&[("source", "rien"), ("combien", "13"), ("intro", &long)])).unwrap_err();
    assert_eq!(wrong, [Mistake::BadSource, Mistake::BadCount { cap: 12 }, Mistake::IntroTooLong { cap: 300 }]);
    for count in ["", "0", "-1", "256", "cinq"] {
        let wrong = live_of(&typed(&[("source", "seats"), ("combien", count)])).unwrap_err();
        assert_eq!(wrong, [Mistake::BadCount { cap: 12 }], "{count}");
    }
    let settings = settings_of(&typed(&[("deux", "oui"), ("heure", "17:30")])).unwrap();
    assert_eq!(settings, Settings { second_pair: true, automatic: false, closes_minute: 17 * 60 + 30 });
    for hour in ["", "24:00", "12:60", "12", "1:2:3", "-1:00", "012:00", "12:5é"] {
        assert_eq!(settings_of(&typed(&[("heure", hour)])), Err(Mistake::BadHour), "{hour}");
    }
    assert_eq!(word_of(&typed(&[("mot", "  ")])), Err(Mistake::WordMissing));
    assert_eq!(word_of(&typed(&[("mot", &"é".repeat(281))])), Err(Mistake::WordTooLong { cap: 280 }));
    assert_eq!(word_of(&typed(&[("mot", " Trop tôt ")])), Ok("Trop tôt".to_owned()));
}

#[test]
fn a_difference_is_told_word_by_word() {
    let runs = difference("La réunion est à 18 h, mardi.", "La réunion est à 19 h, mardi soir.");
    assert_eq!(
        runs,
        [
            Run::Same("La réunion est à ".into()),
            Run::Gone("18".into()),
            Run::Come("19".into()),
            Run::Same(" h, mardi".into()),
            Run::Come(" soir".into()),
            Run::Same(".".into()),
        ]
    );
    assert_eq!(difference("", ""), []);
    assert_eq!(difference("a", "a"), [Run::Same("a".into())]);
    assert_eq!(difference("", "neuf"), [Run::Come("neuf".into())]);
}

/// A side of a difference, put together again.
fn side(runs: &[Run], before: bool) -> String {
    let words = runs.iter().filter_map(|run| match run {
        Run::Same(text) => Some(text.as_str()),
        Run::Gone(text) => before.then_some(text.as_str()),
        Run::Come(text) => (!before).then_some(text.as_str()),
    });
    words.collect()
}

proptest! {
    #[test]
    fn no_letter_of_either_version_is_lost(before in "[aàb 🎿\n.]{0,60}", after in "[aàb 🎿\n.]{0,60}") {
        let runs = difference(&before, &after);
        prop_assert_eq!(side(&runs, true), before);
        prop_assert_eq!(side(&runs, false), after);
    }
}

#[test]
fn two_texts_of_the_longest_length_with_nothing_in_common_are_told_apart_as_a_whole() {
    let text = |word: &str| format!("{word} ").repeat(20_000 / 3);
    let runs = difference(&text("aé"), &text("bù"));
    assert_eq!((side(&runs, true), side(&runs, false)), (text("aé"), text("bù")));
}
