//! A native checkbox or radio with a whole row to hit.

use leptos::prelude::*;

use super::given::Words;

#[component]
pub fn Tick(
    /// `checkbox` or `radio`.
    #[prop(default = "checkbox")]
    kind: &'static str,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] soft: Words,
    #[prop(optional)] checked: bool,
    /// The form is not sent without it.
    #[prop(optional)]
    required: bool,
    /// Called with whether it is ticked, each time that changes.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let changed = move |event: leptos::ev::Event| {
        if let Some(on_change) = on_change {
            on_change.run(event_target_checked(&event));
        }
    };
    view! {
        <label class="tick">
            <input class="tick__box" type=kind name=name value=value checked=checked required=required on:change=changed/>
            <span class="tick__body">
                <span class="tick__title">{title}</span>
                {soft.0.map(|soft| view! { <span class="tick__soft">{soft}</span> })}
            </span>
        </label>
    }
}
