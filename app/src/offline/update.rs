//! « Nouvelle version »: a quiet bar, and no reload over something unfinished.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::CustomEvent;

use super::acts::Acts;
use crate::ui::Icon;

/// What the boot script and the app say to each other (`public/boot.js`).
const READY: &str = "alpar:update-ready";
const APPLY: &str = "alpar:update-apply";
const REFUSED: &str = "alpar:update-refused";
const MAY_RELOAD: &str = "alpar:may-reload";

/// Where an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Update {
    None,
    Ready,
    Asked,
    /// Another window of this device has something unfinished.
    Refused,
}

/// Answers whether this page may be reloaded: not while an act is being sent, nor over something
/// typed in an open sheet. Once, in the browser.
pub fn guard(acts: Acts) {
    let _ = window_event_listener_untyped(MAY_RELOAD, move |event| {
        let sending = acts
            .outbox
            .with_untracked(|outbox| outbox.entries.iter().any(|entry| entry.state == domain::outbox::EntryState::Sending));
        if sending || acts.unkept.get_untracked() || is_dirty() {
            event.prevent_default();
        }
    });
}

/// Something was typed or ticked that the page does not have yet.
pub fn is_dirty() -> bool {
    let Ok(fields) = document().query_selector_all("textarea, input, select") else { return false };
    (0..fields.length()).filter_map(|at| fields.item(at)).any(|field| {
        // A draft that the device keeps is there again after the reload.
        let kept = field.dyn_ref::<web_sys::Element>().and_then(|field| field.closest("[data-kept]").ok().flatten());
        if kept.is_some() {
            return false;
        }
        if let Some(area) = field.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            return area.default_value().is_ok_and(|before| area.value() != before);
        }
        let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() else { return false };
        match input.type_().as_str() {
            "hidden" | "submit" | "button" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            _ => input.value() != input.default_value(),
        }
    })
}

/// The bar; nothing while there is no update.
#[component]
pub fn UpdateLine() -> impl IntoView {
    let update = RwSignal::new(Update::None);
    Effect::new(move |_| {
        let waits = document().document_element().and_then(|root| root.get_attribute("data-update"));
        if waits.is_some() {
            update.set(Update::Ready);
        }
        let ready = window_event_listener_untyped(READY, move |_| update.set(Update::Ready));
        let refused = window_event_listener_untyped(REFUSED, move |_| update.set(Update::Refused));
        on_cleanup(move || {
            ready.remove();
            refused.remove();
        });
    });
    let apply = move |_| {
        update.set(Update::Asked);
        if let Ok(event) = CustomEvent::new(APPLY) {
            let _ = window().dispatch_event(&event);
        }
    };
    move || match update.get() {
        Update::None => ().into_any(),
        Update::Ready | Update::Asked => view! {
            <button class="banner banner--info banner--act" type="button" on:click=apply disabled=update.get() == Update::Asked>
                <Icon name="refresh-cw"/>
                <span class="banner__body">"Nouvelle version d’Alpar : touche pour l’ouvrir"</span>
            </button>
        }
        .into_any(),
        Update::Refused => view! {
            <button class="banner banner--info banner--act" type="button" on:click=apply>
                <Icon name="refresh-cw"/>
                <span class="banner__body">
                    "Nouvelle version : une page a quelque chose d’inachevé. Termine, puis touche ici"
                </span>
            </button>
        }
        .into_any(),
    }
}
