//! What is written for the Monday brief: until when, by whom, and what becomes of two versions.

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use domain::brief::{
    BESIDE_CAP, Block, BlockChange, BlockState, Due, Made, Piece, Said, SaidMistake, Settings, Signed, Stage, Typed, Version,
    closes_at, due, first_pieces, goes_out_at, id_of, reminders, revision_after, take_in,
};
use domain::command::Command;
use domain::decide::Decision;
use domain::effect::Effect;
use domain::id::{BlockId, GroupId, PictureId};
use domain::members::Known;
use domain::outbox::{Outbox, depends, replaces};
use domain::overlay::laid_over;
use domain::reason::Reason;
use domain::time::{Instant, paris_clock, paris_day, plus_days};
use proptest::prelude::*;
use uuid::Uuid;

use super::overlay::snapshots;
use crate::coop::*;

const GROUP: GroupId = GroupId(Uuid::from_u128(7));
const BLOCK: BlockId = BlockId(Uuid::from_u128(1));

fn proposes(text: &str) -> Command {
    Command::ProposeBlock {
        block: BLOCK,
        group: GROUP,
        title: "Soirée soupe".into(),
        text: text.into(),
        picture: None,
        alt: String::new(),
        width: 0,
        height: 0,
        href: String::new(),
        label: String::new(),
        ready: false,
        public: false,
    }
}

fn edits(base: i32, text: &str) -> Command {
    settles(base, text, Vec::new())
}

/// Settles these of the versions beside.
fn settles(base: i32, text: &str, settles: Vec<i32>) -> Command {
    Command::EditBlock {
        block: BLOCK,
        base,
        group: GROUP,
        title: "Soirée soupe".into(),
        text: text.into(),
        picture: None,
        alt: String::new(),
        width: 0,
        height: 0,
        href: String::new(),
        label: String::new(),
        ready: false,
        public: false,
        settles,
    }
}

/// Everybody of the cast may write for the group; on the last Monday of November, at nine.
fn co_op() -> Coop {
    let mut coop = Coop::new();
    coop.board.groups.insert(GROUP);
    coop
}

/// Camille has proposed a block.
fn proposed() -> Coop {
    let mut coop = co_op();
    coop.does("Camille", proposes("On épluche à 17 h.")).unwrap();
    coop
}

fn block(coop: &Coop) -> &Block {
    &coop.board.blocks[&BLOCK]
}

fn texts(coop: &Coop) -> (&str, Vec<&str>) {
    let block = block(coop);
    (&block.said.text, block.beside.iter().map(|version| version.said.text.as_str()).collect())
}

fn said(text: &str) -> Said {
    Said { title: "Soirée soupe".into(), text: text.into(), picture: None, link: None }
}

/// Communication acts next, or somebody else.
fn editing(coop: &mut Coop, edits_brief: bool) -> &mut Coop {
    coop.board.edits_brief = edits_brief;
    coop
}

// — until when —

#[test]
fn nobody_is_too_late_to_propose() {
    let sunday = |hour, minute| domain::time::paris_instant(day(2026, 11, 29), clock(hour, minute));
    for (now, monday) in
        [(sunday(17, 59), day(2026, 11, 30)), (sunday(18, 0), day(2026, 12, 7)), (sunday(23, 59), day(2026, 12, 7))]
    {
        let mut coop = co_op();
        coop.now = now;
        let came = coop.does("Camille", proposes("On épluche.")).unwrap();
        assert_eq!((came.effects.done.monday, block(&coop).monday), (Some(monday), monday), "{now}");
    }
    let mut coop = co_op();
    let signed = Signed { by: member("Nour"), at: coop.now };
    let approved = Made { stage: Stage::Scheduled { asked: signed, approved: signed }, blocks: 3 };
    coop.board.making.briefs.insert(day(2026, 11, 30), approved);
    let came = coop.does("Camille", proposes("On épluche.")).unwrap();
    assert_eq!(came.effects.done.monday, Some(day(2026, 12, 7)), "the first one was approved early");
}

