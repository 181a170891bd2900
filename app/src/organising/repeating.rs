//! How an event comes back, and which of its dates a form is for.

use leptos::prelude::*;

use super::fields::{Filled, part};
use crate::french::nb;
use crate::ui::{Field, TextField, Tick};

/// How it comes back. `stays`: it does already, and what is left empty stays as it is.
pub fn rule_fields(filled: &Filled, stays: bool) -> AnyView {
    let refused = filled.refused();
    let chosen = filled.one("rythme");
    let bad = refused.of_field("rythme");
    let described = bad.is_some().then_some("rythme-faux");
    let invalid = bad.is_some().then_some("true");
    let rhythms = [
        ("", if stays { "Comme maintenant" } else { "Une seule fois" }),
        ("weekly", "Chaque semaine, le même jour"),
        ("monthly", "Chaque mois, le même jour (le 2e jeudi…)"),
        ("monthly_last", "Chaque mois, le dernier (le dernier vendredi…)"),
    ]
    .into_iter()
    .map(|(value, words)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{nb(words)}</option> }
    })
    .collect::<Vec<_>>();
    let (each, last) = if stays {
        ("Rien : comme maintenant", "Rien : comme maintenant. Plus tard : d’autres dates s’ajoutent")
    } else {
        ("Rien : chaque fois", "Le dernier jour possible")
    };
    let fields = view! {
        <Field id="rythme" label="Elle revient" error=bad>
            <select class="field__input" id="rythme" name="rythme" aria-describedby=described aria-invalid=invalid>
                {rhythms}
            </select>
        </Field>
        <TextField
            id="every"
            name="every"
            label="Toutes les combien de semaines, ou de mois"
            value=filled.one("every")
            inputmode="numeric"
            hint=nb(each)
            error=refused.of_field("every")
        />
        <TextField
            id="until"
            name="until"
            kind="date"
            label="Jusqu’au"
            value=filled.one("until")
            hint=nb(last)
            error=refused.of_field("until")
        />
    };
    part("Une fois, ou plusieurs", fields.into_any())
}

/// « Celle-ci / celle-ci et les suivantes / toutes »; nothing of one that stands alone.
pub fn scope_fields(in_series: bool, chosen: &str) -> AnyView {
    if !in_series {
        return ().into_any();
    }
    let choices = [
        ("celle-ci", "Celle-ci seulement"),
        ("suivantes", "Celle-ci et les suivantes"),
        ("toutes", "Toutes celles qui viennent"),
    ]
    .into_iter()
    .map(|(value, title)| {
        let checked = value == chosen || chosen.is_empty() && value == "celle-ci";
        view! { <Tick kind="radio" name="portee" value=value title=title checked=checked/> }
    })
    .collect::<Vec<_>>();
    view! {
        <fieldset class="stack">
            <legend class="field__label">"Pour quelles dates"</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}
