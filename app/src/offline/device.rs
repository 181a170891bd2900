//! What we ask of the device: to keep what it was given, and a number on the app's icon.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks that the system does not throw our databases away when it tidies up. It may say no; it
/// asks nobody twice.
pub fn keep_for_good() {
    let Some(window) = web_sys::window() else { return };
    if let Ok(asked) = window.navigator().storage().persist() {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(asked).await;
        });
    }
}

/// The number on the app's icon, where there are such; 0 takes it off.
pub fn badge(count: usize) {
    let Some(window) = web_sys::window() else { return };
    let navigator = window.navigator();
    let (name, argument) = if count == 0 {
        ("clearAppBadge", JsValue::UNDEFINED)
    } else {
        ("setAppBadge", JsValue::from(u32::try_from(count).unwrap_or(u32::MAX)))
    };
    let Some(call) = Reflect::get(&navigator, &name.into()).ok().and_then(|call| call.dyn_into::<Function>().ok()) else {
        return;
    };
    if let Some(done) = call.call1(&navigator, &argument).ok().and_then(|done| done.dyn_into::<Promise>().ok()) {
        // Not installed, not allowed: then there is no icon to mark.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(done).await;
        });
    }
}
