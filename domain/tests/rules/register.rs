//! The register: who stands where with the co-op, how somebody arrives, who may be registered twice, whom a wave writes to.

use std::collections::BTreeSet;

use domain::catalogue::Cents;
use domain::command::Command;
use domain::id::{ErasureId, MemberId, ShiftId, TemplateId};
use domain::members::{Rhythm, Skill, phone_number};
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::register::{
    Alike, Desk, Filter, FirstShift, Invitable, Line, Mistake, Newcomer, OpenSeat, PAGE_LINES, Paid, Part, Registered, Since,
    Status, Step, WavePlan, Welcomed, Written, arriving, duplicates, found, may_leave, proposed, shared_addresses, typed_why,
    waves,
};
use domain::time::{CycleWeek, Instant};
use uuid::Uuid;

use crate::coop::{Coop, clock, day};

fn id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn person(number: u128, first: &str, last: &str, email: &str, phone: Option<&str>) -> Registered {
    Registered {
        id: id(number),
        number: i32::try_from(number).unwrap(),
        first_name: first.into(),
        last_name: last.into(),
        email: email.into(),
        phone: phone.map(str::to_owned),
    }
}

#[test]
fn where_somebody_stands_is_said_by_the_days_that_are_kept() {
    let today = day(2026, 12, 1);
    let since = Since { joined_on: day(2020, 1, 1), left_on: None, merged_into: None, erased: false };
    assert_eq!(since.status(today), Status::Active);
    assert_eq!(Since { joined_on: day(2026, 12, 2), ..since }.status(today), Status::ToCome { on: day(2026, 12, 2) });
    assert_eq!(Since { left_on: Some(day(2026, 12, 2)), ..since }.status(today), Status::Leaving { on: day(2026, 12, 2) });
    assert_eq!(Since { left_on: Some(today), ..since }.status(today), Status::Left { on: today });
    let merged = Since { left_on: Some(today), merged_into: Some(id(7)), ..since };
    assert_eq!(merged.status(today), Status::Merged { into: id(7) });
    assert_eq!(Since { erased: true, ..merged }.status(today), Status::Erased);
    assert!(Status::Leaving { on: today }.is_there() && !Status::Left { on: today }.is_there());
}

#[test]
fn one_leaves_today_or_within_a_year_and_once() {
    let today = day(2026, 12, 1);
    assert_eq!(may_leave(Status::Active, today, today), Ok(()));
    assert_eq!(may_leave(Status::Active, day(2026, 11, 30), today), Err(Mistake::DayTooEarly { first: today }));
    assert_eq!(may_leave(Status::Active, day(2028, 1, 1), today), Err(Mistake::DayTooLate { last: day(2027, 12, 2) }));
    let on = day(2027, 1, 1);
    assert_eq!(may_leave(Status::Leaving { on }, on, today), Err(Mistake::AlreadyLeaving { on }));
    assert_eq!(may_leave(Status::Left { on: today }, on, today), Err(Mistake::NotThere));
}

#[test]
fn a_newcomer_sees_how_far_they_are_and_the_office_sees_who_is_stuck() {
    let now = at("2026-12-01T07:00:00Z");
    let newcomer = Newcomer {
        requested_on: day(2026, 11, 20),
        presented_on: Some(day(2026, 11, 10)),
        paid_on: Some(day(2026, 11, 20)),
        signed_in_on: None,
        chosen_on: None,
        first_shift: None,
        worked_on: None,
        sponsor: None,
        learnt: false,
    };
    let way = arriving(&newcomer, "Par la porte du magasin.", now);
    let done: Vec<Step> = way.stages.iter().filter(|stage| stage.done).map(|stage| stage.step).collect();
    assert_eq!(done, [Step::Presentation, Step::Request, Step::Share]);
    assert_eq!((way.next, way.since, way.stuck), (Some(Step::Account), day(2026, 11, 20), false));
    assert_eq!(way.welcome, "Par la porte du magasin.");
    // Fifteen days without anything.
    let later = arriving(&newcomer, "", at("2026-12-05T07:00:00Z"));
    assert!(later.stuck);
    // Whoever has a shift to come to is waited for.
    let first = FirstShift {
        shift: ShiftId(Uuid::from_u128(1)),
        starts_at: at("2026-12-20T08:00:00Z"),
        ends_at: at("2026-12-20T11:00:00Z"),
    };
    let waits = Newcomer { first_shift: Some(first), ..newcomer.clone() };
    assert!(!arriving(&waits, "", at("2026-12-10T07:00:00Z")).stuck);
    assert!(arriving(&waits, "", at("2026-12-21T07:00:00Z")).stuck, "they did not come");
    let whole = Newcomer {
        signed_in_on: Some(day(2026, 11, 21)),
        chosen_on: Some(day(2026, 11, 22)),
        worked_on: Some(day(2026, 11, 28)),
        learnt: true,
        ..newcomer
    };
    let way = arriving(&whole, "", at("2027-06-01T07:00:00Z"));
    assert_eq!((way.next, way.stuck), (None, false), "whoever has arrived is never stuck");
}

