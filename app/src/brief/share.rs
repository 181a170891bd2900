//! « Partager »: by the device where it can, else the address is copied.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::ui::Icon;

/// Of this page; `path` is its own address.
#[component]
pub fn Share(path: String, title: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let share = move |_| {
        let Ok(origin) = window().location().origin() else { return };
        let (address, navigator) = (format!("{origin}{path}"), window().navigator());
        if js_sys::Reflect::has(&navigator, &"share".into()).unwrap_or(false) {
            let data = web_sys::ShareData::new();
            data.set_title(&title);
            data.set_url(&address);
            let shared = navigator.share_with_data(&data);
            // Not shared after all: nothing to say.
            spawn_local(async move { drop(JsFuture::from(shared).await) });
        } else {
            let written = navigator.clipboard().write_text(&address);
            spawn_local(async move { copied.set(JsFuture::from(written).await.is_ok()) });
        }
    };
    view! {
        <button class="button" type="button" on:click=share>
            <Icon name="share-2"/>
            "Partager"
        </button>
        <p role="status">{move || copied.get().then_some("L’adresse est copiée.")}</p>
    }
}
