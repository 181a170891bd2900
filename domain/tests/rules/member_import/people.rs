//! Whom a row is about, and who stands behind an address, is asked where the file does not say.

use std::collections::BTreeSet;

use domain::register::Alike;
use domain::register::import::{Answers, Question, Register, SharedAs, Table, Warning};

use super::{KARIM, ZOE, diff_of, diff_with, file, id, ids, plan_of, table, two_members, with_zoe};

const HEADER: &str = "Numéro de membre;Nom;Prénom;E-mail";
const THEIRS: &str = "mercier@exemple.fr";

fn couple() -> Table {
    table(HEADER, &["20;Mercier;Anne;mercier@exemple.fr", "21;Mercier;Bruno;mercier@exemple.fr"])
}

fn shared_as(how: SharedAs) -> Answers {
    Answers { addresses: [(THEIRS.to_owned(), how)].into(), ..Answers::default() }
}

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

#[test]
fn a_couple_behind_one_address_is_a_question_and_no_fault() {
    let diff = diff_of(&Register::new(), &couple());
    let lines = vec![(2, "Anne Mercier".to_owned()), (3, "Bruno Mercier".to_owned())];
    let question = Question::Shared { email: THEIRS.into(), lines, people: Vec::new() };
    assert_eq!(diff.questions, std::slice::from_ref(&question));
    assert_eq!(diff.plan(ids(100)), Err(vec![question]));
}

#[test]
fn a_household_shares_it_and_is_never_asked_again() {
    let diff = diff_with(&Register::new(), &couple(), &shared_as(SharedAs::Household), &none());
    assert_eq!(diff.shared, [THEIRS]);
    let register = plan_of(&diff).applied(&Register::new()).expect("nobody was there");
    assert!(register.values().all(|kept| kept.facts.email == THEIRS));
    let again = diff_with(&register, &couple(), &Answers::default(), &[THEIRS.to_owned()].into());
    assert!(again.is_empty() && again.warnings.is_empty() && again.same == 2, "{again:?}");
}

#[test]
fn or_it_is_the_first_ones_alone() {
    let diff = diff_with(&Register::new(), &couple(), &shared_as(SharedAs::FirstOnly), &none());
    assert_eq!(diff.warnings, [Warning::NoAddress { line: 3, name: "Bruno Mercier".into() }]);
    let register = plan_of(&diff).applied(&Register::new()).expect("nobody was there");
    assert_eq!((register[&id(100)].facts.email.as_str(), register[&id(101)].facts.email.as_str()), (THEIRS, ""));
    let again = diff_of(&register, &couple());
    assert!(again.is_empty(), "{again:?}");
    assert_eq!(again.warnings, [Warning::AddressKept { line: 3, name: "Bruno Mercier".into() }]);
}

#[test]
fn whoever_has_the_address_already_is_named() {
    let anne = table(HEADER, &["20;Mercier;Anne;mercier@exemple.fr"]);
    let register = plan_of(&diff_of(&Register::new(), &anne)).applied(&Register::new()).expect("nobody was there");
    let bruno = table(HEADER, &["21;Mercier;Bruno;mercier@exemple.fr"]);
    let lines = vec![(2, "Bruno Mercier".to_owned())];
    let question = Question::Shared { email: THEIRS.into(), lines, people: vec![id(100)] };
    assert_eq!(diff_of(&register, &bruno).questions, [question]);
    let diff = diff_with(&register, &bruno, &shared_as(SharedAs::FirstOnly), &none());
    assert_eq!((diff.new[0].facts.email.as_str(), diff.changed.len()), ("", 0), "whoever has it keeps it");
}

#[test]
fn of_the_address_of_whoever_left_nothing_is_asked() {
    let register = with_zoe(|kept| kept.there = false);
    let theirs = ZOE.replace("zoe@exemple.fr", "karim@exemple.fr");
    let diff = diff_of(&register, &file(&[&theirs, KARIM]));
    assert!(diff.is_empty(), "{diff:?}");
    assert_eq!(diff.warnings, [Warning::HasLeft { line: 2, name: "Zoé Le Goff".into() }]);
}

#[test]
fn somebody_of_that_name_with_another_address_is_asked_about() {
    let other = table(HEADER, &[";GOFF LE;Zoe;zoe.legoff@exemple.fr"]);
    let diff = diff_of(&two_members(), &other);
    let question = Question::Same { line: 2, name: "Zoe GOFF LE".into(), people: vec![(id(100), Alike::Name)] };
    assert_eq!(diff.questions, [question]);
    assert!(diff.new.is_empty() && diff.changed.is_empty(), "until somebody answers");

    let answer = |who| Answers { people: [(2, who)].into(), ..Answers::default() };
    let same = diff_with(&two_members(), &other, &answer(Some(id(100))), &none());
    assert_eq!((same.new.len(), same.changed.len()), (0, 1));
    let another = diff_with(&two_members(), &other, &answer(None), &none());
    assert_eq!((another.new.len(), another.changed.len(), another.new[0].facts.number), (1, 0, 14));
}

#[test]
fn a_member_is_found_by_number_address_or_name_and_never_taken_for_two() {
    let by_name = table("Nom;Prénom;Téléphone", &["Le Goff;Zoé;0712345678"]);
    assert_eq!(diff_of(&two_members(), &by_name).changed[0].id, id(100));
    // A new name behind the same address and first name: somebody married.
    let married = ZOE.replace("12;Le Goff", ";Durand");
    let diff = diff_of(&two_members(), &file(&[&married]));
    assert_eq!((diff.changed[0].id, diff.new.len()), (id(100), 0));
    // A number of somebody else is no proof.
    let stranger = table(HEADER, &["12;Blanc;Marie;marie@exemple.fr"]);
    assert!(diff_of(&two_members(), &stranger).changed.is_empty());
}

#[test]
fn a_namesake_behind_the_same_address_takes_nobodys_place_wherever_they_stand() {
    let namesake = "Durand;Zoé;zoe@exemple.fr";
    let theirs = "Le Goff;Zoé;zoe@exemple.fr";
    for rows in [[namesake, theirs], [theirs, namesake]] {
        let diff = diff_of(&two_members(), &table("Nom;Prénom;E-mail", &rows));
        assert!(diff.changed.is_empty(), "{diff:?}");
        assert_eq!((diff.same, diff.new.len()), (1, 1));
        assert!(matches!(&diff.questions[..], [Question::Shared { people, .. }] if people[..] == [id(100)]), "{diff:?}");
    }
}
