//! Photos of what a member says on a sheet: made small on the device, kept beside the outbox, and sent
//! once the act that names them was taken.

use chrono::Duration;
use domain::command::Command;
use domain::id::PhotoId;
use domain::outbox::EntryState;
use domain::outcome::Outcome;
use domain::time::Instant;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::acts::Acts;
use super::wire::{self, Trouble};
use super::{clock, db, tabs};

/// The longest side, in pixels.
const LONGEST_PX: u32 = 1280;
/// The largest photo, in bytes.
const CAP: usize = 150_000;
/// Tried in turn, until it is small enough.
const QUALITIES: [f64; 4] = [0.8, 0.65, 0.5, 0.35];
/// A photo that no act named by then was not meant to be sent. Hours.
const UNNAMED_H: i64 = 24;
const KEY: &str = "photos";

#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    id: PhotoId,
    /// The JPEG in base64.
    jpeg: String,
    at: Instant,
}

/// The picture made again, small: without what the camera wrote into it.
async fn made_small(file: &File) -> Option<String> {
    let window = web_sys::window()?;
    let bitmap = JsFuture::from(window.create_image_bitmap_with_blob(file).ok()?).await.ok()?;
    let bitmap: ImageBitmap = bitmap.dyn_into().ok()?;
    let canvas: HtmlCanvasElement = window.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    let whole = bitmap.width().max(bitmap.height()).max(1);
    let mut longest = whole.min(LONGEST_PX);
    while longest > 64 {
        let scaled = |side: u32| (u64::from(side) * u64::from(longest) / u64::from(whole)).max(1);
        let (width, height) = (u32::try_from(scaled(bitmap.width())).ok()?, u32::try_from(scaled(bitmap.height())).ok()?);
        canvas.set_width(width);
        canvas.set_height(height);
        let paper: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        paper.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
        for quality in QUALITIES {
            let url = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality.into()).ok()?;
            let jpeg = url.strip_prefix("data:image/jpeg;base64,")?;
            if jpeg.len() / 4 * 3 <= CAP {
                return Some(jpeg.to_owned());
            }
        }
        longest = longest * 2 / 3;
    }
    None
}

/// Makes a photo small and keeps it on this device; nothing where it is no picture, or there is no room.
pub async fn keep(acts: Acts, file: File) -> Option<PhotoId> {
    let member = acts.member()?;
    let (id, at) = (PhotoId(clock::uuid()), clock::now());
    let jpeg = made_small(&file).await?;
    let keep: &dyn Fn(&mut Vec<Kept>) = &|kept| {
        kept.retain(|known| known.id != id);
        kept.push(Kept { id, jpeg: jpeg.clone(), at });
    };
    db::update(&db::outbox_of(&member), KEY, keep).await.ok()?;
    Some(id)
}

/// What became of the act that names a photo.
#[derive(PartialEq, Eq)]
enum Fate {
    Waits,
    Taken,
    Refused,
    Unnamed,
}

fn fate(acts: Acts, photo: PhotoId) -> Fate {
    let names = |command: Option<&Command>| matches!(command, Some(Command::ReceiveDelivery { photo: Some(named), .. }) if *named == photo);
    acts.outbox.with_untracked(|outbox| {
        let entry = outbox.entries.iter().find(|entry| names(entry.command()));
        match entry.map(|entry| &entry.state) {
            None => Fate::Unnamed,
            Some(EntryState::Answered { outcome: Outcome::Applied { .. }, .. }) => Fate::Taken,
            Some(EntryState::Answered { .. }) => Fate::Refused,
            Some(_) => Fate::Waits,
        }
    })
}

/// Sends what may be sent; one tab of the device at a time. What no act names any more goes.
pub async fn send(acts: Acts) {
    let Some(member) = acts.member() else { return };
    let name = db::outbox_of(&member);
    tabs::alone(&format!("alpar-photos-{member}"), async move {
        let kept: Vec<Kept> = db::get(&name, KEY).await.unwrap_or_default();
        for photo in kept {
            let over = match fate(acts, photo.id) {
                Fate::Waits => false,
                Fate::Refused => true,
                Fate::Unnamed => photo.at + Duration::hours(UNNAMED_H) < clock::now(),
                Fate::Taken => match wire::photo(photo.id, &photo.jpeg, &member).await {
                    // What the server does not take now, it never will.
                    Ok(()) | Err(Trouble::Rejected) => true,
                    Err(_) => return,
                },
            };
            if over {
                let forget: &dyn Fn(&mut Vec<Kept>) = &|kept| kept.retain(|known| known.id != photo.id);
                drop(db::update(&name, KEY, forget).await);
            }
        }
    })
    .await;
}
