//! The pictures that the service worker keeps (`public/sw.js`): those of briefs and events, asked for once both are here; thumbnails
//! of the shop; and a few of its photos that were looked at. All of them are thrown away before anything else.

use domain::brief::{Briefs, Shown};
use domain::event::Events;
use js_sys::{Array, Object, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerRegistration};

/// As the service worker names them.
const CACHES: [&str; 3] = ["pictures", "product-photos", "thumbnails"];

/// Asks the worker for the covers of what is to come, soonest first, then for every picture of these briefs, the newest first.
/// It keeps within its cap, and leaves a metered network alone; without a worker, nothing is kept.
pub fn keep(briefs: &Briefs, events: &Events) {
    let wanted = Array::new();
    let to_come = events.events.iter().filter(|shown| shown.event.terms.times.ends_at > events.as_of);
    for cover in to_come.filter_map(|shown| shown.event.terms.details.cover.as_ref()) {
        wanted.push(&JsValue::from_str(&format!("/pictures/{}", cover.id)));
    }
    for piece in briefs.briefs.iter().flat_map(|brief| &brief.pieces) {
        if let Shown::Block { picture: Some(picture), .. } = piece {
            wanted.push(&JsValue::from_str(&format!("/pictures/{}", picture.id)));
        }
    }
    spawn_local(async move {
        if let Ok(Some(worker)) = worker().await {
            drop(tell(&worker, "pictures", &wanted, &JsValue::NULL));
        }
    });
}

/// The service worker, once there is one; without any, nobody waits for this.
pub(super) async fn worker() -> Result<Option<ServiceWorker>, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    // A page outside of a secure context has no workers.
    if !Reflect::has(&navigator, &"serviceWorker".into())? {
        return Ok(None);
    }
    let ready = JsFuture::from(navigator.service_worker().ready()?).await?;
    Ok(ready.dyn_into::<ServiceWorkerRegistration>()?.active())
}

/// Names the pictures of a kind that are wanted; `of`: what they were gathered from, where that says whether it is worth asking again.
pub(super) fn tell(worker: &ServiceWorker, kind: &str, wanted: &Array, of: &JsValue) -> Result<(), JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"type".into(), &kind.into())?;
    Reflect::set(&message, &"wanted".into(), wanted)?;
    Reflect::set(&message, &"of".into(), of)?;
    worker.post_message(&message)
}

/// The network is paid by the byte: what nobody looks at is not fetched.
pub(super) fn saves_data() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let part = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().filter(|part| !part.is_undefined());
    let connection = part(&window.navigator(), "connection").filter(JsValue::is_object);
    connection.and_then(|connection| part(&connection, "saveData")).is_some_and(|saves| saves.is_truthy())
}

/// They can be fetched again: what is written here has the room.
pub async fn forget() {
    if let Some(caches) = web_sys::window().and_then(|window| window.caches().ok()) {
        for name in CACHES {
            drop(JsFuture::from(caches.delete(name)).await);
        }
    }
}