#[test]
fn three_seats_are_proposed_where_people_lack_most_each_another_day_or_hour() {
    let seat = |template: u128, weekday, hour, held, skill: Option<&str>, lead| OpenSeat {
        template: TemplateId(Uuid::from_u128(template)),
        position: 1,
        week: CycleWeek::from_index(0).unwrap(),
        weekday,
        from: clock(hour, 0),
        to: clock(hour + 3, 0),
        skill: skill.and_then(Skill::parse),
        lead,
        held,
        seats: 5,
    };
    use chrono::Weekday::{Fri, Mon, Thu, Wed};
    let open = [
        seat(1, Mon, 9, 0, None, true),
        seat(2, Mon, 9, 1, None, false),
        seat(3, Mon, 12, 1, None, false),
        seat(4, Thu, 9, 2, None, false),
        seat(5, Wed, 15, 3, None, false),
        seat(6, Fri, 18, 0, Some("fromage"), false),
    ];
    let of = |skills: &[&str]| -> Vec<u128> {
        let skills: BTreeSet<Skill> = skills.iter().filter_map(|skill| Skill::parse(skill)).collect();
        proposed(&open, &skills).iter().map(|seat| seat.template.0.as_u128()).collect()
    };
    // Not the lead's, not what is not learnt; first where day and hour are both new.
    assert_eq!(of(&[]), [2, 5, 3]);
    assert_eq!(of(&["fromage"]), [6, 2, 5]);
    assert!(proposed(&[], &BTreeSet::new()).is_empty());
}

#[test]
fn people_who_may_be_one_are_found_however_they_are_spelt() {
    let people = [
        person(1, "Jean-Paul", "DUPONT", "jp@exemple.fr", Some("06 11 22 33 44")),
        person(2, "Dupont", "Jean Paul", "", None),
        person(3, "Anne", "Mercier", "mercier@exemple.fr", None),
        person(4, "Bruno", "Mercier", "mercier@exemple.fr", None),
        person(5, "ANNE", "Durand", "mercier@exemple.fr", Some("06 11 22 33 44")),
    ];
    let pairs: Vec<(i32, i32, Vec<Alike>)> = duplicates(&people)
        .into_iter()
        .map(|pair| {
            let number = |id: MemberId| people.iter().find(|person| person.id == id).unwrap().number;
            (number(pair.first), number(pair.second), pair.alike)
        })
        .collect();
    assert_eq!(pairs, [(1, 2, vec![Alike::Name]), (3, 5, vec![Alike::Email])]);
    let shared = shared_addresses(&people, &BTreeSet::new());
    assert_eq!(shared, [("mercier@exemple.fr".to_owned(), vec![id(3), id(4), id(5)])]);
    assert!(shared_addresses(&people, &["mercier@exemple.fr".to_owned()].into()).is_empty(), "it was said that it is so");
}

