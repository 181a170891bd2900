//! What Distribution types, the day a change may be for, and deliveries that cross on a sheet.

use chrono::NaiveTime;
use domain::command::Command;
use domain::id::{DeliveryId, IncidentId};
use domain::procedures::{
    Expected, Fields, FridgeDraft, List, ListDraft, Mistake, Signed, Version, first_day, key_of, period, slug_of,
};
use domain::reason::Reason;
use domain::sheet::{Arrival, DaySheet, Delivery, Mishap};
use domain::time::paris_instant;
use uuid::Uuid;

use crate::coop::{Coop, day, member, shift};

fn fields(said: &[(&str, &str)]) -> Fields {
    Fields(said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

const LIST: [(&str, &str); 6] = [
    ("nom", " Ouverture "),
    ("jour", "0"),
    ("jour", "5"),
    ("heure", "09:00"),
    ("lignes", "Alarme\r\n\r\n Volets \n"),
    ("des", "2026-12-05"),
];

#[test]
fn a_list_is_read_as_it_is_typed_one_line_a_line() {
    let draft = ListDraft::parse(&fields(&LIST), day(2026, 12, 1)).unwrap();
    assert_eq!(
        (draft.name.as_str(), draft.weekdays, draft.lines),
        ("Ouverture", vec![0, 5], vec!["Alarme".to_owned(), "Volets".into()])
    );
    assert_eq!(draft.clocks, [NaiveTime::from_hms_opt(9, 0, 0).unwrap()]);
}

#[test]
fn every_mistake_is_said_at_once() {
    let first = day(2026, 12, 6);
    let with = |name: &str, value: &str| {
        let kept = LIST.iter().filter(|(known, _)| *known != name).copied();
        let mut typed = kept.collect::<Vec<_>>();
        typed.push((name, value));
        ListDraft::parse(&fields(&typed), day(2026, 12, 1)).map(drop)
    };
    assert_eq!(
        ListDraft::parse(&Fields::default(), first).unwrap_err(),
        [Mistake::NameMissing, Mistake::NoDay, Mistake::NoHour, Mistake::NoLines, Mistake::BadDay]
    );
    assert_eq!(ListDraft::parse(&fields(&LIST), first).unwrap_err(), [Mistake::TooEarly { first }]);
    for (name, value, mistake) in [
        ("nom", "x".repeat(61), Mistake::NameTooLong),
        ("jour", "7".into(), Mistake::NoDay),
        ("heure", "25:00".into(), Mistake::NoHour),
        ("lignes", format!("Alarme\n{}", "y".repeat(161)), Mistake::LineTooLong { line: 2 }),
        ("lignes", "a\n".repeat(41), Mistake::TooManyLines),
        ("des", "2028-12-05".into(), Mistake::TooFar),
    ] {
        assert_eq!(with(name, &value), Err(vec![mistake]));
    }
}

#[test]
fn a_change_is_for_no_day_whose_sheets_are_on_a_phone_already() {
    let at = |clock: (u32, u32)| paris_instant(day(2026, 12, 4), NaiveTime::from_hms_opt(clock.0, clock.1, 0).unwrap());
    assert_eq!(first_day(at((17, 59))), day(2026, 12, 5));
    assert_eq!(first_day(at((18, 0))), day(2026, 12, 6));
}

#[test]
fn a_day_keeps_the_version_that_was_last_written_for_it() {
    let of = |version, from| Version {
        version,
        from,
        name: String::new(),
        weekdays: Vec::new(),
        clocks: Vec::new(),
        lines: Vec::new(),
        signed: Signed::default(),
    };
    let list = List { slug: "x".into(), versions: vec![of(2, day(2026, 12, 6)), of(1, day(2026, 1, 1))] };
    assert_eq!(list.on(day(2026, 12, 5)).map(|version| version.version), Some(1));
    assert_eq!(list.on(day(2026, 12, 6)).map(|version| version.version), Some(2));
    assert_eq!(list.coming(day(2026, 12, 5)).map(|version| version.version), Some(2));
    assert_eq!(list.coming(day(2026, 12, 6)), None);
}

#[test]
fn a_fridge_has_limits_in_order_and_says_what_to_do() {
    let typed = |low: &str, high: &str, advice: &str| {
        FridgeDraft::parse(&fields(&[("nom", "Frais"), ("min", low), ("max", high), ("conseil", advice)]))
    };
    let draft = typed("-25", "-18,5", "Appelle Paul").unwrap();
    assert_eq!((draft.low, draft.high), (-250, -185));
    assert_eq!(typed("4", "0", "x").unwrap_err(), [Mistake::LimitsCrossed]);
    assert_eq!(typed("froid", "4", "").unwrap_err(), [Mistake::BadDegrees, Mistake::AdviceMissing]);
}

#[test]
fn a_delivery_is_expected_from_today_on_and_a_key_is_somebodys() {
    let today = day(2026, 12, 4);
    let typed = |on: &str, from: &str| Expected::parse(&fields(&[("le", on), ("chez", from), ("quoi", "")]), today);
    assert!(typed("2026-12-04", "Le Fournil").is_ok());
    assert_eq!(typed("2026-12-03", "").unwrap_err(), [Mistake::TooEarly { first: today }, Mistake::NameMissing]);
    assert_eq!(key_of(&fields(&[("cle", "Clé"), ("qui", "")])).unwrap_err(), [Mistake::NobodyChosen]);
    assert_eq!(slug_of("Fermeture d’été, n° 2"), "fermeture-d-ete-n-2");
    assert_eq!(slug_of("!!"), "liste");
}

#[test]
fn records_are_of_the_last_three_months_unless_a_period_is_asked_for() {
    let today = day(2026, 12, 4);
    let of = |from: &str, to: &str| period(&fields(&[("du", from), ("au", to)]), today);
    assert_eq!(of("", ""), (day(2026, 9, 4), today));
    assert_eq!(of("2026-11-01", "2026-11-30"), (day(2026, 11, 1), day(2026, 11, 30)));
    assert_eq!(of("2020-01-01", "2030-01-01"), (day(2025, 12, 3), today));
    assert_eq!(of("demain", "2026-11-30").1, day(2026, 11, 30));
    assert_eq!(of("-262143-01-01", "-200000-01-01"), of("", ""), "days that no calendar of ours has");
}

// — on the sheet —

const SAT: &str = "sat 9h";
const BREAD: DeliveryId = DeliveryId(Uuid::from_u128(7));

fn saturday() -> Coop {
    let mut coop = Coop::new().shift(SAT, "Solène* Camille");
    let mut sheet = DaySheet::of(shift(SAT));
    sheet.deliveries = vec![Delivery { id: BREAD, supplier: "Fournil".into(), what: String::new(), added: None, last: None }];
    coop.board.sheets.insert(shift(SAT), sheet);
    coop.now = coop.start(SAT);
    coop
}

fn receives(delivery: DeliveryId, state: Arrival) -> Command {
    Command::ReceiveDelivery { shift: shift(SAT), delivery, state, remarks: " 2 caisses ".into(), photo: None }
}

#[test]
fn of_a_delivery_the_last_word_received_counts() {
    let mut coop = saturday();
    coop.does("Solène", receives(BREAD, Arrival::NotCome)).unwrap();
    coop.board.office = true;
    coop.does("Nour", receives(BREAD, Arrival::Partial)).unwrap();
    let last = coop.board.sheets[&shift(SAT)].deliveries[0].last.clone().unwrap();
    assert_eq!((last.state, last.remarks.as_str(), last.said.by), (Arrival::Partial, "2 caisses", member("Nour")));
}

#[test]
fn one_that_nobody_expected_is_added_and_received() {
    let mut coop = saturday();
    let eggs = DeliveryId(Uuid::from_u128(8));
    assert_eq!(coop.does("Solène", receives(eggs, Arrival::Complete)).unwrap_err(), Reason::UnknownItem);
    let adds = |supplier: &str| Command::AddDelivery {
        delivery: eggs,
        shift: shift(SAT),
        supplier: supplier.into(),
        what: "Œufs".into(),
    };
    assert_eq!(coop.does("Solène", adds("  ")).unwrap_err(), Reason::NothingSaid);
    coop.does("Solène", adds("La ferme")).unwrap();
    coop.does("Solène", receives(eggs, Arrival::Complete)).unwrap();
    let sheet = &coop.board.sheets[&shift(SAT)];
    assert_eq!((sheet.deliveries.len(), sheet.deliveries[1].added.map(|said| said.by)), (2, Some(member("Solène"))));
}

#[test]
fn only_who_keeps_the_sheet_says_what_came_or_went_wrong() {
    let mut coop = saturday();
    let incident = |text: &str| Command::ReportIncident {
        incident: IncidentId(Uuid::from_u128(9)),
        shift: shift(SAT),
        what: Mishap::Safety,
        text: text.into(),
    };
    for command in [receives(BREAD, Arrival::Complete), incident("Sol mouillé")] {
        assert_eq!(coop.does("Camille", command).unwrap_err(), Reason::NotAllowed);
    }
    assert_eq!(coop.does("Solène", incident(" ")).unwrap_err(), Reason::NothingSaid);
    coop.does("Solène", incident("Sol mouillé")).unwrap();
    assert_eq!(coop.board.sheets[&shift(SAT)].incidents[0].text, "Sol mouillé");
}
