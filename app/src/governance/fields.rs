//! Fields that several forms have: a line, a text, a choice; each with an id of its own on the page.

use leptos::prelude::*;

use super::filled::Filled;
use crate::french::nb;
use crate::ui::field::described_by;
use crate::ui::{Field, TextField, in_textarea};

/// One line; `of` tells it from the same field of another form.
pub fn line(filled: &Filled, of: &str, name: &'static str, label: &'static str, kind: &'static str, hint: &str) -> AnyView {
    view! {
        <TextField
            id=format!("{of}-{name}")
            name=name
            kind=kind
            label=nb(label)
            value=filled.one(name)
            hint=filled.hint(name, hint)
            error=filled.wrong(name)
        />
    }
    .into_any()
}

/// A text; `is_prose`: in Markdown, with the toolbar and the preview where there is a script.
pub fn text(
    filled: &Filled,
    of: &str,
    (name, label): (&'static str, &'static str),
    rows: &'static str,
    is_prose: bool,
    hint: &str,
) -> AnyView {
    let id = format!("{of}-{name}");
    let wrong = filled.wrong(name);
    let hint = if is_prose {
        format!("{hint}Avec la barre d’outils, ou en Markdown : **gras**, *italique*, - liste")
    } else {
        hint.to_owned()
    };
    let has_hint = !hint.is_empty();
    let described = described_by(&id, has_hint, wrong.is_some());
    let invalid = wrong.is_some().then_some("true");
    let typed = filled.one(name);
    let now = filled.now(name).map(|now| {
        let now = if now.is_empty() { nb("Maintenant : rien") } else { format!("{}\n{now}", nb("Maintenant :")) };
        view! { <p class="field__hint versions__text">{now}</p> }
    });
    view! {
        <Field id=id.clone() label=nb(label) hint=has_hint.then(|| nb(&hint)) error=wrong>
            <textarea
                class="field__input"
                id=id
                name=name
                rows=rows
                data-prose=is_prose
                aria-describedby=described
                aria-invalid=invalid
            >
                {in_textarea(&typed)}
            </textarea>
        </Field>
        {now}
    }
    .into_any()
}

/// One of several: values and words.
pub fn choice(
    filled: &Filled,
    of: &str,
    (name, label): (&'static str, &'static str),
    hint: &str,
    options: Vec<(String, String)>,
) -> AnyView {
    let id = format!("{of}-{name}");
    let (wrong, chosen) = (filled.wrong(name), filled.one(name));
    let now = filled.now(name).map(|now| {
        let word = options.iter().find(|(value, _)| *value == now).map_or("rien", |(_, word)| word.as_str());
        format!("Maintenant : {word}")
    });
    let hint = match (hint, now) {
        ("", now) => now,
        (hint, None) => Some(hint.to_owned()),
        (hint, Some(now)) => Some(format!("{}. {now}", hint.trim_end_matches('.'))),
    };
    let described = described_by(&id, hint.is_some(), wrong.is_some());
    let invalid = wrong.is_some().then_some("true");
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, word)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{nb(&word)}</option> }
        })
        .collect();
    view! {
        <Field id=id.clone() label=nb(label) hint=hint.map(|hint| nb(&hint)) error=wrong>
            <select class="field__input" id=id name=name aria-describedby=described aria-invalid=invalid>
                {options}
            </select>
        </Field>
    }
    .into_any()
}
