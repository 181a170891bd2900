//! IndexedDB: three databases at version 1 for ever, each with one generic key → JSON store.
//! Nothing can block an upgrade, because there is none.

use std::future::Future;

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, Transaction, TransactionMode};
use leptos::logging::warn;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

const STORE: &str = "kept";
/// A device that does not answer within this is asked once more, and then done without. Milliseconds.
const PATIENCE_MS: u32 = 4_000;

/// The last member of this device, its clock, and whose snapshots it keeps.
pub const DEVICE: &str = "device";

pub fn snapshots_of(member: &str) -> String {
    format!("snap-{member}")
}

pub fn outbox_of(member: &str) -> String {
    format!("outbox-{member}")
}

/// Why the device did not keep, or give back, something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No room left.
    Full,
    /// It keeps nothing: a private window, a setting, a broken disk.
    Broken,
}

async fn open(name: &str) -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(name, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}

/// Works on a database, and closes it however that ends: one that stays open cannot be deleted.
async fn within<T>(name: &str, work: impl AsyncFnOnce(&Database) -> Result<T, idb::Error>) -> Result<T, idb::Error> {
    let database = open(name).await?;
    let done = work(&database).await;
    database.close();
    done
}

/// Ends a transaction, and tells whether it was kept: where there is no room left, each of its
/// requests succeeds, and the whole is then taken back.
async fn committed(transaction: Transaction) -> Result<(), idb::Error> {
    let whole = JsValue::from(transaction);
    let ended = Transaction::try_from(whole.clone())?.commit()?.await;
    // One that is taken back says so twice, and the second word would find nobody any more.
    for name in ["onabort", "oncomplete", "onerror"] {
        let _ = js_sys::Reflect::set(&whole, &name.into(), &JsValue::NULL);
    }
    let ended = ended?;
    if ended.is_committed() {
        return Ok(());
    }
    let why = Transaction::try_from(whole)?.error();
    Err(why.map_or(idb::Error::DomExceptionNotFound, idb::Error::DomException))
}

async fn read(name: &str, key: &str) -> Result<Option<String>, idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(STORE)?.get(Query::Key(JsValue::from_str(key)))?.await?;
        Ok(value.and_then(|value| value.as_string()))
    })
    .await
}

async fn write(name: &str, key: &str, value: &str) -> Result<(), idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        transaction.object_store(STORE)?.put(&JsValue::from_str(value), Some(&JsValue::from_str(key)))?.await?;
        committed(transaction).await
    })
    .await
}

/// What an exchange writes.
struct Kept {
    value: String,
    /// What was there and could not be read: never thrown away.
    aside: Option<String>,
}

/// Reads, changes and writes back in one transaction: other tabs wait their turn. Nothing foreign
/// is awaited inside, or the transaction would end by itself.
async fn exchange<R>(name: &str, key: &str, change: impl Fn(Option<String>) -> (Kept, R)) -> Result<R, idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        let before = store.get(Query::Key(JsValue::from_str(key)))?.await?.and_then(|value| value.as_string());
        let (Kept { value, aside }, answer) = change(before);
        if let Some(aside) = aside {
            store.put(&JsValue::from_str(&aside), Some(&JsValue::from_str(&format!("{key}-unread"))))?.await?;
        }
        store.put(&JsValue::from_str(&value), Some(&JsValue::from_str(key)))?.await?;
        committed(transaction).await?;
        Ok(answer)
    })
    .await
}

/// Tries, and once more when the connection to the database was lost under it (iOS does that to
/// pages that slept) or nothing answers.
async fn patiently<T, F: Future<Output = Result<T, idb::Error>>>(
    what: &str,
    mut attempt: impl FnMut() -> F,
) -> Result<T, Refused> {
    let mut refused = Refused::Broken;
    for _ in 0..2 {
        let work = Box::pin(attempt());
        match select(work, TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((Ok(done), _)) => return Ok(done),
            Either::Left((Err(error), _)) => {
                let said = error.to_string();
                warn!("IndexedDB {what}: {said}");
                if said.contains("Quota") {
                    return Err(Refused::Full);
                }
                refused = Refused::Broken;
            }
            Either::Right((_, late)) => {
                warn!("IndexedDB {what}: no answer");
                // The device may still call back, and must then find whom it calls.
                std::mem::forget(late);
            }
        }
    }
    Err(refused)
}

/// What is kept under a key; nothing when it is not there, unreadable, or the device refuses.
pub async fn get<T: DeserializeOwned>(name: &str, key: &str) -> Option<T> {
    domain::json::parse(&text(name, key).await?).ok()
}

/// The same, as the text it is.
pub async fn text(name: &str, key: &str) -> Option<String> {
    patiently(&format!("{name}/{key}"), || read(name, key)).await.ok().flatten()
}

/// Keeps a value.
pub async fn put<T: Serialize + ?Sized>(name: &str, key: &str, value: &T) -> Result<(), Refused> {
    let text = serde_json::to_string(value).map_err(|_| Refused::Broken)?;
    put_text(name, key, &text).await
}

/// Keeps a text that is JSON already.
pub async fn put_text(name: &str, key: &str, text: &str) -> Result<(), Refused> {
    patiently(&format!("{name}/{key}"), || write(name, key, text)).await
}

/// Changes what is kept under a key, alone: no other tab reads or writes it in between. A value
/// that cannot be read is put aside, and `change` sees the default. `change` may run twice, where
/// the connection to the database was lost.
pub async fn update<T>(name: &str, key: &str, change: &dyn Fn(&mut T)) -> Result<T, Refused>
where
    T: DeserializeOwned + Serialize + Default,
{
    patiently(&format!("{name}/{key}"), || {
        exchange(name, key, |before| {
            let read = before.as_deref().and_then(|text| domain::json::parse::<T>(text).ok());
            let aside = before.filter(|_| read.is_none());
            let mut value = read.unwrap_or_default();
            change(&mut value);
            let text = serde_json::to_string(&value).unwrap_or_default();
            (Kept { value: text, aside }, value)
        })
    })
    .await
}

pub async fn delete(name: &str) {
    if let Ok(request) = Factory::new().and_then(|factory| factory.delete(name)) {
        let _ = request.await;
    }
}
