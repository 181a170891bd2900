//! Commands as they come on the wire, each on its own: one that cannot be read spoils no other.

use domain::command::{Envelope, understands};
use domain::id::CommandId;
use domain::reason::Reason;
use serde_json::Value;
use uuid::Uuid;

/// Why a command could not be read; nothing is stored of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Written by a build whose commands this one does not know.
    OtherSchema,
    /// Unknown kind, wrong fields, no id.
    NotUnderstood,
}

impl From<Unread> for Reason {
    fn from(unread: Unread) -> Reason {
        match unread {
            Unread::OtherSchema => Reason::AppTooOld,
            Unread::NotUnderstood => Reason::NotUnderstood,
        }
    }
}

/// The command, with the id it bears (nil when it bears none).
pub fn envelope(raw: Value) -> (CommandId, Result<Envelope, Unread>) {
    let id = raw.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let id = id.unwrap_or(CommandId(Uuid::nil()));
    let schema = raw.get("schema").and_then(Value::as_u64);
    if schema.is_some_and(|schema| !understands(schema)) {
        return (id, Err(Unread::OtherSchema));
    }
    (id, serde_json::from_value(raw).map_err(|_| Unread::NotUnderstood))
}

/// Whether every text in it is one that a database can keep: no character zero.
pub fn is_text(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains('\0'),
        Value::Array(items) => items.iter().all(is_text),
        Value::Object(fields) => fields.values().all(is_text),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