#[test]
fn a_brief_has_a_last_place() {
    let mut coop = co_op();
    coop.board.making.briefs.insert(day(2026, 11, 30), Made { stage: Stage::Collecting, blocks: 60 });
    assert_eq!(coop.does("Camille", proposes("On épluche.")).unwrap_err(), Reason::TooManyBlocks { cap: 60 });
}

#[test]
fn after_the_close_an_author_loses_nothing_and_changes_nothing() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    coop.now = domain::time::paris_instant(day(2026, 11, 29), clock(18, 0));
    let since = coop.now;
    coop.does("Camille", edits(base, "On épluche à 16 h.")).unwrap();
    coop.does("Camille", edits(base, "On épluche à 16 h 30.")).unwrap();
    assert_eq!(texts(&coop), ("On épluche à 17 h.", vec!["On épluche à 16 h 30."]), "her last word on it, beside");
    let late = coop.does("Camille", Command::WithdrawBlock { block: BLOCK }).unwrap_err();
    assert_eq!(late, Reason::ContributionsClosed { since, monday: day(2026, 11, 30) });
    let mut ready = edits(base, "On épluche à 17 h.");
    if let Command::EditBlock { ready, .. } = &mut ready {
        *ready = true;
    }
    let too_late = coop.does("Camille", ready).unwrap_err();
    assert_eq!(too_late, Reason::ContributionsClosed { since, monday: day(2026, 11, 30) }, "it is not said to be done");
    let beside = block(&coop).revisions_beside();
    assert!(coop.does("Camille", settles(base, "On épluche à 16 h 30.", beside.clone())).is_err());
    editing(&mut coop, true).does("Nour", settles(base, "On épluche à 16 h 30.", beside)).unwrap();
    assert_eq!(texts(&coop), ("On épluche à 16 h 30.", vec![]), "Communication takes it");
    let signed = Signed { by: member("Nour"), at: coop.now };
    let approved = Made { stage: Stage::Scheduled { asked: signed, approved: signed }, blocks: 1 };
    coop.board.making.briefs.insert(day(2026, 11, 30), approved);
    let base = block(&coop).revision;
    coop.does("Nour", edits(base, "On épluche demain.")).unwrap();
    assert_eq!(texts(&coop), ("On épluche à 16 h 30.", vec!["On épluche demain."]), "approved is approved");
}

#[test]
fn a_contribution_that_is_over_changes_no_more() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    coop.does("Camille", Command::WithdrawBlock { block: BLOCK }).unwrap();
    let closed = Reason::BlockClosed { since: coop.now };
    assert_eq!(coop.does("Camille", edits(base, "Finalement")).unwrap_err(), closed);
    assert_eq!(coop.does("Camille", Command::WithdrawBlock { block: BLOCK }).unwrap_err(), closed);
    assert_eq!(coop.does("Camille", proposes("Encore")).unwrap_err(), Reason::IdReused);
}

// — by whom —

#[test]
fn its_author_and_communication_change_it_for_a_group_of_theirs() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    let by = coop.board.who(member("Camille"));
    assert_eq!(coop.does("Karim", edits(base, "À moi")).unwrap_err(), Reason::NotYourBlock { by: by.clone() });
    assert_eq!(coop.does("Karim", Command::WithdrawBlock { block: BLOCK }).unwrap_err(), Reason::NotYourBlock { by });
    coop.board.groups.clear();
    editing(&mut coop, true).does("Nour", edits(base, "On épluche dès 17 h.")).unwrap();
    assert_eq!(texts(&coop).0, "On épluche dès 17 h.", "in the name of the group that it has");
    coop.board.blocks.clear();
    assert_eq!(coop.does("Camille", proposes("Autre")).unwrap_err(), Reason::NotYourGroup);
    assert_eq!(coop.does("Camille", edits(base, "Rien")).unwrap_err(), Reason::UnknownBlock);
}

