//! Everything that is wrong with a file is said, each with its line, its column and why.

use domain::catalogue::import::{FAULTS_CAP, Fault, Field, Mapping, Reason, TILL_ID_CAP, Table, read};
use domain::catalogue::{BarcodeMistake, NAME_CAP, PRICE_CAP, RATE_CAP};

use super::{ean, table};

const HEADER: &str = "Code article;EAN;Désignation;Marque;Rayon;Fournisseur;Unité;Poids net;Prix achat HT;Marge;TVA;Consigne;\
                      Prix de vente TTC;Disponibilité;Origine";

/// A row without a fault.
fn good(line: u32) -> Vec<String> {
    let text = format!("A{line};{};Thé vert;Thés;Épicerie;Ferme;pièce;500 g;2,00;20;5,5;0,00;2,53;en rayon;Savoie", ean(line));
    text.split(';').map(str::to_owned).collect()
}

fn at(field: Field) -> usize {
    Field::ALL.iter().position(|known| *known == field).expect("one of them")
}

fn faults_of(rows: Vec<Vec<String>>) -> Vec<Fault> {
    let table = Table { rows: (2..).zip(rows).collect(), ..table(HEADER, &[]) };
    let columns = Mapping::guessed(&table.header).columns(&table.header).expect("the columns that are needed");
    read(&table, &columns).expect_err("a fault")
}

/// What stands in one cell of an otherwise good row, and what is said about it.
fn cases() -> Vec<(Field, String, Reason)> {
    let long = "x".repeat(NAME_CAP + 1);
    let mut wrong = ean(900).to_string();
    let last = wrong.pop().map_or('0', |digit| if digit == '9' { '0' } else { '9' });
    wrong.push(last);
    let (sevens, taken) = ("7".repeat(TILL_ID_CAP + 1), ean(2).to_string());
    let (long, wrong, sevens, taken) = (long.as_str(), wrong.as_str(), sevens.as_str(), taken.as_str());
    let too_long = Reason::TooLong { cap: NAME_CAP };
    let barcode = Reason::Barcode;
    [
        (Field::TillId, "=A1", Reason::Formula),
        (Field::TillId, sevens, Reason::TooLong { cap: TILL_ID_CAP }),
        (Field::TillId, "A2", Reason::SameTillId { line: 2 }),
        (Field::TillId, "1,2E+05", Reason::Scientific),
        (Field::Barcode, wrong, barcode(BarcodeMistake::CheckDigit)),
        (Field::Barcode, "12345", barcode(BarcodeMistake::Length)),
        (Field::Barcode, "ABCDEFGHIJKLM", barcode(BarcodeMistake::NotDigits)),
        (Field::Barcode, "3,26547E+12", Reason::Scientific),
        (Field::Barcode, "=3265470024417", Reason::Formula),
        (Field::Barcode, taken, Reason::SameBarcode { line: 2 }),
        (Field::Name, "", Reason::Missing),
        (Field::Name, "???", Reason::Missing),
        (Field::Name, "=cmd|'/c calc'!A1", Reason::Formula),
        (Field::Name, "+ de légumes", Reason::Formula),
        (Field::Name, " @SUM(A1)", Reason::Formula),
        (Field::Name, "\tThé", Reason::Formula),
        (Field::Name, "\rThé", Reason::Formula),
        (Field::Name, "\u{200b}=1+1", Reason::Formula),
        (Field::Name, "\u{feff}+1-1", Reason::Formula),
        (Field::Name, "＝SUM(A1)", Reason::Formula),
        (Field::Name, "CafÃ© moulu", Reason::Garbled),
        (Field::Name, "Caf\u{fffd}", Reason::Garbled),
        (Field::Name, long, too_long),
        (Field::Brand, "-Marque", Reason::Formula),
        (Field::Brand, long, too_long),
        (Field::Range, "", Reason::Missing),
        (Field::Range, "=Rayon", Reason::Formula),
        (Field::Supplier, "@ferme", Reason::Formula),
        (Field::SoldBy, "au hasard", Reason::NotASoldBy),
        (Field::Net, "un peu", Reason::NotAQuantity),
        (Field::Net, "500", Reason::NoUnit),
        (Field::Net, "0 g", Reason::Zero),
        (Field::Net, "0,5 g", Reason::NotWhole),
        (Field::Net, "500 kg", Reason::TooMuch { cap: 100_000 }),
        (Field::Net, "-5 g", Reason::Negative),
        (Field::Purchase, "", Reason::Missing),
        (Field::Purchase, "douze", Reason::NotANumber),
        (Field::Purchase, "=1+1", Reason::NotANumber),
        (Field::Purchase, "-1,20", Reason::Negative),
        (Field::Purchase, "0,00", Reason::Zero),
        (Field::Purchase, "99 999,00", Reason::TooDear { cap: PRICE_CAP }),
        (Field::Margin, "beaucoup", Reason::NotANumber),
        (Field::Margin, "250", Reason::RateTooHigh { cap: RATE_CAP }),
        (Field::Margin, "20,123", Reason::TooPrecise),
        (Field::Vat, "-", Reason::Missing),
        (Field::Vat, "19,6", Reason::NotARateOfVat),
        (Field::Vat, "vingt", Reason::NotANumber),
        (Field::Vat, "-5,5", Reason::Negative),
        (Field::Deposit, "-0,20", Reason::Negative),
        (Field::Deposit, "gratuit", Reason::NotANumber),
        (Field::Price, "12,5O", Reason::NotANumber),
        (Field::Price, "20000", Reason::TooDear { cap: PRICE_CAP }),
        (Field::Availability, "peut-être", Reason::NotAnAvailability),
        (Field::Availability, "du 31/02 au 15/03", Reason::NotAnAvailability),
        (Field::Origin, "=France", Reason::Formula),
    ]
    .map(|(field, cell, reason)| (field, cell.to_owned(), reason))
    .into()
}

