//! The fourteen, each with how far it is in the product; and of which day that is.

use domain::catalogue::{Allergen, Presence};
use leptos::prelude::*;

use super::filled::Filled;
use crate::french::catalogue::allergen as allergen_name;
use crate::french::{capitalized, nb};
use crate::ui::TextField;

/// In the order of the columns.
const DEGREES: [(&str, &str); 4] =
    [("contient", "Contient"), ("traces", "Traces"), ("inconnu", "Inconnu"), ("sans", "N’en contient pas")];

pub fn allergens(filled: &Filled) -> AnyView {
    let heads: Vec<_> = DEGREES.into_iter().map(|(_, words)| view! { <th scope="col">{words}</th> }).collect();
    let rows: Vec<_> = Allergen::ALL.into_iter().map(|allergen| row(filled, allergen)).collect();
    let hint = "Le jour où tu as lu l’étiquette, ou la fiche du fournisseur. Les membres le voient";
    view! {
        <p class="soft">{nb("« Inconnu » n’est jamais montré comme sans danger. Dans le doute, laisse « inconnu ».")}</p>
        <table class="supply__allergens">
            <thead>
                <tr>
                    <th scope="col">"Allergène"</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <TextField
            id="allergens_on"
            name="allergens_on"
            kind="date"
            label="Donnée du"
            value=filled.one("allergens_on")
            hint=filled.hint("allergens_on", hint)
            error=filled.wrong("allergens_on")
        />
    }
    .into_any()
}

fn row(filled: &Filled, allergen: Allergen) -> AnyView {
    let key = allergen.field();
    let name = capitalized(allergen_name(allergen));
    let chosen = Presence::typed(Presence::read(&filled.one(key)));
    let cells: Vec<_> = DEGREES
        .into_iter()
        .map(|(degree, words)| {
            let label = nb(&format!("{name} : {}", words.to_lowercase()));
            view! {
                <td>
                    <label class="supply__degree">
                        <input type="radio" name=key value=degree checked=chosen == degree aria-label=label/>
                        <span class="supply__word" aria-hidden="true">{words}</span>
                    </label>
                </td>
            }
        })
        .collect();
    let word = |key: &str| DEGREES.into_iter().find(|(known, _)| *known == key).map_or("", |(_, words)| words).to_lowercase();
    let now = filled.now(key).map(|now| nb(&format!("Maintenant : {}", word(&now))));
    view! {
        <tr>
            <th scope="row">
                {name}
                {now.map(|now| view! { <span class="field__hint">{now}</span> })}
            </th>
            {cells}
        </tr>
    }
    .into_any()
}
