//! A page that the browser brings back as it was left, by « Retour »: its member may have signed out since.

use domain::json;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::prelude::*;

use super::db;
use super::store::{Device, Store, reload};

/// A device that does not answer within this leaves it to the server. Milliseconds.
const PATIENCE_MS: u32 = 1_000;

/// Whether this `pageshow` brings back a page that was left.
pub fn is_brought_back(event: &web_sys::Event) -> bool {
    Reflect::get(event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy())
}

/// Nothing of the page is seen any more; where it is, it stays in its place.
pub fn veil() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-veiled", "");
    }
}

fn unveil() {
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute("data-veiled");
    }
}

impl Store {
    /// Shown again once the device says that it is still its member's; otherwise it is loaded anew. Whether it goes on.
    pub async fn goes_on(self) -> bool {
        veil();
        if self.is_its_members().await {
            unveil();
            return true;
        }
        reload();
        false
    }

    async fn is_its_members(self) -> bool {
        let Some(member) = self.member.get_untracked() else { return false };
        let asked = Box::pin(db::text_or_why(db::DEVICE, "last"));
        match select(asked, TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((Ok(last), _)) => {
                let device = last.and_then(|text| json::parse::<Device>(&text).ok());
                device.is_some_and(|device| device.member == member)
            }
            // It keeps nothing: then nobody has signed out of it.
            Either::Left((Err(_), _)) => true,
            Either::Right((_, late)) => {
                // The device may still call back, and must then find whom it calls.
                std::mem::forget(late);
                true
            }
        }
    }
}
