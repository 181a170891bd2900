//! « Annoncer une sortie »: a draft of one, or of a series.

use domain::event::Programme;
use leptos::prelude::*;

use super::fields::{Filled, fields, options};
use super::form::{NotDone, POSTED_TO, apart};
use super::organised_programme;
use super::repeating::rule_fields;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Field;
use crate::visit::Assets;

#[component]
pub fn NewEventPage() -> impl IntoView {
    let asked = Asked::new_blocking(|| (), |()| organised_programme());
    view! {
        <Still title="Annoncer une sortie" back=(POSTED_TO, "Ce que tu organises")>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<Programme, ApiError>) -> AnyView {
    let programme = match answer {
        Ok(programme) => programme,
        Err(error) => return apart(&error),
    };
    let filled = Filled::empty("creer");
    let chosen = filled.one("groupe");
    let groups = options(&programme.mine, &chosen);
    let inside = fields(&filled, &programme);
    let rule = rule_fields(&filled, false);
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <p class="page__lead">{nb("Elle reste un brouillon jusqu’à ce que tu la publies.")}</p>
        <NotDone/>
        <Posted to=POSTED_TO act="creer" of="" class="stack">
            <Field id="groupe" label="Au nom de">
                <select class="field__input" id="groupe" name="groupe">{groups}</select>
            </Field>
            {inside}
            {rule}
            <button class="button button--main" type="submit">
                "Garder en brouillon"
            </button>
        </Posted>
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}