#[test]
fn each_fault_is_reported_with_its_line_its_column_and_its_reason() {
    let header = table(HEADER, &[]).header;
    let mut rows = vec![good(2)];
    let mut wanted = Vec::new();
    for (line, (field, cell, reason)) in (3..).zip(cases()) {
        let mut row = good(line);
        row[at(field)].clone_from(&cell);
        rows.push(row);
        let said = cell.trim().chars().take(40).collect();
        wanted.push(Fault { line, column: Some(header[at(field)].clone()), said, reason });
    }
    let whole_row = |line, reason| Fault { line, column: None, said: String::new(), reason };
    let line = |rows: &Vec<Vec<String>>| u32::try_from(rows.len()).expect("a few") + 2;
    wanted.push(whole_row(line(&rows), Reason::Cells { found: 14, wanted: 15 }));
    rows.push(good(line(&rows))[..14].to_vec());
    wanted.push(whole_row(line(&rows), Reason::Cells { found: 16, wanted: 15 }));
    rows.push([good(line(&rows)), vec!["de trop".to_owned()]].concat());
    wanted.push(Fault {
        line: line(&rows),
        column: Some("Code article".into()),
        said: String::new(),
        reason: Reason::NoIdentity,
    });
    let mut nobody = good(line(&rows));
    nobody[0].clear();
    nobody[1] = "0".into();
    rows.push(nobody);

    assert!(wanted.len() >= 40, "{} faults", wanted.len());
    let found = faults_of(rows);
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!(found, wanted);
    }
    assert_eq!(found.len(), wanted.len());
}

#[test]
fn every_fault_of_a_row_is_said() {
    let mut row = good(2);
    for (field, cell) in [(Field::TillId, "=A1"), (Field::Name, ""), (Field::Purchase, "douze"), (Field::Vat, "19,6")] {
        row[at(field)] = cell.into();
    }
    let found: Vec<Reason> = faults_of(vec![row]).into_iter().map(|fault| fault.reason).collect();
    assert_eq!(found, [Reason::Formula, Reason::Missing, Reason::NotANumber, Reason::NotARateOfVat]);
}

#[test]
fn what_people_and_tills_write_is_no_fault() {
    let cells = [
        (Field::Barcode, "3 760000 000000"),
        (Field::Barcode, "0"),
        (Field::Barcode, "/"),
        (Field::Name, "L’œuf « frais », 6 x"),
        (Field::Name, "'=beau"),
        (Field::Brand, "-12"),
        (Field::Brand, "–"),
        (Field::SoldBy, "Au Kilo"),
        (Field::SoldBy, "Unité(s)"),
        (Field::Net, "6 x 33 cl"),
        (Field::Net, "12 pièces"),
        (Field::Purchase, "1 234,5678 €"),
        (Field::Purchase, "1\u{a0}234,50\u{a0}€"),
        (Field::Purchase, "1\u{202f}234,50\u{202f}€"),
        (Field::Purchase, "€ 3.20"),
        (Field::Margin, "20 %"),
        (Field::Vat, "5,50%"),
        (Field::Vat, "TVA 20 %"),
        (Field::Vat, "2.1"),
        (Field::Vat, "0"),
        (Field::Deposit, ""),
        (Field::Price, ""),
        (Field::Availability, "De saison du 1/5 au 30/9"),
        (Field::Availability, "Rupture jusqu’au 12/01/2027"),
    ];
    let checked = domain::catalogue::Barcode::closing("376000000000").expect("twelve digits").to_string();
    for (field, cell) in cells {
        let mut row = good(2);
        row[at(field)] = cell.replace("3 760000 000000", &format!("{} {} {}", &checked[..1], &checked[1..7], &checked[7..]));
        row.push(" ".into());
        let table = Table { rows: vec![(2, row)], ..table(HEADER, &[]) };
        let columns = Mapping::guessed(&table.header).columns(&table.header).expect("columns");
        assert!(read(&table, &columns).is_ok(), "{field:?} {cell}");
    }
}

#[test]
fn a_fault_on_every_line_of_a_long_file_is_enough_of_them() {
    let faulty = |line| {
        let mut row = good(line);
        row[at(Field::Vat)] = "19,6".into();
        row
    };
    let found = faults_of((2..).take(FAULTS_CAP + 10).map(faulty).collect());
    assert_eq!((found.len(), found.last().map(|fault| fault.line)), (FAULTS_CAP, Some(10_001)));
}

#[test]
fn more_barcodes_than_a_product_may_have_are_one_fault() {
    let mut row = good(2);
    row[at(Field::Barcode)] = (100..200).map(|number| ean(number).to_string()).collect::<Vec<_>>().join(" ");
    let found: Vec<Reason> = faults_of(vec![row]).into_iter().map(|fault| fault.reason).collect();
    assert_eq!(found, [Reason::TooLong { cap: 300 }]);
}
