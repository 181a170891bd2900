//! Everything that is wrong with a file is said, each with its line, its column and why.

use domain::register::import::{FAULTS_CAP, Fault, Field, Mapping, Reason, Table, read};
use domain::register::{ADDRESS_CAP, NAME_CAP};
use domain::share::AMOUNT_CAP;

use super::{table, today};
use crate::coop::day;

const HEADER: &str = "Numéro de membre;Nom;Prénom;E-mail;Téléphone;Rue;Code postal;Date d’adhésion;Rythme;Part sociale;\
                      Date de souscription;Adhésion 2026;Actif";
const FIELDS: [Field; 13] = [
    Field::Number,
    Field::LastName,
    Field::FirstName,
    Field::Email,
    Field::Phone,
    Field::Street,
    Field::Zip,
    Field::JoinedOn,
    Field::Rhythm,
    Field::Share,
    Field::ShareOn,
    Field::Association,
    Field::Active,
];

/// A row without a fault.
fn good(line: u32) -> Vec<String> {
    let text = format!(
        "{line};Blanc;Marie;marie{line}@exemple.fr;06 12 34 56 78;2 rue X;74000;13/12/2018;fixe;100,00;14/12/2018;oui;oui"
    );
    text.split(';').map(str::to_owned).collect()
}

fn faults_of(rows: Vec<Vec<String>>) -> Vec<Fault> {
    let table = Table { rows: (2..).zip(rows).collect(), ..table(HEADER, &[]) };
    let columns = Mapping::guessed(&table.header).columns(&table.header).expect("the columns that are needed");
    read(&table, &columns, today()).expect_err("a fault")
}

/// What stands in one cell of an otherwise good row, and what is said about it.
fn cases() -> Vec<(Field, String, Reason)> {
    let (long, far) = ("x".repeat(NAME_CAP + 1), "x".repeat(ADDRESS_CAP + 1));
    let (first, last) = (day(2016, 1, 1), day(2027, 12, 2));
    [
        (Field::Number, "douze", Reason::NotANumber),
        (Field::Number, "-3", Reason::NotANumber),
        (Field::Number, "99999999999", Reason::NotANumber),
        (Field::LastName, "", Reason::Missing),
        (Field::LastName, "123", Reason::Missing),
        (Field::LastName, "=A1", Reason::Formula),
        (Field::LastName, " @SUM(A1)", Reason::Formula),
        (Field::LastName, "\u{200b}=1+1", Reason::Formula),
        (Field::LastName, "DelÃ©pine", Reason::Garbled),
        (Field::LastName, "Del\u{fffd}pine", Reason::Garbled),
        (Field::LastName, long.as_str(), Reason::TooLong { cap: NAME_CAP }),
        (Field::FirstName, "-", Reason::Missing),
        (Field::FirstName, "+Marie", Reason::Formula),
        (Field::Email, "marie@", Reason::NotAnAddress),
        (Field::Email, "marie.exemple.fr", Reason::NotAnAddress),
        (Field::Email, "a@exemple.fr, b@exemple.fr", Reason::NotAnAddress),
        (Field::Email, "mailto:marie@exemple.fr", Reason::NotAnAddress),
        (Field::Email, "marie@exemple..fr", Reason::NotAnAddress),
        (Field::Phone, "12", Reason::NotAPhone),
        (Field::Phone, "à demander", Reason::NotAPhone),
        (Field::Street, "=HYPERLINK(\"x\")", Reason::Formula),
        (Field::Street, far.as_str(), Reason::TooLong { cap: ADDRESS_CAP }),
        (Field::Zip, "74000 Annecy-le-Vieux", Reason::TooLong { cap: 12 }),
        (Field::JoinedOn, "31/02/2020", Reason::NotADay),
        (Field::JoinedOn, "12/13/2018", Reason::NotADay),
        (Field::JoinedOn, "mars 2020", Reason::NotADay),
        (Field::JoinedOn, "43447", Reason::SerialDay),
        (Field::JoinedOn, "01/01/2010", Reason::DayTooEarly { first }),
        (Field::JoinedOn, "01/01/2030", Reason::DayTooLate { last }),
        (Field::Rhythm, "parfois", Reason::NotARhythm),
        (Field::Share, "cent euros", Reason::NotAnAmount),
        (Field::Share, "1.500", Reason::NotAnAmount),
        (Field::Share, "999999999", Reason::AmountTooLarge { cap: AMOUNT_CAP }),
        (Field::ShareOn, "2018", Reason::NotADay),
        (Field::Association, "peut-être", Reason::NotAYear),
        (Field::Association, "2085", Reason::NotAYear),
        (Field::Association, "31/02/2026", Reason::NotAYear),
        (Field::Association, "45292", Reason::SerialDay),
        (Field::Association, "2/1/85", Reason::DayTooLate { last: day(2027, 12, 31) }),
        (Field::Active, "parfois", Reason::NotYesOrNo),
    ]
    .map(|(field, said, reason)| (field, said.to_owned(), reason))
    .into()
}

