//! Photos of what a member says on a sheet, pictures for the brief and of events: made small on the device, kept beside the
//! outbox, and sent once the act that names them was taken.

use chrono::Duration;
use domain::brief::PICTURE_CAP;
use domain::command::Command;
use domain::id::{PhotoId, PictureId};
use domain::outbox::EntryState;
use domain::outcome::Outcome;
use domain::time::Instant;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::acts::Acts;
use super::wire::{self, Trouble};
use super::{clock, db, tabs};

/// The longest side, in pixels.
const LONGEST_PX: u32 = 1280;
/// The largest photo, in bytes.
const CAP: usize = 150_000;
/// Tried in turn, until it is small enough.
const QUALITIES: [f64; 4] = [0.8, 0.65, 0.5, 0.35];
/// A photo that no act named by then was not meant to be sent; a picture may wait in a draft. Hours.
const UNNAMED_H: i64 = 24;
const IN_A_DRAFT_H: i64 = 35 * 24;
const KEY: &str = "photos";

#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    id: Uuid,
    /// A JPEG, or a picture's WebP, in base64.
    #[serde(rename = "jpeg")]
    bytes: String,
    at: Instant,
    #[serde(default)]
    of_brief: bool,
    #[serde(default)]
    of_event: bool,
}

/// What a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    Brief,
    Event,
}

impl Kept {
    /// By how its bytes begin.
    fn kind(&self) -> &'static str {
        if self.bytes.starts_with("/9j/") { "image/jpeg" } else { "image/webp" }
    }

    fn address(&self) -> String {
        let folder = match (self.of_brief, self.of_event) {
            (true, _) => "pictures",
            (false, true) => "event-pictures",
            (false, false) => "photos",
        };
        format!("/api/v1/{folder}/{}", self.id)
    }
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
    let bytes = made_small(&file).await?;
    let kept = Kept { id: clock::uuid(), bytes, at: clock::now(), of_brief: false, of_event: false };
    keep_as(acts, kept).await.map(PhotoId)
}

/// Keeps a picture, which is small already.
pub async fn keep_picture(acts: Acts, small: Blob, what: For) -> Option<PictureId> {
    let bytes = JsFuture::from(small.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
    let binary: String = bytes.iter().copied().filter(|_| bytes.len() <= PICTURE_CAP).map(char::from).collect();
    let bytes = web_sys::window()?.btoa(&binary).ok().filter(|text| !text.is_empty())?;
    let (of_brief, of_event) = (what == For::Brief, what == For::Event);
    let kept = Kept { id: clock::uuid(), bytes, at: clock::now(), of_brief, of_event };
    keep_as(acts, kept).await.map(PictureId)
}

async fn keep_as(acts: Acts, new: Kept) -> Option<Uuid> {
    let member = acts.member()?;
    let keep: &dyn Fn(&mut Vec<Kept>) = &|kept| {
        kept.retain(|known| known.id != new.id);
        kept.push(new.clone());
    };
    db::update(&db::outbox_of(&member), KEY, keep).await.ok()?;
    Some(new.id)
}

/// Where a picture is to be seen: on this device until it is sent, then at its own address.
pub async fn address_of(acts: Acts, picture: PictureId) -> String {
    let kept: Vec<Kept> = match acts.member() {
        Some(member) => db::get(&db::outbox_of(&member), KEY).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let here = kept.iter().find(|known| known.id == picture.0);
    here.map_or_else(|| format!("/pictures/{picture}"), |known| format!("data:{};base64,{}", known.kind(), known.bytes))
}

/// What became of the act that names a photo.
#[derive(PartialEq, Eq)]
enum Fate {
    Waits,
    Taken,
    Refused,
    Unnamed,
}

fn names(command: &Command, id: Uuid) -> bool {
    match command {
        Command::ReceiveDelivery { photo: Some(named), .. } => named.0 == id,
        Command::ProposeBlock { picture: Some(named), .. }
        | Command::EditBlock { picture: Some(named), .. }
        | Command::AddPhoto { picture: named, .. } => named.0 == id,
        _ => false,
    }
}

fn fate(acts: Acts, id: Uuid) -> Fate {
    acts.outbox.with_untracked(|outbox| {
        let naming = |taken: fn(&EntryState) -> bool| {
            let mut entries = outbox.entries.iter().filter(|entry| entry.command().is_some_and(|command| names(command, id)));
            entries.any(|entry| taken(&entry.state))
        };
        if naming(|state| matches!(state, EntryState::Answered { outcome: Outcome::Applied { .. }, .. })) {
            Fate::Taken
        } else if naming(|state| !state.is_over()) {
            Fate::Waits
        } else if naming(|state| matches!(state, EntryState::Answered { .. })) {
            Fate::Refused
        } else {
            Fate::Unnamed
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
            let lies_for = if photo.of_brief { IN_A_DRAFT_H } else { UNNAMED_H };
            let over = match fate(acts, photo.id) {
                Fate::Waits => false,
                // What was written is taken up again with its picture.
                Fate::Refused if !photo.of_brief => true,
                Fate::Refused | Fate::Unnamed => photo.at + Duration::hours(lies_for) < clock::now(),
                Fate::Taken => match wire::photo(&photo.address(), photo.kind(), &photo.bytes, &member).await {
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
