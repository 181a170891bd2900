//! Which column of the till means what.

use super::fact::Field;
use super::quantity::{Unit, unit};
use crate::import::{self, title_with_unit as title};

/// The last import's says whose each field is.
pub type Mapping = import::Mapping<Field>;

impl import::Field for Field {
    const ALL: &'static [Field] = &Field::ALL;

    fn key(self) -> &'static str {
        match self {
            Field::TillId => "till_id",
            Field::Barcode => "barcode",
            Field::Name => "name",
            Field::Brand => "brand",
            Field::Range => "range",
            Field::Supplier => "supplier",
            Field::SoldBy => "sold_by",
            Field::Net => "net",
            Field::Purchase => "purchase",
            Field::Margin => "margin",
            Field::Vat => "vat",
            Field::Deposit => "deposit",
            Field::Price => "price",
            Field::Availability => "availability",
            Field::Origin => "origin",
        }
    }

    fn title(column: &str) -> String {
        title(column)
    }

    fn among<'a>(self, titles: &[&'a str]) -> Option<&'a str> {
        let is = |title: &str, name: &str| may_be(self, title) && (title == name || without_unit(title) == name);
        names(self).iter().find_map(|name| titles.iter().copied().find(|title| is(title, name)))
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
