//! What the shell's first script has read of the device while this module was compiled (`public/kept.js`).

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::db;

const NAME: &str = "alparKept";
/// A device that has not answered it by then is asked by the app itself. Milliseconds.
const PATIENCE_MS: u32 = 1_000;

/// What is older than that was read before who knows what happened in another window. Milliseconds.
const FRESH_MS: f64 = 10_000.0;

/// Texts by their keys, of the last member of this device; `last` is the device's own.
pub struct Early(JsValue);

impl Early {
    /// Once; nothing where it came to nothing, or the page is the server's.
    pub async fn take() -> Option<Early> {
        let page = js_sys::global();
        let coming: Promise = Reflect::get(&page, &NAME.into()).ok()?.dyn_into().ok()?;
        let _ = Reflect::set(&page, &NAME.into(), &JsValue::UNDEFINED);
        match select(JsFuture::from(coming), TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((Ok(kept), _)) if kept.is_object() => {
                let at = Reflect::get(&kept, &"at".into()).ok()?.as_f64()?;
                (js_sys::Date::now() - at < FRESH_MS).then_some(Early(kept))
            }
            _ => None,
        }
    }

    pub fn text(&self, key: &str) -> Option<String> {
        Reflect::get(&self.0, &key.into()).ok()?.as_string()
    }

    /// Those of its snapshots of which the device has another one by now.
    pub async fn behind(&self, kept: &str, slices: &[&'static str]) -> Vec<&'static str> {
        let keys: Vec<String> = slices.iter().map(|slice| format!("{slice}-etag")).collect();
        let etags = db::texts(kept, &keys).await;
        // Where the device does not say, what is shown already stays.
        let known = keys.iter().map(|key| self.text(key));
        slices
            .iter()
            .zip(known.zip(etags))
            .filter(|(_, (known, etag))| etag.is_some() && known != etag)
            .map(|(slice, _)| *slice)
            .collect()
    }
}
