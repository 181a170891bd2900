//! What stands in the fields of a product or a supplier: what came back, or what it is.

use domain::procedures::Fields;

use super::form::{Refused, came_back, refused};
use crate::french::nb;

pub struct Filled {
    fields: Fields,
    /// Whether it came back.
    pub back: bool,
    /// What it is now, where somebody changed it while this was written.
    now: Option<Fields>,
}

impl Filled {
    /// `known`: as somebody would have typed what it is, its revision under « base » among it.
    pub fn of(act: &str, known: Fields) -> Filled {
        let Some(mut fields) = came_back(act) else {
            return Filled { fields: known, back: false, now: None };
        };
        // Whoever reads why sees beside each field what it is now, too: sent again, the form goes on from there.
        let now = refused().is_stale().then_some(known);
        if let Some(now) = &now {
            fields.0.retain(|(name, _)| name != "base");
            fields.0.push(("base".to_owned(), now.one("base").to_owned()));
        }
        Filled { fields, back: true, now }
    }

    pub fn one(&self, name: &'static str) -> String {
        self.fields.one(name).to_owned()
    }

    pub fn all(&self, name: &'static str) -> Vec<String> {
        self.fields.all(name).map(str::to_owned).collect()
    }

    pub fn ticked(&self, name: &'static str) -> bool {
        !self.fields.one(name).is_empty()
    }

    /// What a field is now, where that is otherwise than what was typed without knowing of it.
    pub fn now(&self, name: &'static str) -> Option<String> {
        let even = |typed: &str| typed.replace("\r\n", "\n").trim().to_owned();
        let (now, typed) = (even(self.now.as_ref()?.one(name)), even(self.fields.one(name)));
        (now != typed).then_some(now)
    }

    /// All that is chosen now, likewise.
    pub fn all_now(&self, name: &'static str) -> Option<Vec<String>> {
        let now: Vec<String> = self.now.as_ref()?.all(name).map(str::to_owned).collect();
        (now != self.all(name)).then_some(now)
    }

    /// A field's hint, which may be empty, with what it is now.
    pub fn hint(&self, name: &'static str, hint: &str) -> Option<String> {
        self.hint_as(name, hint, |now| format!("« {now} »"))
    }

    /// With words of its own for what it is now.
    pub fn hint_as(&self, name: &'static str, hint: &str, words: impl Fn(&str) -> String) -> Option<String> {
        let now = self.now(name).map(|now| {
            let now = if now.is_empty() { "rien".to_owned() } else { words(&now) };
            format!("Maintenant : {now}")
        });
        match (hint, now) {
            ("", now) => now.map(|now| nb(&now)),
            (hint, None) => Some(nb(hint)),
            (hint, Some(now)) => Some(nb(&format!("{}. {now}", hint.trim_end_matches('.')))),
        }
    }

    /// What is wrong with it, where it came back.
    pub fn refused(&self) -> Refused {
        if self.back { refused() } else { Refused::default() }
    }

    /// The sentence of what is wrong with a field.
    pub fn wrong(&self, name: &str) -> Option<String> {
        self.refused().of_field(name)
    }
}

/// Fields from their names and values.
pub fn typed(fields: Vec<(&'static str, String)>) -> Fields {
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
