//! « À traiter »: by when what waits should be dealt with, in which order; who stands in for the employee, and when.

use chrono::NaiveDate;
use domain::desk::{
    Absence, Item, LATE_SAID_D, LONGEST_D, Mistake, Planned, Queue, Reader, Urgency, What, answer_by, arranged, bounced_by,
    figure_by, handling, is_ahead, mishap_by, speak_by, subscribe_by,
};
use domain::id::{AbsenceId, IncidentId, RequestId};
use domain::procedures::Fields;
use domain::reason::When;
use domain::sheet::{Mishap, Trouble};
use domain::time::{Days, Instant, minus_days, plus_days};
use uuid::Uuid;

use crate::coop::*;

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn plans(who: &str, from: &str, until: &str, deputy: &str) -> Result<Planned, Vec<Mistake>> {
    let of = |name: &str| if name.is_empty() { String::new() } else { member(name).to_string() };
    let (who, deputy) = (of(who), of(deputy));
    Planned::read(&fields(&[("qui", &who), ("du", from), ("jusqu", until), ("suppleance", &deputy)]), today())
}

#[test]
fn an_absence_names_who_when_and_who_stands_in() {
    let planned = plans("Karim", "2026-11-23", "2026-12-04", "Nour").unwrap();
    assert_eq!((planned.employee, planned.deputy), (member("Karim"), member("Nour")));
    assert_eq!((planned.from, planned.until), (today(), day(2026, 12, 4)));
    let earliest = minus_days(today(), LATE_SAID_D);
    for (who, from, until, deputy, wanted) in [
        ("", "2026-11-23", "2026-12-04", "Nour", Mistake::EmployeeMissing),
        ("Karim", "demain", "2026-12-04", "Nour", Mistake::BadFrom),
        ("Karim", "2026-11-23", "", "Nour", Mistake::BadUntil),
        ("Karim", "2026-11-25", "2026-11-24", "Nour", Mistake::Backwards),
        // It is over by the time that it is said.
        ("Karim", "2026-11-20", "2026-11-22", "Nour", Mistake::Backwards),
        ("Karim", "2026-10-01", "2026-12-04", "Nour", Mistake::TooLate { from: earliest }),
        ("Karim", "2026-11-23", "2027-11-24", "Nour", Mistake::TooLong { days: LONGEST_D }),
        ("Karim", "2026-11-23", "2026-12-04", "", Mistake::DeputyMissing),
        ("Karim", "2026-11-23", "2026-12-04", "Karim", Mistake::DeputyIsEmployee),
    ] {
        assert_eq!(plans(who, from, until, deputy).unwrap_err(), [wanted], "{who} {from} {until} {deputy}");
    }
    assert!(plans("Karim", "2026-11-23", "2027-11-23", "Nour").is_ok(), "366 days");
}

fn absence(from: NaiveDate, until: NaiveDate, ended_on: Option<NaiveDate>) -> Absence {
    Absence { id: AbsenceId(Uuid::from_u128(1)), employee: member("Karim"), from, until, deputy: member("Nour"), ended_on }
}

#[test]
fn a_deputy_stands_in_from_the_first_day_to_the_last() {
    let of = absence(today(), day(2026, 12, 4), None);
    for (on, wanted) in [(day(2026, 11, 22), false), (today(), true), (day(2026, 12, 4), true), (day(2026, 12, 5), false)] {
        assert_eq!((of.is_in_force(on), of.is_over(on)), (wanted, on > day(2026, 12, 4)), "{on}");
    }
    // Back on the 27th: the day before is the last.
    let back = absence(today(), day(2026, 12, 4), Some(day(2026, 11, 27)));
    assert_eq!(
        (back.last_day(), back.is_in_force(day(2026, 11, 26)), back.is_in_force(day(2026, 11, 27))),
        (day(2026, 11, 26), true, false)
    );
    // Ended on its first day, there was none.
    let none = absence(today(), day(2026, 12, 4), Some(today()));
    assert!(!none.is_in_force(today()) && none.is_over(today()));
}

#[test]
fn nobody_is_away_twice_at_once() {
    let planned = plans("Karim", "2026-12-01", "2026-12-10", "Nour").unwrap();
    let other = |from, until, ended| [absence(from, until, ended)];
    let met = Err(Mistake::AlreadyAway { until: day(2026, 12, 1) });
    assert_eq!(planned.beside(&other(today(), day(2026, 12, 1), None)), met);
    assert_eq!(planned.beside(&other(today(), day(2026, 11, 30), None)), Ok(()));
    assert_eq!(planned.beside(&other(today(), day(2026, 12, 4), Some(day(2026, 12, 1)))), Ok(()), "they are back by then");
    let hers = plans("Léa", "2026-12-01", "2026-12-10", "Nour").unwrap();
    assert_eq!(hers.beside(&other(today(), day(2026, 12, 4), None)), Ok(()));
}

