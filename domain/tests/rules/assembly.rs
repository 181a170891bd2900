//! An assembly before it opens: who comes, who votes for whom, who stands; and what a device shows of it at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::assembly::{
    Assembly, Attendance, Hall, InRole, Kind, Majority, MyAssembly, Proxy, Resolution, Role, Stage, Terms, Voting, WORDS_CAP,
    Way, next_of,
};
use domain::command::Command;
use domain::groups::Groups;
use domain::id::{AssemblyId, CommandId, MemberId, ProxyId, ResolutionId};
use domain::members::Known;
use domain::notice::Notice;
use domain::outbox::Outbox;
use domain::overlay::{Shown, laid_over_shown};
use domain::reason::Reason;
use domain::view::Seen;
use domain::view::assembly::{AssemblyMoving, moving};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::*;
use crate::overlay::snapshots;

const AG: AssemblyId = AssemblyId(Uuid::from_u128(3));

fn proxy_id(number: u128) -> ProxyId {
    ProxyId(Uuid::from_u128(number))
}

fn given(number: u128, from: &str, to: &str) -> Proxy {
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    Proxy { id: proxy_id(number), assembly: AG, from: member(from), to: member(to), at, paper: false }
}

/// Everybody but Nour is called; Karim carries Léa's voice; one may carry two. Solène is its teller. Camille said that she does not
/// come.
fn called(stage: Stage) -> Coop {
    let mut coop = Coop::new();
    let roll: BTreeSet<MemberId> = CAST.iter().filter(|name| **name != "Nour").map(|name| member(name)).collect();
    let hall = Hall {
        assembly: AG,
        starts_at: "2026-12-04T18:00:00Z".parse().unwrap(),
        stage,
        cap: 2,
        elects: true,
        roles: vec![InRole { member: member("Solène"), role: Role::Teller }],
        called: Known::Known(roll),
        proxies: vec![given(1, "Léa", "Karim")],
        coming: BTreeMap::from([(member("Camille"), false)]),
        present: BTreeSet::new(),
        candidates: Vec::new(),
    };
    coop.board.assemblies.insert(AG, hall);
    coop
}

fn convoked() -> Stage {
    Stage::Convoked { at: "2026-11-16T09:00:00Z".parse().unwrap() }
}

fn open() -> Stage {
    Stage::Open { since: "2026-11-23T08:00:00Z".parse().unwrap() }
}

fn comes(coming: bool) -> Command {
    Command::AnswerAssembly { assembly: AG, coming }
}

fn gives(number: u128, to: &str) -> Command {
    Command::GiveProxy { proxy: proxy_id(number), assembly: AG, to: member(to) }
}

fn withdraws(number: u128) -> Command {
    Command::WithdrawProxy { proxy: proxy_id(number), assembly: AG }
}

fn stands(words: &str) -> Command {
    Command::Stand { assembly: AG, words: words.into() }
}

#[test]
fn who_may_do_what_before_it_opens() {
    let nobody = AssemblyId(Uuid::from_u128(99));
    // Who acts, what they want, and why not: nothing where it is done.
    let table: [(Stage, &str, Command, &str); 27] = [
        (convoked(), "Hugo", comes(true), ""),
        (convoked(), "Hugo", comes(false), ""),
        (convoked(), "Léa", comes(true), "proxy_given"),
        (convoked(), "Léa", comes(false), ""),
        (convoked(), "Nour", comes(true), "not_called"),
        (Stage::Planned, "Hugo", comes(true), "unknown_assembly"),
        (open(), "Hugo", comes(true), "assembly_begun"),
        (Stage::Closed { at: "2026-11-22T20:00:00Z".parse().unwrap() }, "Hugo", comes(true), "assembly_over"),
        (Stage::Cancelled { word: "Neige".into() }, "Hugo", comes(true), "assembly_cancelled"),
        (convoked(), "Hugo", Command::AnswerAssembly { assembly: nobody, coming: true }, "unknown_assembly"),
        (convoked(), "Hugo", gives(2, "Karim"), ""),
        (convoked(), "Hugo", gives(2, "Hugo"), "proxy_to_yourself"),
        (convoked(), "Hugo", gives(2, "Personne"), "unknown_member"),
        (convoked(), "Hugo", gives(2, "Nour"), "not_called"),
        (convoked(), "Nour", gives(2, "Hugo"), "not_called"),
        (convoked(), "Léa", gives(2, "Hugo"), "proxy_given"),
        (convoked(), "Hugo", gives(2, "Léa"), "holder_away"),
        (convoked(), "Hugo", gives(2, "Camille"), "holder_not_coming"),
        (convoked(), "Karim", gives(2, "Hugo"), "carries_proxies"),
        (open(), "Hugo", gives(2, "Karim"), "assembly_begun"),
        (convoked(), "Léa", withdraws(1), ""),
        (convoked(), "Karim", withdraws(1), ""),
        (convoked(), "Hugo", withdraws(1), "unknown_proxy"),
        (open(), "Léa", withdraws(1), "assembly_begun"),
        (convoked(), "Hugo", stands("Pour les vélos"), ""),
        (convoked(), "Hugo", stands(&"é".repeat(WORDS_CAP + 1)), "note_too_long"),
        (convoked(), "Hugo", Command::StandDown { assembly: AG }, "not_standing"),
    ];
    for (stage, who, command, wanted) in table {
        let mut coop = called(stage.clone());
        let came = coop.does(who, command.clone());
        let said = came.err().map(|reason| serde_json::to_value(&reason).unwrap()["code"].as_str().unwrap().to_owned());
        assert_eq!(said.unwrap_or_default(), wanted, "{stage:?}: {who} {command:?}");
    }
}