#[test]
fn ready_is_said_without_a_new_version() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    let mut command = edits(base, "On épluche à 17 h.");
    if let Command::EditBlock { ready, public, .. } = &mut command {
        (*ready, *public) = (true, true);
    }
    let came = coop.does("Camille", command).unwrap();
    assert!(matches!(
        came.effects.list.as_slice(),
        [Effect::BlockChanged { change: BlockChange::Marked { ready: true, .. }, .. }]
    ));
    assert_eq!((block(&coop).ready, block(&coop).public, block(&coop).revision), (true, true, base));
}

#[test]
fn a_brief_is_read_once_and_only_when_it_is_out() {
    let mut coop = co_op();
    let brief = id_of(day(2026, 11, 23));
    coop.board.brief_is_out = Known::Known(false);
    assert_eq!(coop.does("Camille", Command::ReadBrief { brief }).unwrap_err(), Reason::UnknownBrief);
    coop.board.brief_is_out = Known::Known(true);
    assert_eq!(coop.does("Camille", Command::ReadBrief { brief }).unwrap().effects.list.len(), 1);
    assert_eq!(coop.does("Camille", Command::ReadBrief { brief }).unwrap().effects.list.len(), 0);
    let other = Command::ReadBrief { brief: id_of(day(2026, 11, 30)) };
    assert!(
        replaces(&Command::ReadBrief { brief }, &Command::ReadBrief { brief })
            && !replaces(&other, &Command::ReadBrief { brief })
    );
    assert!(
        depends(&proposes("Un"), &edits(0, "Deux")) && !replaces(&edits(0, "Trois"), &edits(0, "Deux")),
        "no text is dropped"
    );
}

// — two versions —

#[test]
fn whoever_wrote_from_the_version_shown_replaces_it_and_the_other_stands_beside() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    coop.does("Camille", edits(base, "À 17 h, apportez un couteau.")).unwrap();
    editing(&mut coop, true).does("Nour", edits(base, "Dès 17 h.")).unwrap();
    assert_eq!(texts(&coop), ("À 17 h, apportez un couteau.", vec!["Dès 17 h."]));
    coop.does("Nour", edits(base, "Dès 17 h.")).unwrap();
    assert_eq!(texts(&coop).1.len(), 1, "the same again is the same");
    let shown = block(&coop).revision;
    let beside = block(&coop).revisions_beside();
    coop.does("Nour", settles(shown, "Dès 17 h, apportez un couteau.", beside)).unwrap();
    assert_eq!(texts(&coop), ("Dès 17 h, apportez un couteau.", vec![]));
}

#[test]
fn keeping_what_is_shown_settles_and_what_came_meanwhile_still_stands_beside() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    coop.does("Camille", edits(base, "A")).unwrap();
    let shown = block(&coop).revision;
    editing(&mut coop, true).does("Nour", edits(base, "B")).unwrap();
    let seen = block(&coop).revisions_beside();
    coop.does("Hugo", edits(base, "C")).unwrap();
    coop.does("Nour", settles(shown, "A", seen.clone())).unwrap();
    assert_eq!(texts(&coop), ("A", vec!["C"]), "she had seen one of them");
    assert_ne!(block(&coop).revision, shown);
    let all = block(&coop).revisions_beside();
    coop.does("Nour", settles(shown, "A", all)).unwrap();
    assert_eq!(texts(&coop), ("A", vec!["C"]), "settled from an older one, it settles nothing");
}

#[test]
fn a_version_that_grew_since_it_was_seen_is_not_settled_unseen() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    coop.does("Camille", edits(base, "A")).unwrap();
    let shown = block(&coop).revision;
    editing(&mut coop, true).does("Nour", edits(base, "B")).unwrap();
    let seen = block(&coop).revisions_beside();
    coop.does("Nour", edits(seen[0], "B, et encore")).unwrap();
    editing(&mut coop, false).does("Camille", settles(shown, "A", seen)).unwrap();
    assert_eq!(texts(&coop), ("A", vec!["B, et encore"]));
}

