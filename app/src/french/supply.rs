//! What those who keep the ranges read: what is wrong, what was done, what a file came to.

use domain::catalogue::import::{Counts, NotApproved};
use domain::catalogue::{Mistake, Unread};

use super::catalogue::{amount_mistake, barcode_mistake, money, rate, rate_mistake};
use super::catalogue_import::{open, reason, refused};
use super::typography::counted;
use super::{capitalized, import, nb};
use crate::supply::form::Why;

/// Which field of the form it belongs to; none where it is of the whole.
pub fn field_of(why: &Why) -> &'static str {
    match why {
        Why::Typed(mistake) => field_of_mistake(mistake),
        Why::Unread(unread) => field_of_unread(unread),
        Why::File(_) => "fichier",
        Why::NotApproved(_) | Why::NotUndone(_) => "",
    }
}

fn field_of_mistake(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::NameMissing | Mistake::NameTooLong { .. } | Mistake::NameTaken => "name",
        Mistake::BrandTooLong { .. } => "brand",
        Mistake::OriginTooLong { .. } => "origin",
        Mistake::UnknownRange => "range",
        Mistake::UnknownSupplier => "supplier",
        Mistake::TillIdTooLong { .. } | Mistake::TillIdTaken { .. } => "till_id",
        Mistake::TooManyBarcodes { .. } | Mistake::BarcodeTaken { .. } => "barcodes",
        Mistake::PurchaseMissing | Mistake::TooDear { .. } => "purchase",
        Mistake::RateTooHigh { .. } => "margin",
        Mistake::NotARateOfVat => "vat",
        Mistake::LabelTooLong { .. } | Mistake::TooManyLabels { .. } => "labels",
        Mistake::AllergensToCome => "allergens_on",
        Mistake::StoryTooLong { .. } => "story",
        Mistake::AltMissing | Mistake::AltTooLong { .. } | Mistake::PictureTooLarge { .. } => "alt",
        Mistake::PlaceTooLong { .. } => "place",
        Mistake::TooFar { .. } => "distance",
        Mistake::Scales { .. } => "scales",
        Mistake::TooManyNew { .. } | Mistake::InUse { .. } | Mistake::Stale { .. } => "",
    }
}

fn field_of_unread(unread: &Unread) -> &'static str {
    match unread {
        Unread::RangeMissing => "range",
        Unread::Supplier => "supplier",
        Unread::SoldBy => "sold_by",
        Unread::Net(_) => "net",
        Unread::Purchase(_) => "purchase",
        Unread::Margin(_) => "margin",
        Unread::Vat => "vat",
        Unread::Deposit(_) => "deposit",
        Unread::Barcode { .. } => "barcodes",
        Unread::Availability => "availability",
        Unread::Until => "until",
        Unread::Season => "from",
        Unread::AllergensDay => "allergens_on",
        Unread::Distance => "distance",
    }
}

/// Why it was not done: one sentence, or one for each thing to answer first.
pub fn sentences(why: &Why) -> Vec<String> {
    match why {
        Why::Typed(mistake) => vec![nb(&self::mistake(mistake))],
        Why::Unread(unread) => vec![nb(&self::unread(unread))],
        Why::File(why) => vec![refused(*why)],
        Why::NotApproved(NotApproved::Open(all)) => all.iter().map(|one| open(*one)).collect(),
        Why::NotApproved(NotApproved::Otherwise) => vec![nb(
            "Le catalogue ou les réponses ont changé depuis que tu as vu ces différences : les voici comme elles sont maintenant.",
        )],
        Why::NotApproved(NotApproved::Unread) => {
            vec![nb("Ce fichier ne se lit pas encore en entier : corrige d’abord ce qui suit.")]
        }
        Why::NotApproved(NotApproved::Undone) => {
            vec![nb("Cet import a été annulé depuis : pour l’appliquer, envoie le fichier de nouveau.")]
        }
        Why::NotUndone(why) => vec![import::not_undone(*why)],
    }
}