#[test]
fn a_third_voice_is_one_too_many_and_the_answer_counts_them() {
    let mut coop = called(convoked());
    let came = coop.does("Hugo", gives(2, "Karim")).unwrap();
    let carried = came.effects.done.carried.unwrap();
    assert_eq!((carried.by.member, carried.voices, carried.cap), (member("Karim"), 2, 2));
    let Err(Reason::HolderFull { who, cap: 2 }) = coop.does("Camille", gives(3, "Karim")) else { panic!("three voices") };
    assert_eq!(who.member, member("Karim"));
    coop.does("Léa", withdraws(1)).unwrap();
    coop.does("Camille", gives(3, "Karim")).unwrap();
}

#[test]
fn both_hear_of_a_proxy_and_the_other_one_of_its_end() {
    let mut coop = called(convoked());
    coop.does("Hugo", gives(2, "Karim")).unwrap();
    let told: Vec<MemberId> = coop.told.iter().map(|(who, _)| *who).collect();
    assert_eq!(told, [member("Hugo"), member("Karim")]);
    assert!(!coop.board.assemblies[&AG].coming[&member("Hugo")], "whoever has somebody vote does not come");
    coop.told.clear();
    coop.does("Karim", withdraws(2)).unwrap();
    let [(who, Notice::ProxyEnded { by, .. })] = &coop.told[..] else { panic!("{:?}", coop.told) };
    assert_eq!((*who, *by), (member("Hugo"), member("Karim")));
}

#[test]
fn whoever_does_not_come_gives_back_what_they_carry_and_each_giver_hears_it() {
    let mut coop = called(convoked());
    coop.does("Hugo", gives(2, "Karim")).unwrap();
    coop.does("Karim", comes(true)).unwrap();
    coop.told.clear();
    coop.does("Karim", comes(false)).unwrap();
    let told = coop.told.iter().map(|(who, notice)| match notice {
        Notice::ProxyEnded { by, .. } => (*who, *by),
        other => panic!("{other:?}"),
    });
    let told: BTreeSet<(MemberId, MemberId)> = told.collect();
    assert_eq!(told, BTreeSet::from([(member("Léa"), member("Karim")), (member("Hugo"), member("Karim"))]));
    // Their voices are theirs again, and may be given anew: to somebody who comes.
    assert!(coop.board.assemblies[&AG].proxies.is_empty());
    for away in ["Karim", "Hugo"] {
        let Err(Reason::HolderNotComing { who }) = coop.does("Léa", gives(3, away)) else { panic!("{away} votes from home") };
        assert_eq!(who.member, member(away));
    }
    coop.does("Léa", gives(3, "Solène")).unwrap();
}

#[test]
fn whoever_thinks_again_or_is_there_after_all_carries_voices() {
    let mut coop = called(convoked());
    coop.does("Camille", comes(true)).unwrap();
    coop.does("Hugo", gives(2, "Camille")).unwrap();
    let mut coop = called(convoked());
    coop.board.assemblies.get_mut(&AG).unwrap().present.insert(member("Camille"));
    coop.does("Hugo", gives(2, "Camille")).unwrap();
}

