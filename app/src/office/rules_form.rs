//! The form of new rules: a plain form, all of whose words come from the server.

use leptos::prelude::*;

use crate::api::rules::{CHANGE, Choice, FormField, Kind, Row, Section};
use crate::french::nb;
use crate::ui::field::described_by;
use crate::ui::{Field, Icon, TextField, Tick};

#[component]
pub fn RulesForm(head: Vec<FormField>, sections: Vec<Section>) -> impl IntoView {
    let head = head.into_iter().map(field).collect_view();
    let sections = sections.into_iter().map(section).collect_view();
    view! {
        <form class="stack rules__form" method="post" action=CHANGE novalidate autocomplete="off">
            // Enter in a field is the main act, wherever it is.
            <button class="visually-hidden" type="submit" name="faire" value="voir" tabindex="-1" aria-hidden="true">
                "Voir"
            </button>
            <div class="card">{head}</div>
            {sections}
            <div class="page__acts">
                <button class="button button--main button--block" type="submit" name="faire" value="voir">
                    "Voir ce que ça changerait"
                </button>
            </div>
        </form>
    }
}

fn section(section: Section) -> AnyView {
    let Section { id, title, soft, open, wrong, rows, grows } = section;
    let rows = rows.into_iter().map(row).collect_view();
    let more = grows.then(|| {
        view! {
            <button
                class="button"
                type="submit"
                name="faire"
                value="periode"
                formaction=format!("{CHANGE}#light")
            >
                "Ajouter une période"
            </button>
        }
    });
    view! {
        <details class="card rules__section" id=id open=open>
            <summary class="rules__fold">
                <Icon name="chevron-down"/>
                <span class="card__title">{title}</span>
            </summary>
            <p class="card__soft">{soft}</p>
            {wrong.map(|wrong| view! {
                <p class="field__error">
                    <Icon name="circle-alert"/>
                    {wrong}
                </p>
            })}
            {rows}
            {more}
        </details>
    }
    .into_any()
}

fn row(row: Row) -> AnyView {
    let fields = row.fields.into_iter().map(field).collect_view();
    let Some(legend) = row.legend else { return view! { <div class="stack">{fields}</div> }.into_any() };
    view! {
        <fieldset>
            <legend class="field__label">{legend}</legend>
            <div class="fields rules__row">{fields}</div>
        </fieldset>
    }
    .into_any()
}

fn field(field: FormField) -> AnyView {
    let FormField { id, name, label, hint, wrong, value, kind } = field;
    match kind {
        Kind::Tick => view! { <Tick name=name value="true" title=label soft=hint checked=!value.is_empty()/> }.into_any(),
        Kind::Radios(choices) => radios(id, name, label, wrong, &value, choices),
        Kind::Select(choices) => {
            let described = described_by(&id, hint.is_some(), wrong.is_some());
            let invalid = wrong.is_some().then_some("true");
            let options = choices
                .into_iter()
                .map(|choice| {
                    let selected = choice.value == value;
                    view! {
                        <option value=choice.value selected=selected>
                            {choice.title}
                        </option>
                    }
                })
                .collect_view();
            view! {
                <Field id=id.clone() label=label hint=hint error=wrong>
                    <select class="field__input" id=id name=name aria-describedby=described aria-invalid=invalid>
                        {options}
                    </select>
                </Field>
            }
            .into_any()
        }
        Kind::Day => view! { <TextField id=id name=name label=label kind="date" value=value hint=hint error=wrong/> }.into_any(),
        Kind::Figures => {
            view! { <TextField id=id name=name label=label inputmode="numeric" value=value hint=hint error=wrong/> }.into_any()
        }
        Kind::Amount => {
            view! { <TextField id=id name=name label=label inputmode="decimal" value=value hint=hint error=wrong/> }.into_any()
        }
        Kind::Text => view! { <TextField id=id name=name label=label value=value hint=hint error=wrong/> }.into_any(),
    }
}

fn radios(id: String, name: String, label: String, wrong: Option<String>, value: &str, choices: Vec<Choice>) -> AnyView {
    let ticks = choices
        .into_iter()
        .map(|choice| {
            let checked = choice.value == value;
            view! { <Tick kind="radio" name=name.clone() value=choice.value title=choice.title soft=choice.soft checked=checked/> }
        })
        .collect_view();
    view! {
        <fieldset class="stack" id=id>
            <legend class="field__label">{nb(&label)}</legend>
            {wrong.map(|wrong| view! {
                <p class="field__error">
                    <Icon name="circle-alert"/>
                    {wrong}
                </p>
            })}
            {ticks}
        </fieldset>
    }
    .into_any()
}
