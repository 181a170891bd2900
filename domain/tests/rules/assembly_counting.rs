//! How an assembly counts: the quorum with proxies, majorities and ties, ballots that are counted again; and what is typed for it.

use std::collections::BTreeMap;

use domain::assembly::{
    AssemblyMistake, Attendance, Ballot, Cast, Channel, Choice, Counted, Draw, Kind, Majority, OfChannel, Resolution,
    ResolutionInHand, Said, Settings, Tally, TellerSaid, Terms, Verdict, Voting, Way, WrittenAssembly, WrittenDocument,
    WrittenResolution, WrittenRoles, code_of, count_typed, draw_typed, number_of, votes_typed,
};
use domain::id::{BallotId, MemberId, ResolutionId};
use domain::members::ShortName;
use domain::procedures::Fields;
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::member;

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn of_app(tally: Tally) -> Vec<OfChannel> {
    vec![OfChannel { channel: Channel::App, tally }]
}

// — the quorum —

#[test]
fn the_quorum_is_a_part_of_those_called_rounded_up_with_whoever_is_represented() {
    let terms = |quorum| Terms { notice_d: 15, quorum, proxies: 2 };
    for (called, quorum, needed) in [(60, 20, 12), (61, 20, 13), (430, 25, 108), (3, 50, 2), (10, 0, 1), (0, 20, 1), (7, 100, 7)]
    {
        assert_eq!(terms(quorum).needed(called), needed, "{quorum} % of {called}");
    }
    let there = |present, represented| Attendance { called: 60, coming: 0, present, represented };
    assert!(!there(11, 0).is_enough(&terms(20)) && there(8, 4).is_enough(&terms(20)));
    assert!(there(1, 0).is_enough(&terms(0)), "called a second time");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// One voice more never takes a quorum away, and it does not matter who comes themselves.
    #[test]
    fn a_voice_is_a_voice(called in 1u32..2_000, quorum in 0u8..=100, present in 0u32..2_000, represented in 0u32..2_000) {
        let terms = Terms { notice_d: 15, quorum, proxies: 2 };
        let there = |present, represented| Attendance { called, coming: 0, present, represented }.is_enough(&terms);
        prop_assert_eq!(there(present, represented), there(present + represented, 0));
        prop_assert!(!there(present, represented) || there(present + 1, represented) && there(present, represented + 1));
        prop_assert!(u64::from(terms.needed(called)) * 100 >= u64::from(called) * u64::from(quorum));
    }
}

// — what tellers say —

/// A vote by show of hands, with what was said of it.
fn by_hands(voting: Voting, said: Vec<TellerSaid>) -> ResolutionInHand {
    let resolution = Resolution {
        id: ResolutionId(Uuid::from_u128(4)),
        title: "Ouvrir le lundi".into(),
        html: String::new(),
        way: Way::Hands,
        majority: Majority::Simple,
        voting,
        result: None,
    };
    ResolutionInHand { resolution, text: String::new(), revision: 1, cast: Cast::default(), said, recorded: false }
}

#[test]
fn each_teller_says_what_they_counted_before_they_read_the_others() {
    let at = "2026-12-04T19:00:00Z".parse().unwrap();
    let says = |name: &str, said: Said| TellerSaid { teller: member(name), name: ShortName::new(name, "T"), said: Some(said) };
    let counted = |name: &str| says(name, Said::Count(Tally::Resolution { yes: 5, no: 1, abstain: 0 }));
    let drawn = says("Hugo", Said::Draw(Draw { names: vec![member("Léa")], why: "Deux papiers".into() }));
    let one = by_hands(Voting::Open { since: at }, vec![counted("Hugo"), drawn.clone()]);
    let two = by_hands(Voting::Counting { since: at }, vec![counted("Hugo"), counted("Solène"), drawn.clone()]);
    let over = by_hands(Voting::Done { at }, vec![counted("Hugo"), drawn]);
    // Which vote, who reads it, whether they are a teller, and of how many tellers they read the figures.
    let table = [
        (&one, "Hugo", true, 1),
        (&one, "Solène", true, 0),
        (&one, "Karim", false, 0),
        (&two, "Solène", true, 2),
        (&two, "Camille", true, 0),
        (&two, "Karim", false, 2),
        (&over, "Solène", true, 1),
        (&over, "Karim", false, 1),
    ];
    for (known, who, tells, figures) in table {
        let shown = known.clone().shown_to(member(who), tells).said;
        let of = |wanted: fn(&Said) -> bool| shown.iter().filter(|known| known.said.as_ref().is_some_and(wanted)).count();
        assert_eq!(of(|said| matches!(said, Said::Count(_))), figures, "{who}: {shown:?}");
        assert_eq!((of(|said| matches!(said, Said::Draw(_))), shown.len()), (1, known.said.len()), "that they spoke is known");
    }
}

