//! What stands in the fields of a form: what came back, or what it is.

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
    pub fn of(act: &str, known: Vec<(&'static str, String)>) -> Filled {
        let known = Fields(known.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
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

    pub fn ticks(&self, name: &'static str, value: &str) -> bool {
        self.fields.all(name).any(|known| known == value)
    }

    /// A field's hint, which may be empty, with what it is now.
    pub fn hint(&self, name: &'static str, hint: &str) -> Option<String> {
        let now = self.now.as_ref().map(|now| now.one(name).trim().to_owned());
        let now = now.filter(|now| now != self.fields.one(name).trim());
        let now = now.map(|now| if now.is_empty() { "Maintenant : rien".to_owned() } else { format!("Maintenant : « {now} »") });
        match (hint, now) {
            ("", now) => now.map(|now| nb(&now)),
            (hint, None) => Some(nb(hint)),
            (hint, Some(now)) => Some(nb(&format!("{}. {now}", hint.trim_end_matches('.')))),
        }
    }

    /// The sentence of what is wrong with a field, where it came back.
    pub fn wrong(&self, name: &str) -> Option<String> {
        let refused = if self.back { refused() } else { Refused::default() };
        refused.of_field(name)
    }
}
