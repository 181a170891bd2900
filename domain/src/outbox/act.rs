//! An act as it was written, by this build of the app or another one.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::Parcel;
use crate::command::Command;
use crate::id::{CommandId, MemberId};
use crate::json;

/// An act as it was written by the build that took it. Another build may not know it, or not all of
/// it; it is then sent as it is, and the server says what it thinks of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Act {
    Known(Command),
    Foreign(Map<String, Value>),
}

impl Act {
    /// Known is only what this build would write again with nothing missing: two tabs of different
    /// builds share one outbox, and the same id must go on saying the same thing.
    fn read(written: Map<String, Value>) -> Act {
        let written = Value::Object(written);
        let known = json::read::<Command>(&written).ok();
        let whole = known.filter(|command| again(command).is_some_and(|again| says_all(&written, &again)));
        match (whole, written) {
            (Some(command), _) => Act::Known(command),
            (None, Value::Object(written)) => Act::Foreign(written),
            (None, _) => Act::Foreign(Map::new()),
        }
    }
}

/// What this build writes of a command; through its text, as it is written anyway.
fn again(command: &Command) -> Option<Value> {
    json::parse(&serde_json::to_string(command).ok()?).ok()
}

impl<'de> Deserialize<'de> for Parcel {
    /// The same object is read twice, for its label and for its act: serde's `flatten` would
    /// compile all of the command's types once more.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Label {
            id: CommandId,
            schema: u16,
            #[serde(default)]
            depends_on: Vec<CommandId>,
            #[serde(default)]
            on_behalf_of: Option<MemberId>,
        }
        let written = Value::Object(Map::deserialize(deserializer)?);
        let Label { id, schema, depends_on, on_behalf_of } = json::read(&written).map_err(D::Error::custom)?;
        let Value::Object(mut fields) = written else { return Err(D::Error::custom("an act is an object")) };
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "schema" | "depends_on" | "on_behalf_of"));
        Ok(Parcel { id, schema, depends_on, on_behalf_of, act: Act::read(fields) })
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
