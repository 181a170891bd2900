//! How an outbox is kept. Two builds of the app may share one: what this one cannot read of it (an answer whose reason it has no
//! word for) stays as it was written, and costs none of the other acts.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Entry, Outbox, Pace};
use crate::id::CommandId;
use crate::json;

impl Serialize for Outbox {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Kept<'a> {
            Other(&'a Value),
            Own(&'a Entry),
        }
        #[derive(Serialize)]
        struct Written<'a> {
            entries: Vec<Kept<'a>>,
            pace: &'a Pace,
        }
        let others = self.others.iter().map(Kept::Other);
        let entries = others.chain(self.entries.iter().map(Kept::Own)).collect();
        Written { entries, pace: &self.pace }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outbox {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            entries: Vec<Value>,
            #[serde(default)]
            pace: Value,
        }
        let Written { entries, pace } = Written::deserialize(deserializer)?;
        let mut outbox = Outbox { pace: json::read(&pace).unwrap_or_default(), ..Outbox::default() };
        for written in entries {
            match json::read(&written) {
                Ok(entry) => outbox.entries.push(entry),
                Err(_) => outbox.others.push(written),
            }
        }
        Ok(outbox)
    }
}

impl Outbox {
    /// Another build has had something to say of it.
    pub(super) fn is_of_others(&self, id: CommandId) -> bool {
        self.others.iter().any(|other| json::read(&other["parcel"]["id"]).is_ok_and(|known: CommandId| known == id))
    }

    /// How many acts of other builds are not answered yet, as far as this one can tell.
    pub(super) fn others_waiting(&self) -> usize {
        let is_over = |other: &Value| matches!(other["state"]["is"].as_str(), Some("answered" | "given_up"));
        self.others.iter().filter(|other| !is_over(other)).count()
    }
}
