//! What the till's columns mean.

use domain::catalogue::import::{Fact, Field, Mapping, Problem, Table, read, told_apart};
use domain::catalogue::{Measure, Net};

use super::table;

fn fields(header: &str) -> Vec<Option<Field>> {
    let header = table(header, &[]).header;
    let mapping = Mapping::guessed(&header);
    header.iter().map(|column| mapping.field(column)).collect()
}

#[test]
fn french_tills_are_understood() {
    let header = "Code article;Désignation;Prix achat HT;TVA;Fournisseur;Rayon;Famille;EAN;Unité;Poids net;Consigne;\
                  Prix de vente TTC;Marque;Stock";
    let wanted = [
        Some(Field::TillId),
        Some(Field::Name),
        Some(Field::Purchase),
        Some(Field::Vat),
        Some(Field::Supplier),
        Some(Field::Range),
        // There is a « rayon » already.
        None,
        Some(Field::Barcode),
        Some(Field::SoldBy),
        Some(Field::Net),
        Some(Field::Deposit),
        Some(Field::Price),
        Some(Field::Brand),
        None,
    ];
    assert_eq!(fields(header), wanted);
    let wanted =
        [Field::TillId, Field::Name, Field::Purchase, Field::Vat, Field::Range, Field::Barcode, Field::Price, Field::Origin];
    assert_eq!(fields("REF;LIBELLE;P.A.;Taux TVA (%);FAMILLE;GENCOD;PV TTC (€/kg);Pays d’origine"), wanted.map(Some));
    let wanted = [Field::TillId, Field::Name, Field::Purchase, Field::Vat];
    assert_eq!(fields("Code;Libellé;Prix d'achat H.T.;T.V.A."), wanted.map(Some));
}

#[test]
fn what_is_missing_is_named() {
    let header = table("Désignation;Rayon;Couleur", &[]).header;
    let problems = Mapping::guessed(&header).columns(&header).expect_err("no price");
    assert_eq!(problems, [Problem::Missing(Field::Purchase), Problem::Missing(Field::Vat), Problem::NoIdentity]);
}

#[test]
fn two_columns_of_one_field_are_one_too_many() {
    let header = table("EAN;Nom;Rayon;PA;TVA;Nom", &[]).header;
    let problems = Mapping::guessed(&header).columns(&header).expect_err("two names");
    assert_eq!(problems, [Problem::Twice { field: Field::Name, columns: vec!["Nom".into(), "Nom".into()] }]);
}

#[test]
fn what_somebody_said_is_remembered() {
    let header = table("Truc;EAN;Libellé;Rayon;PA;TVA;Fournisseur", &[]).header;
    let mut mapping = Mapping::guessed(&header);
    mapping.set("TRUC", Some(Field::Name));
    mapping.set("Libellé", None);
    mapping.set("Fournisseur", None);
    let again = Mapping::suggested(&header, &mapping);
    assert_eq!(again, mapping);
    assert_eq!(again.field("truc"), Some(Field::Name));
    assert!(!again.has(Field::Supplier), "« rien » is remembered, too");
    let json = serde_json::to_string(&mapping).expect("JSON");
    assert_eq!(serde_json::from_str::<Mapping>(&json).expect("a mapping"), mapping);
}

#[test]
fn a_headers_unit_is_that_of_its_numbers() {
    let file = |column: &str| table(&format!("EAN;Nom;Rayon;PA;TVA;{column}"), &[";Thé;Épicerie;2;20;0,125"]);
    let net = |file: &Table| {
        let mut file = file.clone();
        file.rows[0].1[0] = super::ean(1).to_string();
        let columns = Mapping::guessed(&file.header).columns(&file.header).expect("columns");
        read(&file, &columns).map(|rows| rows[0].rest.clone())
    };
    assert_eq!(net(&file("Poids net (kg)")), Ok(vec![Fact::Net(Some(Net { amount: 125, of: Measure::Gram }))]));
    assert_eq!(net(&file("Contenance en L")), Ok(vec![Fact::Net(Some(Net { amount: 125, of: Measure::Millilitre }))]));
    assert!(net(&file("Poids net")).is_err());
}

#[test]
fn euros_and_per_cents_are_told_apart() {
    let wanted =
        [Some(Field::TillId), Some(Field::Name), None, Some(Field::Margin), None, Some(Field::Vat), Some(Field::Purchase)];
    assert_eq!(fields("Code;Nom;Marge (€);Marge (%);TVA €;TVA;Prix d'achat HT (€)"), wanted);
    let header = table("Code;Nom;Rayon;PA HT;TVA;Marge €;Marge %", &[]).header;
    let mut mapping = Mapping::guessed(&header);
    mapping.set("Marge €", Some(Field::Price));
    assert_eq!((mapping.field("Marge €"), mapping.field("Marge %")), (Some(Field::Price), Some(Field::Margin)));
}

#[test]
fn columns_of_one_title_are_told_apart() {
    let said = ["Code", "Libellé", "", "LIBELLÉ", "libelle", "***"].map(str::to_owned).to_vec();
    let apart = told_apart(said);
    assert_eq!(apart, ["Code", "Libellé", "Colonne 3", "LIBELLÉ (2)", "libelle (3)", "Colonne 6"]);
    let mapping = Mapping::guessed(&apart);
    let known: Vec<Option<Field>> = apart.iter().map(|column| mapping.field(column)).collect();
    assert_eq!(known, [Some(Field::TillId), Some(Field::Name), None, None, None, None]);
}

#[test]
fn what_was_said_of_other_columns_stays() {
    let mut kept = Mapping::default();
    kept.set("Truc", Some(Field::Name));
    kept.set("Machin", Some(Field::Brand));
    let mut newer = Mapping::default();
    newer.set("Machin", None);
    kept.learn(&newer);
    assert_eq!((kept.field("truc"), kept.field("machin")), (Some(Field::Name), None));
    let header = table("EAN;Marque;Machin;Truc", &[]).header;
    let suggested = Mapping::suggested(&header, &kept);
    let known: Vec<Option<Field>> = header.iter().map(|column| suggested.field(column)).collect();
    assert_eq!(known, [Some(Field::Barcode), Some(Field::Brand), None, Some(Field::Name)]);
}
