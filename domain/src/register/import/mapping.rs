//! Which column of a file of members means what.

use super::fact::Field;
use crate::import::{self, title};

pub type Mapping = import::Mapping<Field>;

impl import::Field for Field {
    const ALL: &'static [Field] = &Field::ALL;

    fn key(self) -> &'static str {
        match self {
            Field::Number => "number",
            Field::FirstName => "first_name",
            Field::LastName => "last_name",
            Field::FullName => "full_name",
            Field::Email => "email",
            Field::Phone => "phone",
            Field::Mobile => "mobile",
            Field::Street => "street",
            Field::MoreStreet => "more_street",
            Field::Zip => "zip",
            Field::City => "city",
            Field::JoinedOn => "joined_on",
            Field::Rhythm => "rhythm",
            Field::Share => "share",
            Field::ShareOn => "share_on",
            Field::Association => "association",
            Field::Active => "active",
        }
    }

    fn title(column: &str) -> String {
        title(column)
    }

    fn among<'a>(self, titles: &[&'a str]) -> Option<&'a str> {
        let called = |name: &&str| titles.iter().copied().find(|title| title == name);
        let of_a_year = || titles.iter().copied().find(|title| year_of(title).is_some());
        let found = names(self).iter().find_map(called);
        found.or_else(|| if self == Field::Association { of_a_year() } else { None })
    }

    /// « Nom » alone holds both names, as in Odoo.
    fn together(mut mapping: Mapping, header: &[String]) -> Mapping {
        let alone = mapping.means(Field::LastName, header) && !mapping.means(Field::FirstName, header);
        if alone && !mapping.means(Field::FullName, header) {
            mapping.turn(Field::LastName, Some(Field::FullName), |_| true);
        }
        // Where they stand apart, one cell with both says nothing more.
        if mapping.means(Field::LastName, header) && mapping.means(Field::FirstName, header) {
            mapping.turn(Field::FullName, None, |_| true);
        }
        // « Nom », which held both names in the file before, is the last name beside a first name.
        if mapping.means(Field::FirstName, header) && !mapping.means(Field::LastName, header) {
            let is_last = |title: &str| names(Field::LastName).contains(&title);
            mapping.turn(Field::FullName, Some(Field::LastName), is_last);
        }
        mapping
    }
}

/// « Adhésion 2026 », « cotisation 2025 »: the year of the association that a column is of.
pub(super) fn year_of(column: &str) -> Option<i32> {
    let title = title(column);
    let about = ["adhesion", "cotisation", "association"].iter().any(|word| title.split(' ').any(|known| known == *word));
    let year = title.split(' ').find_map(|word| word.parse::<i32>().ok().filter(|year| (2016..=2200).contains(year)));
    year.filter(|_| about)
}

/// What the files that we know call a field, the surest names first, each as its title. Those of Odoo's fields are written with
/// low lines, which a title has as spaces.
fn names(field: Field) -> &'static [&'static str] {
    match field {
        Field::Number => &[
            "numero de membre",
            "numero membre",
            "n membre",
            "n de membre",
            "member number",
            "membership number",
            "numero existant",
            "cooperator register number",
            "cooperator number",
            "numero de cooperateur",
            "numero cooperateur",
            "numero de cooperatrice ou cooperateur",
            "numero d adherent",
            "numero adherent",
            "n adherent",
            "barcode base",
            "membre",
            "numero",
            "num",
            "no",
            "n",
        ],
        Field::FirstName => &["prenom", "first name", "firstname", "given name"],
        Field::LastName => &["nom de famille", "last name", "lastname", "surname", "family name", "nom usuel", "nom"],
        Field::FullName => &[
            "nom complet",
            "nom et prenom",
            "nom prenom",
            "prenom nom",
            "prenom et nom",
            "display name",
            "nom affiche",
            "complete name",
            "name",
            "cooperateur",
            "cooperator",
            "contact",
        ],
        Field::Email => &[
            "email",
            "e mail",
            "mail",
            "courriel",
            "adresse e mail",
            "adresse email",
            "adresse mail",
            "adresse electronique",
            "adresse courriel",
            "email address",
        ],
        Field::Phone => &["telephone", "tel", "phone", "numero de telephone", "telephone fixe", "phone number", "n telephone"],
        Field::Mobile => &["mobile", "portable", "tel mobile", "telephone portable", "telephone mobile", "tel portable", "gsm"],
        Field::Street => &["rue", "street", "street1", "street 1", "adresse postale", "adresse 1", "adresse", "address"],
        Field::MoreStreet => &["complement adresse", "complement d adresse", "street2", "street 2", "rue2", "rue 2", "adresse 2"],
        Field::Zip => &["code postal", "code postale", "cp", "zip", "zip code", "zipcode", "postal code"],
        Field::City => &["ville", "commune", "city", "localite", "town"],
        Field::JoinedOn => &[
            "date inscription",
            "date d inscription",
            "date d adhesion",
            "date adhesion",
            "effective date",
            "date d effet",
            "date effective",
            "registration date",
            "membre depuis",
            "adherent depuis",
            "date d entree",
            "joined on",
        ],
        Field::Rhythm => &["rythme", "fixe ou volant", "type de vacation", "type de creneau", "shift type", "volant", "flying"],
        // A plain « montant » is none: gestion-compte's is what was paid of the association's membership.
        Field::Share => &[
            "montant des parts",
            "montant des parts sociales",
            "montant de la part",
            "montant part sociale",
            "part sociale",
            "parts sociales",
            "total value",
            "total value of shares",
            "valeur totale des parts",
            "capital souscrit",
            "capital",
        ],
        Field::ShareOn => &["date de souscription", "date souscription", "subscription date", "date de la part"],
        Field::Association => &["adhesion association", "association", "adhesion a l association", "cotisation", "adhesion"],
        Field::Active => &[
            "member",
            "effective cooperator",
            "cooperateur effectif",
            "cooperateur trice effectif ve",
            "membre effectif",
            "is member",
            "is a member",
            "actif",
            "active",
        ],
    }
}