// — majorities and ties —

#[test]
fn what_is_even_is_rejected_and_whoever_abstains_counts_for_nobody() {
    let comes_to = |majority, yes, no, abstain| {
        Counted::of(Way::Hands, majority, &[], of_app(Tally::Resolution { yes, no, abstain })).verdict
    };
    for (majority, yes, no, abstain, wanted) in [
        (Majority::Simple, 1, 0, 60, Verdict::Adopted),
        (Majority::Simple, 20, 20, 0, Verdict::Rejected),
        (Majority::Simple, 0, 0, 9, Verdict::Rejected),
        (Majority::Simple, 21, 20, 30, Verdict::Adopted),
        (Majority::TwoThirds, 40, 20, 10, Verdict::Adopted),
        (Majority::TwoThirds, 39, 20, 0, Verdict::Rejected),
        (Majority::TwoThirds, 0, 0, 3, Verdict::Rejected),
    ] {
        assert_eq!(comes_to(majority, yes, no, abstain), wanted, "{majority:?}: {yes}, {no}, {abstain}");
    }
}

fn candidates(count: u128) -> Vec<MemberId> {
    (1..=count).map(|number| MemberId(Uuid::from_u128(number))).collect()
}

fn election(seats: u8, votes: &[u32]) -> Counted {
    let standing = candidates(votes.len() as u128);
    let ballots = votes.iter().sum();
    let votes: BTreeMap<MemberId, u32> = standing.iter().copied().zip(votes.iter().copied()).collect();
    Counted::of(Way::Election { seats }, Majority::Simple, &standing, of_app(Tally::Election { votes, ballots, blank: 0 }))
}