#[test]
fn waves_write_to_each_address_once_and_leave_those_alone_who_have_a_mail_on_its_way() {
    let invitable = |number: u128, email: &str, welcomed: Option<Welcomed>, waits| Invitable {
        id: id(number),
        number: i32::try_from(number).unwrap(),
        first_name: "Marie".into(),
        last_name: "Blanc".into(),
        email: email.into(),
        welcomed,
        waits,
    };
    let now = at("2026-12-01T07:00:00Z");
    let before = Some(Welcomed { due_at: now, sent_at: Some(now) });
    let people = [
        invitable(1, "a@exemple.fr", None, false),
        invitable(2, "b@exemple.fr", None, false),
        invitable(3, "a@exemple.fr", None, false),
        invitable(4, "", None, false),
        invitable(5, "c@exemple.fr", before, false),
        invitable(6, "d@exemple.fr", None, true),
        invitable(7, "e@exemple.fr", None, false),
    ];
    let plan = WavePlan { size: 2, from: day(2026, 12, 2), again: false };
    let planned = waves(&people, plan, now);
    let told: Vec<(i16, Vec<MemberId>)> = planned.iter().map(|wave| (wave.number, wave.people.clone())).collect();
    assert_eq!(told, [(1, vec![id(1), id(3), id(2)]), (2, vec![id(7)])]);
    assert_eq!(planned[0].due_at, at("2026-12-02T09:00:00Z"), "ten o'clock in Paris");
    assert_eq!(planned[1].due_at, at("2026-12-03T09:00:00Z"));
    let again = waves(&people, WavePlan { again: true, ..plan }, now);
    assert_eq!(again.iter().map(|wave| wave.people.len()).sum::<usize>(), 5);
    // One that would have left this morning leaves now.
    let today = waves(&people, WavePlan { from: day(2026, 12, 1), ..plan }, at("2026-12-01T15:00:00Z"));
    assert_eq!(today[0].due_at, at("2026-12-01T15:00:00Z"));
    let wrong = WavePlan::read(&fields(&[("size", "0"), ("from", "hier")]), day(2026, 12, 1)).unwrap_err();
    assert_eq!(wrong, [Mistake::AmountMissing, Mistake::DayMissing]);
}

