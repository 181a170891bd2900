//! Forty faults in one file: each is said with its line, its column and why, and nothing is taken.

use domain::catalogue::Barcode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Supply, id_of, plain};

const HEADER: [&str; 15] = [
    "Code article",
    "EAN",
    "Désignation",
    "Marque",
    "Rayon",
    "Fournisseur",
    "Unité",
    "Poids net",
    "Prix achat HT",
    "Marge",
    "TVA",
    "Consigne",
    "Prix de vente TTC",
    "Disponibilité",
    "Origine",
];

/// What stands in which column of an otherwise good row, and what is said of it.
const FAULTS: [(&str, &str, &str); 43] = [
    ("Code article", "=A1", "ça commence comme une formule"),
    ("Code article", "77777777777777777777777777777777777777777", "c’est trop long, 40 caractères au plus"),
    ("Code article", "A2", "le même code article qu’à la ligne 2"),
    ("Code article", "1,2E+05", "le tableur a perdu les derniers chiffres"),
    ("EAN", "3760000000001", "un des chiffres est faux"),
    ("EAN", "12345", "un code-barres a 8, 12 ou 13 chiffres"),
    ("EAN", "ABCDEFGHIJKLM", "un code-barres n’a que des chiffres"),
    ("EAN", "3,26547E+12", "le tableur a perdu les derniers chiffres"),
    ("EAN", "=3265470024417", "ça commence comme une formule"),
    ("Désignation", "", "il n’y a rien"),
    ("Désignation", "???", "il n’y a rien"),
    ("Désignation", "=cmd|/c calc!A1", "ça commence comme une formule"),
    ("Désignation", "+ de légumes", "ça commence comme une formule"),
    ("Désignation", " @SUM(A1)", "ça commence comme une formule"),
    ("Désignation", "CafÃ© moulu", "des lettres sont abîmées"),
    ("Marque", "-Marque", "ça commence comme une formule"),
    ("Rayon", "", "il n’y a rien"),
    ("Rayon", "=Rayon", "ça commence comme une formule"),
    ("Fournisseur", "@ferme", "ça commence comme une formule"),
    ("Unité", "au hasard", "ça se vend comment ? pièce, kg ou litre"),
    ("Poids net", "un peu", "ce n’est pas une quantité"),
    ("Poids net", "500", "il manque l’unité"),
    ("Poids net", "0 g", "c’est zéro"),
    ("Poids net", "0,5 g", "il en reste moins d’un gramme ou d’un millilitre"),
    ("Poids net", "500 kg", "c’est plus que 100 kg ou L"),
    ("Poids net", "-5 g", "c’est en dessous de zéro"),
    ("Prix achat HT", "", "il n’y a rien"),
    ("Prix achat HT", "douze", "ce n’est pas un nombre"),
    ("Prix achat HT", "-1,20", "c’est en dessous de zéro"),
    ("Prix achat HT", "0,00", "c’est zéro"),
    ("Prix achat HT", "99 999,00", "c’est plus que"),
    ("Marge", "beaucoup", "ce n’est pas un nombre"),
    ("Marge", "250", "c’est plus que 100 %"),
    ("Marge", "20,123", "deux chiffres après la virgule au plus"),
    ("TVA", "-", "il n’y a rien"),
    ("TVA", "19,6", "ce n’est pas un taux de TVA"),
    ("TVA", "vingt", "ce n’est pas un nombre"),
    ("Consigne", "-0,20", "c’est en dessous de zéro"),
    ("Consigne", "gratuit", "ce n’est pas un nombre"),
    ("Prix de vente TTC", "12,5O", "ce n’est pas un nombre"),
    ("Prix de vente TTC", "20000", "c’est plus que"),
    ("Disponibilité", "peut-être", "pas compris"),
    ("Origine", "=France", "ça commence comme une formule"),
];

/// A row without a fault.
fn good(number: usize) -> Vec<String> {
    let code = Barcode::closing(&format!("37600{number:07}")).unwrap();
    let text = format!("A{number};{code};Thé vert;Thés;Épicerie;Ferme;pièce;500 g;2,00;20;5,5;0,00;2,53;en rayon;Savoie");
    text.split(';').map(str::to_owned).collect()
}

/// The file, with a name that goes over two lines before them all; and what is to be said of each.
fn file() -> (String, Vec<String>) {
    let (mut lines, mut wanted) = (vec![HEADER.join(";")], Vec::new());
    let first = good(2).join(";").replace("Thé vert", "\"Thé\nvert\"");
    lines.push(first);
    // The first is on lines 2 and 3.
    for (line, (column, cell, said)) in (4..).zip(FAULTS) {
        let mut row = good(line);
        let at = HEADER.iter().position(|title| *title == column).expect("a column");
        row[at] = cell.to_owned();
        lines.push(row.join(";"));
        wanted.push(format!("Ligne {line}, colonne « {column} » : {said}"));
    }
    let next = FAULTS.len() + 4;
    lines.push(good(next)[..14].join(";"));
    wanted.push(format!("Ligne {next} : 14 cases pour 15 colonnes, tout a glissé"));
    lines.push(format!("{};de trop", good(next + 1).join(";")));
    wanted.push(format!("Ligne {} : 16 cases pour 15 colonnes, tout a glissé", next + 1));
    let mut nobody = good(next + 2);
    nobody[0].clear();
    nobody[1] = "0".into();
    lines.push(nobody.join(";"));
    wanted.push(format!("Ligne {}, colonne « Code article » : ni code article ni code-barres", next + 2));
    (lines.join("\r\n"), wanted)
}

#[sqlx::test(migrations = false)]
async fn each_of_forty_faults_is_said_where_it_stands_and_nothing_is_taken(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    supply.applied().await;
    let products = supply.names().await;
    let (text, wanted) = file();
    assert!(wanted.len() >= 40, "{}", wanted.len());
    let page = supply.brought(&text).await;
    let before = supply.house.database().await;
    let html = supply.page(&page).await;
    assert!(html.contains(&format!("{} fautes dans ce fichier", wanted.len())), "{html}");
    for said in &wanted {
        assert!(html.contains(said.as_str()), "{said}: {html}");
    }
    assert!(!html.contains("value=\"appliquer\""), "there is nothing to apply");
    // Whoever sends the form all the same changes nothing either.
    let told = supply.does(&[("geste", "appliquer"), ("import", &id_of(&page)), ("vu", "")]).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Ce fichier ne se lit pas encore en entier"), "{}", plain(&told));
    assert_eq!(supply.house.database().await, before);
    assert_eq!(supply.names().await, products);
}
