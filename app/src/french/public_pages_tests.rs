use chrono::NaiveTime;
use domain::id::ClosureId;
use uuid::Uuid;

use super::*;

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

#[test]
fn a_week_reads_as_people_say_it() {
    let run = |from, to, hours: &[(u32, u32)]| Run {
        from,
        to,
        hours: hours.iter().map(|(from, to)| (clock(*from), clock(*to))).collect(),
    };
    assert_eq!(days_of(&run(0, 0, &[])), "Lundi");
    assert_eq!(days_of(&run(0, 1, &[])), "Lundi et mardi");
    assert_eq!(days_of(&run(2, 6, &[])), "Du mercredi au dimanche");
    assert_eq!(hours_of_run(&run(1, 1, &[])), "Fermé");
    assert_eq!(
        hours_of_run(&run(1, 1, &[(10, 13), (15, 20)])),
        "10\u{202f}h\u{a0}–\u{a0}13\u{202f}h et 15\u{202f}h\u{a0}–\u{a0}20\u{202f}h"
    );
}

#[test]
fn a_closure_says_its_days_and_why() {
    let closed = |from: &str, to: &str| Closure {
        id: ClosureId(Uuid::nil()),
        days: Days { from: from.parse().unwrap(), to: to.parse().unwrap() },
        why: "Noël".to_owned(),
    };
    assert_eq!(closure(&closed("2026-12-25", "2026-12-25")), "Vendredi\u{a0}25\u{a0}décembre\u{202f}: Noël");
    assert_eq!(
        closure(&closed("2026-12-25", "2026-12-26")),
        "Du vendredi\u{a0}25\u{a0}décembre au samedi\u{a0}26\u{a0}décembre\u{202f}: Noël"
    );
}

#[test]
fn money_is_read_by_thousands() {
    assert_eq!(euros(1_565_800), "15\u{a0}658\u{a0}€");
    assert_eq!(euros(0), "0\u{a0}€");
    assert_eq!(euros(123_450), "1\u{a0}234,50\u{a0}€");
    assert_eq!(euros(100_000_000_000), "1\u{a0}000\u{a0}000\u{a0}000\u{a0}€");
}

#[test]
fn what_may_stand_between_brackets_is_listed_to_whoever_mistypes_it() {
    let told = mistake(&Mistake::PieceUnknown { line: 3, name: "horraires".to_owned() });
    for named in ["Ligne 3", "[[horraires]]", "[[organisation]]", "[[horaires]]", "[[montants]]"] {
        assert!(told.contains(named), "{named}: {told}");
    }
}
