//! Policies as the office types them: the four co-ops' by hand, any policy there and back, and
//! everything that cannot be meant, by the name of its field.

use chrono::{NaiveDate, NaiveTime, Weekday};
use domain::id::TemplateId;
use domain::ledger::settings::{
    Draft, Fields, LIGHT_CAP, Mistake, Wrong, read_amount, read_settings, slots, write_amount, write_settings,
};
use domain::ledger::{Absence, Ahead, Alarm, Counting, Credit, Light, Policy, Pot, TemplateCredit};
use domain::shifts::ShiftTemplate;
use domain::time::{CycleWeek, Days};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::policies::{bees, gestion_compte, la_louve, policy, troglo};
use crate::coop::day;

/// What an empty form of the product's own rules posts, over which somebody types.
const EMPTY: [(&str, &str); 18] = [
    ("from", "2027-01-18"),
    ("why", "vote du 28 novembre"),
    ("due", "1"),
    ("leave_min_d", "14"),
    ("counting", "shift"),
    ("a_shift", ""),
    ("owed", "1"),
    ("excused_owed", "1"),
    ("alert_from", ""),
    ("late_from", "2"),
    ("delay_d", "0"),
    ("alert_d", ""),
    ("grace_d", "0"),
    ("out_from", ""),
    ("ahead_cap", ""),
    ("owed_cap", ""),
    ("draws_a_year", "2"),
    ("pot_floor", "0"),
];

/// Names and values, as somebody types them over it.
type Typed<'a> = &'a [(&'a str, &'a str)];
type Refused<'a> = (Typed<'a>, &'a str, Mistake);

