use domain::ledger::settings::{Draft, read_settings};
use domain::time::Cycle;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> Rules {
    Rules::on(Cycle::anchored_on(day("2026-11-23")).unwrap())
}

/// What a browser would post of the form as it stands.
fn posted(view: &ChangeView) -> Fields {
    let rows = view.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.fields);
    let fields = view.head.iter().chain(rows).filter(|field| field.kind != Kind::Tick || !field.value.is_empty());
    fields.map(|field| (field.name.clone(), field.value.clone())).collect()
}

fn with_why(mut fields: Fields) -> Fields {
    fields.retain(|(name, _)| name != "why");
    fields.push(("why".to_owned(), "vote".to_owned()));
    fields
}

#[test]
fn each_starting_point_can_be_saved_as_it_is() {
    let known = ready_made();
    assert_eq!(
        known.iter().map(|known| known.slug.as_str()).collect::<Vec<_>>(),
        ["une-due", "deux-dues", "alerte-sursis", "minute-avance"]
    );
    for start in known {
        let view = change_form(&rules(), &[], day("2026-11-28"), "", &start.slug);
        assert!(view.base.contains(&*nb(&start.title)), "{}", view.base);
        let read = read_settings(&with_why(posted(&view)), &[], day("2026-11-28")).unwrap();
        let wanted = Draft { policy: start.policy, from: day("2026-12-21"), why: "vote".to_owned() };
        assert_eq!(read, wanted, "{}", start.slug);
    }
}

#[test]
fn the_form_starts_on_the_next_cycles_monday_unless_another_day_is_asked_for() {
    let from = |asked: &str| change_form(&rules(), &[], day("2026-11-28"), asked, "").head[0].value.clone();
    assert_eq!(from(""), "2026-12-21");
    assert_eq!(from("2027-03-01"), "2027-03-01");
    for lost in ["2026-11-28", "hier", "99999-01-01"] {
        assert_eq!(from(lost), "2026-12-21", "{lost}");
    }
}

#[test]
fn nothing_that_was_typed_is_lost_and_each_mistake_stands_at_its_field() {
    let start = change_form(&rules(), &[], day("2026-11-28"), "", "deux-dues");
    let mut fields = with_why(posted(&start));
    for (name, value) in &mut fields {
        match name.as_str() {
            "due" => "une et demie".clone_into(value),
            "light_from" => "2027-07-05".clone_into(value),
            "light_to" => "2027-07-04".clone_into(value),
            _ => {}
        }
    }
    let wrong = read_settings(&fields, &[], day("2026-11-28")).unwrap_err();
    let view = posted_form(&Posted { fields: fields.clone(), step: Step::Try }, &wrong, &[]);
    let again = posted(&view);
    for field in &fields {
        assert!(again.contains(field), "{field:?} is lost");
    }
    let at: Vec<&str> = view.wrong.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(at, ["due", "light_to-0", "light_due-0"]);
    let open: Vec<&str> = view.sections.iter().filter(|section| section.open).map(|section| section.id.as_str()).collect();
    assert_eq!(open, ["cycle", "light"], "what is wrong is not folded away");
}

#[test]
fn one_more_row_is_given_for_the_asking_and_nothing_is_called_wrong_yet() {
    let start = change_form(&rules(), &[], day("2026-11-28"), "", "");
    let rows = |view: &ChangeView| view.sections.iter().find(|section| section.id == "light").unwrap().rows.len();
    let fields = posted(&start);
    let wrong = read_settings(&fields, &[], day("2026-11-28")).unwrap_err();
    let view = posted_form(&Posted { fields, step: Step::Grow }, &wrong, &[]);
    assert_eq!((rows(&start), rows(&view)), (1, 2));
    assert!(view.wrong.is_empty());
}
