//! IndexedDB: three databases at version 1 for ever, each with one generic key → JSON store.
//! Nothing can block an upgrade, because there is none.

use std::cell::RefCell;
use std::future::{Future, IntoFuture};

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
/// What could not be read is put aside under its key and this.
pub const ASIDE: &str = "-unread";

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

thread_local! {
    /// What this page has forgotten: whatever is still on its way would make it anew.
    static FORGOTTEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

async fn open(name: &str) -> Result<Database, idb::Error> {
    if FORGOTTEN.with_borrow(|names| names.iter().any(|forgotten| forgotten == name)) {
        return Err(idb::Error::DomExceptionNotFound);
    }
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

/// Several of them, in their order, at once.
async fn read_all(name: &str, keys: &[String]) -> Result<Vec<Option<String>>, idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(STORE)?;
        let mut asked = Vec::new();
        for key in keys {
            asked.push(store.get(Query::Key(JsValue::from_str(key)))?.into_future());
        }
        // Each is heard to its end, whatever another one says.
        let mut values = Vec::new();
        for value in asked {
            values.push(value.await);
        }
        values.into_iter().map(|value| value.map(|value| value?.as_string())).collect()
    })
    .await
}

/// All of them, or none.
async fn write(name: &str, values: &[(&str, &str)]) -> Result<(), idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        for (key, value) in values {
            store.put(&JsValue::from_str(value), Some(&JsValue::from_str(key)))?.await?;
        }
        committed(transaction).await
    })
    .await
}

/// Puts a text in the place of `before`, if that is what stands there, and forgets what is kept under `beside` then.
async fn replace(name: &str, key: &str, before: &str, text: &str, beside: &str) -> Result<(), idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        let there = store.get(Query::Key(JsValue::from_str(key)))?.await?.and_then(|value| value.as_string());
        if there.as_deref() == Some(before) {
            store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)))?.await?;
            store.delete(Query::Key(JsValue::from_str(beside)))?.await?;
        }
        committed(transaction).await
    })
    .await
}

/// What every key of it is called.
async fn keys_of(name: &str) -> Result<Vec<String>, idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let keys = transaction.object_store(STORE)?.get_all_keys(None, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    })
    .await
}

async fn remove_all(name: &str, keys: &[String]) -> Result<(), idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        for key in keys {
            store.delete(Query::Key(JsValue::from_str(key)))?.await?;
        }
        committed(transaction).await
    })
    .await
}

async fn empty(name: &str) -> Result<(), idb::Error> {
    within(name, async |database: &Database| {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        transaction.object_store(STORE)?.clear()?.await?;
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
            store.put(&JsValue::from_str(&aside), Some(&JsValue::from_str(&format!("{key}{ASIDE}"))))?.await?;
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
    text_or_why(name, key).await.ok().flatten()
}

/// The same for whom what the device does not give back is not nothing.
pub async fn text_or_why(name: &str, key: &str) -> Result<Option<String>, Refused> {
    patiently(&format!("{name}/{key}"), || read(name, key)).await
}

/// The texts under these keys, in their order.
pub async fn texts(name: &str, keys: &[String]) -> Vec<Option<String>> {
    let read = patiently(&format!("{name}, {} keys", keys.len()), || read_all(name, keys)).await;
    read.unwrap_or_else(|_| vec![None; keys.len()])
}

/// What every key of it is called; none where the device does not say.
pub async fn keys(name: &str) -> Vec<String> {
    patiently(&format!("{name}, its keys"), || keys_of(name)).await.unwrap_or_default()
}

/// Forgets what is kept under these keys.
pub async fn remove(name: &str, keys: &[String]) {
    let _ = patiently(&format!("{name}, {} keys", keys.len()), || remove_all(name, keys)).await;
}

/// Keeps a value.
pub async fn put<T: Serialize + ?Sized>(name: &str, key: &str, value: &T) -> Result<(), Refused> {
    let text = serde_json::to_string(value).map_err(|_| Refused::Broken)?;
    put_texts(name, &[(key, text.as_str())]).await
}

/// Keeps texts that are JSON already, under their keys: all of them, or none.
pub async fn put_texts(name: &str, texts: &[(&str, &str)]) -> Result<(), Refused> {
    let first = texts.first().map_or("", |(key, _)| *key);
    patiently(&format!("{name}/{first}"), || write(name, texts)).await
}

/// Keeps a text in the place of `before`, which another tab may have replaced since: then nothing changes. What is kept `beside`
/// it was said of `before`.
pub async fn replace_text(name: &str, key: &str, before: &str, text: &str, beside: &str) -> Result<(), Refused> {
    patiently(&format!("{name}/{key}, in its place"), || replace(name, key, before, text, beside)).await
}

/// Changes what is kept under a key, alone: no other tab reads or writes it in between. A value
/// that cannot be read is put aside, and `change` sees the default. `change` may run twice, where
/// the connection to the database was lost.
pub async fn update<T>(name: &str, key: &str, change: &dyn Fn(&mut T)) -> Result<T, Refused>
where
    T: DeserializeOwned + Serialize + Default,
{
    let read = |text: &str| domain::json::parse::<T>(text).ok();
    update_by(name, key, read, |value: &T| serde_json::to_string(value).unwrap_or_default(), &T::default, change).await
}

/// The same of what is read and written by others, and begins as `first` says where nothing is kept.
pub async fn update_by<T: Default>(
    name: &str,
    key: &str,
    read: fn(&str) -> Option<T>,
    write: fn(&T) -> String,
    first: &dyn Fn() -> T,
    change: &dyn Fn(&mut T),
) -> Result<T, Refused> {
    patiently(&format!("{name}/{key}"), || {
        exchange(name, key, |before| {
            let read = before.as_deref().map_or_else(|| Some(first()), read);
            let aside = before.filter(|_| read.is_none());
            let mut value = read.unwrap_or_default();
            change(&mut value);
            let text = write(&value);
            (Kept { value: text, aside }, value)
        })
    })
    .await
}

/// Deletes it for as long as this page lives: the page is about to be left.
pub async fn forget(name: &str) {
    // Another window may hold it open: then it cannot be deleted, but it can be emptied.
    let _ = patiently(&format!("{name}, all of it"), || empty(name)).await;
    FORGOTTEN.with_borrow_mut(|names| names.push(name.to_owned()));
    delete(name).await;
}

/// Deletes it, or leaves that to the device once whoever still holds it open has closed it.
pub async fn delete(name: &str) {
    let Ok(request) = Factory::new().and_then(|factory| factory.delete(name)) else { return };
    let gone = Box::pin(async move { drop(request.await) });
    if let Either::Right((_, late)) = select(gone, TimeoutFuture::new(PATIENCE_MS)).await {
        warn!("IndexedDB {name}: held open elsewhere");
        // The device may still call back, and must then find whom it calls.
        std::mem::forget(late);
    }
}
