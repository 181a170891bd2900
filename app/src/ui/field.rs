//! A label, what one types, a hint or what is wrong with it: tied together for whoever listens.

use leptos::prelude::*;

use super::Icon;
use super::given::Words;

/// The ids that `aria-describedby` of a field's input names, if there are any.
pub fn described_by(id: &str, hint: bool, wrong: bool) -> Option<String> {
    match (hint, wrong) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-aide")),
        (false, true) => Some(format!("{id}-faux")),
        (true, true) => Some(format!("{id}-faux {id}-aide")),
    }
}

/// A label and its messages around any control; the control carries `id` and [`described_by`].
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Words,
    #[prop(optional, into)] error: Words,
    children: Children,
) -> impl IntoView {
    let class = if error.0.is_some() { "field field--wrong" } else { "field" };
    let (hint_id, error_id) = (format!("{id}-aide"), format!("{id}-faux"));
    view! {
        <div class=class>
            <label class="field__label" for=id>
                {label}
            </label>
            {children()}
            {hint.0.map(|hint| view! { <span class="field__hint" id=hint_id>{hint}</span> })}
            {error.0.map(|error| {
                    view! {
                        <p class="field__error" id=error_id>
                            <Icon name="circle-alert"/>
                            {error}
                        </p>
                    }
                })}
        </div>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Words,
    #[prop(optional, into)] error: Words,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] inputmode: Option<&'static str>,
    #[prop(optional, into)] pattern: Option<&'static str>,
    /// In characters.
    #[prop(optional)]
    maxlength: Option<u16>,
    #[prop(optional)] required: bool,
    /// More of the input's classes: `field__input--big`, `field__input--code`.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let described = described_by(&id, hint.0.is_some(), error.0.is_some());
    let wrong = error.0.is_some().then_some("true");
    let class = if class.is_empty() { "field__input".to_owned() } else { format!("field__input {class}") };
    view! {
        <Field id=id.clone() label=label hint=hint error=error>
            <input
                class=class
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                pattern=pattern
                maxlength=maxlength.map(|cap| cap.to_string())
                required=required
                aria-invalid=wrong
                aria-describedby=described
            />
        </Field>
    }
}
