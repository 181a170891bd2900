//! Each system's file is known by its own titles; any other one once somebody said what is what.

use std::collections::BTreeMap;

use domain::catalogue::Cents;
use domain::import::told_apart;
use domain::members::Rhythm;
use domain::register::import::{Facts, Field, Mapping, Problem, Register, ShareFact, Table, headed};

use super::{diff_of, guessed, table};
use crate::coop::day;

/// As gestion-compte takes members in.
const GESTION_COMPTE: &str = "Numero existant;Nom;Prénom;Rue;Complement adresse;Code postale;Ville;Téléphone;Email;\
                              Commission (liste id);Email du compte associé;Date inscription;Montant;Mode de paiement";
/// As Odoo exports cooperators: its fields' names, then their labels in English and in French.
const ODOO: &str = "cooperator_register_number;name;email;phone;mobile;street;street2;zip;city;effective_date;total_value;member";
const ODOO_LABELS: &str =
    "Cooperator Number;Name;Email;Phone;Mobile;Street;Street2;Zip;City;Effective Date;Total value of shares;Effective cooperator";
const ODOO_FRENCH: &str = "Numéro de coopérateur;Nom;E-mail;Téléphone;Mobile;Rue;Rue2;Code postal;Ville;Date effective;\
                           Valeur totale des parts;Coopérateur effectif";

fn zoe() -> Facts {
    Facts {
        number: 12,
        first_name: "Zoé".into(),
        last_name: "LE GOFF".into(),
        email: "zoe@exemple.fr".into(),
        phone: Some("06 12 34 56 78".into()),
        address: "12 rue du Lac, bât. B, 01000 Bourg-en-Bresse".into(),
        joined_on: day(2018, 12, 13),
        rhythm: Rhythm::Floating,
        share: Some(ShareFact { cents: Cents(10_000), paid: Cents(10_000), on: day(2018, 12, 13) }),
        years: [].into(),
    }
}

#[test]
fn both_systems_say_the_same_of_one_member() {
    let gestion_compte =
        "12;LE GOFF;Zoé;12 rue du Lac;bât. B;1000;Bourg-en-Bresse;0612345678;Zoe@Exemple.fr;1,5;;13/12/2018;100;2";
    let odoo = "12;LE GOFF, Zoé;zoe@exemple.fr;;+33612345678;12 rue du Lac;bât. B;01000;Bourg-en-Bresse;2018-12-13;100.00;True";
    let files = [(GESTION_COMPTE, gestion_compte), (ODOO, odoo), (ODOO_LABELS, odoo), (ODOO_FRENCH, odoo)];
    for (header, row) in files {
        let diff = diff_of(&Register::new(), &table(header, &[row]));
        // gestion-compte says nothing of shares.
        let share = zoe().share.filter(|_| header != GESTION_COMPTE);
        assert_eq!(diff.new.iter().map(|new| &new.facts).collect::<Vec<_>>(), [&Facts { share, ..zoe() }], "{header}");
    }
}

#[test]
fn an_amount_is_a_shares_only_where_its_title_says_so() {
    let of = |title: &str| guessed(&format!("Nom;Prénom;{title}")).get(title).copied();
    for title in ["Montant des parts", "Montant de la part", "Parts sociales", "Capital", "total_value"] {
        assert_eq!(of(title), Some(Field::Share), "{title}");
    }
    // In gestion-compte's files it is what was paid of the association's membership.
    for title in ["Montant", "MONTANT", "Amount", "Montant payé"] {
        assert_eq!(of(title), None, "{title}");
    }
    assert_eq!(guessed(GESTION_COMPTE).get("Montant"), None);
    // Whoever knows better says it, once.
    let Table { header, .. } = table(GESTION_COMPTE, &[]);
    let mut said = Mapping::guessed(&header);
    said.set("Montant", Some(Field::Share));
    assert_eq!(Mapping::suggested(&header, &said).field("Montant"), Some(Field::Share));
}

#[test]
fn both_names_in_one_cell_are_told_apart() {
    for (said, first, last) in [
        ("DUPONT, Marie", "Marie", "DUPONT"),
        ("DUPONT Marie", "Marie", "DUPONT"),
        ("Marie Dupont", "Marie", "Dupont"),
        ("Marie DUPONT MARTIN", "Marie", "DUPONT MARTIN"),
        ("Anne-Lise de la Tour", "Anne-Lise", "de la Tour"),
    ] {
        let diff = diff_of(&Register::new(), &table("Nom", &[said]));
        let facts = &diff.new[0].facts;
        assert_eq!((facts.first_name.as_str(), facts.last_name.as_str()), (first, last), "{said}");
    }
}