fn mistake(mistake: &Mistake) -> String {
    let longest = |cap: &usize| format!("C’est trop long : {cap} caractères au plus.");
    match mistake {
        Mistake::NameMissing => "Donne un nom.".to_owned(),
        Mistake::NameTaken => "Ce nom est déjà pris.".to_owned(),
        Mistake::NameTooLong { cap }
        | Mistake::BrandTooLong { cap }
        | Mistake::OriginTooLong { cap }
        | Mistake::TillIdTooLong { cap }
        | Mistake::LabelTooLong { cap }
        | Mistake::AltTooLong { cap }
        | Mistake::PlaceTooLong { cap } => longest(cap),
        Mistake::UnknownRange => "Ce rayon n’est plus là : choisis-en un autre.".to_owned(),
        Mistake::UnknownSupplier => "Ce fournisseur n’est plus là : choisis-en un autre.".to_owned(),
        Mistake::TillIdTaken { by } => format!("« {by} » a déjà ce code article."),
        Mistake::TooManyBarcodes { cap } => format!("{cap} codes-barres au plus."),
        Mistake::BarcodeTaken { barcode, by } => format!("« {by} » a déjà le code-barres {barcode}."),
        Mistake::PurchaseMissing => "Dis le prix d’achat, plus que zéro.".to_owned(),
        Mistake::TooDear { cap } => format!("C’est plus que {} : est-ce une faute de frappe ?", money(*cap)),
        Mistake::RateTooHigh { cap } => format!("Un taux va jusqu’à {}.", rate(*cap)),
        Mistake::NotARateOfVat => "Choisis un taux de TVA.".to_owned(),
        Mistake::TooManyLabels { cap } => format!("{cap} labels au plus."),
        Mistake::AllergensToCome => "Ce jour n’est pas encore venu : écris celui où tu as lu l’étiquette.".to_owned(),
        Mistake::StoryTooLong { cap, long } => format!("L’histoire est trop longue : {long} caractères, {cap} au plus."),
        Mistake::AltMissing => "Dis ce que la photo montre, pour qui ne la voit pas.".to_owned(),
        Mistake::PictureTooLarge { cap } => format!("La photo est trop grande : {cap} pixels de côté au plus."),
        Mistake::TooFar { cap } => format!("{cap} km au plus : est-ce une faute de frappe ?"),
        Mistake::Scales { line } => {
            format!("Ligne {line} : écris une seule fois chaque préfixe (02, ou 20 à 29), « prix » ou « poids », puis combien de chiffres a l’article, comme 21 poids 5.")
        }
        Mistake::TooManyNew { words } => {
            format!("{words} mots inconnus d’un coup, c’est trop : une colonne en dit sans doute une autre. Regarde si les colonnes sont les bonnes.")
        }
        Mistake::InUse { products } => {
            let which = if *products == 1 { "archivé ou non : déplace-le" } else { "archivés compris : déplace-les" };
            let products = counted(usize::try_from(*products).unwrap_or(usize::MAX), "produit", "produits");
            format!("Il y a encore {products}, {which} d’abord.")
        }
        Mistake::Stale { .. } => {
            "Quelqu’un l’a changé entre-temps. Sous ce que tu as écrit, « Maintenant » dit ce que c’est : choisis, puis enregistre de nouveau."
                .to_owned()
        }
    }
}