#[test]
fn the_last_seats_between_equals_are_drawn() {
    let all = candidates(5);
    let clear = election(2, &[5, 3, 1, 0, 0]);
    assert_eq!(clear.verdict.elected(), (&all[..2], 0));
    // Nobody is elected without a vote.
    assert_eq!(election(4, &[5, 3, 0, 0, 0]).verdict.elected(), (&all[..2], 0));
    let tied = election(3, &[2, 5, 2, 2, 1]);
    assert_eq!(tied.verdict.elected(), (&[all[1]][..], 2));
    assert!(!tied.verdict.is_settled());
    let draw = |names: &[MemberId]| Draw { names: names.to_vec(), why: "Trois papiers".into() };
    assert_eq!(tied.clone().drawn(&draw(&[all[0]])).unwrap_err(), AssemblyMistake::BadDraw { left: 2 });
    assert_eq!(tied.clone().drawn(&draw(&[all[0], all[0]])).unwrap_err(), AssemblyMistake::BadDraw { left: 2 });
    assert_eq!(tied.clone().drawn(&draw(&[all[0], all[4]])).unwrap_err(), AssemblyMistake::BadDraw { left: 2 });
    let drawn = tied.drawn(&draw(&[all[0], all[3]])).unwrap();
    assert_eq!(drawn.verdict.elected(), (&[all[1], all[0], all[3]][..], 0));
    assert_eq!(drawn.drawn(&draw(&[all[2], all[0]])).unwrap_err(), AssemblyMistake::NoTie, "once");
    assert_eq!(clear.drawn(&draw(&[all[2]])).unwrap_err(), AssemblyMistake::NoTie);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Each seat goes to more votes than any that goes without, or lots are drawn between equals; never more seats than there are.
    #[test]
    fn seats_go_to_those_with_the_most_votes(seats in 1u8..=12, votes in proptest::collection::vec(0u32..6, 1..16)) {
        let counted = election(seats, &votes);
        let Verdict::Elected { elected, tied, left, draw: None } = &counted.verdict else { panic!("{:?}", counted.verdict) };
        let Tally::Election { votes: of, .. } = counted.total() else { panic!("no election") };
        prop_assert!(elected.len() + usize::from(*left) <= usize::from(seats));
        prop_assert!(*left == 0 && tied.is_empty() || tied.len() > usize::from(*left));
        let with_votes = of.values().filter(|count| **count > 0).count();
        prop_assert_eq!(elected.len() + usize::from(*left), with_votes.min(usize::from(seats)));
        let fewest = elected.iter().map(|who| of[who]).min();
        for (who, count) in of.iter().filter(|(who, _)| !elected.contains(who)) {
            prop_assert!(fewest.is_none_or(|fewest| *count < fewest), "{who} has {count}");
        }
        prop_assert!(tied.windows(2).all(|two| of[&two[0]] == of[&two[1]]));
    }

    /// Ballots are counted once whatever their order, and the sum of two boxes is what both in one would be.
    #[test]
    fn counted_again_it_is_the_same(
        names in proptest::collection::vec(proptest::collection::vec(0usize..6, 0..5), 0..30),
        at in any::<prop::sample::Index>(),
        order in any::<u64>(),
    ) {
        let (standing, way) = (candidates(6), Way::Election { seats: 4 });
        let ballots: Vec<Ballot> =
            names.iter().map(|names| Ballot::Names(names.iter().map(|at| standing[*at]).collect())).collect();
        let once = Tally::of(way, &standing, &ballots);
        let (first, second) = ballots.split_at(at.index(ballots.len() + 1).min(ballots.len()));
        prop_assert_eq!(&Tally::of(way, &standing, first).plus(&Tally::of(way, &standing, second)), &once);
        let mut shuffled = ballots.clone();
        shuffled.rotate_left((order % 7) as usize % ballots.len().max(1));
        shuffled.reverse();
        prop_assert_eq!(&Tally::of(way, &standing, &shuffled), &once);
        prop_assert_eq!(once.voices() as usize, ballots.len());
    }

    /// No more voices come out of a box than went into it.
    #[test]
    fn what_ballots_come_to_is_possible(choices in proptest::collection::vec(0usize..3, 0..60)) {
        let ballots: Vec<Ballot> = choices.iter().map(|choice| Ballot::Choice(Choice::ALL[*choice])).collect();
        let tally = Tally::of(Way::Secret, &[], &ballots);
        let one_seat = Way::Election { seats: 1 };
        prop_assert!(tally.is_possible(Way::Secret) && !tally.is_possible(one_seat));
        prop_assert_eq!(tally.voices() as usize, ballots.len());
    }
}

// — what is typed —