#[test]
fn two_texts_written_offline_rest_on_each_other_and_on_nobody_elses() {
    let mut coop = proposed();
    let base = block(&coop).revision;
    let second = revision_after(base, &said("Premier jet"));
    // Without anybody else, one after the other.
    let mut alone = coop.clone();
    alone.does("Camille", edits(base, "Premier jet")).unwrap();
    assert_eq!(block(&alone).revision, second, "her device knew it");
    alone.does("Camille", edits(second, "Deuxième jet")).unwrap();
    assert_eq!(texts(&alone), ("Deuxième jet", vec![]));
    // With somebody else before her acts arrive: hers stand beside, as the one text that they are.
    editing(&mut coop, true).does("Nour", edits(base, "Relu par Nour")).unwrap();
    editing(&mut coop, false).does("Camille", edits(base, "Premier jet")).unwrap();
    coop.does("Camille", edits(second, "Deuxième jet")).unwrap();
    assert_eq!(texts(&coop), ("Relu par Nour", vec!["Deuxième jet"]));
}

#[test]
fn one_version_too_many_pushes_out_the_oldest_of_its_own_hand_or_of_the_hand_that_has_the_most() {
    let mut coop = proposed();
    let at = coop.now;
    let block = coop.board.blocks.get_mut(&BLOCK).unwrap();
    let mut stands = |by: &str, n: i32| {
        block.apply(&BlockChange::Beside(Version { base: n, said: said(&format!("{by} {n}")), by: member(by), at }));
        let texts: Vec<String> = block.beside.iter().map(|version| version.said.text.clone()).collect();
        assert!(texts.len() <= BESIDE_CAP && texts.last() == Some(&format!("{by} {n}")), "{texts:?}");
        texts
    };
    for n in 1..=8 {
        stands("Camille", n);
    }
    for n in 9..=11 {
        stands("Nour", n);
    }
    let full = stands("Nour", 12);
    assert_eq!(full.len(), BESIDE_CAP);
    let without = |texts: &[String], gone: &str| texts.iter().filter(|text| *text != gone).cloned().collect::<Vec<_>>();
    let hers = stands("Nour", 13);
    assert_eq!(hers[..11], without(&full, "Nour 9"));
    let new = stands("Hugo", 14);
    assert_eq!(new[..11], without(&hers, "Camille 1"));
    assert_eq!(stands("Hugo", 15)[..11], without(&new, "Hugo 14"));
}

#[test]
fn a_device_shows_my_contributions_and_what_i_read_before_any_answer() {
    let coop = co_op();
    let (calendar, me) = snapshots(&coop, "Camille");
    let mut outbox = Outbox::default();
    let brief = id_of(day(2026, 11, 23));
    let base = revision_after(0, &said("On épluche."));
    let acts = [proposes("On épluche."), edits(base, "On épluche à 17 h."), Command::ReadBrief { brief }];
    for (n, command) in acts.into_iter().enumerate() {
        let id = domain::id::CommandId(Uuid::from_u128(n as u128 + 1));
        outbox.enqueue(id, command, String::new(), coop.now);
    }
    let laid = laid_over(&calendar, &me, &outbox, coop.now).expect("acts on their way").me;
    let [mine] = laid.blocks.as_slice() else { panic!("one block") };
    assert_eq!((mine.said.text.as_str(), mine.monday), ("On épluche à 17 h.", day(2026, 11, 30)));
    assert_eq!(laid.read_briefs, [brief]);
}

#[derive(Debug, Clone)]
struct Wrote {
    by: usize,
    /// Which of the revisions known so far it was written from.
    from: usize,
    text: u8,
    /// How many of the versions beside it settles, if any.
    settles: usize,
}

fn wrote() -> impl Strategy<Value = Wrote> {
    (0..2_usize, 0..12_usize, 0..6_u8, prop_oneof![4 => Just(0_usize), 1 => 1..3_usize])
        .prop_map(|(by, from, text, settles)| Wrote { by, from, text, settles })
}

