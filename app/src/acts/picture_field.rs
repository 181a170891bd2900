//! A picture in a form: chosen, made small and kept on the device at once, and said in words.

use domain::id::PictureId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CustomEvent, Element};

use crate::french::nb;
use crate::offline::acts::Acts;
use crate::offline::photos::{self, For};
use crate::ui::Icon;

/// What `writing.js` says when a picture was chosen and made small.
const PICTURE: &str = "alpar:picture";

/// Said once a field to write in, or to choose a picture in, is shown: `boot.js` brings it to life.
const WRITING: &str = "alpar:writing";

/// A picture that was chosen, and its size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub id: PictureId,
    pub width: u16,
    pub height: u16,
}

/// Brings the fields of a form to life; says whether it is, which no page of the server's own says.
pub fn bring_to_life() -> RwSignal<bool> {
    let alive = RwSignal::new(false);
    Effect::new(move |_| {
        alive.set(true);
        if let Ok(event) = CustomEvent::new(WRITING) {
            drop(window().dispatch_event(&event));
        }
    });
    alive
}

/// A picture that was chosen under `place` is kept beside the outbox at once, and named by `picture`; then `note` is told.
pub fn hear_of_pictures(
    what: For,
    place: NodeRef<leptos::html::Div>,
    picture: RwSignal<Option<Chosen>>,
    no_room: RwSignal<bool>,
    note: impl Fn() + Clone + 'static,
) {
    let acts = Acts::expect();
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        let note = note.clone();
        let heard = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
            let detail = event.detail();
            let part = |name: &str| js_sys::Reflect::get(&detail, &JsValue::from_str(name)).ok();
            let Some(blob) = part("blob").and_then(|blob| blob.dyn_into::<Blob>().ok()) else { return };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels, 1,600 at most")]
            let pixels = |name: &str| part(name).and_then(|side| side.as_f64()).map_or(0, |side| side as u16);
            let (width, height) = (pixels("width"), pixels("height"));
            let note = note.clone();
            spawn_local(async move {
                let kept = photos::keep_picture(acts, blob, what).await;
                no_room.try_set(kept.is_none());
                if let Some(id) = kept {
                    picture.try_set(Some(Chosen { id, width, height }));
                    note();
                }
            });
        });
        // Captured: the event belongs to its field.
        let target: &web_sys::EventTarget = &place;
        drop(target.add_event_listener_with_callback_and_bool(PICTURE, heard.as_ref().unchecked_ref(), true));
        heard.forget();
    });
}

/// The picture, and what it shows for whoever does not see it.
#[component]
pub fn PictureField(
    /// What the ids of its fields begin with.
    of: &'static str,
    label: &'static str,
    hint: &'static str,
    picture: RwSignal<Option<Chosen>>,
    /// What is wrong with the picture itself: there is no room for it, or none was chosen.
    refused: Signal<Option<String>>,
    /// The words for it.
    alt: String,
    alt_hint: &'static str,
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let acts = Acts::expect();
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let address = RwSignal::new(None::<String>);
    Effect::new(move |_| match picture.get() {
        None => address.set(None),
        Some(chosen) => spawn_local(async move {
            address.try_set(Some(photos::address_of(acts, chosen.id).await));
        }),
    });
    let side = |side: fn(&Chosen) -> u16| move || picture.get().as_ref().map(side).unwrap_or_default().to_string();
    let none = move || picture.get().is_none();
    let field = format!("{of}-image");
    let (hint_id, wrong_id) = (format!("{field}-aide"), format!("{field}-faux"));
    let described = format!("{wrong_id} {hint_id}");
    view! {
        <input type="hidden" name="picture" prop:value=move || picture.get().map(|chosen| chosen.id.to_string()).unwrap_or_default()
            value=picture.get_untracked().map(|chosen| chosen.id.to_string()).unwrap_or_default()/>
        <input type="hidden" name="width" prop:value=side(|chosen| chosen.width) value=side(|chosen| chosen.width)()/>
        <input type="hidden" name="height" prop:value=side(|chosen| chosen.height) value=side(|chosen| chosen.height)()/>
        <div class="field" hidden=move || !alive.get()>
            <label class="field__label" for=field.clone()>{label}</label>
            <input class="field__input" id=field type="file" accept="image/*" data-picture aria-describedby=described/>
            <span class="field__hint" id=hint_id>{nb(hint)}</span>
            {said_wrong(wrong_id, refused)}
        </div>
        <div class="stack" hidden=none>
            {move || address.get().map(|address| view! { <img class="brief__picture" src=address alt=""/> })}
            <button class="button button--quiet" type="button" on:click=move |event| {
                picture.set(None);
                // As if it had been typed: the draft hears of it.
                if let Ok(changed) = web_sys::Event::new("change") {
                    let place = event_target::<Element>(&event).closest("form").ok().flatten();
                    drop(place.map(|form| form.parent_element().map(|place| place.dispatch_event(&changed))));
                }
            }>
                "Retirer l’image"
            </button>
            {typed_line(of, "alt", "Ce que l’image montre", alt_hint, alt, wrong)}
        </div>
    }
}

/// What is said where the device has no room for a picture.
pub fn no_room_for_it(no_room: RwSignal<bool>) -> Signal<Option<String>> {
    let said = "Ce téléphone n’a plus de place pour garder l’image : fais-en un peu, puis choisis-la de nouveau.";
    Signal::derive(move || no_room.get().then(|| nb(said)))
}

/// One line, with its hint and what is wrong with it; what is typed stays whatever is said of it.
pub fn typed_line(
    of: &'static str,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("{of}-{name}");
    let described = format!("{id}-aide {id}-faux");
    view! {
        <div class="field" class=("field--wrong", move || wrong.get().is_some())>
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="field__input"
                id=id.clone()
                name=name
                value=value
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || wrong.get().map(|_| "true")
            />
            <span class="field__hint" id=format!("{id}-aide")>{nb(hint)}</span>
            {said_wrong(format!("{id}-faux"), wrong)}
        </div>
    }
}

/// What is wrong, where anything is.
pub fn said_wrong(id: String, wrong: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field__error" id=id role="alert" hidden=move || wrong.get().is_none()>
            <Icon name="circle-alert"/>
            {move || wrong.get()}
        </p>
    }
}
