//! The import of the till's file: what is wrong with it, what it would change, and what is to be answered first.

use domain::catalogue::import::{
    Change, Changed, Diff, Fact, Fault, Field, Open, Owner, Problem, Reason, Shrunk, Since, Warning,
};
use domain::catalogue::{Availability, BarcodeMistake, Range, SoldBy, Supplier, VAT_RATES};
use domain::import::{ROW_CAP, Refused, SIZE_CAP};

use super::catalogue::{money, net, rate, season};
use super::dates::date_with_year;
use super::import::{self, number};
use super::typography::{NARROW, NO_BREAK, counted};
use super::{capitalized, nb};

/// What ranges and suppliers are called.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub ranges: &'a [Range],
    pub suppliers: &'a [Supplier],
}

pub const fn field(field: Field) -> &'static str {
    match field {
        Field::TillId => "code article",
        Field::Barcode => "code-barres",
        Field::Name => "nom",
        Field::Brand => "marque",
        Field::Range => "rayon",
        Field::Supplier => "fournisseur",
        Field::SoldBy => "mode de vente",
        Field::Net => "contenu net",
        Field::Purchase => "prix d’achat HT",
        Field::Margin => "marge",
        Field::Vat => "TVA",
        Field::Deposit => "consigne",
        Field::Price => "prix de vente TTC",
        Field::Availability => "disponibilité",
        Field::Origin => "origine",
    }
}

/// Said beside a field that somebody is about to edit.
pub fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Till => "Vient de la caisse : le prochain import l’écrira de nouveau.",
        Owner::Hand => "Tenu à la main : aucun import n’y touche.",
        Owner::Nobody => "Se calcule tout seul.",
    }
}

/// Why a file is not read at all, and what to do.
pub fn refused(refused: Refused) -> String {
    nb(&match refused {
        Refused::TooLarge { .. } => {
            format!("Ce fichier est trop grand : {} Mo au plus. Envoie l’export des articles seul.", SIZE_CAP / 1024 / 1024)
        }
        Refused::Binary { line } => {
            format!("Ce n’est pas du texte, à partir de la ligne {line} : envoie l’export de la caisse en CSV.")
        }
        Refused::TooManyRows => format!("Il y a trop de lignes : {} au plus.", thousands(ROW_CAP)),
        other => import::refused(other),
    })
}

/// What is missing among the columns.
pub fn problem(problem: &Problem) -> String {
    nb(&match problem {
        Problem::Missing(of) => format!("Aucune colonne ne dit : {}.", field(*of)),
        Problem::NoIdentity => "Aucune colonne ne dit le code article ni le code-barres.".to_owned(),
        Problem::Twice { field: of, columns } => import::twice(field(*of), columns),
    })
}

/// « Ligne 12, colonne « TVA » : ce n’est pas un nombre (« vingt »). »
pub fn fault(fault: &Fault) -> String {
    import::fault(fault, &reason(fault.reason))
}

