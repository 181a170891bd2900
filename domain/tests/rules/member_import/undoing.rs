//! What is approved is done as a whole, and taken back exactly, but for what somebody did since.

use std::collections::BTreeSet;

use domain::register::import::{
    Answers, Diff, Field, Given, Incoming, Mapping, Plan, Question, Register, SharedAs, Since, Write, diff, read,
};
use proptest::prelude::*;

use super::{KARIM, ZOE, diff_of, file, id, ids, plan_of, table, today, two_members};

const MARIE: &str = "14;Blanc;Marie;marie@exemple.fr;;02/11/2026;;";

/// Zoé has another phone, and Marie comes.
fn plan() -> Plan {
    let moved = ZOE.replace("06 12 34 56 78", "07 12 34 56 78");
    diff_of(&two_members(), &file(&[&moved, KARIM, MARIE])).plan(ids(200)).expect("nothing to be answered")
}

#[test]
fn an_import_taken_back_leaves_the_register_as_it_was() {
    let before = two_members();
    let after = plan().applied(&before).expect("the register that it was made for");
    let undo = plan().undo(&after);
    assert_eq!((undo.since, undo.plan.applied(&after)), (Vec::new(), Ok(before)));
}

#[test]
fn what_somebody_changed_since_stays_and_is_named() {
    let mut now = plan().applied(&two_members()).expect("the register that it was made for");
    now.get_mut(&id(100)).expect("Zoé").facts.phone = None;
    now.get_mut(&id(200)).expect("Marie").facts.address = "2 rue X".into();
    let undo = plan().undo(&now);
    assert_eq!(undo.plan, Plan::default());
    let zoe = Since { id: id(100), name: "Zoé Le Goff".into(), fields: vec![Field::Phone] };
    let marie = Since { id: id(200), name: "Marie Blanc".into(), fields: Vec::new() };
    assert_eq!(undo.since, [zoe, marie]);
}

#[test]
fn a_new_member_who_has_done_something_stays() {
    let mut now = plan().applied(&two_members()).expect("the register that it was made for");
    now.get_mut(&id(200)).expect("Marie").there = false;
    let undo = plan().undo(&now);
    assert!(undo.plan.writes.iter().all(|write| !matches!(write, Write::Remove { .. })));
    assert_eq!(undo.since.len(), 1);
}

#[test]
fn whoever_is_no_more_on_a_card_of_their_own_is_named_as_they_came() {
    let mut now = plan().applied(&two_members()).expect("the register that it was made for");
    // Zoé's card, and Marie's, are part of others by now.
    now.remove(&id(100));
    now.remove(&id(200));
    let undo = plan().undo(&now);
    let names: Vec<&str> = undo.since.iter().map(|since| since.name.as_str()).collect();
    assert_eq!((undo.plan, names), (Plan::default(), vec!["", "Marie Blanc"]));
}

/// One row out of few people, numbers and addresses, so that they often meet.
fn drawn() -> impl Strategy<Value = String> {
    let who = (prop::option::of(1u8..6), 0u8..3, 0u8..3);
    let said = (prop::option::of(0u8..4), prop::option::of(0u8..3), any::<bool>());
    (who, said).prop_map(|((number, first, last), (email, phone, share))| {
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let email = email.map(|email| format!("e{email}@exemple.fr")).unwrap_or_default();
        let phone = phone.map(|phone| format!("06 00 00 00 0{phone}")).unwrap_or_default();
        let first = ["Zoé", "Karim", "Léa"][usize::from(first)];
        let last = ["Blanc", "Noir", "Gris"][usize::from(last)];
        format!("{number};{last};{first};{email};{phone};01/02/2020;{};", if share { "100" } else { "" })
    })
}

/// Rows without anybody twice.
fn rows_of(drawn: &[String]) -> Vec<Incoming> {
    let mut kept: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for row in drawn {
        kept.push(row);
        let table = table(super::HEADER, &kept);
        let columns = Mapping::guessed(&table.header).columns(&table.header).expect("the columns that are needed");
        match read(&table, &columns, today()) {
            Ok(read) => rows = read,
            Err(_) => drop(kept.pop()),
        }
    }
    rows
}

/// Somebody says yes to the first candidate, or no; and that addresses are a household's, or the first one's.
fn answered(register: &Register, rows: &[Incoming], yes: bool) -> Diff {
    let (mut answers, settled) = (Answers::default(), BTreeSet::new());
    loop {
        let diff = diff(&Given { register, rows, answers: &answers, settled: &settled, gone: &BTreeSet::new(), today: today() });
        if diff.questions.is_empty() {
            return diff;
        }
        for question in &diff.questions {
            match question {
                // Whom somebody named before is no more to be had.
                Question::Same { line, people, .. } => {
                    let first = people[0].0;
                    let free = !answers.people.values().any(|known| *known == Some(first));
                    answers.people.insert(*line, Some(first).filter(|_| yes && free));
                }
                Question::Shared { email, .. } => {
                    let how = if yes { SharedAs::Household } else { SharedAs::FirstOnly };
                    answers.addresses.insert(email.clone(), how);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_the_file_it_is_done_as_a_whole_and_undone_exactly(
        kept in prop::collection::vec(drawn(), 0..6),
        file in prop::collection::vec(drawn(), 0..8),
        yes in any::<bool>(),
    ) {
        let first = answered(&Register::new(), &rows_of(&kept), yes);
        let before = plan_of(&first).applied(&Register::new()).expect("nobody was there");
        let diff = answered(&before, &rows_of(&file), yes);
        let plan = diff.plan(ids(1000)).expect("nothing to be answered");
        let after = plan.applied(&before).expect("the register that it was made for");
        let numbers: BTreeSet<i32> = after.values().map(|kept| kept.facts.number).collect();
        prop_assert_eq!(numbers.len(), after.len(), "two have one number");
        for (id, kept) in &before {
            prop_assert!(kept.facts.share.is_none() || after[id].facts.share == kept.facts.share, "a share became another");
        }
        let undo = plan.undo(&after);
        prop_assert!(undo.since.is_empty());
        prop_assert_eq!(undo.plan.applied(&after), Ok(before));
    }
}
