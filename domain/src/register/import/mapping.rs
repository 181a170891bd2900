//! Which column means what: guessed from its title, corrected by hand, and remembered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fact::Field;
use crate::import::title;

/// By a column's title; none where somebody said that it means nothing to us.
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
            let free = |column: &&String| !column.is_empty() && !mapping.0.contains_key(*column);
            let called = |name: &&str| columns.iter().filter(free).find(|column| column.as_str() == *name);
            let found = names(field).iter().find_map(called).cloned();
            let of_a_year = || columns.iter().filter(free).find(|column| year_of(column).is_some()).cloned();
            let found = found.or_else(|| if field == Field::Association { of_a_year() } else { None });
            if let Some(column) = found {
                mapping.0.insert(column, Some(field));
            }
        }
        mapping.without_first_names(header)
    }

    pub fn guessed(header: &[String]) -> Mapping {
        Mapping::suggested(header, &Mapping::default())
    }

    /// « Nom » alone holds both names, as in Odoo.
    fn without_first_names(mut self, header: &[String]) -> Mapping {
        let alone = self.means(Field::LastName, header) && !self.means(Field::FirstName, header);
        if alone && !self.means(Field::FullName, header) {
            for field in self.0.values_mut().filter(|field| **field == Some(Field::LastName)) {
                *field = Some(Field::FullName);
            }
        }
        // Where they stand apart, one cell with both says nothing more.
        let apart = self.means(Field::LastName, header) && self.means(Field::FirstName, header);
        if apart {
            for field in self.0.values_mut().filter(|field| **field == Some(Field::FullName)) {
                *field = None;
            }
        }
        // « Nom », which held both names in the file before, is the last name beside a first name.
        let beside = self.means(Field::FirstName, header) && !self.means(Field::LastName, header);
        if beside {
            let is_last = |title: &str| names(Field::LastName).contains(&title);
            for (_, field) in self.0.iter_mut().filter(|(title, field)| **field == Some(Field::FullName) && is_last(title)) {
                *field = Some(Field::LastName);
            }
        }
        self
    }

    pub fn set(&mut self, column: &str, field: Option<Field>) {
        self.0.insert(title(column), field);
    }

    pub fn field(&self, column: &str) -> Option<Field> {
        self.0.get(&title(column)).copied().flatten()
    }

    /// Whether a column of this file is of that field.
    pub fn means(&self, field: Field, header: &[String]) -> bool {
        header.iter().any(|column| self.field(column) == Some(field))
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
