//! A file of members, told by what the register says before and after.

mod columns;
mod faults;
mod people;
mod undoing;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::catalogue::Cents;
use domain::id::MemberId;
use domain::members::Rhythm;
use domain::register::import::{
    Answers, Change, Changed, Diff, Fact, Facts, Field, Given, Incoming, Kept, Mapping, Plan, Register, ShareFact, Table,
    Warning, diff, read, table as exported,
};
use uuid::Uuid;

use crate::coop::day;

pub fn id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

/// Numbers from there on.
pub fn ids(from: u128) -> impl FnMut() -> MemberId {
    let mut next = from;
    move || {
        next += 1;
        id(next - 1)
    }
}

pub fn today() -> NaiveDate {
    day(2026, 12, 1)
}

/// Cells are set apart by `;`, and nothing is quoted.
pub fn table(header: &str, rows: &[&str]) -> Table {
    let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
    Table { header: cells(header), rows: (2..).zip(rows).map(|(line, row)| (line, cells(row))).collect() }
}

pub fn rows_of(table: &Table) -> Vec<Incoming> {
    let columns = Mapping::guessed(&table.header).columns(&table.header).expect("the columns that are needed");
    read(table, &columns, today()).expect("rows without a fault")
}

pub fn diff_with(register: &Register, table: &Table, answers: &Answers, settled: &BTreeSet<String>) -> Diff {
    diff(&Given { register, rows: &rows_of(table), answers, settled, gone: &BTreeSet::new(), today: today() })
}

pub fn diff_of(register: &Register, table: &Table) -> Diff {
    diff_with(register, table, &Answers::default(), &BTreeSet::new())
}

pub fn plan_of(diff: &Diff) -> Plan {
    diff.plan(ids(100)).expect("nothing to be answered")
}

pub fn after(register: &Register, table: &Table) -> Register {
    plan_of(&diff_of(register, table)).applied(register).expect("the register that it was made for")
}

pub const HEADER: &str = "Numéro de membre;Nom;Prénom;E-mail;Téléphone;Date d’adhésion;Part sociale;Adhésion 2026";

pub const ZOE: &str = "12;Le Goff;Zoé;zoe@exemple.fr;06 12 34 56 78;13/12/2018;100;oui";
pub const KARIM: &str = "13;Benali;Karim;karim@exemple.fr;;01/03/2020;;";

pub fn file(rows: &[&str]) -> Table {
    table(HEADER, rows)
}

/// Zoé is 100, Karim 101.
pub fn two_members() -> Register {
    after(&Register::new(), &file(&[ZOE, KARIM]))
}

pub fn with_zoe(change: impl FnOnce(&mut Kept)) -> Register {
    let mut register = two_members();
    change(register.get_mut(&id(100)).expect("Zoé"));
    register
}

#[test]
fn whom_nobody_knows_is_new() {
    let wanted = Facts {
        number: 12,
        first_name: "Zoé".into(),
        last_name: "Le Goff".into(),
        email: "zoe@exemple.fr".into(),
        phone: Some("06 12 34 56 78".into()),
        address: String::new(),
        joined_on: day(2018, 12, 13),
        rhythm: Rhythm::Floating,
        share: Some(ShareFact { cents: Cents(10_000), paid: Cents(10_000), on: day(2018, 12, 13) }),
        years: [2026].into(),
    };
    assert_eq!(two_members()[&id(100)], Kept { facts: wanted, there: true });
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let diff = diff_of(&two_members(), &file(&[ZOE, KARIM]));
    assert!(diff.is_empty() && diff.warnings.is_empty(), "{diff:?}");
    assert_eq!((diff.rows, diff.same, diff.absent), (2, 2, 0));
    assert_eq!(plan_of(&diff), Plan::default());
}

