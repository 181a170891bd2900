//! The text of a block: the same fields as its author's, brought to life by the page's scripts.

use domain::brief::{Mistake, PIXEL_CAP, Said, Written};
use domain::id::MemberId;
use domain::procedures::Fields;
use leptos::prelude::*;

use super::form::{refused, typed};
use crate::french::nb;
use crate::ui::{Field, TextField, Tick, in_textarea};

/// What stands in the fields: what came back, or a version.
pub struct Text {
    fields: Fields,
    /// Whether it came back.
    pub back: bool,
}

impl Text {
    pub fn of(written: &Written, said: &Said, act: &str) -> Text {
        if let Some(mut fields) = typed().filter(|typed| typed.one("geste") == act) {
            // What stands now is on the page, too: sent again, the form goes on from there.
            if refused().mistakes.contains(&Mistake::Changed) {
                fields.0.retain(|(name, _)| name != "base");
                fields.0.push(("base".to_owned(), written.block.revision.to_string()));
            }
            return Text { fields, back: true };
        }
        let mut fields =
            vec![("title", said.title.clone()), ("text", said.text.clone()), ("base", written.block.revision.to_string())];
        if let Some(picture) = &said.picture {
            let (width, height) = (picture.width.to_string(), picture.height.to_string());
            fields.extend([
                ("picture", picture.id.to_string()),
                ("alt", picture.alt.clone()),
                ("width", width),
                ("height", height),
            ]);
        }
        if let Some(link) = &said.link {
            fields.extend([("href", link.href.clone()), ("label", link.label.clone())]);
        }
        if written.block.ready {
            fields.push(("ready", "true".to_owned()));
        }
        if written.block.public {
            fields.push(("public", "true".to_owned()));
        }
        Text { fields: Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()), back: false }
    }

    fn one(&self, name: &'static str) -> String {
        self.fields.one(name).to_owned()
    }

    /// The revision that it is written from.
    pub fn base(&self) -> String {
        self.one("base")
    }

    pub fn ticked(&self, name: &'static str) -> bool {
        !self.fields.one(name).is_empty()
    }
}

/// The fields of a text. `marks`: also whether it is ready, and for whom.
pub fn fields(text: &Text, marks: bool, me: MemberId) -> AnyView {
    let refused = if text.back { refused() } else { Default::default() };
    let (bad_title, bad_text) = (refused.of_text("title"), refused.of_text("text"));
    let (bad_href, bad_label) = (refused.of_text("href"), refused.of_text("label"));
    let described = if bad_text.is_some() { "text-faux text-aide" } else { "text-aide" };
    let wrong = bad_text.is_some().then_some("true");
    let typed = text.one("text");
    view! {
        <TextField id="title" name="title" label="Titre" value=text.one("title") error=bad_title required=true/>
        <Field
            id="text"
            label="Texte"
            hint=nb("Avec la barre d’outils, ou en Markdown : **gras**, *italique*, - liste.")
            error=bad_text
        >
            <textarea
                class="field__input"
                id="text"
                name="text"
                rows="12"
                data-prose
                aria-describedby=described
                aria-invalid=wrong
            >
                {in_textarea(&typed)}
            </textarea>
        </Field>
        {picture(text, me)}
        <TextField
            id="href"
            name="href"
            label="Un lien"
            value=text.one("href")
            hint=nb("Une adresse du web, un mail après mailto:, ou une page d’Alpar. Facultatif")
            error=bad_href
        />
        <TextField
            id="label"
            name="label"
            label="Les mots du lien"
            value=text.one("label")
            hint=nb("« S’inscrire à la soupe »")
            error=bad_label
        />
        {marks.then(|| view! {
            <Tick
                name="ready"
                value="true"
                title="C’est prêt"
                soft=nb("Ce qui n’est pas prêt ne paraît pas : il passe à la semaine d’après")
                checked=text.ticked("ready")
            />
            <Tick
                name="public"
                value="true"
                title="Tout le monde peut le lire"
                soft=nb("Si la brève est ouverte au public")
                checked=text.ticked("public")
            />
        })}
    }
    .into_any()
}

/// The picture: what it shows is said, it is taken off, or another is chosen where the page's script can make it small and
/// send it (`public/workshop.js`). The address of none is empty.
fn picture(text: &Text, me: MemberId) -> AnyView {
    let picture = text.one("picture");
    let none = picture.is_empty();
    let refused = if text.back { refused() } else { Default::default() };
    let bad_alt = refused.of_text("alt");
    let side = |name| if none { String::new() } else { text.one(name).parse().unwrap_or(PIXEL_CAP).to_string() };
    let (width, height) = (side("width"), side("height"));
    let shown = (!none).then(|| format!("/pictures/{picture}"));
    view! {
        <fieldset class="field" data-pictured=me.to_string()>
            <legend class="field__label">"L’image"</legend>
            <input type="hidden" name="picture" value=picture/>
            <input type="hidden" name="width" value=width.clone()/>
            <input type="hidden" name="height" value=height.clone()/>
            <div class="stack" data-picture-there hidden=none>
                <img class="workshop__picture" src=shown alt=text.one("alt") width=width height=height/>
                <TextField
                    id="alt"
                    name="alt"
                    label="Ce qu’elle montre"
                    value=text.one("alt")
                    hint=nb("Pour qui ne la voit pas : « trois fromages sur une planche »")
                    error=bad_alt
                />
                <Tick name="without" value="true" title="Retirer l’image" checked=text.ticked("without")/>
            </div>
            <div class="field" data-picture-choice hidden>
                <label class="field__label" for="image">"Choisir une image"</label>
                <input class="field__input" id="image" type="file" accept="image/*" data-picture/>
                <p class="field__error" role="alert" data-picture-wrong hidden></p>
            </div>
            <noscript>
                <p class="field__hint">{nb("Une image se choisit depuis « Proposer », ou ici avec JavaScript.")}</p>
            </noscript>
        </fieldset>
    }
    .into_any()
}
