//! Objectives: how a figure is typed, which months there are, what is missing, when the target is reached.

use chrono::NaiveDate;
use domain::id::ObjectiveId;
use domain::members::ShortName;
use domain::objectives::{
    Amount, Closed, Course, Figure, MONTHS_CAP, Mistake, Objective, Reached, Source, Way, Written, WrittenFigure, closing,
    first_of, last_of, months, next_month,
};
use domain::procedures::Fields;
use uuid::Uuid;

use crate::coop::day;

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn objective() -> Objective {
    Objective {
        id: ObjectiveId(Uuid::from_u128(1)),
        label: "Jeter moins".into(),
        measure: String::new(),
        unit: "€".into(),
        source: Source::Typed,
        way: Way::AtMost,
        target: Amount::whole(250),
        from: day(2026, 7, 1),
        to: day(2027, 3, 1),
        closed: None,
        revision: 1,
    }
}

fn course(objective: Objective, amounts: &[Option<i64>]) -> Course {
    let months = objective.months(today());
    let figure = |(at, month): (usize, &NaiveDate)| Figure {
        month: *month,
        amount: amounts.get(at).copied().flatten().map(Amount::whole),
        note: String::new(),
        by: Some((ShortName::new("Paul", "Arnaud"), "2026-11-02T08:00:00Z".parse().unwrap())),
    };
    Course { figures: months.iter().enumerate().map(figure).collect(), objective }
}

#[test]
fn a_figure_is_read_as_people_write_it() {
    for (typed, wanted) in [
        ("12", Some(1_200)),
        ("12,5", Some(1_250)),
        ("12.05", Some(1_205)),
        ("1 200", Some(120_000)),
        ("1\u{202f}200,25", Some(120_025)),
        ("-3", Some(-300)),
        ("−3,5", Some(-350)),
        ("0", Some(0)),
        ("", None),
        ("-", None),
        (",5", None),
        ("5,", None),
        ("12,345", None),
        ("douze", None),
        ("1e3", None),
        ("+3", None),
        ("9999999999999", None),
    ] {
        assert_eq!(Amount::parse(typed), wanted.map(Amount), "{typed}");
    }
}

#[test]
fn months_are_counted_by_their_first_days() {
    assert_eq!(
        (first_of(today()), next_month(today()), last_of(day(2028, 2, 1))),
        (day(2026, 11, 1), day(2026, 12, 1), day(2028, 2, 29))
    );
    assert_eq!(months(day(2026, 11, 5), day(2027, 1, 1)), [day(2026, 11, 1), day(2026, 12, 1), day(2027, 1, 1)]);
    assert!(months(day(2026, 12, 1), day(2026, 11, 1)).is_empty());
    assert_eq!(next_month(day(2026, 12, 31)), day(2027, 1, 1));
}

#[test]
fn an_objective_is_looked_at_until_its_last_month_is_over() {
    let of = objective();
    assert_eq!(of.months(today()).len(), 5, "July to November");
    assert_eq!(of.months(day(2027, 6, 1)).len(), 9, "to its last");
    assert!(of.months(day(2026, 6, 30)).is_empty(), "it has not begun");
    assert!(of.is_in_force(day(2027, 3, 31)) && !of.is_in_force(day(2027, 4, 1)));
    let closed = Objective { closed: Some(Closed { on: day(2026, 9, 10), word: "Panne".into() }), ..objective() };
    assert_eq!((closed.months(today()).len(), closed.is_in_force(today())), (3, false));
}

#[test]
fn the_last_figure_says_whether_it_is_reached() {
    assert_eq!(course(objective(), &[]).reached(), Reached::Unknown);
    assert_eq!(course(objective(), &[Some(400), Some(251), None]).reached(), Reached::NotYet);
    let reached = course(objective(), &[Some(400), Some(250)]);
    assert_eq!((reached.reached(), reached.last()), (Reached::Yes, Some((day(2026, 8, 1), Amount::whole(250)))));
    let least = Objective { way: Way::AtLeast, ..objective() };
    assert_eq!(course(least, &[Some(400)]).reached(), Reached::Yes);
    assert_eq!(course(objective(), &[Some(400), Some(90)]).range(), (Amount::whole(90), Amount::whole(400)));
    assert_eq!(course(objective(), &[]).range(), (Amount::whole(250), Amount::whole(250)));
}