fn form(typed: &[(&str, &str)]) -> Fields {
    let over = |name: &str| typed.iter().any(|(known, _)| *known == name);
    let kept = EMPTY.iter().filter(|(name, _)| !over(name));
    kept.chain(typed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn today() -> NaiveDate {
    day(2026, 11, 28)
}

fn read(typed: &[(&str, &str)]) -> Result<Draft, Vec<Wrong>> {
    read_settings(&form(typed), &saturday_and_evening(), today())
}

/// Saturday morning in each week of the cycle, and a Friday evening in week B.
fn saturday_and_evening() -> Vec<ShiftTemplate> {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let template = |id: u128, week, weekday, from: u32| ShiftTemplate {
        id: TemplateId(Uuid::from_u128(id)),
        week,
        weekday,
        from: hour(from),
        to: hour(from + 3),
        minimum: 2,
        tasks: Vec::new(),
        seats: Vec::new(),
    };
    let mut templates = vec![template(9, CycleWeek::B, Weekday::Fri, 18)];
    templates.extend(CycleWeek::ALL.iter().zip(1..).map(|(week, id)| template(id, *week, Weekday::Sat, 9)));
    templates
}

#[test]
fn the_policies_of_four_co_ops_are_typed_without_code() {
    let cases: [(&str, Value, Typed<'_>); 4] = [
        ("Troglo", troglo(), &[("owed_cap", "2")]),
        (
            "La Louve",
            la_louve(),
            &[("owed", "2"), ("lead_may_reduce", "true"), ("late_from", "4"), ("alert_d", "28"), ("out_from", "3")],
        ),
        (
            "BEES",
            bees(),
            &[
                ("owed", "2"),
                ("lead_may_reduce", "true"),
                ("late_from", "5"),
                ("alert_d", "28"),
                ("grace_d", "10"),
                ("out_from", "4,0"),
            ],
        ),
        (
            "gestion-compte",
            gestion_compte(),
            &[
                ("counting", "minutes"),
                ("a_shift", "180"),
                ("alert_from", "9 h 01"),
                ("late_from", "541 min"),
                ("ahead_cap", "0"),
                ("saved", "true"),
            ],
        ),
    ];
    for (co_op, wanted, typed) in cases {
        let draft = read(typed).unwrap_or_else(|wrong| panic!("{co_op}: {wrong:?}"));
        assert_eq!(draft.policy, policy(wanted), "{co_op}");
        assert_eq!((draft.from, draft.why.as_str()), (day(2027, 1, 18), "vote du 28 novembre"));
    }
}

#[test]
fn what_cannot_be_meant_is_said_of_the_field_it_is_in() {
    use Mistake::*;
    let high = Credit::shifts(50);
    #[rustfmt::skip]
    let cases: Vec<Refused<'_>> = vec![
        (&[("due", "")], "due", Missing),
        (&[("due", "  ")], "due", Missing),
        (&[("due", "une")], "due", NotANumber),
        (&[("due", "1,5,2")], "due", NotANumber),
        (&[("due", "1e3")], "due", NotANumber),
        (&[("due", "1/0")], "due", NotANumber),
        (&[("due", "99999999999999999999")], "due", NotANumber),
        (&[("due", "-1")], "due", Negative),
        (&[("due", "−1")], "due", Negative),
        (&[("due", "9")], "due", MostAmount(Credit::shifts(8))),
        (&[("due", "0,33")], "due", NotWhole),
        (&[("due", "3 h")], "due", NotByTheClock),
        (&[("late_from", "0")], "late_from", LeastAmount(Credit(1))),
        (&[("late_from", "51")], "late_from", MostAmount(high)),
        (&[("late_from", "1"), ("alert_from", "2")], "late_from", LateBeforeAlert),
        (&[("alert_from", "-2")], "alert_from", Negative),
        (&[("out_from", "beaucoup")], "out_from", NotANumber),
        (&[("owed_cap", "0")], "owed_cap", LeastAmount(Credit(1))),
        (&[("ahead_cap", "1,")], "ahead_cap", NotANumber),
        (&[("pot_floor", "")], "pot_floor", Missing),
        (&[("leave_min_d", "0")], "leave_min_d", Least(1)),
        (&[("leave_min_d", "29")], "leave_min_d", Most(28)),
        (&[("leave_min_d", "14,5")], "leave_min_d", NotANumber),
        (&[("delay_d", "99999999999")], "delay_d", Most(366)),
        (&[("delay_d", "-3")], "delay_d", Negative),
        (&[("alert_d", "367")], "alert_d", Most(366)),
        (&[("grace_d", "dix")], "grace_d", NotANumber),
        (&[("owed", "5")], "owed", Most(4)),
        (&[("excused_owed", "2")], "excused_owed", Most(1)),
        (&[("draws_a_year", "53")], "draws_a_year", Most(52)),
        (&[("counting", "")], "counting", Missing),
        (&[("counting", "weeks")], "counting", NotOffered),
        (&[("counting", "minutes")], "a_shift", Missing),
        (&[("counting", "minutes"), ("a_shift", "0")], "a_shift", Least(15)),
        (&[("from", "")], "from", Missing),
        (&[("from", "18/01/2027")], "from", NotADate),
        (&[("from", "2027-02-30")], "from", NotADate),
        (&[("from", "2127-01-18")], "from", FarAway),
        (&[("from", "2026-11-28")], "from", TooEarly(day(2026, 11, 29))),
        (&[("why", " ")], "why", Missing),
        (&[("credit-6-0900-1200", "-1")], "credit-6-0900-1200", Negative),
        (&[("credit-6-0900-1200-C", "9")], "credit-6-0900-1200-C", MostAmount(Credit::shifts(8))),
        (&[("light_from", "2027-07-05"), ("light_to", "2027-07-04"), ("light_due", "0")], "light_to.0", Reversed),
        (&[("light_from", "2027-07-05"), ("light_to", "2028-07-05"), ("light_due", "0")], "light_to.0", Most(366)),
        (&[("light_from", "2027-07-05"), ("light_to", ""), ("light_due", "0")], "light_to.0", Missing),
        (&[("light_from", "juillet"), ("light_to", "2027-07-05"), ("light_due", "0")], "light_from.0", NotADate),
        (&[("light_from", "2027-07-05"), ("light_to", "2027-07-05"), ("light_due", "")], "light_due.0", Missing),
        (&[("light_from", "2027-07-05"), ("light_to", "2027-07-05"), ("light_due", "0"), ("light_owed", "5")], "light_owed.0", Most(4)),
    ];
    for (typed, field, mistake) in cases {
        assert_eq!(read(typed), Err(vec![Wrong { field: field.to_owned(), mistake }]), "{typed:?}");
    }
    let long = "x".repeat(501);
    assert_eq!(read(&[("why", &long)]), Err(vec![Wrong { field: "why".into(), mistake: TooLong(500) }]));
}

#[test]
fn every_wrong_field_is_said_at_once() {
    let wrong = read(&[("due", "x"), ("why", ""), ("grace_d", "-1")]).unwrap_err();
    let fields: Vec<&str> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(fields, ["why", "due", "grace_d"]);
}

#[test]
fn a_row_of_light_days_that_is_left_empty_is_none_and_the_next_one_is_read() {
    let rows = [["", "", "", "", ""], ["2027-07-05", "2027-08-29", "1/3", "0", "été"]];
    let names = ["light_from", "light_to", "light_due", "light_owed", "light_why"];
    let typed: Vec<(&str, &str)> = rows.iter().flat_map(|row| names.into_iter().zip(*row)).collect();
    let days = Days { from: day(2027, 7, 5), to: day(2027, 8, 29) };
    let wanted = Light { days, due: Credit(60), owed: Some(0), why: "été".to_owned() };
    assert_eq!(read(&typed).unwrap().policy.light, [wanted]);
    let reversed: Vec<_> =
        typed.into_iter().map(|(name, value)| (name, if value == "2027-08-29" { "2027-07-01" } else { value })).collect();
    assert_eq!(read(&reversed).unwrap_err()[0].field, "light_to.1", "it is said of the row that it is in");
}

#[test]
fn more_than_forty_light_times_are_refused() {
    let one = [("light_from", "2027-07-05"), ("light_to", "2027-07-06"), ("light_due", "0")];
    let times = |count: usize| one.repeat(count);
    assert_eq!(read(&times(LIGHT_CAP)).unwrap().policy.light.len(), LIGHT_CAP);
    let wrong = vec![Wrong { field: "light".into(), mistake: Mistake::TooMany(LIGHT_CAP) }];
    assert_eq!(read(&times(LIGHT_CAP + 1)), Err(wrong));
}

#[test]
fn a_slot_counts_the_same_in_every_week_or_each_has_its_field() {
    let templates = saturday_and_evening();
    let names: Vec<String> = slots(&templates).iter().map(domain::ledger::settings::Slot::field).collect();
    assert_eq!(names, ["credit-5-1800-2100", "credit-6-0900-1200"]);
    let all = read(&[("credit-6-0900-1200", "1,5")]).unwrap().policy.credits;
    assert_eq!(all.iter().map(|known| known.credit.0).collect::<Vec<_>>(), [270; 4]);
    let one = read(&[("credit-6-0900-1200-A", ""), ("credit-6-0900-1200-C", "2")]).unwrap().policy.credits;
    assert_eq!(one, [TemplateCredit { template: TemplateId(Uuid::from_u128(3)), credit: Credit::shifts(2) }]);
    let written = write_settings(&Policy { credits: one, ..Policy::default() }, &templates);
    assert!(
        written.contains(&("credit-6-0900-1200-C".into(), "2".into()))
            && written.contains(&("credit-6-0900-1200-B".into(), String::new()))
    );
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let clock = Counting::Minutes { a_shift: 165 };
    let cases = [
        ("1", Counting::Shift, Ok(180)),
        ("1,5", Counting::Shift, Ok(270)),
        (" 1.50 ", Counting::Shift, Ok(270)),
        ("0,05", Counting::Shift, Ok(9)),
        ("1/3", Counting::Shift, Ok(60)),
        ("2 h 45", clock, Ok(180)),
        ("5h30min", clock, Ok(360)),
        ("165 min", clock, Ok(180)),
        ("1\u{202f}h", Counting::Minutes { a_shift: 180 }, Ok(60)),
        ("1 h", clock, Err(Mistake::NotWhole)),
        ("h", clock, Err(Mistake::NotANumber)),
        ("1/", Counting::Shift, Err(Mistake::NotANumber)),
        (",5", Counting::Shift, Err(Mistake::NotANumber)),
    ];
    for (text, counting, wanted) in cases {
        assert_eq!(read_amount(text, counting), wanted.map(Credit), "{text}");
    }
}

fn amounts(most: i32) -> impl Strategy<Value = Credit> {
    (0..=most * 180).prop_map(Credit)
}

fn light() -> impl Strategy<Value = Light> {
    (0..300_u64, 0..60_u64, amounts(8), option::of(0..=4_u8), "[a-zé]{0,12}").prop_map(|(from, long, due, owed, why)| {
        let from = domain::time::plus_days(day(2027, 1, 1), from);
        Light { days: Days { from, to: domain::time::plus_days(from, long) }, due, owed, why }
    })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let absence = (0..=4_u8, any::<bool>(), 0..=1_u8).prop_map(|(owed, lead_may_reduce, excused_owed)| Absence {
        owed,
        lead_may_reduce,
        excused_owed,
    });
    let alarm = (1..2000_i32, 0..4000_i32, 0..=366_u16, option::of(0..=366_u16), 0..=366_u16, option::of(1..9000_i32)).prop_map(
        |(alert, more, delay_d, alert_d, grace_d, out)| Alarm {
            alert_from: Credit(alert),
            late_from: Credit(alert + more),
            delay_d,
            alert_d,
            grace_d,
            out_from: out.map(Credit),
        },
    );
    let ahead = (option::of(amounts(50)), any::<bool>()).prop_map(|(cap, saved)| Ahead { cap, saved });
    let pot = (any::<bool>(), 0..=52_u8, amounts(1000)).prop_map(|(open, draws_a_year, floor)| Pot { open, draws_a_year, floor });
    let counting =
        option::of(15..=720_u16).prop_map(|a_shift| a_shift.map_or(Counting::Shift, |a_shift| Counting::Minutes { a_shift }));
    let credits = vec(option::of(amounts(8)), 5);
    let cap = option::of((1..9000_i32).prop_map(Credit));
    (amounts(8), vec(light(), 0..4), 1..=28_u16, counting, credits, absence, alarm, (ahead, cap, pot)).prop_map(
        |(due, light, leave_min_d, counting, credits, absence, alarm, (ahead, owed_cap, pot))| {
            let templates = saturday_and_evening();
            let credits = templates
                .iter()
                .zip(credits)
                .filter_map(|(template, credit)| Some(TemplateCredit { template: template.id, credit: credit? }));
            Policy { due, light, leave_min_d, counting, credits: credits.collect(), absence, alarm, ahead, owed_cap, pot }
        },
    )
}

proptest! {
    #[test]
    fn any_policy_is_written_into_the_form_and_read_from_it_as_it_was(policy in any_policy()) {
        let templates = saturday_and_evening();
        let mut fields = write_settings(&policy, &templates);
        fields.push(("from".into(), "2027-01-18".into()));
        fields.push(("why".into(), "vote".into()));
        let read = read_settings(&fields, &templates, today());
        prop_assert_eq!(read.map(|draft| draft.policy), Ok(policy));
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_and_what_is_read_may_be_set(typed in vec(("[a-z_]{2,12}(\\.[0-9])?", "\\PC{0,12}"), 0..12), due in "\\PC{0,8}") {
        let mut fields = form(&[("due", &due)]);
        fields.extend(typed);
        if let Ok(draft) = read_settings(&fields, &saturday_and_evening(), today()) {
            prop_assert_eq!(draft.policy.mistake(), None);
        }
    }

    #[test]
    fn an_amount_is_written_as_it_is_read(credit in amounts(60), a_shift in option::of(15..=720_u16)) {
        let counting = a_shift.map_or(Counting::Shift, |a_shift| Counting::Minutes { a_shift });
        prop_assert_eq!(read_amount(&write_amount(credit, counting), counting), Ok(credit));
    }
}
