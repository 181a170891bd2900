//! What stands in the fields of a form: what came back, or what it is.

use domain::procedures::Fields;
use leptos::prelude::use_context;

use crate::french::nb;
use crate::procedures::form::Typed;

/// Why what a page's form asked was not done.
pub trait Refusal: Default + Clone + 'static {
    /// What is wrong with a field, in a sentence.
    fn wrong_with(&self, field: &str) -> Option<String>;

    /// Somebody changed it while this was written.
    fn is_late(&self) -> bool;

    /// What a field is now, in words; none where there is nothing in it.
    fn said(_field: &str, now: &str) -> Option<String> {
        (!now.is_empty()).then(|| format!("« {now} »"))
    }
}

/// What was typed into the form of `act`, where it came back.
pub fn came_back(act: &str) -> Option<Fields> {
    use_context::<Typed>().map(|Typed(fields)| fields).filter(|typed| typed.one("geste") == act)
}

/// Fields from their names and values.
pub fn typed(fields: Vec<(&'static str, String)>) -> Fields {
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

pub struct Filled<R> {
    fields: Fields,
    /// Whether it came back.
    pub back: bool,
    /// What it is now, where somebody changed it while this was written.
    now: Option<Fields>,
    refused: R,
}

impl<R: Refusal> Filled<R> {
    /// `known`: as somebody would have typed what it is, its revision under « base » among it.
    pub fn between(came_back: Option<Fields>, known: Fields) -> Filled<R> {
        let Some(mut fields) = came_back else {
            return Filled { fields: known, back: false, now: None, refused: R::default() };
        };
        let refused: R = use_context().unwrap_or_default();
        // Whoever reads why sees beside each field what it is now, too: sent again, the form goes on from there.
        let now = refused.is_late().then_some(known);
        if let Some(now) = &now {
            fields.0.retain(|(name, _)| name != "base");
            fields.0.push(("base".to_owned(), now.one("base").to_owned()));
        }
        Filled { fields, back: true, now, refused }
    }

    pub fn one(&self, name: &str) -> String {
        self.fields.one(name).to_owned()
    }

    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.all(name).map(str::to_owned).collect()
    }

    pub fn ticked(&self, name: &str) -> bool {
        !self.fields.one(name).is_empty()
    }

    pub fn ticks(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).any(|known| known == value)
    }

    /// What a field is now, where that is otherwise than what was typed without knowing of it.
    pub fn now(&self, name: &str) -> Option<String> {
        let even = |typed: &str| typed.replace("\r\n", "\n").trim().to_owned();
        let (now, typed) = (even(self.now.as_ref()?.one(name)), even(self.fields.one(name)));
        (now != typed).then_some(now)
    }

    /// All that is chosen now, likewise.
    pub fn all_now(&self, name: &str) -> Option<Vec<String>> {
        let now: Vec<String> = self.now.as_ref()?.all(name).map(str::to_owned).collect();
        (now != self.all(name)).then_some(now)
    }

    /// A field's hint, which may be empty, with what it is now.
    pub fn hint(&self, name: &str, hint: &str) -> Option<String> {
        self.hint_as(name, hint, |now| R::said(name, now))
    }

    /// With words of its own for what it is now; without any, there is nothing in it.
    pub fn hint_as(&self, name: &str, hint: &str, words: impl Fn(&str) -> Option<String>) -> Option<String> {
        let now = self.now(name).map(|now| format!("Maintenant : {}", words(&now).unwrap_or_else(|| "rien".to_owned())));
        match (hint, now) {
            ("", now) => now.map(|now| nb(&now)),
            (hint, None) => Some(nb(hint)),
            (hint, Some(now)) => Some(nb(&format!("{}. {now}", hint.trim_end_matches('.')))),
        }
    }

    /// Why it was not done, where it came back.
    pub fn refused(&self) -> &R {
        &self.refused
    }

    /// What is wrong with a field, where it came back.
    pub fn wrong(&self, name: &str) -> Option<String> {
        self.refused.wrong_with(name)
    }
}