#[test]
fn a_card_is_kept_as_it_is_meant_and_everything_wrong_is_said_at_once() {
    let known: BTreeSet<Skill> = Skill::parse("caisse").into_iter().collect();
    let today = day(2026, 12, 1);
    let typed = fields(&[
        ("first_name", "  Zoé "),
        ("last_name", "Le  Goff"),
        ("email", " Zoe.LeGoff@Exemple.FR "),
        ("phone", "+33612345678"),
        ("address", "12 rue du Lac"),
        ("rhythm", "regular"),
        ("joined_on", "2026-11-30"),
        ("skills", "caisse"),
    ]);
    let written = Written::read(&typed, &known, today).unwrap();
    assert_eq!((written.first_name.as_str(), written.last_name.as_str()), ("Zoé", "Le Goff"));
    assert_eq!((written.email.as_str(), written.phone.as_deref()), ("zoe.legoff@exemple.fr", Some("06 12 34 56 78")));
    assert_eq!((written.rhythm, written.skills.len()), (Rhythm::Regular, 1));
    // Typed again as it is kept, it is the same.
    let again = Fields(written.typed().into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    assert_eq!(Written::read(&again, &known, today).unwrap(), written);
    let other = Written { phone: None, email: String::new(), ..written.clone() };
    assert_eq!(written.differing(&other), [Part::Email, Part::Phone]);
    let wrong =
        fields(&[("first_name", "!"), ("email", "zoe@"), ("phone", "12"), ("joined_on", "2015-01-01"), ("skills", "magie")]);
    assert_eq!(
        Written::read(&wrong, &known, today).unwrap_err(),
        [
            Mistake::FirstNameMissing,
            Mistake::LastNameMissing,
            Mistake::EmailUnreadable,
            Mistake::PhoneUnreadable,
            Mistake::RhythmMissing,
            Mistake::UnknownSkill,
            Mistake::DayTooEarly { first: day(2016, 1, 1) },
        ]
    );
    assert_eq!(typed_why(&"x".repeat(501)), Err(Mistake::TextTooLong { cap: 500, long: 501 }));
}

#[test]
fn a_phone_number_is_the_same_however_it_is_written() {
    for typed in ["0612345678", "06.12.34.56.78", "+33 6 12 34 56 78", "0033 (0)612345678", "612345678", "06-12-34-56-78"] {
        assert_eq!(phone_number(typed).as_deref(), Some("06 12 34 56 78"), "{typed}");
    }
    assert_eq!(phone_number("+41 22 345 67 89").as_deref(), Some("+41223456789"));
    for wrong in ["", "06", "06 12 34 56 7", "062345678901", "téléphone", "+33 12"] {
        assert_eq!(phone_number(wrong), None, "{wrong}");
    }
}

fn line(number: u128, first: &str, last: &str) -> Line {
    Line {
        id: id(number),
        number: i32::try_from(number).unwrap(),
        first_name: first.into(),
        last_name: last.into(),
        email: format!("{}@exemple.fr", first.to_lowercase()),
        phone: Some("06 12 34 56 78".into()),
        status: Status::Active,
        rhythm: Rhythm::Floating,
        employee: false,
        share: Paid::Whole,
        insured: true,
        signed_in: true,
        next: None,
        stuck: false,
        erasing: false,
    }
}

#[test]
fn the_list_is_searched_by_name_number_address_or_phone_and_cut_down_to_those_who_need_something() {
    let mut lines = vec![line(12, "Zoé", "Le Goff"), line(13, "Karim", "Benali"), line(120, "Léa", "Girard")];
    lines[1].insured = false;
    lines[1].share = Paid::Partly { left: Cents(5_000) };
    lines[2].status = Status::Left { on: day(2026, 1, 1) };
    lines[2].share = Paid::ToRefund { cents: Cents(10_000) };
    let numbers = |filter, typed: &str| found(&lines, filter, typed).iter().map(|line| line.number).collect::<Vec<_>>();
    assert_eq!(numbers(Filter::There, ""), [12, 13]);
    assert_eq!(numbers(Filter::There, "zoe goff"), [12]);
    assert_eq!(numbers(Filter::All, "n° 120"), [120]);
    assert_eq!(numbers(Filter::There, "karim@exemple"), [13]);
    assert_eq!(numbers(Filter::All, "34 56"), [12, 13, 120]);
    assert_eq!(numbers(Filter::Uninsured, ""), [13]);
    assert_eq!(numbers(Filter::ShareDue, ""), [13]);
    assert_eq!(numbers(Filter::ToRefund, ""), [120]);
    assert_eq!(numbers(Filter::All, "personne"), Vec::<i32>::new());
    for filter in Filter::ALL {
        assert_eq!(Filter::named(filter.slug()), filter);
    }
    let many: Vec<Line> = (1..=120).map(|number| line(number, "Marie", "Blanc")).collect();
    let desk = Desk::of(at("2026-12-01T07:00:00Z"), &many, (Filter::There, "", 3), 0);
    assert_eq!((desk.pages(), desk.page, desk.lines.len()), (3, 3, 120 - 2 * PAGE_LINES));
    let beyond = Desk::of(at("2026-12-01T07:00:00Z"), &many, (Filter::There, "", 99), 0);
    assert_eq!(beyond.page, 3);
}

#[test]
fn one_changes_ones_own_number_and_what_is_not_there_is_not_shown() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille");
    let contact = |phone: &str, show_phone| Command::SetContact { phone: phone.into(), show_phone, show_email: true };
    assert_eq!(coop.does("Camille", contact("douze", true)).unwrap_err(), Reason::BadPhone);
    let came = coop.does("Camille", contact("", true)).unwrap();
    let effects = format!("{:?}", came.effects.list);
    assert!(effects.contains("phone: None, show_phone: false, show_email: true"), "{effects}");
    let came = coop.does("Camille", contact("0612345678", true)).unwrap();
    let effects = format!("{:?}", came.effects.list);
    assert!(effects.contains("06 12 34 56 78") && effects.contains("show_phone: true"), "{effects}");
}

#[test]
fn erasure_is_asked_once_and_may_be_taken_back() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille");
    let erasure = ErasureId(Uuid::from_u128(1));
    let ask = |word: &str| Command::AskErasure { erasure, word: word.into() };
    assert_eq!(coop.does("Camille", ask(&"x".repeat(501))).unwrap_err(), Reason::NoteTooLong { cap: 500 });
    coop.does("Camille", ask("Je déménage")).unwrap();
    let asked_at = coop.now;
    assert_eq!(coop.does("Camille", ask("")).unwrap_err(), Reason::ErasureAsked { at: asked_at });
    let other = Command::WithdrawErasure { erasure: ErasureId(Uuid::from_u128(2)) };
    assert_eq!(coop.does("Camille", other).unwrap_err(), Reason::UnknownRequest);
    coop.does("Camille", Command::WithdrawErasure { erasure }).unwrap();
    coop.does("Camille", ask("")).unwrap();
}
