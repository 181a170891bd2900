//! The small photos of what its member likes and is to buy: a device has them before anybody looks at them, and keeps them before all
//! others (`public/sw.js`).

use domain::catalogue::{Catalogue, thumbnail_address, wanted_of};
use domain::id::PictureId;
use domain::view::catalogue::my_thumbnails;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::store::Store;
use super::{db, pictures, shop};

/// Where the worker notes what it was asked for.
const NOTE: &str = "/pictures/petites";

/// What the device is to have.
#[derive(Clone, PartialEq, Eq)]
struct Wanted {
    /// What it was gathered from.
    of: Uuid,
    /// The first come first.
    photos: Vec<PictureId>,
    /// Something is on one of the lists, whether or not it has a photo.
    listed: bool,
}

#[derive(Deserialize)]
struct Note {
    /// Nothing while some are still to come.
    #[serde(default)]
    of: Option<Uuid>,
}

/// Asks the worker for them where the shop is read, and again whenever they are others.
pub fn follow(store: Store) {
    let wanted = Memo::new(move |_| {
        let found = store.following_shop(|_, shop| {
            shop.is_whole().then(|| {
                let products = shop.me.lists.products();
                Wanted { of: wanted_of(shop.catalogue, &products), photos: my_thumbnails(shop), listed: !products.is_empty() }
            })
        });
        found.flatten()
    });
    Effect::new(move |_| {
        if let Some(wanted) = wanted.get() {
            spawn_local(async move {
                drop(ask(wanted).await);
            });
        }
    });
}

async fn ask(wanted: Wanted) -> Result<(), JsValue> {
    // Of whoever lists nothing, nothing is kept.
    if !wanted.listed && noted().await?.is_none() {
        return Ok(());
    }
    let addresses = Array::new();
    for photo in wanted.photos {
        addresses.push(&JsValue::from_str(&thumbnail_address(photo)));
    }
    match pictures::worker().await? {
        Some(worker) => pictures::tell(&worker, "thumbnails", &addresses, &JsValue::from_str(&wanted.of.to_string())),
        None => Ok(()),
    }
}

/// Once the shelves have come: reads the shop where they may be others than those that the device has. No other start pays for it.
pub async fn look(store: Store) {
    let Some(member) = store.member.get_untracked() else { return };
    let products = store.with_seen(|seen| seen.me.lists.products()).unwrap_or_default();
    if products.is_empty() || pictures::saves_data() {
        return;
    }
    let Some(catalogue) = db::get::<Catalogue>(&db::snapshots_of(&member), shop::INDEX).await else { return };
    let Ok(Some(_)) = pictures::worker().await else { return };
    let known = noted().await.ok().flatten().and_then(|note| note.of);
    if known != Some(wanted_of(&catalogue, &products)) {
        untrack(|| store.want_shop());
    }
}

/// What the worker was asked for last, and has.
async fn noted() -> Result<Option<Note>, JsValue> {
    let caches = web_sys::window().ok_or(JsValue::NULL)?.caches()?;
    let found = JsFuture::from(caches.match_with_str(NOTE)).await?;
    let Ok(found) = found.dyn_into::<Response>() else { return Ok(None) };
    let text = JsFuture::from(found.text()?).await?.as_string().unwrap_or_default();
    Ok(domain::json::parse::<Note>(&text).ok())
}
