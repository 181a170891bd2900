//! « Appeler du renfort »: whoever can come is told at once, at night too.

use std::sync::Arc;

use domain::command::Command;
use leptos::prelude::*;
use web_sys::FormData;

use super::Under;
use super::note::NoteField;
use crate::acts::{ActForm, Read, intent_of, leave_sheet, value};
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::{EffectLine, Sheet};

#[component]
pub fn CallSheet(under: Under) -> impl IntoView {
    let store = Store::expect();
    let shift = under.shift;
    let read: Read = Arc::new(move |form: &FormData| {
        let command = Command::CallForHelp { shift, note: value(form, "note").unwrap_or_default() };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let effect = nb(
        "Tous ceux qui sont libres, et qui savent faire ce qu’il faut, reçoivent un appel tout de suite. Le premier qui prend la place l’a.",
    );
    let (back, close, then) = (under.page(), under.page(), leave_sheet(under.page()));
    view! {
        <Sheet title="Appeler du renfort" close=close>
            <ActForm
                command=Command::CallForHelp { shift, note: String::new() }
                intent=""
                back=back
                read=read
                then=then
                class="stack"
            >
                <NoteField/>
                <div class="sheet__foot">
                    <EffectLine>{effect}</EffectLine>
                    <button class="button button--main" type="submit">"Lancer l’appel"</button>
                </div>
            </ActForm>
        </Sheet>
    }
}
