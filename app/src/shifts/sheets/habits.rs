//! « Ou une habitude »: jeudi soir, entre deux dates.

use domain::swaps::Pattern;
use domain::time::{Instant, paris_day};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use crate::acts::{habit, value};
use crate::french::capitalized;
use crate::french::dates::iso_day;
use crate::french::patterns::pattern;
use crate::shifts::MomentFields;
use crate::ui::{Field, Icon};

/// The four fields say one habit; « Ajouter » keeps it and makes room for another.
#[component]
pub fn Habits(kept: RwSignal<Vec<Pattern>>, now: Instant) -> impl IntoView {
    let fields = NodeRef::<html::Fieldset>::new();
    let from = iso_day(paris_day(now));
    let to = from.clone();
    let add = move |_| {
        let form = fields.get_untracked().and_then(|fields| {
            let form = fields.closest("form").ok().flatten()?.dyn_into::<HtmlFormElement>().ok()?;
            Some((fields, form))
        });
        let Some((fields, form)) = form else { return };
        if let Some(said) = read(&form) {
            kept.update(|kept| {
                if !kept.contains(&said) {
                    kept.push(said);
                }
            });
            clear(&fields);
        }
    };
    let chips = move || kept.get().into_iter().enumerate().map(|(at, known)| chip(at, known, kept)).collect_view();
    view! {
        <fieldset class="section" node_ref=fields>
            <legend class="card__title">"Ou une habitude"</legend>
            <div class="fields">
                <MomentFields of="habitude"/>
                <Field id="habitude-du" label="Du">
                    <input class="field__input" id="habitude-du" name="pattern_from" type="date" min=from/>
                </Field>
                <Field id="habitude-au" label="Au">
                    <input class="field__input" id="habitude-au" name="pattern_to" type="date" min=to/>
                </Field>
            </div>
            <div class="cluster">
                <button class="button button--quiet" type="button" on:click=add>
                    "Ajouter cette habitude"
                </button>
            </div>
            <div class="cluster">{chips}</div>
        </fieldset>
    }
}

/// A kept habit; its value is posted as it is, without any script too.
fn chip(at: usize, known: Pattern, kept: RwSignal<Vec<Pattern>>) -> impl IntoView {
    let words = capitalized(&pattern(&known));
    let json = serde_json::to_string(&known).unwrap_or_default();
    let label = format!("Enlever : {words}");
    let remove = move |_| {
        kept.update(|kept| {
            kept.remove(at);
        });
    };
    view! {
        <span class="chip chip--done">
            <Icon name="check" small=true/>
            {words}
            <input type="hidden" name="patterns" value=json/>
        </span>
        <button class="button button--icon button--bare" type="button" aria-label=label on:click=remove>
            <Icon name="x"/>
        </button>
    }
}

fn read(form: &HtmlFormElement) -> Option<Pattern> {
    let form = FormData::new_with_form(form).ok()?;
    written(&form)
}

/// The habit that stands in the fields, added or not.
pub fn written(form: &FormData) -> Option<Pattern> {
    habit(|name| value(form, name))
}

fn clear(fields: &web_sys::HtmlFieldSetElement) {
    for name in ["habitude-jour", "habitude-moment", "habitude-du", "habitude-au"] {
        let field = fields.query_selector(&format!("#{name}")).ok().flatten();
        if let Some(field) = field {
            let _ = js_sys::Reflect::set(&field, &"value".into(), &"".into());
        }
    }
}