#[test]
fn six_hundred_members_with_accents_are_brought_in_once() {
    let first = ["Zoé", "Jérôme", "Anaïs", "Loïc", "Hélène", "François", "Maëlle", "Benoît", "Gaëlle", "Çelik"];
    let row = |number: usize| {
        let name = first[number % 10];
        format!("{number};Lefèvre-Noël {number};{name};m{number}@exemple.fr;;13/12/2018;100,00;oui")
    };
    let rows: Vec<String> = (1..=600).map(row).collect();
    let file = file(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let diff = diff_of(&Register::new(), &file);
    assert_eq!((diff.rows, diff.new.len()), (600, 600));
    assert!(diff.questions.is_empty() && diff.warnings.is_empty());
    let register = plan_of(&diff).applied(&Register::new()).expect("nobody was there");
    let again = diff_of(&register, &file);
    assert!(again.is_empty());
    assert_eq!(again.same, 600);
}

#[test]
fn a_change_says_what_was_and_what_will_be() {
    let moved = ZOE.replace("06 12 34 56 78", "07 12 34 56 78");
    let diff = diff_of(&two_members(), &file(&[&moved, KARIM]));
    let change = Change { old: Fact::Phone(Some("06 12 34 56 78".into())), new: Fact::Phone(Some("07 12 34 56 78".into())) };
    let changed = Changed { id: id(100), line: 2, name: "Zoé Le Goff".into(), changes: vec![change] };
    assert_eq!((diff.changed, diff.same), (vec![changed], 1));
}

#[test]
fn an_empty_cell_empties_nothing_and_spelling_is_the_offices() {
    let bare = "12;LE GOFF;ZOE;;;;;";
    let diff = diff_of(&two_members(), &file(&[bare, KARIM]));
    assert!(diff.is_empty(), "{diff:?}");
}

#[test]
fn a_name_that_a_file_has_in_one_cell_stays_cut_as_the_office_cut_it() {
    let odoo = table("name;email", &["Anne Marie Durand;anne@exemple.fr"]);
    let mut register = after(&Register::new(), &odoo);
    let anne = &mut register.get_mut(&id(100)).expect("Anne Marie").facts;
    assert_eq!((anne.first_name.as_str(), anne.last_name.as_str()), ("Anne", "Marie Durand"));
    (anne.first_name, anne.last_name) = ("Anne Marie".into(), "Durand".into());
    assert!(diff_of(&register, &odoo).is_empty());
    // A file that has them apart knows better.
    let apart = table("Nom;Prénom;E-mail", &["Marie Durand;Anne;anne@exemple.fr"]);
    assert_eq!(diff_of(&register, &apart).changed.len(), 1);
}

#[test]
fn members_of_whom_a_file_says_nothing_stay_and_are_counted() {
    let diff = diff_of(&two_members(), &file(&[ZOE]));
    assert!(diff.is_empty());
    assert_eq!((diff.same, diff.absent), (1, 1));
}

#[test]
fn whoever_left_stays_as_they_were_and_whom_the_file_counts_out_is_left_out() {
    let register = with_zoe(|kept| kept.there = false);
    let moved = ZOE.replace("06 12 34 56 78", "07 12 34 56 78");
    let diff = diff_of(&register, &file(&[&moved, KARIM]));
    assert!(diff.is_empty());
    assert_eq!(diff.warnings, [Warning::HasLeft { line: 2, name: "Zoé Le Goff".into() }]);

    let file = table("Nom;Prénom;Actif", &["Blanc;Marie;non", "Noir;Paul;oui"]);
    let diff = diff_of(&Register::new(), &file);
    assert_eq!((diff.new.len(), diff.left_out), (1, 1));
}

#[test]
fn a_column_that_only_says_who_is_a_member_says_of_the_others_that_they_are_none() {
    let odoo = "cooperator_register_number;name;email;effective_cooperator";
    let of = |member: &str, other: &str| {
        let rows = [format!("12;BLANC, Marie;marie@exemple.fr;{member}"), format!("0;NOIR, Paul;paul@exemple.fr;{other}")];
        let diff = diff_of(&Register::new(), &table(odoo, &rows.each_ref().map(String::as_str)));
        (diff.new.len(), diff.left_out)
    };
    assert_eq!(of("True", ""), (1, 1));
    // Where it says both, or nothing at all, an empty cell says nothing.
    assert_eq!((of("", "False"), of("", "")), ((1, 1), (2, 0)));
}

#[test]
fn a_share_that_is_there_is_never_another_one() {
    let dearer = ZOE.replace(";100;", ";150;");
    let diff = diff_of(&two_members(), &file(&[&dearer, KARIM]));
    assert!(diff.is_empty(), "there is one share for a member");
    let differs = Warning::ShareDiffers { line: 2, name: "Zoé Le Goff".into(), file: Cents(15_000), ours: Cents(10_000) };
    assert_eq!(diff.warnings, [differs]);

    let paid = KARIM.replace("01/03/2020;;", "01/03/2020;50;");
    let register = after(&two_members(), &file(&[ZOE, &paid]));
    let share = ShareFact { cents: Cents(5_000), paid: Cents(5_000), on: day(2020, 3, 1) };
    assert_eq!(register[&id(101)].facts.share, Some(share));
}

#[test]
fn years_of_the_association_are_added_never_taken_away() {
    let file = table("Numéro de membre;Nom;Prénom;Adhésion 2025", &["12;Le Goff;Zoé;01/02/2025", "13;Benali;Karim;15 €"]);
    let register = after(&two_members(), &file);
    assert_eq!(register[&id(100)].facts.years, BTreeSet::from([2025, 2026]));
    assert_eq!(register[&id(101)].facts.years, BTreeSet::from([2025]));
}

#[test]
fn a_number_that_somebody_has_is_not_given_twice() {
    let diff = diff_of(&two_members(), &file(&["12;Blanc;Marie;marie@exemple.fr;;;;"]));
    let taken = Warning::NumberTaken { line: 2, name: "Marie Blanc".into(), number: 12, given: 14 };
    assert_eq!((diff.new[0].facts.number, diff.warnings), (14, vec![taken]));
}

#[test]
fn a_plan_for_another_register_is_refused() {
    let moved = ZOE.replace("06 12 34 56 78", "07 12 34 56 78");
    let plan = plan_of(&diff_of(&two_members(), &file(&[&moved, KARIM])));
    let since = with_zoe(|kept| kept.facts.phone = None);
    assert_eq!(plan.applied(&since).map_err(|stale| stale.id), Err(id(100)));
}

#[test]
fn an_export_read_again_changes_nothing() {
    let register = with_zoe(|kept| {
        kept.facts.address = "12 rue du Lac, bât. B, 74000 Annecy".into();
        kept.facts.phone = Some("+41223456789".into());
        kept.facts.rhythm = Rhythm::Regular;
        kept.facts.years.insert(2024);
        kept.facts.share = Some(ShareFact { cents: Cents(10_050), paid: Cents(5_000), on: day(2019, 1, 2) });
    });
    let diff = diff_of(&register, &exported(&register, today()));
    assert!(diff.is_empty() && diff.warnings.is_empty(), "{diff:?}");
    assert_eq!(diff.same, 2);
    let gone = with_zoe(|kept| kept.there = false);
    assert_eq!(exported(&gone, today()).rows.len(), 1, "those who are members");
}

#[test]
fn what_our_export_guards_is_text() {
    let file = table("Nom;Prénom;Rue", &["Blanc;Marie;'+ 2 rue X"]);
    assert_eq!(diff_of(&Register::new(), &file).new[0].facts.address, "+ 2 rue X");
}

/// Which field each column is taken for.
pub fn guessed(header: &str) -> BTreeMap<String, Field> {
    let header = table(header, &[]).header;
    let mapping = Mapping::guessed(&header);
    header.into_iter().filter_map(|column| Some((column.clone(), mapping.field(&column)?))).collect()
}
