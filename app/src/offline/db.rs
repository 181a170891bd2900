//! IndexedDB: three databases at version 1 for ever, each with one generic key → JSON store.
//! Nothing can block an upgrade, because there is none.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, TransactionMode};
use leptos::logging::warn;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

const STORE: &str = "kept";

/// The last member of this device, and its clock.
pub const DEVICE: &str = "device";

pub fn snapshots_of(member: &str) -> String {
    format!("snap-{member}")
}

pub fn outbox_of(member: &str) -> String {
    format!("outbox-{member}")
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

async fn read(name: &str, key: &str) -> Result<Option<String>, idb::Error> {
    let database = open(name).await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let value = transaction.object_store(STORE)?.get(Query::Key(JsValue::from_str(key)))?.await?;
    database.close();
    Ok(value.and_then(|value| value.as_string()))
}

async fn write(name: &str, key: &str, value: &str) -> Result<(), idb::Error> {
    let database = open(name).await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    transaction.object_store(STORE)?.put(&JsValue::from_str(value), Some(&JsValue::from_str(key)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

/// What is kept under a key; nothing when it is not there, unreadable, or the device refuses.
pub async fn get<T: DeserializeOwned>(name: &str, key: &str) -> Option<T> {
    match read(name, key).await {
        Ok(text) => text.and_then(|text| serde_json::from_str(&text).ok()),
        Err(error) => {
            warn!("IndexedDB {name}/{key}: {error}");
            None
        }
    }
}

/// Keeps a value; tells whether the device really did.
pub async fn put<T: Serialize>(name: &str, key: &str, value: &T) -> bool {
    let Ok(text) = serde_json::to_string(value) else { return false };
    put_text(name, key, &text).await
}

/// Keeps a text that is JSON already.
pub async fn put_text(name: &str, key: &str, text: &str) -> bool {
    match write(name, key, text).await {
        Ok(()) => true,
        Err(error) => {
            warn!("IndexedDB {name}/{key}: {error}");
            false
        }
    }
}

pub async fn delete(name: &str) {
    if let Ok(request) = Factory::new().and_then(|factory| factory.delete(name)) {
        let _ = request.await;
    }
}
