//! Light, dark, or as the phone says: kept on this device.

use leptos::prelude::*;

/// The key that the page's first script reads.
const KEY: &str = "alpar-theme";

fn kept() -> Option<String> {
    window().local_storage().ok()??.get_item(KEY).ok()?
}

fn choose(theme: &'static str) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let root = document().document_element();
    if theme.is_empty() {
        let _ = storage.remove_item(KEY);
        let _ = root.map(|root| root.remove_attribute("data-theme"));
    } else {
        let _ = storage.set_item(KEY, theme);
        let _ = root.map(|root| root.set_attribute("data-theme", theme));
    }
}

#[component]
pub fn ThemeChoice() -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    Effect::new(move |_| chosen.set(kept().unwrap_or_default()));
    let pill = move |value: &'static str, label: &'static str| {
        view! {
            <label class="pill">
                <input
                    class="pill__box"
                    type="radio"
                    name="theme"
                    value=value
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| {
                        choose(value);
                        chosen.set(value.to_owned());
                    }
                />
                <span class="pill__face">{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field section--apart">
            <legend class="field__label">"Apparence"</legend>
            <div class="pills">
                {pill("", "Auto")}
                {pill("light", "Clair")}
                {pill("dark", "Sombre")}
            </div>
        </fieldset>
    }
}
