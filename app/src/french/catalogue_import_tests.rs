//! What is said of the till's file.

use domain::catalogue::{Cents, Rate};
use domain::id::ProductId;

use super::*;

/// With plain spaces.
fn plain(said: &str) -> String {
    said.replace([NO_BREAK, NARROW], " ")
}

const NOBODY: Names<'static> = Names { ranges: &[], suppliers: &[] };

#[test]
fn a_fault_says_where_and_why() {
    let of = |column: Option<&str>, said: &str, reason| {
        plain(&fault(&Fault { line: 12, column: column.map(str::to_owned), said: said.to_owned(), reason }))
    };
    assert_eq!(
        of(Some("Prix achat HT"), "douze", Reason::NotANumber),
        "Ligne 12, colonne « Prix achat HT » : ce n’est pas un nombre (« douze »)."
    );
    assert_eq!(
        of(Some("Désignation"), "=1+1", Reason::Formula),
        "Ligne 12, colonne « Désignation » : ça commence comme une formule (« =1+1 »)."
    );
    assert_eq!(of(None, "", Reason::Cells { found: 14, wanted: 15 }), "Ligne 12 : 14 cases pour 15 colonnes, tout a glissé.");
    assert_eq!(of(None, "", Reason::Cells { found: 1, wanted: 5 }), "Ligne 12 : 1 case pour 5 colonnes, tout a glissé.");
    assert_eq!(
        of(Some("TVA"), "19,6", Reason::NotARateOfVat),
        "Ligne 12, colonne « TVA » : ce n’est pas un taux de TVA, il y a 0 % ; 2,1 % ; 5,5 % ; 10 % ; 20 % (« 19,6 »)."
    );
}

#[test]
fn a_change_says_the_old_and_the_new() {
    let changes = vec![
        Change { old: Fact::Purchase(Cents(200)), new: Fact::Purchase(Cents(210)) },
        Change { old: Fact::Vat(Rate(550)), new: Fact::Vat(Rate(2000)) },
        Change { old: Fact::Brand(String::new()), new: Fact::Brand("Bjorg".to_owned()) },
    ];
    let id = ProductId(uuid::Uuid::nil());
    let lentils = Changed { id, line: Some(2), name: "Lentilles".to_owned(), changes, price: Some((Cents(253), Cents(302))) };
    assert_eq!(
        plain(&changed(&lentils, NOBODY)),
        "Lentilles : prix 2,53 € → 3,02 €, prix d’achat HT 2,00 € → 2,10 €, TVA 5,5 % → 20 %, marque rien → « Bjorg »"
    );
}

#[test]
fn a_file_that_is_not_read_says_what_to_do() {
    assert_eq!(plain(&refused(Refused::TooManyRows)), "Il y a trop de lignes : 20 000 au plus.");
    assert_eq!(
        plain(&refused(Refused::TooLarge { bytes: 200_000_000 })),
        "Ce fichier est trop grand : 20 Mo au plus. Envoie l’export des articles seul."
    );
    let said = |first| plain(&open(Open::Shorter(Shrunk { rows: 980, last: 6000, first })));
    assert_eq!(said(false), "Ce fichier a 980 lignes, et le dernier en avait 6 000 : confirme qu’il est complet.");
    assert_eq!(said(true), "Ce fichier a 980 lignes, et le catalogue a déjà 6 000 produits : confirme qu’il est complet.");
}

#[test]
fn what_an_undo_archives_is_not_said_to_be_kept() {
    let of = |archived| Since { id: ProductId(uuid::Uuid::nil()), name: "lait".to_owned(), fields: Vec::new(), archived };
    assert_eq!(plain(&since(&of(true))), "Lait : changé depuis, archivé et non effacé.");
    assert_eq!(plain(&since(&of(false))), "Lait : changé depuis, gardé.");
}
