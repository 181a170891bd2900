//! Who decides: seats and mandates, the coordination's agenda, the register, what answers come to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use domain::command::Command;
use domain::governance::{
    Asked, Committee, Consultation, ConsultationMistake, DecidedBy, Decision, DecisionMistake, GovernanceMistake, How, Level,
    Mandate, MandateMistake, Meeting, Method, Point, Put, SEATS, Stance, Tally, Way, WrittenConsultation, WrittenDecision,
    WrittenMeeting, arranged, expected, find_decisions, first_minutes, points_of, tally,
};
use domain::groups::WorkingGroup;
use domain::id::{ConsultationId, DecisionId, GroupId, MeetingId, MemberId, OptionId, PointId};
use domain::procedures::Fields;
use domain::reason::Reason;
use uuid::Uuid;

use crate::coop::*;

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn june(year: i32) -> NaiveDate {
    day(year, 6, 13)
}

fn elected(seat: u8, who: &str, from: NaiveDate) -> Mandate {
    Committee::default().elected(member(who), seat, from, from, "58 voix sur 64").unwrap()
}

#[test]
fn a_mandate_lasts_two_years_to_the_day_before() {
    let of = elected(3, "Camille", june(2026));
    assert_eq!((of.to, of.seat, of.how), (day(2028, 6, 12), Some(3), How::Elected));
    for (on, wanted) in [(day(2026, 6, 12), false), (june(2026), true), (day(2028, 6, 12), true), (june(2028), false)] {
        assert_eq!(of.is_in_force(on), wanted, "{on}");
    }
    // From a day that the second year does not have.
    assert_eq!(elected(3, "Camille", day(2024, 2, 29)).to, day(2026, 2, 27));
    // Sixty days before it lapses, and not one earlier.
    assert_eq!((of.lapses_in(day(2028, 4, 12)), of.lapses_in(day(2028, 4, 13))), (None, Some(60)));
    assert_eq!((of.lapses_in(day(2028, 6, 12)), of.lapses_in(june(2028))), (Some(0), None));
}