#[test]
fn a_list_without_titles_is_known_by_the_address_on_its_first_line() {
    let bare = table("12;Zoé;Le Goff;zoe@exemple.fr;0612345678", &["13;Karim;Benali;karim@exemple.fr"]);
    let titled = headed(bare);
    assert_eq!(titled.header, ["Numéro de membre", "Prénom", "Nom", "E-mail", "Téléphone"]);
    assert_eq!(titled.rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2]);
    let diff = diff_of(&Register::new(), &titled);
    let told: Vec<(i32, String)> = diff.new.iter().map(|new| (new.facts.number, new.facts.name())).collect();
    assert_eq!(told, [(12, "Zoé Le Goff".to_owned()), (13, "Karim Benali".to_owned())]);

    let titles = table("Nom;Prénom", &["Le Goff;Zoé"]);
    assert_eq!(headed(titles.clone()), titles);
}

#[test]
fn whoever_comes_first_in_such_a_list_may_have_no_address_and_say_one_thing_twice() {
    let martin = ["12", "Martin", "Martin", "", "0612345678"].map(str::to_owned);
    let karim = ["13", "Karim", "Benali", "karim@exemple.fr", ""].map(str::to_owned);
    let rows = vec![(2, karim.to_vec())];
    let titled = headed(Table { header: told_apart(martin.to_vec()), rows });
    assert_eq!(titled.header, ["Numéro de membre", "Prénom", "Nom", "E-mail", "Téléphone"]);
    assert_eq!(titled.rows, [(1, martin.to_vec()), (2, karim.to_vec())]);
}

#[test]
fn any_other_table_waits_for_somebody_to_say_what_is_what() {
    let other = headed(table("zoe@exemple.fr;Zoé;Le Goff", &["karim@exemple.fr;Karim;Benali"]));
    assert_eq!(other.header, ["Colonne 1", "Colonne 2", "Colonne 3"]);
    let mut mapping = Mapping::guessed(&other.header);
    assert_eq!(mapping.columns(&other.header).unwrap_err(), [Problem::NoName]);
    for (column, field) in [("Colonne 1", Field::Email), ("Colonne 2", Field::FirstName), ("Colonne 3", Field::LastName)] {
        mapping.set(column, Some(field));
    }
    mapping.columns(&other.header).expect("a name");
    mapping.set("Colonne 1", Some(Field::LastName));
    let columns = vec!["Colonne 1".to_owned(), "Colonne 3".to_owned()];
    assert_eq!(mapping.columns(&other.header).unwrap_err(), [Problem::Twice { field: Field::LastName, columns }]);
}

#[test]
fn what_somebody_said_of_a_column_is_remembered() {
    let Table { header, .. } = table("Nom;Prénom;Contact d’urgence;Mobile", &[]);
    let mut mapping = Mapping::guessed(&header);
    assert_eq!(mapping.field("Contact d’urgence"), None);
    mapping.set("Mobile", None);
    mapping.set("Contact d’urgence", Some(Field::Phone));
    let again = Mapping::suggested(&header, &mapping);
    assert_eq!(again, mapping, "also that one means nothing to us");
}

#[test]
fn what_held_both_names_in_one_file_is_the_last_name_beside_a_first_name_in_the_next() {
    let before = Mapping::guessed(&table("Nom;E-mail", &[]).header);
    assert_eq!(before.field("Nom"), Some(Field::FullName));
    let mapping = Mapping::suggested(&table("Nom;Prénom;E-mail", &[]).header, &before);
    assert_eq!((mapping.field("Nom"), mapping.field("Prénom")), (Some(Field::LastName), Some(Field::FirstName)));
}

#[test]
fn titles_are_known_however_they_are_spelt() {
    let known =
        guessed("N° MEMBRE;NOM USUEL;prenom;Adresse e-mail;Tél. portable;CP;Commune;Membre depuis;Cotisation 2026;Fonction");
    let wanted: BTreeMap<String, Field> = [
        ("Adresse e-mail", Field::Email),
        ("CP", Field::Zip),
        ("Commune", Field::City),
        ("Cotisation 2026", Field::Association),
        ("Membre depuis", Field::JoinedOn),
        ("NOM USUEL", Field::LastName),
        ("N° MEMBRE", Field::Number),
        ("Tél. portable", Field::Mobile),
        ("prenom", Field::FirstName),
    ]
    .map(|(column, field)| (column.to_owned(), field))
    .into();
    assert_eq!(known, wanted);
}
