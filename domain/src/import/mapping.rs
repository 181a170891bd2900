//! Which column means what: guessed from its title, corrected by hand, and remembered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::COLUMN_CAP;
use crate::procedures::Fields;

/// The most columns of which anything is remembered: whoever has more brings the files of another system.
const REMEMBERED_CAP: usize = 1_000;

/// What a column of some kind of file may hold.
pub trait Field: Copy + Ord + 'static {
    /// In the order in which they are shown.
    const ALL: &'static [Self];

    /// What a form calls it.
    fn key(self) -> &'static str;

    /// What the spellings of a column's title have in common.
    fn title(column: &str) -> String;

    /// Which of these titles is its own, as far as one can guess.
    fn among<'a>(self, titles: &[&'a str]) -> Option<&'a str>;

    /// What only all the columns together say.
    fn together(mapping: Mapping<Self>, _header: &[String]) -> Mapping<Self> {
        mapping
    }
}

/// By a column's title; none where somebody said that it means nothing to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping<F>(BTreeMap<String, Option<F>>);

impl<F> Default for Mapping<F> {
    fn default() -> Self {
        Mapping(BTreeMap::new())
    }
}

impl<F: Field> Mapping<F> {
    /// What is remembered of these columns, and a guess for the others.
    pub fn suggested(header: &[String], remembered: &Mapping<F>) -> Mapping<F> {
        let columns: Vec<String> = header.iter().map(|column| F::title(column)).collect();
        let known = columns.iter().filter_map(|column| Some((column.clone(), *remembered.0.get(column)?)));
        let mut mapping: Mapping<F> = Mapping(known.collect());
        for field in F::ALL.iter().filter(|field| !remembered.means(**field, header)) {
            let free = |title: &&str| !title.is_empty() && !mapping.0.contains_key(*title);
            let free: Vec<&str> = columns.iter().map(String::as_str).filter(free).collect();
            if let Some(title) = field.among(&free) {
                mapping.0.insert(title.to_owned(), Some(*field));
            }
        }
        F::together(mapping, header)
    }

    pub fn guessed(header: &[String]) -> Mapping<F> {
        Mapping::suggested(header, &Mapping::default())
    }

    /// As a form says it: titles, and the key of what each of them means.
    pub fn typed(fields: &Fields) -> Mapping<F> {
        let mut mapping: Mapping<F> = Mapping::default();
        for (title, key) in fields.all("titre").zip(fields.all("colonne")).take(COLUMN_CAP) {
            mapping.set(title, F::ALL.iter().copied().find(|field| field.key() == key));
        }
        mapping
    }

    pub fn set(&mut self, column: &str, field: Option<F>) {
        self.0.insert(F::title(column), field);
    }

    /// What was said of other columns stays; of these, what is newer counts.
    pub fn learn(&mut self, newer: &Mapping<F>) {
        if self.0.len() + newer.0.len() > REMEMBERED_CAP {
            self.0.clear();
        }
        self.0.extend(newer.0.iter().map(|(column, field)| (column.clone(), *field)));
    }

    /// Columns of a field, as far as their titles are such, are of another one, or of none.
    pub(crate) fn turn(&mut self, was: F, is: Option<F>, such: impl Fn(&str) -> bool) {
        for (title, field) in &mut self.0 {
            if *field == Some(was) && such(title) {
                *field = is;
            }
        }
    }

    pub fn field(&self, column: &str) -> Option<F> {
        self.0.get(&F::title(column)).copied().flatten()
    }

    /// Whether any column is of that field.
    pub fn has(&self, field: F) -> bool {
        self.0.values().any(|known| *known == Some(field))
    }

    /// Whether a column of this file is.
    pub fn means(&self, field: F, header: &[String]) -> bool {
        header.iter().any(|column| self.field(column) == Some(field))
    }
}