#[test]
fn a_vote_says_a_word_for_each_voice_or_nothing_is_cast() {
    let (me, other) = (member("Camille"), member("Léa"));
    let standing = vec![member("Karim"), member("Nour"), member("Hugo")];
    let (mine, hers) = (format!("choix-{me}"), format!("choix-{other}"));
    let both = fields(&[("voix", &me.to_string()), ("voix", &other.to_string()), (&mine, "for"), (&hers, "abstain")]);
    let ballots = votes_typed(&both, Way::Secret, &[]).unwrap();
    let wanted = BTreeMap::from([(me, Ballot::Choice(Choice::For)), (other, Ballot::Choice(Choice::Abstain))]);
    assert_eq!(ballots, wanted);
    let one = fields(&[("voix", &me.to_string()), ("voix", &other.to_string()), (&mine, "for")]);
    assert_eq!(votes_typed(&one, Way::Secret, &[]).unwrap_err(), [AssemblyMistake::NothingChosen]);
    assert_eq!(votes_typed(&fields(&[]), Way::Secret, &[]).unwrap_err(), [AssemblyMistake::NothingChosen]);
    assert_eq!(votes_typed(&both, Way::Hands, &[]).unwrap_err(), [AssemblyMistake::ByHands]);

    let (name, blank, of) = (format!("nom-{me}"), format!("blanc-{me}"), Way::Election { seats: 2 });
    let named = |names: &[MemberId], is_blank: bool| {
        let mut typed = fields(&[("voix", &me.to_string())]);
        typed.0.extend(names.iter().map(|who| (name.clone(), who.to_string())));
        typed.0.extend(is_blank.then(|| (blank.clone(), "oui".to_owned())));
        votes_typed(&typed, of, &standing)
    };
    // In the order of the candidates, each once.
    let said = named(&[standing[1], standing[0], standing[1]], false).unwrap();
    assert_eq!(said[&me], Ballot::Names(vec![standing[0], standing[1]]));
    assert_eq!(named(&standing, false).unwrap_err(), [AssemblyMistake::TooManyNames { most: 2 }]);
    assert_eq!(named(&[me], false).unwrap_err(), [AssemblyMistake::UnknownCandidate]);
    assert_eq!(named(&[], false).unwrap_err(), [AssemblyMistake::NothingChosen]);
    assert_eq!(named(&[], true).unwrap()[&me], Ballot::Names(Vec::new()));
}

#[test]
fn a_count_is_figures_that_go_together() {
    let typed = |pairs: &[(&str, &str)]| count_typed(&fields(pairs), Way::Hands, &[]);
    assert_eq!(
        typed(&[("pour", "34"), ("contre", ""), ("abstention", "2")]).unwrap(),
        Tally::Resolution { yes: 34, no: 0, abstain: 2 }
    );
    for wrong in ["-1", "1,5", "beaucoup", "70000"] {
        assert_eq!(typed(&[("pour", wrong)]).unwrap_err(), [AssemblyMistake::BadFigures], "{wrong}");
    }
    let standing = candidates(2);
    let of = |first: &str, second: &str, ballots: &str, blank: &str| {
        let (one, two) = (format!("voix-{}", standing[0]), format!("voix-{}", standing[1]));
        let typed = fields(&[(&one, first), (&two, second), ("bulletins", ballots), ("blancs", blank)]);
        count_typed(&typed, Way::Election { seats: 1 }, &standing)
    };
    assert!(of("4", "3", "8", "1").is_ok());
    for (first, second, ballots, blank) in [("8", "0", "8", "1"), ("4", "4", "7", "0"), ("0", "0", "2", "3")] {
        assert_eq!(of(first, second, ballots, blank).unwrap_err(), [AssemblyMistake::BadFigures]);
    }
    let id = standing[1].to_string();
    let drawn = draw_typed(&fields(&[("tire", &id), ("mot", " Deux papiers ")])).unwrap();
    assert_eq!((drawn.names, drawn.why.as_str()), (vec![standing[1]], "Deux papiers"));
    assert_eq!(draw_typed(&fields(&[("tire", &id), ("mot", " ")])).unwrap_err(), [AssemblyMistake::WhyMissing]);
}