#[test]
fn one_that_nobody_opened_is_over_with_its_day_and_another_is_the_next() {
    let mut coop = called(convoked());
    let (today, now) = (day(2026, 11, 23), coop.now);
    // On its day it is still to come.
    for (starts_at, over) in [(now - chrono::Duration::hours(8), false), (now - chrono::Duration::hours(10), true)] {
        coop.board.assemblies.get_mut(&AG).unwrap().starts_at = starts_at;
        for command in [comes(true), gives(2, "Karim"), stands("Le pain")] {
            match coop.does("Hugo", command.clone()) {
                Err(reason) => assert_eq!((over, reason), (true, Reason::AssemblyOver { since: starts_at }), "{command:?}"),
                Ok(_) => assert!(!over, "{command:?}"),
            }
            coop.board.assemblies.get_mut(&AG).unwrap().proxies.truncate(1);
        }
    }
    let before = Assembly { starts_at: now - chrono::Duration::days(1), ..shown_to_all(convoked()) };
    let next = Assembly { id: AssemblyId(Uuid::from_u128(9)), ..shown_to_all(convoked()) };
    assert_eq!(before.stage.on(before.starts_at, today), Stage::Lapsed);
    let both = [before, next];
    assert_eq!(next_of(&both, today).map(|known| known.id), Some(both[1].id));
    assert_eq!(next_of(&both[..1], today).map(|known| known.id), Some(AG), "it is shown as what it is until there is another");
    let sat = Assembly { stage: open(), ..both[0].clone() };
    assert_eq!(sat.stage.on(sat.starts_at, today), open(), "one that sits goes on after midnight");
}

#[test]
fn whoever_has_signed_in_votes_themselves() {
    let mut coop = called(convoked());
    coop.board.assemblies.get_mut(&AG).unwrap().present.insert(member("Hugo"));
    assert_eq!(coop.does("Hugo", gives(2, "Karim")).unwrap_err(), Reason::SignedIn);
    assert_eq!(coop.does("Hugo", comes(false)).unwrap_err(), Reason::SignedIn);
}

#[test]
fn one_stands_says_it_otherwise_and_stands_down() {
    let mut coop = called(convoked());
    coop.does("Hugo", stands("Pour les vélos")).unwrap();
    coop.does("Hugo", stands("Pour les vélos et le pain")).unwrap();
    let standing = &coop.board.assemblies[&AG].candidates;
    assert_eq!((standing.len(), standing[0].words.as_str()), (1, "Pour les vélos et le pain"));
    coop.does("Hugo", Command::StandDown { assembly: AG }).unwrap();
    coop.board.assemblies.get_mut(&AG).unwrap().elects = false;
    assert_eq!(coop.does("Hugo", stands("")).unwrap_err(), Reason::NoElection);
}

// — whatever people do —

