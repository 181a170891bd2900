//! What stands in the fields of a form: what came back, or what it is.

use domain::procedures::Fields;

use super::form::{came_back, refused};
use crate::french::nb;

pub struct Filled {
    fields: Fields,
    /// Whether it came back.
    pub back: bool,
    /// What it is now, where somebody changed it while this was written.
    now: Option<Fields>,
}

impl Filled {
    /// `known`: as somebody would have typed what it is, its revision under « base » among it. `of` tells it from the other forms
    /// of the same act on a page.
    pub fn of(act: &str, of: &str, known: Fields) -> Filled {
        let Some(mut fields) = came_back(act, of) else {
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

    pub fn one(&self, name: &str) -> String {
        self.fields.one(name).to_owned()
    }

    /// What a field is now, where that is otherwise than what was typed without knowing of it.
    pub fn now(&self, name: &str) -> Option<String> {
        let even = |typed: &str| typed.replace("\r\n", "\n").trim().to_owned();
        let (now, typed) = (even(self.now.as_ref()?.one(name)), even(self.fields.one(name)));
        (now != typed).then_some(now)
    }

    /// A field's hint, which may be empty, with what it is now.
    pub fn hint(&self, name: &str, hint: &str) -> Option<String> {
        let now = self.now(name).map(|now| {
            let now = if now.is_empty() { "rien".to_owned() } else { format!("« {now} »") };
            format!("Maintenant : {now}")
        });
        match (hint, now) {
            ("", now) => now.map(|now| nb(&now)),
            (hint, None) => Some(nb(hint)),
            (hint, Some(now)) => Some(nb(&format!("{}. {now}", hint.trim_end_matches('.')))),
        }
    }

    /// The sentence of what is wrong with a field, where it came back.
    pub fn wrong(&self, name: &str) -> Option<String> {
        if self.back { refused().of_field(name) } else { None }
    }
}

/// Fields from their names and values.
pub fn typed(fields: Vec<(&'static str, String)>) -> Fields {
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