/// Without a capital or a point, to go on after « : ».
pub fn reason(reason: Reason) -> String {
    match reason {
        Reason::Cells { found, wanted } => {
            format!("{} pour {}, tout a glissé", counted(found, "case", "cases"), counted(wanted, "colonne", "colonnes"))
        }
        Reason::Missing => "il n’y a rien".to_owned(),
        Reason::NoIdentity => "ni code article ni code-barres, ce produit ne se retrouverait pas".to_owned(),
        Reason::TooLong { cap } => format!("c’est trop long, {cap} caractères au plus"),
        Reason::Formula => "ça commence comme une formule".to_owned(),
        Reason::Garbled => "des lettres sont abîmées".to_owned(),
        Reason::NotANumber => "ce n’est pas un nombre".to_owned(),
        Reason::TooPrecise => "deux chiffres après la virgule au plus".to_owned(),
        Reason::Negative => "c’est en dessous de zéro".to_owned(),
        Reason::Zero => "c’est zéro".to_owned(),
        Reason::TooDear { cap } => format!("c’est plus que {}", money(cap)),
        Reason::RateTooHigh { cap } => format!("c’est plus que {}", rate(cap)),
        Reason::NotARateOfVat => {
            let rates: Vec<String> = VAT_RATES.into_iter().map(rate).collect();
            format!("ce n’est pas un taux de TVA, il y a {}", rates.join(" ; "))
        }
        Reason::Barcode(BarcodeMistake::NotDigits) => "un code-barres n’a que des chiffres".to_owned(),
        Reason::Barcode(BarcodeMistake::Length) => "un code-barres a 8, 12 ou 13 chiffres".to_owned(),
        Reason::Barcode(BarcodeMistake::CheckDigit) => "un des chiffres est faux, le dernier ne correspond pas".to_owned(),
        Reason::TooManyBarcodes { cap } => format!("{cap} codes-barres au plus par produit"),
        Reason::Scientific => "le tableur a perdu les derniers chiffres, mets cette colonne en texte".to_owned(),
        Reason::NotAQuantity => "ce n’est pas une quantité, écris par exemple 500 g, 75 cl ou 6 x 33 cl".to_owned(),
        Reason::NoUnit => "il manque l’unité, g, kg, cl ou L".to_owned(),
        Reason::NotWhole => "il en reste moins d’un gramme ou d’un millilitre".to_owned(),
        Reason::TooMuch { cap } => format!("c’est plus que {} kg ou L", cap / 1000),
        Reason::NotASoldBy => "ça se vend comment ? pièce, kg ou litre".to_owned(),
        Reason::NotAnAvailability => "pas compris, écris par exemple en rayon, rupture ou fin de stock".to_owned(),
        Reason::SameTillId { line } => format!("le même code article qu’à la ligne {line}"),
        Reason::SameBarcode { line } => format!("le même code-barres qu’à la ligne {line}"),
    }
}

/// « 12 nouveaux, 3 changés, 1 retiré, 5 984 inchangés »
pub fn summary(diff: &Diff) -> String {
    let parts = [
        (diff.new.len(), "nouveau", "nouveaux"),
        (diff.changed.len(), "changé", "changés"),
        (diff.gone.len(), "retiré", "retirés"),
        (diff.back.len(), "de retour", "de retour"),
        (number(diff.same), "inchangé", "inchangés"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| format!("{}{NO_BREAK}{}", thousands(count), if count < 2 { one } else { many }))
        .collect();
    if said.is_empty() { "Rien.".to_owned() } else { nb(&said.join(", ")) }
}

/// « Lait entier : prix 1,10 € → 1,20 €, prix d’achat HT 0,87 € → 0,95 € »
pub fn changed(changed: &Changed, names: Names<'_>) -> String {
    let price = changed.price.map(|(old, new)| format!("prix {} → {}", money(old), money(new)));
    let changes = changed.changes.iter().map(|one| change(one, names));
    let said: Vec<String> = price.into_iter().chain(changes).collect();
    if said.is_empty() { changed.name.clone() } else { nb(&format!("{} : {}", changed.name, said.join(", "))) }
}

/// « TVA 5,5 % → 20 % »
pub fn change(change: &Change, names: Names<'_>) -> String {
    format!("{} {} → {}", field(change.field()), value(&change.old, names), value(&change.new, names))
}

fn value(fact: &Fact, names: Names<'_>) -> String {
    let text = |text: &str| if text.is_empty() { "rien".to_owned() } else { format!("« {text} »") };
    match fact {
        Fact::TillId(till_id) => text(till_id.as_deref().unwrap_or_default()),
        Fact::Barcodes(barcodes) if barcodes.is_empty() => "rien".to_owned(),
        Fact::Barcodes(barcodes) => barcodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" et "),
        Fact::Name(name) | Fact::Brand(name) | Fact::Origin(name) => text(name),
        Fact::Range(id) => {
            text(names.ranges.iter().find(|range| range.id == *id).map(|range| range.name.as_str()).unwrap_or_default())
        }
        Fact::Supplier(id) => {
            let supplier = names.suppliers.iter().find(|supplier| Some(supplier.id) == *id);
            text(supplier.map(|supplier| supplier.name.as_str()).unwrap_or_default())
        }
        Fact::SoldBy(SoldBy::Piece) => "à la pièce".to_owned(),
        Fact::SoldBy(SoldBy::Weight) => "au kilo".to_owned(),
        Fact::SoldBy(SoldBy::Volume) => "au litre".to_owned(),
        Fact::Net(quantity) => quantity.map_or_else(|| "rien".to_owned(), net),
        Fact::Purchase(cents) | Fact::Deposit(cents) => money(*cents),
        Fact::Margin(margin) => rate(margin.rate()),
        Fact::Vat(share) => rate(*share),
        Fact::Availability(of) => availability(of),
    }
}