#[derive(Debug, Clone)]
enum Act {
    Gives(usize, usize),
    Withdraws(usize, usize),
    Answers(usize, bool),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let who = 0..CAST.len();
    let act = prop_oneof![
        4 => (who.clone(), who.clone()).prop_map(|(from, to)| Act::Gives(from, to)),
        2 => (who.clone(), who.clone()).prop_map(|(by, of)| Act::Withdraws(by, of)),
        1 => (who, any::<bool>()).prop_map(|(who, coming)| Act::Answers(who, coming)),
    ];
    proptest::collection::vec(act, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is asked, no voice is carried twice, nobody carries more than they may, and whoever gave theirs carries none.
    #[test]
    fn each_voice_is_carried_once(acts in acts()) {
        let mut coop = called(convoked());
        for (number, act) in (10..).zip(acts) {
            let _ = match act {
                Act::Gives(from, to) => coop.does(CAST[from], gives(number, CAST[to])).map(drop),
                Act::Withdraws(by, of) => {
                    let known = coop.board.assemblies[&AG].given_by(member(CAST[of])).map(|proxy| proxy.id);
                    let command = known.map(|proxy| Command::WithdrawProxy { proxy, assembly: AG });
                    command.map_or(Ok(()), |command| coop.does(CAST[by], command).map(drop))
                }
                Act::Answers(who, coming) => coop.does(CAST[who], comes(coming)).map(drop),
            };
            let hall = &coop.board.assemblies[&AG];
            for name in CAST {
                let who = member(name);
                let given = hall.proxies.iter().filter(|proxy| proxy.from == who).count();
                let carried = hall.carried_by(who);
                prop_assert!(given <= 1 && carried <= 2 && (given == 0 || carried == 0), "{name}: {given} given, {carried} carried");
                prop_assert!(given + carried == 0 || hall.is_called(who));
                prop_assert!(given == 0 || hall.coming.get(&who) != Some(&true));
                prop_assert!(carried == 0 || hall.coming.get(&who) != Some(&false), "{name} votes from home");
            }
        }
    }
}

// — on a device —

fn shown_to_all(stage: Stage) -> Assembly {
    Assembly {
        id: AG,
        kind: Kind::Ordinary,
        title: "Les comptes".into(),
        starts_at: "2026-12-04T18:00:00Z".parse().unwrap(),
        place: "Meythet".into(),
        agenda: String::new(),
        stage,
        terms: Terms { notice_d: 15, quorum: 20, proxies: 2 },
        roles: vec![InRole { member: member("Solène"), role: Role::Teller }],
        documents: Vec::new(),
        resolutions: vec![Resolution {
            id: ResolutionId(Uuid::from_u128(4)),
            title: "Le comité".into(),
            html: String::new(),
            way: Way::Election { seats: 6 },
            majority: Majority::Simple,
            voting: Voting::NotYet,
            result: None,
        }],
        candidates: Vec::new(),
        away: vec![member("Camille")],
        attendance: Attendance { called: 5, coming: 1, present: 0, represented: 0 },
        minutes: String::new(),
    }
}

/// What the page of somebody's device shows, with these acts on their way.
fn page_of(who: &str, stage: Stage, acts: Vec<Command>) -> AssemblyMoving {
    let coop = Coop::new();
    let (calendar, mut me) = snapshots(&coop, who);
    me.assemblies = vec![MyAssembly {
        assembly: AG,
        called: who != "Nour",
        coming: None,
        proxies: if who == "Karim" { vec![given(1, "Léa", "Karim")] } else { Vec::new() },
        returned: (who == "Camille").then(|| member("Karim")),
        names: Default::default(),
        present: false,
        voted: Vec::new(),
    }];
    let groups = Groups {
        schema: 1,
        marks: [("groups".to_owned(), 3)].into(),
        as_of: coop.now,
        valid_until: coop.now,
        people: coop.board.people.values().map(|person| (person.id, person.name.clone())).collect(),
        groups: Vec::new(),
        committee: Vec::new(),
        contacts: Default::default(),
        past: Vec::new(),
        meetings: Vec::new(),
        points: Vec::new(),
        decisions: Vec::new(),
        consultations: Vec::new(),
        employees: Vec::new(),
        assemblies: vec![shown_to_all(stage)],
    };
    let mut outbox = Outbox::default();
    let id = |n: u128| CommandId(uuid::Builder::from_u128(n).with_version(uuid::Version::SortRand).into_uuid());
    for (n, command) in (1..).zip(acts) {
        outbox.enqueue(id(n), command, "Un acte".into(), coop.now);
    }
    let shown = Shown { groups: Some(&groups), ..Shown::default() };
    let laid = laid_over_shown(&calendar, &me, shown, &outbox, coop.now);
    let (calendar, me, groups) = laid.map_or((calendar, me, groups), |laid| (laid.calendar, laid.me, laid.groups.unwrap()));
    moving(Seen { calendar: &calendar, me: &me, now: coop.now }, &groups)
}

#[test]
fn what_one_says_of_it_shows_at_once() {
    let coming = page_of("Hugo", convoked(), vec![comes(true)]);
    assert_eq!(coming.mine.unwrap().coming, Some(true));
    let given = page_of("Hugo", convoked(), vec![gives(2, "Karim")]);
    let mine = given.mine.clone().unwrap();
    assert_eq!((mine.proxies.len(), mine.coming, given.name(member("Karim")).first.as_str()), (1, Some(false), "Karim"));
    let taken_back = page_of("Hugo", convoked(), vec![gives(2, "Karim"), withdraws(2)]);
    assert!(taken_back.mine.unwrap().proxies.is_empty());
    let standing = page_of("Hugo", convoked(), vec![stands("Le pain")]);
    assert!(standing.assembly.unwrap().stands(member("Hugo")));
    for gives_it_back in [withdraws(1), comes(false)] {
        let returned = page_of("Karim", convoked(), vec![gives_it_back]);
        assert!(returned.mine.unwrap().proxies.is_empty());
    }
    let alone = page_of("Camille", convoked(), Vec::new());
    assert_eq!(
        (alone.mine.clone().unwrap().returned, alone.name(member("Karim")).first.as_str()),
        (Some(member("Karim")), "Karim")
    );
    let given_again = page_of("Camille", convoked(), vec![gives(2, "Hugo")]);
    assert_eq!(given_again.mine.unwrap().returned, None);
}

#[test]
fn what_cannot_be_shows_nothing() {
    let begun = page_of("Hugo", open(), vec![comes(true), gives(2, "Karim"), stands("Le pain")]);
    let (mine, assembly) = (begun.mine.unwrap(), begun.assembly.unwrap());
    assert_eq!((mine.coming, mine.proxies.len(), assembly.candidates.len()), (None, 0, 0));
    // Who does not come is known without a network, too.
    let away = page_of("Hugo", convoked(), vec![gives(2, "Camille")]);
    assert!(away.mine.unwrap().proxies.is_empty());
    let outside = page_of("Nour", convoked(), vec![comes(true)]);
    assert_eq!(outside.mine.unwrap().coming, None);
}

#[test]
fn those_who_keep_it_find_their_doors() {
    let doors = |who: &str| page_of(who, convoked(), Vec::new()).doors;
    assert_eq!((doors("Solène").sits, doors("Solène").admits, doors("Solène").prepares), (true, true, false));
    assert_eq!(doors("Hugo"), Default::default());
}