#[test]
fn each_fault_is_told_with_its_line_its_column_and_what_stands_there() {
    let cases = cases();
    let header = table(HEADER, &[]).header;
    let (mut rows, mut wanted) = (vec![good(2)], Vec::new());
    for (line, (field, said, reason)) in (3..).zip(&cases) {
        let at = FIELDS.iter().position(|known| known == field).expect("one of them");
        let mut row = good(line);
        row[at].clone_from(said);
        rows.push(row);
        let said = said.trim().chars().take(40).collect();
        wanted.push(Fault { line, column: Some(header[at].clone()), said, reason: *reason });
    }
    assert_eq!(faults_of(rows), wanted);
}

#[test]
fn several_faults_of_one_row_are_all_told() {
    let mut row = good(2);
    row[1].clear();
    row[3] = "marie@".into();
    row[7] = "hier".into();
    let told: Vec<(Option<String>, Reason)> =
        faults_of(vec![row]).into_iter().map(|fault| (fault.column, fault.reason)).collect();
    let column = |name: &str| Some(name.to_owned());
    assert_eq!(
        told,
        [
            (column("Nom"), Reason::Missing),
            (column("E-mail"), Reason::NotAnAddress),
            (column("Date d’adhésion"), Reason::NotADay)
        ]
    );
}

#[test]
fn a_fault_on_every_line_of_a_long_file_is_enough_of_them() {
    let faulty = |line| {
        let mut row = good(line);
        row[3] = "marie@".into();
        row
    };
    let found = faults_of((2..).take(FAULTS_CAP + 10).map(faulty).collect());
    assert_eq!((found.len(), found.last().map(|fault| fault.line)), (FAULTS_CAP, Some(10_001)));
}

#[test]
fn an_address_that_is_too_long_with_its_town_is_told_and_not_cut() {
    let mut row = good(2);
    row[5] = "x".repeat(ADDRESS_CAP - 2);
    let told: Vec<(Option<String>, Reason)> =
        faults_of(vec![row]).into_iter().map(|fault| (fault.column, fault.reason)).collect();
    assert_eq!(told, [(Some("Rue".to_owned()), Reason::TooLong { cap: ADDRESS_CAP })]);
}

#[test]
fn a_row_whose_cells_have_slipped_is_not_read() {
    let (mut short, mut long) = (good(2), good(3));
    short.pop();
    long.push("de trop".into());
    let cells = |line, found| Fault { line, column: None, said: String::new(), reason: Reason::Cells { found, wanted: 13 } };
    assert_eq!(faults_of(vec![short, long]), [cells(2, 12), cells(3, 14)]);
}

#[test]
fn one_person_on_two_lines_is_told_with_the_first_of_them() {
    let mut twice = good(2);
    twice[0] = "40".into();
    (twice[1], twice[2]) = ("Marie".into(), "BLANC".into());
    let wanted = Fault { line: 3, column: Some("Nom".into()), said: "Marie".into(), reason: Reason::SamePerson { line: 2 } };
    assert_eq!(faults_of(vec![good(2), twice]), [wanted]);
}

#[test]
fn two_who_are_called_alike_are_two_when_their_addresses_or_numbers_say_so() {
    let header = "Numéro de membre;Nom;Prénom;E-mail";
    let rows = ["1;Blanc;Marie;a@exemple.fr", "2;Blanc;Marie;b@exemple.fr", "3;Blanc;Marie;", "4;Blanc;Marie;"];
    assert_eq!(super::rows_of(&table(header, &rows)).len(), 4);
}

#[test]
fn whom_neither_an_address_nor_a_number_tells_apart_is_one_person_twice() {
    let header = "Numéro de membre;Nom;Prénom;E-mail";
    for rows in [["1;Blanc;Marie;a@exemple.fr", ";Blanc;Marie;"], [";Blanc;Marie;", "2;BLANC;Marie;b@exemple.fr"]] {
        let table = table(header, &rows);
        let columns = Mapping::guessed(&table.header).columns(&table.header).expect("the columns that are needed");
        let faults = read(&table, &columns, today()).expect_err("one person");
        let reasons: Vec<(u32, Reason)> = faults.iter().map(|fault| (fault.line, fault.reason)).collect();
        assert_eq!(reasons, [(3, Reason::SamePerson { line: 2 })]);
    }
}

#[test]
fn what_nobody_sees_in_a_cell_is_no_part_of_it() {
    let header = "Numéro de membre;Nom;Prénom;E-mail;Téléphone;Date d’adhésion";
    let row = "\u{feff}12;Blanc;Marie;\u{200b}marie@exemple.fr;\u{202a}06 12 34 56 78\u{202c};13/12/2018\u{200b}";
    let rows = super::rows_of(&table(header, &[row]));
    assert_eq!((rows[0].number, rows[0].email.as_deref()), (Some(12), Some("marie@exemple.fr")));
    assert_eq!((rows[0].phone.as_deref(), rows[0].joined_on), (Some("06 12 34 56 78"), Some(day(2018, 12, 13))));
}
