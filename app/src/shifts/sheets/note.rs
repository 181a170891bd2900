//! A word that goes along with an act: to the team, to whoever is asked.

use domain::command::NOTE_CAP;
use leptos::prelude::*;

use crate::french::nb;
use crate::ui::Field;

/// The command's `note`. One sheet is open at a time, so that one id is enough.
#[component]
pub fn NoteField(#[prop(default = "Un mot, si tu veux")] label: &'static str) -> impl IntoView {
    let hint = nb(&format!("Facultatif, {NOTE_CAP} caractères"));
    view! {
        <Field id="mot" label=label hint=hint>
            <textarea
                class="field__input"
                id="mot"
                name="note"
                rows="2"
                maxlength=NOTE_CAP.to_string()
                aria-describedby="mot-aide"
            ></textarea>
        </Field>
    }
}