proptest! {
    /// Whoever writes whatever from whichever version, in whatever order: what they wrote is kept, a version is replaced only
    /// by whoever saw it, and what stands beside leaves only settled, shown, or said anew by the same hand.
    #[test]
    fn no_interleaving_of_two_editors_loses_a_text(all in prop::collection::vec(wrote(), 1..40)) {
        let mut coop = proposed();
        coop.board.edits_brief = true;
        let mut revisions = vec![block(&coop).revision];
        let mut history = vec![block(&coop).said.clone()];
        for Wrote { by, from, text, settles: seen } in all {
            let before = block(&coop).clone();
            let base = revisions[from % revisions.len()];
            let text = format!("Texte {text}");
            let editor = ["Camille", "Nour"][by];
            let settled: Vec<i32> = before.revisions_beside().into_iter().take(seen).collect();
            let came = coop.does(editor, settles(base, &text, settled.clone())).unwrap();
            for effect in &came.effects.list {
                if let Effect::BlockChanged { change: BlockChange::Shown { version, .. } | BlockChange::Beside(version), .. } = effect {
                    history.push(version.said.clone());
                }
            }
            let after = block(&coop);
            prop_assert!(history.contains(&said(&text)), "it is kept");
            prop_assert!(after.said == before.said || base == before.revision, "replaced by who saw it");
            let settled = if base == before.revision { settled } else { Vec::new() };
            for version in &before.beside {
                let anew = |version: &Version| version.by == member(editor) && version.revision() == base;
                let left = settled.contains(&version.revision()) || after.said == version.said || anew(version);
                prop_assert!(left || after.beside.contains(version), "{version:?} stands beside no more");
            }
            revisions.extend([after.revision, revision_after(base, &said(&text))]);
        }
    }
}

// — what is typed —

#[test]
fn what_is_typed_is_read_with_all_its_mistakes_at_once() {
    let fine = Typed { title: " Loto\n de  l’hiver ", text: "\r\nUn lot\r\n- deux\u{0}\u{7}\r", ..Typed::default() };
    let read = Said::read(fine).unwrap();
    assert_eq!((read.title.as_str(), read.text.as_str()), ("Loto de l’hiver", "Un lot\n- deux"));
    let broken = Typed { title: "Loto\u{2028}de\u{b}\u{85}l’hiver\u{2029}", text: "Un lot", ..Typed::default() };
    assert_eq!(Said::read(broken).unwrap().title, "Loto de l’hiver", "whatever breaks a line");
    assert_eq!(Said::read(Typed::default()).unwrap_err(), [SaidMistake::TitleMissing, SaidMistake::NothingSaid]);
    let emoji = Said::read(Typed { title: "🎉🎉 !", text: "Ce soir", ..Typed::default() }).unwrap_err();
    assert_eq!(emoji, [SaidMistake::TitleWithoutWords]);
    assert!(Said::read(Typed { title: "🎉 14 h", text: "Ce soir", ..Typed::default() }).is_ok());
    let (title, text) = ("é".repeat(91), "é".repeat(5_000_000));
    let long = Said::read(Typed { title: &title, text: &text, ..Typed::default() }).unwrap_err();
    assert_eq!(long, [SaidMistake::TitleTooLong { cap: 90 }, SaidMistake::TextTooLong { cap: 20_000, long: 5_000_000 }]);
    let picture = Some(PictureId(Uuid::nil()));
    let pictured = Typed { title: "Loto", picture, alt: "Des lots", width: 1600, height: 900, ..Typed::default() };
    assert_eq!(Said::read(pictured).unwrap().picture.unwrap().alt, "Des lots", "a picture says enough");
    let blind = Said::read(Typed { alt: " 📷 ", width: 1601, ..pictured }).unwrap_err();
    assert_eq!(blind, [SaidMistake::AltMissing, SaidMistake::PictureTooLarge { cap: 1600 }]);
}