fn unread(unread: &Unread) -> String {
    match unread {
        Unread::RangeMissing => "Choisis un rayon.".to_owned(),
        Unread::Supplier => "Choisis un fournisseur, ou personne en particulier.".to_owned(),
        Unread::SoldBy => "Dis comment ça se vend : à la pièce, au poids ou au volume.".to_owned(),
        Unread::Net(why) => format!("{}.", capitalized(&reason(*why))),
        Unread::Purchase(mistake) | Unread::Deposit(mistake) => amount_mistake(*mistake),
        Unread::Margin(mistake) => rate_mistake(*mistake),
        Unread::Vat => "Choisis un taux de TVA.".to_owned(),
        Unread::Barcode { said, mistake } => format!("« {said} » : {}", barcode_mistake(*mistake)),
        Unread::Availability => "Dis s’il est en rayon.".to_owned(),
        Unread::Until => "Écris un jour.".to_owned(),
        Unread::Season => "Écris deux jours de l’année : 15/05 et 30/09.".to_owned(),
        Unread::AllergensDay => "Dis de quel jour est cette donnée : celui où tu as lu l’étiquette.".to_owned(),
        Unread::Distance => "Écris un nombre de kilomètres, ou rien.".to_owned(),
    }
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "produit" => "C’est enregistré. Les membres le voient.",
        "produit-archive" => "C’est enregistré. Le produit est archivé : les membres ne le voient pas.",
        "nouveau-produit" => "Le produit est au catalogue.",
        "archiver" => "Le produit est archivé : les membres ne le voient plus.",
        "remettre" => "Le produit est de nouveau au catalogue.",
        "rayon" | "deplacer-rayon" => "C’est enregistré.",
        "nouveau-rayon" => "Le rayon est là, après les autres.",
        "retirer-rayon" => "Le rayon est retiré.",
        "marge" => "La marge a changé, et les prix avec elle.",
        "balances" => "C’est enregistré : les étiquettes de la balance se lisent ainsi.",
        "fournisseur" => "C’est enregistré.",
        "nouveau-fournisseur" => "Le fournisseur est là.",
        "retirer-fournisseur" => "Le fournisseur est retiré.",
        "colonnes" => "Le fichier est relu avec ces colonnes.",
        "mots" => "Ces mots sont connus maintenant.",
        "reponses" => "C’est noté.",
        "appliquer" => "C’est appliqué, en entier.",
        "defaire" => "L’import est annulé : tout est comme avant.",
        _ => return None,
    })
}

/// « 6 000 lignes : 12 nouveaux, 3 changés, 1 retiré »
pub fn counts(counts: &Counts) -> String {
    let parts = [
        (counts.new, "nouveau", "nouveaux"),
        (counts.changed, "changé", "changés"),
        (counts.gone, "retiré", "retirés"),
        (counts.back, "de retour", "de retour"),
    ];
    import::counts(counts.rows, &parts)
}

/// « 3 produits trouvés »
pub fn search_found(found: usize) -> String {
    if found == 0 { nb("Aucun produit trouvé") } else { counted(found, "produit trouvé", "produits trouvés") }
}

#[cfg(test)]
mod tests {
    use domain::catalogue::AmountMistake;

    use super::*;

    #[test]
    fn a_file_is_summed_up() {
        let came_to = Counts { rows: 12, new: 2, changed: 1, gone: 0, back: 0 };
        assert_eq!(counts(&came_to).replace(['\u{a0}', '\u{202f}'], " "), "12 lignes : 2 nouveaux, 1 changé");
        let nothing = Counts { rows: 1, ..Counts::default() };
        assert_eq!(counts(&nothing).replace(['\u{a0}', '\u{202f}'], " "), "1 ligne : rien n’a changé");
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        assert_eq!(field_of(&Why::Unread(Unread::Purchase(AmountMistake::Unreadable))), "purchase");
        assert_eq!(field_of(&Why::Typed(Mistake::TillIdTaken { by: "Lait".into() })), "till_id");
        assert_eq!(sentences(&Why::Typed(Mistake::NameMissing)), ["Donne un nom."]);
        let in_use = |products| sentences(&Why::Typed(Mistake::InUse { products }))[0].replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(in_use(1), "Il y a encore 1 produit, archivé ou non : déplace-le d’abord.");
        assert_eq!(in_use(2), "Il y a encore 2 produits, archivés compris : déplace-les d’abord.");
        assert_eq!(field_of(&Why::Typed(Mistake::TooManyNew { words: 3_000 })), "", "it is of the whole file");
    }
}
