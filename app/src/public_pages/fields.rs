//! The fields of a page's text: what waits or is read, or what came back.

use domain::public_page::{DESCRIPTION_CAP, InHand, Mistake, TEXT_CAP, TITLE_CAP};
use leptos::prelude::*;

use super::form::{came_back, refused};
use crate::french::nb;
use crate::french::public_pages::pieces;
use crate::ui::{Field, TextField, in_textarea};

/// What stands in the fields.
pub struct Text {
    title: String,
    description: String,
    text: String,
    /// The revision that it is written from.
    pub base: i32,
    /// It came back.
    pub back: bool,
}

impl Text {
    pub fn of(in_hand: &InHand) -> Text {
        if let Some(fields) = came_back("texte") {
            let base = fields.one("base").parse().unwrap_or(0);
            let one = |name: &'static str| fields.one(name).to_owned();
            return Text { title: one("title"), description: one("description"), text: one("text"), base, back: true };
        }
        let read = in_hand.versions.first().map(|version| (version.said.clone(), version.revision));
        let waits = in_hand.draft.as_ref().map(|draft| (draft.said.clone(), draft.base));
        // There is always one that is read.
        let Some((said, base)) = waits.or(read) else {
            return Text { title: String::new(), description: String::new(), text: String::new(), base: 0, back: false };
        };
        Text { title: said.title, description: said.description, text: said.text, base, back: false }
    }

    /// What came back was refused for what it says, and not because somebody was faster.
    pub fn is_refused(&self) -> bool {
        self.back && refused().0.iter().any(|mistake| *mistake != Mistake::Changed)
    }
}

pub fn fields(text: &Text) -> AnyView {
    let wrong = if text.back { refused() } else { Default::default() };
    let bad_text = wrong.of_field("text");
    let described = if bad_text.is_some() { "text-faux text-aide" } else { "text-aide" };
    let invalid = bad_text.is_some().then_some("true");
    let typed = text.text.clone();
    let hint = format!(
        "Avec la barre d’outils, ou en Markdown. « # » commence une partie. Une ligne à elle seule montre ce que disent les données : {}.",
        pieces()
    );
    let cap = TEXT_CAP.to_string();
    view! {
        <TextField
            id="title"
            name="title"
            label="Titre"
            value=text.title.clone()
            error=wrong.of_field("title")
            maxlength=u16::try_from(TITLE_CAP).unwrap_or(u16::MAX)
            required=true
        />
        <TextField
            id="description"
            name="description"
            label="De quoi parle la page"
            value=text.description.clone()
            hint=nb("Une phrase ou deux : ce que montrent les moteurs de recherche, et les sites où on partage la page")
            error=wrong.of_field("description")
            maxlength=u16::try_from(DESCRIPTION_CAP).unwrap_or(u16::MAX)
            required=true
        />
        <Field id="text" label="Texte" hint=nb(&hint) error=bad_text>
            <textarea
                class="field__input"
                id="text"
                name="text"
                rows="18"
                data-prose
                data-cap=cap
                aria-describedby=described
                aria-invalid=invalid
            >
                {in_textarea(&typed)}
            </textarea>
        </Field>
    }
    .into_any()
}
