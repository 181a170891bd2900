//! What is in it, and whether it is there.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::catalogue::{Allergen, Allergens, Availability, DayOfYear, Presence, Stock, Unread, Written};
use domain::json;
use domain::procedures::Fields;
use domain::time::plus_days;
use proptest::prelude::*;

use crate::coop::day;

fn on(month: u8, day: u8) -> DayOfYear {
    DayOfYear::new(month, day).expect("a day of the year")
}

#[test]
fn the_fourteen_are_the_fourteen_of_the_annex() {
    assert_eq!(Allergen::ALL.len(), 14);
    assert!(Allergen::ALL.is_sorted() && Allergen::ALL.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn what_nobody_knows_is_never_safe() {
    for allergen in Allergen::ALL {
        assert_eq!(Allergens::Unknown.of(allergen), Some(Presence::Unknown));
        assert!(!Allergens::Unknown.is_without(allergen));
        for presence in Presence::ALL {
            let said = Allergens::Said { on: day(2026, 11, 2), of: BTreeMap::from([(allergen, presence)]) };
            assert_eq!(said.of(allergen), Some(presence));
            assert!(!said.is_without(allergen), "{presence:?}");
            assert_eq!(said.with(presence), [allergen]);
            for other in Allergen::ALL.into_iter().filter(|other| *other != allergen) {
                assert!(said.is_without(other), "said, and not named");
            }
        }
    }
    assert_eq!(Allergens::Unknown.with(Presence::Unknown), Allergen::ALL);
    assert_eq!(Allergens::Unknown.said_on(), None);
}

#[test]
fn what_is_said_of_allergens_crosses_the_wire() {
    let said = Allergens::Said {
        on: day(2026, 11, 2),
        of: BTreeMap::from([(Allergen::Nuts, Presence::Traces), (Allergen::Milk, Presence::Contains)]),
    };
    let text = serde_json::to_string(&said).unwrap();
    assert_eq!(text, r#"{"said":{"on":"2026-11-02","of":{"milk":"contains","nuts":"traces"}}}"#);
    assert_eq!(json::parse(&text), Ok(said));
    assert_eq!(json::parse("\"unknown\""), Ok(Allergens::Unknown));
}

#[test]
fn new_ends_and_what_is_out_comes_back() {
    let today = day(2026, 12, 12);
    let cases = [
        (Availability::InRange, Stock::InRange),
        (Availability::New { until: today }, Stock::New { until: today }),
        (Availability::New { until: day(2026, 12, 11) }, Stock::InRange),
        (Availability::Out { until: Some(day(2026, 12, 13)) }, Stock::Out { back: Some(day(2026, 12, 13)) }),
        (Availability::Out { until: Some(today) }, Stock::InRange),
        (Availability::Out { until: None }, Stock::Out { back: None }),
        (Availability::Ending, Stock::Ending),
    ];
    for (availability, wanted) in cases {
        assert_eq!(availability.on(today), wanted, "{availability:?}");
        assert_eq!(wanted.is_there(), !matches!(wanted, Stock::Out { .. }));
    }
}

#[test]
fn a_season_has_its_first_and_its_last_day_over_new_year_too() {
    let cases = [
        (on(5, 1), on(9, 30), [(2026, 4, 30, false), (2026, 5, 1, true), (2026, 9, 30, true), (2026, 10, 1, false)]),
        (on(11, 15), on(2, 10), [(2026, 11, 14, false), (2026, 12, 31, true), (2027, 2, 10, true), (2027, 2, 11, false)]),
        // Through February, however long it is.
        (on(12, 1), on(2, 29), [(2027, 2, 28, true), (2027, 3, 1, false), (2028, 2, 29, true), (2028, 3, 1, false)]),
        // From a day that most years do not have.
        (on(2, 29), on(4, 30), [(2027, 2, 28, false), (2027, 3, 1, true), (2028, 2, 28, false), (2028, 2, 29, true)]),
        // The 28th is the 28th.
        (on(1, 1), on(2, 28), [(2028, 2, 28, true), (2028, 2, 29, false), (2027, 2, 28, true), (2026, 12, 31, false)]),
        (on(6, 24), on(6, 24), [(2026, 6, 23, false), (2026, 6, 24, true), (2026, 6, 25, false), (2027, 6, 24, true)]),
        // All the year.
        (on(1, 1), on(12, 31), [(2026, 1, 1, true), (2026, 12, 31, true), (2028, 2, 29, true), (2026, 7, 1, true)]),
        (on(7, 1), on(6, 30), [(2026, 6, 30, true), (2026, 7, 1, true), (2028, 2, 29, true), (2026, 12, 31, true)]),
    ];
    for (from, to, days) in cases {
        for (year, month, date, there) in days {
            let stock = Availability::Seasonal { from, to }.on(day(year, month, date));
            let wanted = if there { Stock::InSeason { from, to } } else { Stock::OutOfSeason { from, to } };
            assert_eq!(stock, wanted, "{from:?} {to:?} on {year}-{month}-{date}");
            assert_eq!(stock.is_there(), there);
        }
    }
}

#[test]
fn days_of_the_year_are_read_as_people_write_them() {
    let cases = [
        ("15/05", Some(on(5, 15))),
        ("1/9", Some(on(9, 1))),
        ("29/02", Some(on(2, 29))),
        ("15 mai", Some(on(5, 15))),
        ("1er septembre", Some(on(9, 1))),
        ("1er Sept.", Some(on(9, 1))),
        ("14 juil.", Some(on(7, 14))),
        ("24 juin", Some(on(6, 24))),
        (" 25 déc. ", Some(on(12, 25))),
        ("15\u{a0}août", Some(on(8, 15))),
        ("15 AOUT", Some(on(8, 15))),
        ("2 février", Some(on(2, 2))),
        // June or July?
        ("2 jui", None),
        ("30/02", None),
        ("31/04", None),
        ("0/5", None),
        ("5/13", None),
        ("5/0", None),
        ("mai", None),
        ("15 ma", None),
        ("015/05", None),
        ("15 mayo", None),
        ("", None),
    ];
    for (typed, wanted) in cases {
        assert_eq!(DayOfYear::parse(typed), wanted, "{typed:?}");
    }
    assert_eq!(DayOfYear::end_of(2), Some(on(2, 29)));
    assert_eq!((DayOfYear::end_of(0), DayOfYear::end_of(13)), (None, None));
    assert!(on(4, 30).ends_month() && !on(2, 28).ends_month());
}

#[test]
fn a_year_that_is_a_slip_is_no_year() {
    let typed = |until: &str| {
        let fields = [
            ("name", "Pommes"),
            ("range", "00000000-0000-0000-0000-000000000001"),
            ("sold_by", "weight"),
            ("purchase", "2,00"),
            ("vat", "5,5"),
            ("availability", "out"),
            ("until", until),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Written::read(&Fields(fields.into()), day(2026, 12, 1))
    };
    assert_eq!(
        typed("2026-12-24").map(|written| written.facts.availability),
        Ok(Availability::Out { until: Some(day(2026, 12, 24)) })
    );
    for slip in ["0226-12-24", "20261-12-24", "9999-12-24"] {
        assert_eq!(typed(slip).expect_err("no day").unread, [Unread::Until], "{slip}: no file could say it either");
    }
}

#[test]
fn a_season_crosses_the_wire_and_no_day_that_is_none() {
    let summer = Availability::Seasonal { from: on(5, 1), to: on(9, 30) };
    let text = serde_json::to_string(&summer).unwrap();
    assert_eq!(text, r#"{"seasonal":{"from":"05-01","to":"09-30"}}"#);
    assert_eq!(json::parse(&text), Ok(summer));
    for wrong in ["\"02-30\"", "\"13-01\"", "\"5-1\"", "\"05-001\"", "\"0501\"", "\"\"", "\"é-01\"", "5"] {
        assert!(json::parse::<DayOfYear>(wrong).is_err(), "{wrong}");
    }
}

fn day_of_year() -> impl Strategy<Value = DayOfYear> {
    (1u8..=12, 1u8..=31).prop_filter_map("a day of the year", |(month, day)| DayOfYear::new(month, day))
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0u64..3_000).prop_map(|days| plus_days(day(2024, 1, 1), days))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_day_is_in_a_season_or_in_what_is_left_of_the_year(from in day_of_year(), to in day_of_year(), today in date()) {
        let is_there = |from, to| Availability::Seasonal { from, to }.on(today).is_there();
        let on_edge = [from, to].contains(&DayOfYear::of(today));
        // The other way round, it is the rest of the year, with the same first and last day.
        prop_assert!(from == to || on_edge || is_there(from, to) != is_there(to, from));
        prop_assert!(!on_edge || is_there(from, to));
    }

    #[test]
    fn whatever_is_typed_ends_in_a_day_or_none(typed in "[0-9a-zéû/. ]{0,12}|.{0,16}") {
        if let Some(read) = DayOfYear::parse(&typed) {
            prop_assert_eq!(DayOfYear::new(read.month, read.day), Some(read));
            prop_assert_eq!(DayOfYear::try_from(String::from(read)), Ok(read));
        }
    }
}
