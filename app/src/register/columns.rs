//! Which column of a file of members is what: said once, and remembered.

use domain::register::import::{Field as Of, Importing};
use leptos::prelude::*;

use super::form::{MEMBERS, column_key};
use crate::french::register_import::field as field_name;
use crate::french::{capitalized, nb};
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon};

/// How many cells of a column are shown beside it.
const CELLS_SHOWN: usize = 3;

/// `open`: rows cannot be read before.
pub fn columns(importing: &Importing, open: bool) -> AnyView {
    let id = importing.id.to_string();
    let with = vec![("import", id.clone())];
    let fields: Vec<_> = importing.header.iter().enumerate().map(|(at, title)| column(importing, at, title)).collect();
    let title = if open { "Les colonnes" } else { "Changer les colonnes" };
    view! {
        <details class="history section--apart" open=open>
            <summary class="history__head">
                {title}
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Ce que tu dis ici vaut aussi pour les prochains fichiers.")}</p>
            <Posted to=MEMBERS act="colonnes" of=id with=with class="stack">
                <div class="supply__columns">{fields}</div>
                <button class="button button--fill" type="submit">
                    "Relire le fichier"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn column(importing: &Importing, at: usize, title: &str) -> AnyView {
    let known = importing.mapping.field(title);
    let option = |of: Of| {
        let words = capitalized(field_name(of));
        view! {
            <option value=column_key(of) selected=known == Some(of)>
                {words}
            </option>
        }
    };
    let options: Vec<_> = Of::ALL.into_iter().map(option).collect();
    let cells = importing.sample.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
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