fn availability(availability: &Availability) -> String {
    match availability {
        Availability::InRange => "en rayon".to_owned(),
        Availability::New { until } => format!("nouveau jusqu’au {}", date_with_year(*until)),
        Availability::Seasonal { from, to } => season(*from, *to),
        Availability::Out { until: None } => "en rupture".to_owned(),
        Availability::Out { until: Some(back) } => format!("de retour le {}", date_with_year(*back)),
        Availability::Ending => "fin de série".to_owned(),
    }
}

pub fn warning(warning: &Warning) -> String {
    nb(&match warning {
        Warning::PriceDiffers { line, name, till, ours } => {
            format!(
                "Ligne {line}, « {name} » : {} en caisse, {} d’après l’achat, la marge et la TVA.",
                money(*till),
                money(*ours)
            )
        }
        Warning::ArchivedByHand { line, name } => {
            format!("Ligne {line}, « {name} » : archivé à la main, il le reste. La caisse le vend encore.")
        }
    })
}

/// What has to be answered before.
pub fn open(open: Open) -> String {
    nb(&match open {
        Open::Ranges { words } => format!("Dis d’abord quel rayon c’est : {}.", counted(words, "mot inconnu", "mots inconnus")),
        Open::Suppliers { words } => {
            format!("Dis d’abord quel fournisseur c’est : {}.", counted(words, "mot inconnu", "mots inconnus"))
        }
        Open::Names { rows } => {
            format!("Dis d’abord si c’est le même produit : {}.", counted(rows, "ressemblance", "ressemblances"))
        }
        Open::Shorter(shrunk) => shorter(shrunk),
    })
}

fn shorter(shrunk: Shrunk) -> String {
    let (rows, last) = (thousands(number(shrunk.rows)), thousands(number(shrunk.last)));
    let before =
        if shrunk.first { format!("le catalogue a déjà {last} produits") } else { format!("le dernier en avait {last}") };
    format!("Ce fichier a {rows} lignes, et {before} : confirme qu’il est complet.")
}

/// What an undo leaves as it is.
pub fn since(since: &Since) -> String {
    let fields: Vec<&str> = since.fields.iter().map(|of| field(*of)).collect();
    let name = if since.name.is_empty() { "un produit" } else { &since.name };
    nb(&match fields.as_slice() {
        [] if since.archived => format!("{} : changé depuis, archivé et non effacé.", capitalized(name)),
        [] => format!("{} : changé depuis, gardé.", capitalized(name)),
        fields => format!("{} : changé depuis, gardé ({}).", capitalized(name), fields.join(", ")),
    })
}

/// « 5 984 »
fn thousands(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (whole, rest) => format!("{}{NARROW}{rest:03}", thousands(whole)),
    }
}

#[cfg(test)]
#[path = "catalogue_import_tests.rs"]
mod tests;