#[test]
fn months_that_are_over_and_not_typed_are_missing_but_not_those_of_long_ago() {
    // July is too long ago to be asked for, November still runs.
    let of = course(objective(), &[None, None, Some(300), None, None]);
    assert_eq!(of.missing(today()), [day(2026, 8, 1), day(2026, 10, 1)]);
    let counted = Objective { source: Source::Members, ..objective() };
    assert!(course(counted, &[]).missing(today()).is_empty(), "nobody types what is counted");
    let closed = Objective { closed: Some(Closed { on: today(), word: "Panne".into() }), ..objective() };
    assert!(course(closed, &[]).missing(today()).is_empty());
}

const TYPED: [(&str, &str); 7] = [
    ("label", " Jeter  moins "),
    ("source", "typed"),
    ("unite", "€"),
    ("sens", "at_most"),
    ("cible", "250"),
    ("du", "2026-12"),
    ("au", "2027-11"),
];

fn but(field: &str, value: &'static str) -> Result<Written, Vec<Mistake>> {
    let typed: Vec<(&str, &str)> =
        TYPED.iter().map(|(name, known)| (*name, if *name == field { value } else { *known })).collect();
    Written::read(&fields(&typed))
}

#[test]
fn the_committee_types_an_objective_or_hears_all_that_is_wrong() {
    let written = but("", "").unwrap();
    assert_eq!((written.label.as_str(), written.way, written.target), ("Jeter moins", Way::AtMost, Amount::whole(250)));
    assert_eq!((written.from, written.to), (day(2026, 12, 1), day(2027, 11, 1)));
    for (field, value, wanted) in [
        ("label", " — ", Mistake::LabelMissing),
        ("source", "hasard", Mistake::SourceMissing),
        ("unite", " ", Mistake::UnitMissing),
        ("cible", "beaucoup", Mistake::BadTarget),
        ("cible", "100000001", Mistake::BadTarget),
        ("du", "bientôt", Mistake::BadFrom),
        ("du", "1026-12", Mistake::BadFrom),
        ("au", "", Mistake::BadTo),
        ("au", "2026-11", Mistake::Backwards),
        ("au", "2031-12", Mistake::TooManyMonths { cap: MONTHS_CAP }),
    ] {
        assert_eq!(but(field, value).unwrap_err(), [wanted], "{field}={value}");
    }
    // Of what is counted, the unit is known; a browser without a field for months sends a day.
    assert_eq!(but("source", "members").unwrap().unit, "membres");
    assert_eq!(but("du", "2026-12-24").unwrap().from, day(2026, 12, 1));
    assert_eq!(Written::read(&fields(&[])).unwrap_err().len(), 6);
}

#[test]
fn the_employee_types_a_months_figure_of_the_objective() {
    let read = |of: &Objective, month: &str, figure: &str| {
        WrittenFigure::read(&fields(&[("mois", month), ("chiffre", figure), ("note", " Panne  le 12 ")]), of, today())
    };
    let of = objective();
    let figure = read(&of, "2026-10", "402,5").unwrap();
    assert_eq!((figure.month, figure.amount, figure.note.as_str()), (day(2026, 10, 1), Amount(40_250), "Panne le 12"));
    assert!(read(&of, "2026-11", "402").is_ok(), "the month that runs, too");
    assert_eq!(read(&of, "2026-12", "402").unwrap_err(), [Mistake::BadMonth]);
    assert_eq!(read(&of, "2026-06", "402").unwrap_err(), [Mistake::BadMonth]);
    assert_eq!(read(&of, "", "beaucoup").unwrap_err(), [Mistake::BadFigure, Mistake::BadMonth]);
    assert_eq!(read(&Objective { source: Source::Coverage, ..of.clone() }, "2026-10", "90").unwrap_err(), [Mistake::Counted]);
    let closed = Objective { closed: Some(Closed { on: today(), word: "Panne".into() }), ..of };
    assert_eq!(read(&closed, "2026-10", "90").unwrap_err(), [Mistake::Closed]);
    assert_eq!((closing("  "), closing(" Panne ")), (Err(Mistake::WordMissing), Ok("Panne".to_owned())));
}
