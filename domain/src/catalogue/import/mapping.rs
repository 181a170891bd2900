//! Which column of the till means what: guessed from its header once, corrected by hand, and remembered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fact::Field;
use super::quantity::{Unit, unit};
use crate::import::title_with_unit as title;

/// The most columns of which anything is remembered: whoever has more brings the files of another till.
const REMEMBERED_CAP: usize = 1_000;

/// By a column's title; none where somebody said that it means nothing to us. Kept with the last import: it says whose each field is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(BTreeMap<String, Option<Field>>);

impl Mapping {
    /// What is remembered of these columns, and a guess for the others.
    pub fn suggested(header: &[String], remembered: &Mapping) -> Mapping {
        let columns: Vec<String> = header.iter().map(|column| title(column)).collect();
        let known = columns.iter().filter_map(|column| Some((column.clone(), *remembered.0.get(column)?)));
        let mut mapping = Mapping(known.collect());
        for field in Field::ALL.into_iter().filter(|field| !remembered.means(*field, header)) {
            let free = |column: &&String| !column.is_empty() && !mapping.0.contains_key(*column) && may_be(field, column);
            let called = |name: &&str| columns.iter().filter(free).find(|column| column == name || without_unit(column) == *name);
            if let Some(column) = names(field).iter().find_map(called).cloned() {
                mapping.0.insert(column, Some(field));
            }
        }
        mapping
    }

    pub fn guessed(header: &[String]) -> Mapping {
        Mapping::suggested(header, &Mapping::default())
    }

    pub fn set(&mut self, column: &str, field: Option<Field>) {
        self.0.insert(title(column), field);
    }

    /// What was said of other columns stays; of these, what is newer counts.
    pub fn learn(&mut self, newer: &Mapping) {
        if self.0.len() + newer.0.len() > REMEMBERED_CAP {
            self.0.clear();
        }
        self.0.extend(newer.0.iter().map(|(column, field)| (column.clone(), *field)));
    }

    pub fn field(&self, column: &str) -> Option<Field> {
        self.0.get(&title(column)).copied().flatten()
    }

    /// Whether any column is of that field.
    pub fn has(&self, field: Field) -> bool {
        self.0.values().any(|known| *known == Some(field))
    }

    /// Whether a column of this file is.
    pub fn means(&self, field: Field, header: &[String]) -> bool {
        header.iter().any(|column| self.field(column) == Some(field))
    }
}

/// What is of euros is no rate, and what is of per cents no amount: tills have « Marge (€) » beside « Marge (%) ».
fn may_be(field: Field, title: &str) -> bool {
    let says = |wanted: &[&str]| title.split(' ').any(|word| wanted.contains(&word));
    match field {
        Field::Margin | Field::Vat => !says(&["eur", "euro", "euros"]),
        Field::Purchase | Field::Deposit | Field::Price => !says(&["pct"]),
        _ => true,
    }
}

/// « Poids net (kg) »: what a number without a unit is of.
pub(super) fn unit_of(column: &str) -> Option<Unit> {
    title(column).rsplit_once(' ').and_then(|(_, last)| unit(last))
}

/// « Prix de vente TTC (€/kg) », « Poids en g »: a column's title without what its numbers are of.
fn without_unit(title: &str) -> &str {
    let mut rest = title;
    while let Some((before, last)) = rest.rsplit_once(' ') {
        if unit(last).is_none() && !["en", "eur", "euro", "euros", "pct"].contains(&last) {
            break;
        }
        rest = before;
    }
    rest
}

/// What French tills call a field, the surest names first, each as its title.
fn names(field: Field) -> &'static [&'static str] {
    match field {
        Field::TillId => &[
            "code article",
            "code produit",
            "code interne",
            "reference interne",
            "reference article",
            "ref article",
            "reference",
            "ref",
            "id article",
            "id produit",
            "n article",
            "no article",
            "num article",
            "numero article",
            "plu",
            "sku",
            "code",
            "id",
        ],
        Field::Barcode => &[
            "ean",
            "ean13",
            "ean 13",
            "gencod",
            "gencode",
            "code barres",
            "code barre",
            "codes barres",
            "codebarre",
            "gtin",
            "code ean",
        ],
        Field::Name => &[
            "designation",
            "libelle",
            "designation article",
            "libelle article",
            "libelle produit",
            "designation produit",
            "nom de l article",
            "nom article",
            "nom du produit",
            "nom produit",
            "nom",
            "intitule",
            "produit",
            "article",
        ],
        Field::Brand => &["marque", "fabricant"],
        Field::Range => &[
            "rayon",
            "nom rayon",
            "libelle rayon",
            "gamme",
            "famille",
            "nom famille",
            "libelle famille",
            "categorie",
            "categorie d articles",
            "categorie de produits",
            "departement",
            "groupe",
            "sous famille",
        ],
        Field::Supplier => &[
            "fournisseur",
            "nom fournisseur",
            "nom du fournisseur",
            "libelle fournisseur",
            "fournisseur principal",
            "producteur",
        ],
        Field::SoldBy => {
            &["vendu par", "vendu", "mode de vente", "type de vente", "unite de vente", "unite de mesure", "unite", "uv"]
        }
        Field::Net => &[
            "contenu net",
            "poids net",
            "quantite nette",
            "contenance",
            "poids volume",
            "conditionnement",
            "poids",
            "volume",
            "format",
        ],
        Field::Purchase => &[
            "prix d achat ht",
            "prix achat ht",
            "px achat ht",
            "pa ht",
            "paht",
            "dernier prix d achat",
            "prix d achat unitaire ht",
            "prix d achat unitaire",
            "prix d achat",
            "prix achat",
            "cout d achat",
            "cout",
            "pa",
        ],
        Field::Margin => &["taux de marge", "marge"],
        Field::Vat => &["taux de tva", "taux tva", "tva", "tva vente"],
        Field::Deposit => &["consigne", "montant consigne", "prix consigne"],
        Field::Price => &[
            "prix de vente ttc",
            "prix vente ttc",
            "px vente ttc",
            "pv ttc",
            "pvttc",
            "prix ttc",
            "prix de vente",
            "prix vente",
            "pv",
            "prix",
        ],
        Field::Availability => &["disponibilite"],
        Field::Origin => &["origine", "pays d origine", "provenance", "pays"],
    }
}
