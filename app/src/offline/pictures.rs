//! The pictures of briefs and events, which the service worker keeps (`public/sw.js`): asked for once both are here, and thrown
//! away before anything else.

use domain::brief::{Briefs, Shown};
use domain::event::Events;
use js_sys::{Array, Object, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

/// As the service worker names it.
const CACHE: &str = "pictures";

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
        drop(ask(&wanted).await);
    });
}

async fn ask(wanted: &Array) -> Result<(), JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    // A page outside of a secure context has no workers.
    if !Reflect::has(&navigator, &"serviceWorker".into())? {
        return Ok(());
    }
    let ready = JsFuture::from(navigator.service_worker().ready()?).await?;
    let Some(worker) = ready.dyn_into::<ServiceWorkerRegistration>()?.active() else { return Ok(()) };
    let message = Object::new();
    Reflect::set(&message, &"type".into(), &"pictures".into())?;
    Reflect::set(&message, &"wanted".into(), wanted)?;
    worker.post_message(&message)
}

/// They can be fetched again: what is written here has the room.
pub async fn forget() {
    if let Some(caches) = web_sys::window().and_then(|window| window.caches().ok()) {
        drop(JsFuture::from(caches.delete(CACHE)).await);
    }
}
