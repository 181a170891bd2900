//! An act as it was written, by this build of the app or another one.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::command::Command;

/// An act as it was written by the build that took it. Another build may not know it, or not all of
/// it; it is then sent as it is, and the server says what it thinks of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Act {
    Known(Command),
    Foreign(Map<String, Value>),
}

impl<'de> Deserialize<'de> for Act {
    /// Known is only what this build would write again with nothing missing: two tabs of different
    /// builds share one outbox, and the same id must go on saying the same thing.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Act, D::Error> {
        let written = Value::Object(Map::deserialize(deserializer)?);
        let known = Command::deserialize(&written).ok();
        let whole = known.filter(|command| serde_json::to_value(command).is_ok_and(|again| says_all(&written, &again)));
        Ok(match (whole, written) {
            (Some(command), _) => Act::Known(command),
            (None, Value::Object(written)) => Act::Foreign(written),
            (None, _) => Act::Foreign(Map::new()),
        })
    }
}

/// Whether nothing of `written` is missing in `again`.
fn says_all(written: &Value, again: &Value) -> bool {
    match (written, again) {
        (Value::Object(written), Value::Object(again)) => written
            .iter()
            .filter(|(_, value)| !value.is_null())
            .all(|(field, value)| again.get(field).is_some_and(|again| says_all(value, again))),
        (Value::Array(written), Value::Array(again)) => {
            written.len() == again.len() && written.iter().zip(again).all(|(written, again)| says_all(written, again))
        }
        _ => written == again,
    }
}
