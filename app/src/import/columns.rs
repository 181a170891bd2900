//! Which column of a file is what: said once, and remembered.

use domain::import::{Field as Of, Mapping};
use leptos::prelude::*;

use super::Kind;
use crate::french::{capitalized, nb};
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon};

/// How many cells of a column are shown beside it.
const CELLS_SHOWN: usize = 3;

/// A file, as far as it says which columns it has.
pub struct Said<'a, F> {
    pub id: String,
    pub header: &'a [String],
    /// The first rows, as they stand in it.
    pub sample: &'a [Vec<String>],
    pub mapping: &'a Mapping<F>,
}

/// `open`: rows cannot be read before.
pub fn columns<F: Of>(kind: &Kind<F>, file: &Said<'_, F>, open: bool) -> AnyView {
    let id = file.id.clone();
    let with = vec![("import", id.clone())];
    let fields: Vec<_> = file.header.iter().enumerate().map(|(at, title)| column(kind, file, at, title)).collect();
    let title = if open { "Les colonnes" } else { "Changer les colonnes" };
    let meanwhile = kind.is_long.then(|| view! { <p role="status" data-while-sent="Lecture en cours…"></p> });
    view! {
        <details class="history section--apart" open=open>
            <summary class="history__head">
                {title}
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Ce que tu dis ici vaut aussi pour les prochains fichiers.")}</p>
            <Posted to=kind.posted_to act="colonnes" of=id with=with class="stack">
                <div class="supply__columns">{fields}</div>
                <button class="button button--fill" type="submit">
                    "Relire le fichier"
                </button>
                {meanwhile}
            </Posted>
        </details>
    }
    .into_any()
}

fn column<F: Of>(kind: &Kind<F>, file: &Said<'_, F>, at: usize, title: &str) -> AnyView {
    let known = file.mapping.field(title);
    let option = |of: F| {
        let words = capitalized((kind.field)(of));
        view! {
            <option value=of.key() selected=known == Some(of)>
                {words}
            </option>
        }
    };
    let options: Vec<_> = F::ALL.iter().copied().map(option).collect();
    let cells = file.sample.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let cells: Vec<String> =
        cells.take(CELLS_SHOWN).map(|cell| format!("« {} »", cell.chars().take(30).collect::<String>())).collect();
    let hint = if cells.is_empty() { nb("Vide dans les premières lignes") } else { nb(&cells.join(", ")) };
    let id = format!("colonne-{at}");
    let label = if title.trim().is_empty() { format!("Colonne {}", at + 1) } else { title.to_owned() };
    let described = format!("{id}-aide");
    view! {
        <div>
            <input type="hidden" name="titre" value=title.to_owned()/>
            <Field id=id.clone() label=label hint=hint>
                <select class="field__input" id=id name="colonne" aria-describedby=described>
                    <option value="">"Rien pour nous"</option>
                    {options}
                </select>
            </Field>
        </div>
    }
    .into_any()
}