#[test]
fn what_keeps_somebody_from_a_seat() {
    let committee = Committee { mandates: vec![elected(3, "Camille", june(2026))] };
    let elects = |who: &str, seat: u8, from: NaiveDate, chosen: NaiveDate| {
        committee.elected(member(who), seat, from, chosen, "").map(|mandate| mandate.to)
    };
    let taken = MandateMistake::SeatTaken { by: member("Camille"), until: day(2028, 6, 12) };
    let sits = MandateMistake::SitsAlready { seat: Some(3), until: day(2028, 6, 12) };
    type Case = (&'static str, u8, NaiveDate, NaiveDate, Result<NaiveDate, Vec<MandateMistake>>);
    let table: [Case; 8] = [
        ("Karim", 4, june(2026), june(2026), Ok(day(2028, 6, 12))),
        ("Karim", 3, june(2026), june(2026), Err(vec![taken.clone()])),
        // Two years before its end it would still meet the one that is there.
        ("Karim", 3, june(2027), june(2027), Err(vec![taken])),
        ("Karim", 3, june(2028), june(2028), Ok(day(2030, 6, 12))),
        ("Camille", 4, june(2027), june(2027), Err(vec![sits])),
        ("Camille", 4, june(2028), june(2028), Ok(day(2030, 6, 12))),
        ("Karim", SEATS + 1, june(2026), june(2026), Err(vec![MandateMistake::BadSeat])),
        ("Karim", 4, day(2026, 6, 12), june(2026), Err(vec![MandateMistake::BeginsTooFar])),
    ];
    for (who, seat, from, chosen, wanted) in table {
        assert_eq!(elects(who, seat, from, chosen), wanted, "{who} {seat} {from}");
    }
    let coopts = |from: NaiveDate, to: NaiveDate| committee.coopted(member("Karim"), 4, from, to, "").map(|mandate| mandate.how);
    assert_eq!(coopts(june(2026), day(2027, 6, 12)), Ok(How::Coopted));
    assert_eq!(coopts(june(2026), day(2027, 6, 15)), Err(vec![MandateMistake::TooLong { days: 366 }]));
    assert_eq!(coopts(june(2026), day(2026, 6, 12)), Err(vec![MandateMistake::EndsBeforeStart]));
}

#[test]
fn a_mandate_that_ends_early_leaves_an_empty_seat() {
    let mut of = elected(3, "Camille", june(2026));
    let today = day(2026, 11, 23);
    assert_eq!(of.end(today, "  ", today), Err(MandateMistake::WhyMissing));
    let outside = MandateMistake::EndsOutside { from: june(2026), to: day(2028, 6, 12) };
    assert_eq!(of.end(june(2028), "Départ", today), Err(outside));
    of.end(today, " Départ ", today).unwrap();
    assert_eq!((of.is_in_force(day(2026, 11, 22)), of.is_in_force(today), of.last_day()), (true, false, day(2026, 11, 22)));
    assert_eq!(of.end(today, "Encore", today), Err(MandateMistake::Over));
    let committee = Committee { mandates: vec![of] };
    let seats = committee.seats(today);
    assert_eq!((seats.len(), &seats[2].mandate, seats[2].empty_since), (12, &None, Some(today)));
    // It is free from that day on, and the one who had it may have another.
    committee.elected(member("Camille"), 3, today, today, "").unwrap();
    let next = committee.elected(member("Karim"), 3, day(2026, 12, 1), today, "").unwrap();
    let committee = Committee { mandates: [committee.mandates, vec![next.clone()]].concat() };
    assert_eq!(committee.seats(today)[2].next, Some(next));
}

#[test]
fn a_mandate_without_a_number_has_the_first_seat_that_is_free() {
    let old = |who: &str| Mandate { seat: None, ..elected(1, who, june(2026)) };
    let committee = Committee { mandates: vec![old("Karim"), elected(1, "Camille", june(2026)), old("Léa")] };
    let seats = committee.seats(june(2026));
    let held: Vec<MemberId> = seats.iter().filter_map(|seat| Some(seat.mandate.as_ref()?.member)).collect();
    assert_eq!(held, [member("Camille"), member("Karim"), member("Léa")]);
}

// — the coordination —

fn meeting(coop: &Coop, number: u128, in_hours: i64) -> Meeting {
    let starts_at = coop.now + hours(in_hours);
    Meeting {
        id: MeetingId(Uuid::from_u128(number)),
        starts_at,
        ends_at: starts_at + hours(2),
        place: "À la coop".into(),
        cancelled: None,
        present: Vec::new(),
        excused: Vec::new(),
        minutes: String::new(),
    }
}

fn adds(number: u128, title: &str) -> Command {
    Command::AddPoint { point: PointId(Uuid::from_u128(number)), title: title.into(), text: " En deux mots ".into() }
}

fn withdraws(number: u128) -> Command {
    Command::WithdrawPoint { point: PointId(Uuid::from_u128(number)) }
}

#[test]
fn a_point_goes_to_the_next_meeting_that_takes_place() {
    let mut coop = Coop::new();
    let off = Meeting { cancelled: Some("Neige".into()), ..meeting(&coop, 1, 24) };
    coop.board.agenda.meetings = vec![meeting(&coop, 3, 24 * 30), meeting(&coop, 2, 48), off, meeting(&coop, 4, -1)];
    coop.does("Hugo", adds(1, " Le  lundi ")).unwrap();
    let point = &coop.board.agenda.points[0];
    assert_eq!((point.meeting, point.title.as_str()), (Some(MeetingId(Uuid::from_u128(2))), "Le lundi"));
    assert_eq!((point.text.as_str(), point.rank), ("En deux mots", 0));
    coop.does("Nour", adds(2, "Les tables")).unwrap();
    assert_eq!(coop.board.agenda.points[1].rank, 1, "after those that are there");
    coop.board.agenda.meetings.clear();
    coop.does("Nour", adds(3, "Le toit")).unwrap();
    assert_eq!(coop.board.agenda.points[2].meeting, None);
}

#[test]
fn who_may_add_and_withdraw_a_point() {
    let begun = |coop: &mut Coop| {
        coop.board.agenda.meetings = vec![meeting(coop, 2, -1)];
        coop.board.agenda.points[0].meeting = Some(MeetingId(Uuid::from_u128(2)));
    };
    // Hugo has added the first one.
    let table: [(&str, bool, bool, Command, &str); 9] = [
        ("Nour", false, false, adds(2, "Le toit"), ""),
        ("Nour", false, false, adds(2, " — "), "title_missing"),
        ("Nour", false, false, adds(2, &"é".repeat(121)), "note_too_long"),
        ("Nour", false, false, adds(1, "Le toit"), "id_reused"),
        ("Hugo", false, false, withdraws(1), ""),
        ("Nour", false, false, withdraws(1), "not_your_point"),
        ("Nour", true, false, withdraws(1), ""),
        ("Hugo", false, true, withdraws(1), "point_settled"),
        ("Hugo", false, false, withdraws(9), "unknown_point"),
    ];
    for (who, committee, is_over, command, wanted) in table {
        let mut coop = Coop::new();
        coop.does("Hugo", adds(1, "Le lundi")).unwrap();
        coop.board.committee = committee;
        if is_over {
            begun(&mut coop);
        }
        let came = coop.does(who, command.clone());
        let said = came.err().map(|reason| serde_json::to_value(&reason).unwrap()["code"].as_str().unwrap().to_owned());
        assert_eq!(said.unwrap_or_default(), wanted, "{who} {command:?}");
    }
    let mut coop = Coop::new();
    for number in 0..5 {
        coop.does("Hugo", adds(number, "Encore")).unwrap();
    }
    assert_eq!(coop.does("Hugo", adds(5, "Encore")).unwrap_err(), Reason::TooManyPoints { cap: 5 });
    coop.does("Nour", adds(5, "Un seul")).unwrap();
}

fn point(number: u128, rank: u16) -> Point {
    Point {
        id: PointId(Uuid::from_u128(number)),
        meeting: None,
        by: member("Hugo"),
        title: format!("Point {number}"),
        text: String::new(),
        at: Coop::new().now + Duration::minutes(i64::try_from(number).unwrap()),
        length: None,
        rank,
    }
}

#[test]
fn an_agenda_stands_in_its_order_and_begins_the_minutes() {
    let points = arranged([point(3, 1), point(2, 0), point(1, 1)]);
    assert_eq!(points.iter().map(|point| point.id.0.as_u128()).collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(first_minutes(&points[..2]), "## Point 2\n\n## Point 1");
    let injected = Point { title: "# <b>Un</b>\n# deux".into(), ..point(1, 0) };
    assert_eq!(first_minutes(&[injected]), "## <b>Un</b>   deux");
}

#[test]
fn the_committee_types_an_order_with_lengths_and_puts_off() {
    let [a, b] = [point(1, 0).id, point(2, 0).id];
    let typed = |length: &str| {
        let (rank_a, rank_b, later_b, length_a) =
            (format!("rang-{a}"), format!("rang-{b}"), format!("apres-{b}"), format!("duree-{a}"));
        let (a, b) = (a.to_string(), b.to_string());
        points_of(&fields(&[
            ("point", a.as_str()),
            ("point", b.as_str()),
            (rank_a.as_str(), "2"),
            (rank_b.as_str(), "1"),
            (later_b.as_str(), "oui"),
            (length_a.as_str(), length),
        ]))
    };
    let points = typed("20").unwrap();
    let came: Vec<_> = points.iter().map(|point| (point.id, point.length, point.later)).collect();
    assert_eq!(came, [(b, None, true), (a, Some(20), false)]);
    for wrong in ["0", "181", "dix", "-3"] {
        assert_eq!(typed(wrong).unwrap_err(), [GovernanceMistake::BadLength { cap: 180 }], "{wrong}");
    }
}

#[test]
fn the_committee_and_the_referents_are_expected() {
    let group = WorkingGroup {
        id: GroupId(Uuid::from_u128(7)),
        slug: "vie-sociale".into(),
        name: "Vie sociale".into(),
        role: String::new(),
        referents: vec![member("Karim"), member("Camille")],
        members: vec![member("Karim"), member("Camille"), member("Léa")],
        page: String::new(),
        call: None,
        minutes: Vec::new(),
    };
    let seated = [elected(1, "Camille", june(2026)), elected(2, "Hugo", june(2026))];
    let there = expected(&seated, &[group]);
    assert_eq!(there, BTreeSet::from([member("Camille"), member("Hugo"), member("Karim")]));
}

#[test]
fn a_meeting_is_typed_or_comes_back_with_every_mistake() {
    let typed =
        |from: &str, to: &str, place: &str| WrittenMeeting::read(&fields(&[("debut", from), ("fin", to), ("lieu", place)]));
    assert_eq!(typed("2026-12-01T19:00", "2026-12-01T21:00", "À la coop").unwrap().place, "À la coop");
    let wrong = typed("bientôt", "", " ").unwrap_err();
    assert_eq!(wrong, [GovernanceMistake::StartUnreadable, GovernanceMistake::EndUnreadable, GovernanceMistake::PlaceMissing]);
    assert_eq!(typed("2026-12-01T19:00", "2026-12-01T19:00", "Là").unwrap_err(), [GovernanceMistake::EndsBeforeStart]);
    assert_eq!(typed("2026-12-01T19:00", "2026-12-02T19:00", "Là").unwrap_err(), [GovernanceMistake::TooLong { hours: 12 }]);
    assert_eq!(Meeting::cancelling(" "), Err(GovernanceMistake::WordMissing));
}

// — the register —

const SOCIAL: GroupId = GroupId(Uuid::from_u128(7));

fn decision(number: u128, title: &str, html: &str, by: DecidedBy) -> Decision {
    Decision {
        id: DecisionId(Uuid::from_u128(number)),
        title: title.into(),
        html: html.into(),
        by,
        method: Method::Consensus,
        on: day(2026, 11, 1),
        until: None,
        superseded_by: None,
        meeting: None,
    }
}

#[test]
fn a_decision_is_found_without_its_accents_and_by_who_took_it() {
    let decisions = [
        decision(1, "Douze places aux soirées soupe", "<p>La salle du fond</p>", DecidedBy::Group(SOCIAL)),
        decision(2, "Prix libre aux événements", "<p>Avec un <strong>prix conseillé</strong></p>", DecidedBy::Coordination),
        decision(3, "Trois heures par cycle", "", DecidedBy::Assembly),
    ];
    let who = |by: DecidedBy| match by {
        DecidedBy::Group(_) => "Groupe Vie sociale opérationnelle".to_owned(),
        DecidedBy::Coordination => "Coordination tactique".to_owned(),
        DecidedBy::Assembly => "Assemblée générale stratégique".to_owned(),
    };
    let found = |typed: &str| -> Vec<u128> {
        find_decisions(&decisions, typed, who).into_iter().map(|decision| decision.id.0.as_u128()).collect()
    };
    let table: [(&str, &[u128]); 8] = [
        ("", &[1, 2, 3]),
        ("evenement", &[2]),
        ("EVENEMENTS libres", &[2]),
        ("conseille", &[2]),
        ("vie sociale", &[1]),
        ("strateg", &[3]),
        ("assemblee", &[3]),
        // A tag is no word.
        ("strong", &[]),
    ];
    for (typed, wanted) in table {
        assert_eq!(found(typed), wanted, "{typed}");
    }
}

#[test]
fn what_was_decided_is_undone_from_its_own_level_or_from_above() {
    let (group, other) = (DecidedBy::Group(SOCIAL), DecidedBy::Group(GroupId(Uuid::from_u128(8))));
    let (coordination, assembly) = (DecidedBy::Coordination, DecidedBy::Assembly);
    let table = [
        (group, group, true),
        (group, other, false),
        (group, coordination, false),
        (coordination, group, true),
        (coordination, coordination, true),
        (coordination, assembly, false),
        (assembly, coordination, true),
        (assembly, group, true),
    ];
    for (by, old, wanted) in table {
        assert_eq!(by.may_supersede(old), wanted, "{by:?} {old:?}");
    }
    assert_eq!([group, coordination, assembly].map(DecidedBy::level), Level::ALL);
}

#[test]
fn a_decision_holds_until_its_last_day_or_until_another_one() {
    let until = Decision { until: Some(day(2026, 12, 1)), ..decision(1, "À l’essai", "", DecidedBy::Coordination) };
    assert_eq!((until.holds(day(2026, 12, 1)), until.holds(day(2026, 12, 2))), (true, false));
    let gone = Decision { superseded_by: Some(DecisionId(Uuid::from_u128(2))), ..until };
    assert!(!gone.holds(day(2026, 11, 2)));
}

#[test]
fn a_decision_is_typed_or_comes_back_with_every_mistake() {
    let today = day(2026, 11, 23);
    let group = SOCIAL.to_string();
    let read = WrittenDecision::read(
        &fields(&[
            ("title", "Oui"),
            ("qui", &group),
            ("comment", "secret_ballot"),
            ("jour", "2026-11-23"),
            ("jusque", "2027-01-01"),
        ]),
        today,
    )
    .unwrap();
    assert_eq!((read.by, read.method, read.until), (DecidedBy::Group(SOCIAL), Method::SecretBallot, Some(day(2027, 1, 1))));
    let wrong = WrittenDecision::read(&fields(&[("jour", "2026-11-24"), ("jusque", "demain")]), today).unwrap_err();
    assert_eq!(
        wrong,
        [
            DecisionMistake::TitleMissing,
            DecisionMistake::ByMissing,
            DecisionMistake::MethodMissing,
            DecisionMistake::BadDay,
            DecisionMistake::BadUntil
        ]
    );
    let old = Decision { on: day(2026, 11, 24), ..decision(1, "Non", "", DecidedBy::Group(SOCIAL)) };
    assert_eq!(read.may_supersede(&old), Err(DecisionMistake::SupersedesLater));
}

// — what members are asked —

fn stands(stance: Stance) -> Put {
    Put::Stance { stance, word: String::new() }
}

fn ways(labels: &[&str]) -> Vec<Way> {
    let way = |(number, label): (usize, &&str)| Way { id: OptionId(Uuid::from_u128(number as u128)), label: (*label).to_owned() };
    labels.iter().enumerate().map(way).collect()
}

#[test]
fn answers_come_to_figures() {
    let answers = [stands(Stance::Agree), stands(Stance::Object), stands(Stance::Agree), Put::Points(BTreeMap::new())];
    assert_eq!(tally(&Asked::Consensus, &answers), Tally::Consensus { agree: 2, reserve: 0, object: 1 });
    let ways = ways(&["Matin", "Soir", "Rien"]);
    let given = |figures: &[u8]| Put::Points(ways.iter().map(|way| way.id).zip(figures.iter().copied()).collect());
    let asked = Asked::Resistance { ways: ways.clone() };
    let came = |answers: &[Put]| match tally(&asked, answers) {
        Tally::Resistance { ways } => ways.iter().map(|way| (way.points, way.fewest)).collect::<Vec<_>>(),
        Tally::Consensus { .. } => panic!("of another kind"),
    };
    assert_eq!(came(&[given(&[1, 9, 4]), given(&[3, 0, 4]), stands(Stance::Agree)]), [(4, true), (9, false), (8, false)]);
    // Of a way to which somebody said nothing, they do not resist.
    assert_eq!(came(&[given(&[5])]), [(5, false), (0, true), (0, true)]);
    assert_eq!(came(&[]), [(0, true), (0, true), (0, true)]);
}

#[test]
fn an_answer_says_why_where_it_does_not_agree() {
    let put = |stance: &str, word: &str| Put::read(&Asked::Consensus, &fields(&[("avis", stance), ("mot", word)]));
    assert_eq!(put("agree", "").unwrap(), stands(Stance::Agree));
    for stance in ["reserve", "object"] {
        assert_eq!(put(stance, " ").unwrap_err(), [ConsultationMistake::WhyMissing]);
        assert!(put(stance, "Le bruit").is_ok());
    }
    assert_eq!(put("", "").unwrap_err(), [ConsultationMistake::NothingAnswered]);
    assert_eq!(put("agree", &"é".repeat(601)).unwrap_err(), [ConsultationMistake::WordTooLong { cap: 600 }]);
    let ways = ways(&["Matin", "Soir"]);
    let [matin, soir] = [format!("points-{}", ways[0].id), format!("points-{}", ways[1].id)];
    let asked = Asked::Resistance { ways };
    let points = |figure: &str| Put::read(&asked, &fields(&[(matin.as_str(), "10"), (soir.as_str(), figure)]));
    assert!(points("0").is_ok());
    for wrong in ["11", "", "-1", "3,5"] {
        assert_eq!(points(wrong).unwrap_err(), [ConsultationMistake::BadPoints { most: 10 }], "{wrong}");
    }
}

#[test]
fn a_question_is_open_for_a_day_at_least() {
    let now = Coop::new().now;
    let typed = |closes: &str, way: &str, choices: &str| {
        WrittenConsultation::read(
            &fields(&[("title", "Le lundi ?"), ("ferme", closes), ("maniere", way), ("choix", choices)]),
            now,
        )
        .map(|written| written.ways.len())
    };
    assert_eq!(typed("2026-12-01T18:00", "consensus", "rien de tout ça"), Ok(0));
    assert_eq!(typed("2026-12-01T18:00", "resistance", "Matin\n\n Soir \n"), Ok(2));
    let table: [(&str, &str, &str, ConsultationMistake); 6] = [
        ("", "consensus", "", ConsultationMistake::ClosingUnreadable),
        ("2026-11-24T08:59", "consensus", "", ConsultationMistake::TooShort { hours: 24 }),
        ("2027-02-01T18:00", "consensus", "", ConsultationMistake::TooLong { days: 62 }),
        ("2026-12-01T18:00", "resistance", "Matin", ConsultationMistake::TooFewWays),
        ("2026-12-01T18:00", "resistance", "1\n2\n3\n4\n5\n6\n7\n8\n9", ConsultationMistake::TooManyWays { cap: 8 }),
        ("2026-12-01T18:00", "resistance", "Matin\nMATIN", ConsultationMistake::TwoAlike),
    ];
    for (closes, way, choices, wanted) in table {
        assert_eq!(typed(closes, way, choices), Err(vec![wanted]), "{closes} {choices}");
    }
}

#[test]
fn a_consultation_is_open_until_it_closes() {
    let now = Coop::new().now;
    let asked = Consultation {
        id: ConsultationId(Uuid::from_u128(1)),
        title: "Le lundi ?".into(),
        html: String::new(),
        asked: Asked::Consensus,
        opened_at: now,
        closes_at: now + hours(24),
        answered: 0,
        tally: None,
    };
    assert!(asked.is_open(now + hours(23)) && !asked.is_open(now + hours(24)));
}