#[test]
fn a_link_leads_to_the_web_a_mailbox_or_a_page_of_the_app() {
    let read = |href: &str| Said::read(Typed { title: "Loto", text: "Ce soir", href, label: "Voir", ..Typed::default() });
    for href in ["https://alpar.example/loto?a=1#b", "HTTP://alpar.example", "mailto:loto@alpar.example", "/vacations"] {
        assert!(read(href).unwrap().link.is_some(), "{href}");
    }
    for href in
        ["javascript:alert(1)", "//evil.example", "data:text/html,x", "https://", "loto", "https://moi@evil.example/", "/\\evil"]
    {
        assert_eq!(read(href).unwrap_err(), [SaidMistake::LinkNotAllowed], "{href}");
    }
    let wordless = Said::read(Typed { title: "Loto", text: "Ce soir", href: "/coop", ..Typed::default() }).unwrap_err();
    assert_eq!(wordless, [SaidMistake::LinkWithoutWords]);
    let nowhere = Said::read(Typed { title: "Loto", text: "Ce soir", label: "Voir", ..Typed::default() }).unwrap_err();
    assert_eq!(nowhere, [SaidMistake::LinkNotAllowed]);
}

// — Monday at seven —

#[test]
fn it_goes_out_at_seven_and_closes_at_six_whatever_the_clocks_do() {
    let settings = Settings::default();
    let mut monday: NaiveDate = day(2020, 1, 6);
    while monday.year() <= 2040 {
        let (out, closes) = (goes_out_at(monday), closes_at(monday, &settings));
        assert_eq!((paris_day(out), paris_clock(out)), (monday, clock(7, 0)));
        assert_eq!((paris_day(closes).weekday(), paris_clock(closes)), (Weekday::Sun, clock(18, 0)));
        // The clocks change on the Sunday before, between one and three.
        assert_eq!(out - closes, Duration::hours(13), "{monday}");
        let asked: Vec<Instant> = reminders(monday, &settings).iter().map(|(at, _)| *at).collect();
        assert!(asked.is_sorted() && asked[3] == out - Duration::minutes(30));
        assert_eq!(id_of(monday), id_of(monday));
        monday = plus_days(monday, 7);
    }
}

#[test]
fn what_is_due_depends_on_who_approved_and_on_how_late_it_is() {
    let monday = day(2026, 11, 30);
    let at = |hour, minute| domain::time::paris_instant(monday, clock(hour, minute));
    let signed = Signed { by: member("Nour"), at: at(6, 0) };
    let scheduled = Stage::Scheduled { asked: signed, approved: signed };
    let (wants, silent) = (Settings::default(), Settings { automatic: false, ..Settings::default() });
    for (stage, settings, now, wanted) in [
        (&scheduled, &wants, at(6, 59), Due::NotYet),
        (&scheduled, &wants, at(7, 15), Due::Publish { late: false }),
        (&scheduled, &wants, at(7, 16), Due::Publish { late: true }),
        (&scheduled, &wants, at(20, 0), Due::Ask),
        (&Stage::Collecting, &wants, at(7, 0), Due::Automatic { late: false }),
        (&Stage::Collecting, &wants, at(15, 0), Due::Automatic { late: true }),
        (&Stage::Review { asked: signed }, &silent, at(7, 0), Due::Ask),
        (&Stage::Missed { at: at(20, 0), asked: None }, &wants, at(21, 0), Due::NotYet),
    ] {
        assert_eq!(due(monday, stage, settings, now), wanted, "{stage:?} at {now}");
    }
}

#[test]
fn a_contribution_stands_after_the_last_one_that_is_written() {
    let mut pieces = first_pieces();
    let live = pieces.clone();
    for n in 1..=2 {
        take_in(&mut pieces, BlockId(Uuid::from_u128(n)));
    }
    let written = |n| Piece::Written { block: BlockId(Uuid::from_u128(n)) };
    assert_eq!(pieces, [vec![written(1), written(2)], live].concat());
}

#[test]
fn a_refused_contribution_is_no_decision_to_doubt() {
    let coop = co_op();
    assert!(matches!(coop.decide("Camille", &proposes("Oui")), Decision::Yes(_)));
    let mut refused = proposed();
    let word = "Déjà dit la semaine dernière".to_owned();
    let state = BlockState::Refused { at: refused.now, by: member("Nour"), word };
    refused.board.apply(&Effect::BlockChanged { block: BLOCK, change: BlockChange::Ended(state) });
    let base = block(&refused).revision;
    assert_eq!(refused.does("Camille", edits(base, "Si")).unwrap_err(), Reason::BlockClosed { since: refused.now });
}
