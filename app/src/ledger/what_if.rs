//! « Et si … »: an act is tried on the count. A plain form that asks the same page again.

use domain::reason::When;
use domain::view::what_if::{Tried, WhatIf};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::commitment_page::PAGE;
use crate::acts::value;
use crate::french::commitment::{at_the_end, comes_to, what_if};
use crate::french::dates::date_short;
use crate::french::nb;
use crate::ui::{EffectLine, EffectLook, Field};

#[component]
pub fn WhatIfForm(choices: Vec<(WhatIf, When)>, tried: Option<Tried>) -> AnyView {
    if choices.is_empty() {
        return view! {
            <p class="soft">"Quand tu auras une vacation, ou qu’une place se libère, tu pourras voir ici ce qu’elle change."</p>
        }
        .into_any();
    }
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let chosen = form.and_then(|form| FormData::new_with_form(&form).ok()).and_then(|data| value(&data, "si"));
        if let Some(chosen) = chosen {
            event.prevent_default();
            let stays = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&format!("{PAGE}?si={chosen}"), stays);
        }
    };
    let chosen = tried.as_ref().map(|tried| tried.what);
    let options = choices
        .into_iter()
        .map(|(what, when)| {
            view! { <option value=what.to_string() selected=chosen == Some(what)>{what_if(what, &when)}</option> }
        })
        .collect_view();
    view! {
        <form method="get" action=PAGE class="stack" on:submit=submit>
            <Field id="si" label="Ce que tu essaies" hint="Rien ne part : c’est seulement pour voir.">
                <select class="field__input" id="si" name="si" aria-describedby="si-aide">{options}</select>
            </Field>
            <button class="button" type="submit">"Voir ce que ça change"</button>
        </form>
        <div role="status">{tried.map(shown)}</div>
    }
    .into_any()
}

fn shown(tried: Tried) -> impl IntoView {
    let look = if tried.after.exact.to_do > tried.before.exact.to_do { EffectLook::Less } else { EffectLook::Plain };
    let title = nb(&format!("Au {}, si tu fais tout le reste de ce qui est prévu :", date_short(tried.cycle.to)));
    let href = format!("/vacation/{}", tried.when.shift);
    view! {
        <div class="card">
            <h3 class="card__title">{what_if(tried.what, &tried.when)}</h3>
            <p class="card__soft">{title}</p>
            <dl class="compare">
                <div class="compare__side">
                    <dt>"Sans"</dt>
                    <dd>{at_the_end(&tried.before)}</dd>
                </div>
                <div class="compare__side">
                    <dt>"Avec"</dt>
                    <dd>{at_the_end(&tried.after)}</dd>
                </div>
            </dl>
            <EffectLine look=look>{comes_to(&tried)}</EffectLine>
            <div class="card__acts"><a class="button button--soft" href=href>"Voir la vacation"</a></div>
        </div>
    }
}
