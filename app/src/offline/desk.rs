//! What acts need and reading does not: how they and their answers are read and written, and what they will have changed. It
//! is a module of its own that comes beside the rest of a start. Only a device that keeps acts waits for it before it shows
//! anything, and the app before it takes the place of a server's page, whose forms do without.

use std::future::Future;
use std::pin::Pin;

use domain::calendar::Calendar;
use domain::id::CommandId;
use domain::json;
use domain::me::Me;
use domain::outbox::{Outbox, Parcel};
use domain::outcome::{Answer, Outcome};
use domain::overlay::{LaidOver, Shown, laid_over_shown};
use domain::reason::Reason;
use domain::time::Instant;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::db;
use super::store::Store;
use crate::api::{self, ApiError, InvitationPage};
use crate::chapters::NotCome;

/// How an outbox begins that has nothing in it.
const NO_ACTS: &str = r#"{"entries":[],"#;

pub struct Desk {
    /// An outbox as it is kept; nothing where it cannot be read.
    pub read: fn(&str) -> Option<Outbox>,
    pub write: fn(&Outbox) -> String,
    /// What leaves for the server, and what comes back.
    pub commands: fn(&[Parcel]) -> Option<String>,
    pub answers: fn(&str) -> Option<Vec<Answer>>,
    /// The snapshots with the acts on their way laid over them.
    pub lay: fn(&Calendar, &Me, Shown<'_>, &Outbox, Instant) -> Option<LaidOver>,
}

static DESK: Desk = Desk { read, write, commands, answers, lay: laid_over_shown };

#[wasm_split(acts, fallible, wasm_split_path = ::leptos::wasm_split)]
fn desk() -> Result<&'static Desk, NotCome> {
    Ok(&DESK)
}

thread_local! {
    /// What is shown follows it: acts that are made before are laid over it from then on.
    static HERE: ArcRwSignal<Option<&'static Desk>> = ArcRwSignal::new(None);
}

/// Waits for it; nothing where neither the device nor the network has it.
pub async fn come() -> Option<&'static Desk> {
    if let Some(desk) = here_untracked() {
        return Some(desk);
    }
    let desk = desk().await.ok()?;
    // Whoever asked at the same time has said so already.
    if here_untracked().is_none() {
        HERE.with(Clone::clone).set(Some(desk));
    }
    Some(desk)
}

/// It, once it is here. Follows that.
pub fn here() -> Option<&'static Desk> {
    HERE.with(Clone::clone).get()
}

/// The same, without following it.
pub fn here_untracked() -> Option<&'static Desk> {
    HERE.with(Clone::clone).get_untracked()
}

/// Why it is not known what a device keeps of acts: never the same as that it keeps none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// What reads them has not come.
    NotCome,
    /// The device does not give them back, or they say nothing to this build.
    Refused,
}

/// The acts that a device keeps of a member, nothing where it keeps none. Without any, what reads them need not come.
pub(super) async fn outbox_kept(member: &str) -> Result<Option<Outbox>, Unread> {
    match db::text_or_why(&db::outbox_of(member), "outbox").await {
        Err(_) => Err(Unread::Refused),
        Ok(Some(text)) if !text.starts_with(NO_ACTS) => {
            let desk = come().await.ok_or(Unread::NotCome)?;
            (desk.read)(&text).map(Some).ok_or(Unread::Refused)
        }
        Ok(kept) => Ok(kept.map(|_| Outbox::default())),
    }
}

impl Store {
    /// What the device keeps of acts on their way, at the start. Where that is not known, the device is asked again before
    /// anything is sent.
    pub(super) async fn read_outbox(self, member: &str) {
        let Ok(kept) = outbox_kept(member).await else { return };
        let mut outbox = kept.unwrap_or_default();
        // What was tapped meanwhile goes behind it.
        self.outbox.with_untracked(|begun| outbox.adopt(&begun.entries));
        self.outbox.set(outbox);
        self.unread.set(false);
    }
}

type Asking<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What became of an act, for a page whose address names it.
pub async fn told(id: CommandId) -> Option<Outcome> {
    match ask_act(id).await {
        Ok(asking) => asking.await,
        Err(NotCome) => None,
    }
}

#[wasm_split(acts, fallible, wasm_split_path = ::leptos::wasm_split)]
fn ask_act(id: CommandId) -> Result<Asking<Option<Outcome>>, NotCome> {
    Ok(Box::pin(async move { api::act(id).await.ok().flatten() }))
}

/// An invitation, which says why not.
pub async fn invited(secret: String) -> Result<Option<InvitationPage>, ApiError> {
    match ask_invitation(secret).await {
        Ok(asking) => asking.await,
        Err(NotCome) => Err(ApiError::NotReached),
    }
}

#[wasm_split(acts, fallible, wasm_split_path = ::leptos::wasm_split)]
fn ask_invitation(secret: String) -> Result<Asking<Result<Option<InvitationPage>, ApiError>>, NotCome> {
    Ok(Box::pin(api::invitation(secret)))
}

fn read(text: &str) -> Option<Outbox> {
    json::parse(text).ok()
}

fn write(outbox: &Outbox) -> String {
    serde_json::to_string(outbox).unwrap_or_default()
}

#[derive(Serialize)]
struct Commands<'a> {
    commands: &'a [Parcel],
}

#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Value>,
}

fn commands(commands: &[Parcel]) -> Option<String> {
    serde_json::to_string(&Commands { commands }).ok()
}

fn answers(body: &str) -> Option<Vec<Answer>> {
    let Outcomes { outcomes } = json::parse(body).ok()?;
    Some(outcomes.into_iter().filter_map(answer).collect())
}

/// A newer server may say what this build has no word for: then the app is too old to show it.
fn answer(answer: Value) -> Option<Answer> {
    if let Ok(answer) = json::read(&answer) {
        return Some(answer);
    }
    let id = json::read(answer.get("id")?).ok()?;
    let outcome = match answer.get("status").and_then(Value::as_str) {
        Some("applied") => Outcome::applied(),
        _ => Outcome::Refused { reason: Reason::AppTooOld },
    };
    let marks = answer.get("marks").and_then(|marks| json::read(marks).ok()).unwrap_or_default();
    Some(Answer { id, outcome, marks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outbox_that_has_nothing_in_it_is_known_by_how_it_begins() {
        assert!(write(&Outbox::default()).starts_with(NO_ACTS));
        let given_back = read(&write(&Outbox::default()));
        assert_eq!(given_back, Some(Outbox::default()));
    }
}
