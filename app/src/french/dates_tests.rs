use chrono::NaiveDate;
use domain::id::ShiftId;
use domain::reason::When;
use domain::time::{Days, Instant};

use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// As it reads, whatever the spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn evening() -> When {
    When { shift: ShiftId(uuid::Uuid::nil()), starts_at: at("2026-12-03T17:00:00Z"), ends_at: at("2026-12-03T20:00:00Z") }
}

#[test]
fn days_are_written_short_and_long() {
    let saturday = on("2026-11-28");
    assert_eq!(plain(&day_short(saturday)), "sam. 28 nov.");
    assert_eq!(plain(&day(saturday)), "samedi 28 nov.");
    assert_eq!(plain(&day_long(saturday)), "samedi 28 novembre");
    assert_eq!(plain(&date_short(on("2026-12-01"))), "1er déc.");
    assert_eq!(plain(&day_short(on("2027-05-01"))), "sam. 1er mai");
    assert_eq!(plain(&date_with_year(on("2027-06-14"))), "14 juin 2027");
    assert_eq!(plain(&week_title(on("2027-02-01"))), "Semaine du 1er");
    assert_eq!(plain(&week_title_long(on("2026-11-23"))), "Semaine du 23 novembre");
}

#[test]
fn a_shift_has_its_day_and_both_hours() {
    assert_eq!(plain(&day_and_hours(&evening())), "jeudi 3 déc., 18 h – 21 h");
    assert_eq!(plain(&day_and_hours_short(&evening())), "jeu. 3 déc., 18 h – 21 h");
    assert_eq!(plain(&day_and_start(&evening())), "jeudi 3, 18 h");
    assert!(!day_and_hours(&evening()).contains("18 h"), "an hour never breaks");
}

#[test]
fn ranges_of_days() {
    let range = Days { from: on("2026-11-23"), to: on("2026-12-20") };
    assert_eq!(plain(&days(range)), "du 23 nov. au 20 déc.");
    assert_eq!(plain(&days(Days { from: on("2027-01-01"), to: on("2027-01-01") })), "le 1er janv.");
}

#[test]
fn near_days_have_names() {
    let today = on("2026-11-23");
    let cases = [
        ("2026-11-23", "aujourd’hui"),
        ("2026-11-24", "demain"),
        ("2026-11-28", "dans 5 jours"),
        ("2026-11-22", "hier"),
        ("2026-11-20", "il y a 3 jours"),
    ];
    for (day, wanted) in cases {
        assert_eq!(plain(&relative_day(on(day), today)), wanted);
    }
}

#[test]
fn deadlines_are_read_from_now() {
    let now = at("2026-11-23T09:00:00Z");
    let cases = [
        ("2026-11-23T17:00:00Z", "à 18 h", "aujourd’hui, 18 h"),
        ("2026-11-24T08:00:00Z", "à demain, 9 h", "demain, 9 h"),
        ("2026-11-26T08:00:00Z", "au jeudi 26, 9 h", "jeu. 9 h"),
        ("2026-12-03T08:00:00Z", "au jeudi 3 déc., 9 h", "3 déc., 9 h"),
        ("2026-11-21T08:00:00Z", "au samedi 21, 9 h", "21 nov., 9 h"),
    ];
    for (moment, ends, answer) in cases {
        assert_eq!(plain(&until(at(moment), now)), ends);
        assert_eq!(plain(&answer_by(at(moment), now)), answer);
    }
}

#[test]
fn what_happened_is_told_by_its_distance() {
    let now = at("2026-11-23T15:05:00Z");
    let cases = [
        ("2026-11-23T15:04:40Z", "à 16 h 04", "à l’instant"),
        ("2026-11-23T14:53:00Z", "à 15 h 53", "il y a 12 min"),
        ("2026-11-23T13:00:00Z", "à 14 h", "il y a 2 h"),
        ("2026-11-22T17:12:00Z", "hier à 18 h 12", "hier à 18 h 12"),
        ("2026-11-12T18:40:00Z", "le 12 nov. à 19 h 40", "le 12 nov. à 19 h 40"),
        ("2026-11-01T07:00:00Z", "le 1er nov. à 8 h", "le 1er nov. à 8 h"),
    ];
    for (then, precisely, roughly) in cases {
        assert_eq!(plain(&moment(at(then), now)), precisely);
        assert_eq!(plain(&ago(at(then), now)), roughly);
    }
}

#[test]
fn old_data_says_its_age() {
    let now = at("2026-11-23T15:00:00Z");
    assert_eq!(plain(&data_of(at("2026-11-23T13:02:00Z"), now)), "données de 14 h 02");
    assert_eq!(plain(&data_of(at("2026-11-22T17:40:00Z"), now)), "données d’hier, 18 h 40");
    assert_eq!(plain(&data_of(at("2026-11-21T17:40:00Z"), now)), "données du 21 nov., 18 h 40");
}

#[test]
fn the_day_is_the_one_in_paris() {
    // Half past midnight in Paris, the day before in UTC.
    let now = at("2026-11-23T23:30:00Z");
    assert_eq!(plain(&data_of(at("2026-11-23T22:00:00Z"), now)), "données d’hier, 23 h");
}

#[test]
fn machines_read_iso() {
    assert_eq!(iso(at("2026-11-28T08:05:09Z")), "2026-11-28T08:05:09Z");
    assert_eq!(iso_day(on("2026-01-03")), "2026-01-03");
}