#[test]
fn what_is_prepared_is_read_or_comes_back_with_every_mistake() {
    let now = "2026-11-23T08:00:00Z".parse().unwrap();
    let good = [("nature", "extraordinary"), ("title", " Les  statuts "), ("debut", "2026-12-12T14:00"), ("lieu", "Meythet")];
    let read = WrittenAssembly::read(&fields(&good), now).unwrap();
    assert_eq!((read.kind, read.title.as_str(), read.second_of), (Kind::Extraordinary, "Les statuts", None));
    let wrong = WrittenAssembly::read(&fields(&[("title", "—"), ("debut", "2026-11-22T14:00"), ("lieu", "")]), now).unwrap_err();
    assert_eq!(wrong, [AssemblyMistake::TitleMissing, AssemblyMistake::InThePast, AssemblyMistake::PlaceMissing]);

    let document =
        |text: &str, href: &str| WrittenDocument::read(&fields(&[("title", "Comptes"), ("text", text), ("href", href)]));
    assert!(document("- 3 €", "").is_ok() && document("", "https://exemple.fr/comptes").is_ok());
    assert_eq!(document(" ", "").unwrap_err(), [AssemblyMistake::DocumentEmpty]);
    for hostile in ["javascript:alert(1)", "/moi", "data:text/html,x", "https://", "ftp://exemple.fr"] {
        assert_eq!(document("", hostile).unwrap_err(), [AssemblyMistake::BadLink], "{hostile}");
    }
    let resolution = |how: &str, seats: &str| {
        WrittenResolution::read(&fields(&[("title", "Oui"), ("comment", how), ("sieges", seats), ("majorite", "two_thirds")]))
    };
    assert_eq!(resolution("election", "12").unwrap().way, Way::Election { seats: 12 });
    assert_eq!(resolution("secret", "").unwrap().majority, Majority::TwoThirds);
    assert_eq!(resolution("election", "13").unwrap_err(), [AssemblyMistake::BadSeats { most: 12 }]);
    assert_eq!(resolution("", "").unwrap_err(), [AssemblyMistake::WayMissing]);

    let (one, two) = (member("Camille").to_string(), member("Karim").to_string());
    let roles = |pairs: &[(&str, &str)]| WrittenRoles::read(&fields(pairs));
    assert_eq!(roles(&[("preside", &one), ("secretaire", &two)]).unwrap().chair, Some(member("Camille")));
    assert_eq!(roles(&[("preside", &one), ("secretaire", &one)]).unwrap_err(), [AssemblyMistake::RolesAlike]);
    assert_eq!(roles(&[("secretaire", &one), ("scrutateur", &one)]).unwrap_err(), [AssemblyMistake::RolesAlike]);
    assert_eq!(WrittenRoles::lacks(1, 0, 1), [AssemblyMistake::RoleMissing, AssemblyMistake::TellersMissing { least: 2 }]);
}

#[test]
fn the_rules_are_set_within_their_bounds() {
    let set = |notice: &str, quorum: &str, extra: &str, proxies: &str| {
        Settings::read(&fields(&[("preavis", notice), ("quorum", quorum), ("quorum-extra", extra), ("pouvoirs", proxies)]))
    };
    let read = set("15", "20", "25", "0").unwrap();
    assert_eq!((read.notice_d, read.proxies), (15, 0));
    assert_eq!(read.terms(Kind::Extraordinary, false).quorum, 25);
    assert_eq!(read.terms(Kind::Ordinary, true).quorum, 0, "called a second time");
    assert_eq!(
        set("0", "101", "", "21").unwrap_err(),
        [
            AssemblyMistake::BadNotice { most: 90 },
            AssemblyMistake::BadQuorum,
            AssemblyMistake::BadQuorumExtra,
            AssemblyMistake::BadProxies { most: 20 }
        ]
    );
}

#[test]
fn a_card_is_read_however_its_number_is_written() {
    for (typed, number) in [("217", Some(217)), (" 0217 ", Some(217)), ("alpar:0217", Some(217)), ("alpar: 217", Some(217))] {
        assert_eq!(number_of(typed), number, "{typed}");
    }
    for typed in ["", "alpar:", "-3", "21 7", "0x1f", "1234567890", "٢١٧"] {
        assert_eq!(number_of(typed), None, "{typed}");
    }
}

#[test]
fn a_ballots_code_is_short_and_its_own() {
    let code = |bits: u128| code_of(BallotId(Uuid::from_u128(bits)));
    let first = code(0x0123_4567_89ab_4cde_8f01_2345_6789_abcd);
    assert_eq!(first.len(), 9);
    assert!(first.chars().all(|sign| sign == '-' || "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".contains(sign)), "{first}");
    assert_ne!(first, code(0x0123_4567_89ab_4cde_8f01_2345_6789_abce));
}