#[test]
fn each_thing_has_a_day_by_which_it_is_dealt_with() {
    let at: Instant = "2026-11-23T08:00:00Z".parse().unwrap();
    let leave = |from| answer_by(at, Days { from, to: plus_days(from, 30) });
    assert_eq!(leave(day(2027, 1, 4)), day(2026, 11, 30), "within a week");
    assert_eq!(leave(day(2026, 11, 26)), day(2026, 11, 25), "before it begins");
    assert_eq!(leave(day(2026, 11, 20)), today(), "and never before it was asked");
    assert_eq!((speak_by(today()), subscribe_by(today())), (day(2026, 12, 7), day(2026, 12, 23)));
    assert_eq!((bounced_by(at, None), bounced_by(at, Some(at + hours(48)))), (day(2026, 11, 30), day(2026, 11, 24)));
    assert_eq!(bounced_by(at, Some(at + hours(2))), today());
    assert_eq!((mishap_by(Mishap::Safety, at), mishap_by(Mishap::Breakage, at)), (today(), day(2026, 11, 26)));
    assert_eq!((figure_by(day(2026, 11, 1)), figure_by(day(2026, 12, 1))), (day(2026, 12, 10), day(2027, 1, 10)));
    // A grant is shown a month ahead, what else the office has, two weeks.
    let seen = |due, grant| is_ahead(due, grant, today());
    assert!(seen(day(2026, 12, 23), true) && !seen(day(2026, 12, 24), true));
    assert!(seen(day(2026, 12, 7), false) && !seen(day(2026, 12, 8), false) && seen(day(2026, 1, 1), false));
}

fn item(number: u128, due: NaiveDate, since: &str) -> Item {
    let what = What::LeaveAsked {
        request: RequestId(Uuid::from_u128(number)),
        exemption: false,
        days: Days { from: due, to: due },
        own: false,
    };
    Item { what, who: None, since: since.parse().unwrap(), due }
}

#[test]
fn the_queue_stands_by_deadline_and_what_has_waited_longest_comes_first() {
    let items = arranged(vec![
        item(1, day(2026, 12, 1), "2026-11-20T08:00:00Z"),
        item(2, today(), "2026-11-21T08:00:00Z"),
        item(3, day(2026, 12, 1), "2026-11-19T08:00:00Z"),
        item(4, day(2026, 11, 22), "2026-11-22T08:00:00Z"),
    ]);
    let order: Vec<u128> = items
        .iter()
        .map(|item| match &item.what {
            What::LeaveAsked { request, .. } => request.0.as_u128(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(order, [4, 2, 3, 1]);
    let now = "2026-11-23T08:00:00Z".parse().unwrap();
    let queue = Queue { now, items, reader: Reader::default(), employees: Vec::new(), people: Vec::new() };
    assert_eq!(queue.pressing(today()), 2);
    let urgency = |on| Urgency::of(on, today());
    assert_eq!([day(2026, 11, 22), today()].map(urgency), [Urgency::Late, Urgency::Today]);
    assert_eq!([day(2026, 11, 30), day(2026, 12, 1)].map(urgency), [Urgency::Soon, Urgency::Later]);
}

#[test]
fn what_the_shop_reports_has_a_name_under_which_it_is_over() {
    let when = When { shift: shift("sat 9h"), starts_at: Instant::default(), ends_at: Instant::default() };
    let report = What::ShopReported { report: 17, when, what: Trouble::TillClosed, note: String::new() };
    let incident = IncidentId(Uuid::from_u128(1));
    let happened = What::IncidentReported { incident, when, what: Mishap::Other, text: "Sol mouillé".into() };
    assert_eq!(report.thing().as_deref(), Some("report/17"));
    assert_eq!(happened.thing().as_deref(), Some("incident/00000000-0000-0000-0000-000000000001"));
    // A leave is over once it is answered: nobody has to say so.
    assert_eq!(item(1, today(), "2026-11-20T08:00:00Z").what.thing(), None);
    assert_eq!(handling("  Appelé le \r\n dépanneur "), Ok("Appelé le \n dépanneur".to_owned()));
    assert_eq!(handling(&"é".repeat(301)), Err(Mistake::WordTooLong { cap: 300 }));
}
