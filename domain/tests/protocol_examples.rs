//! docs/protocol.md speaks of the wire as it is: its examples are read by the real types, and no
//! command, reason, notice or field is missing from it.

use std::collections::BTreeSet;

use domain::brief::Briefs;
use domain::calendar::Calendar;
use domain::command::{Command, Envelope};
use domain::groups::Groups;
use domain::me::Me;
use domain::notice::InboxRow;
use domain::outcome::Answer;
use domain::reason::Reason;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

const PROTOCOL: &str = include_str!("../../docs/protocol.md");

/// The JSON values of every block marked « ```json `of` ».
fn examples(of: &str) -> Vec<Value> {
    let mark = format!("```json {of}\n");
    let mut values = Vec::new();
    for block in PROTOCOL.split(&mark).skip(1) {
        let (block, _) = block.split_once("\n```").expect("a block ends");
        for value in serde_json::Deserializer::from_str(block).into_iter::<Value>() {
            values.push(value.unwrap_or_else(|error| panic!("{error} in a « {of} » block:\n{block}")));
        }
    }
    assert!(!values.is_empty(), "no example of a {of}");
    values
}

fn read<T: DeserializeOwned>(example: &Value) -> T {
    from_value(example.clone()).unwrap_or_else(|error| panic!("{error}:\n{example:#}"))
}

/// Reads an example as a `T`, and sees to it that nothing in it was overlooked: what `T` writes
/// says the same, but for what may be left out.
fn reads_as<T: Serialize + DeserializeOwned>(example: &Value) -> T {
    let read: T = read(example);
    let written = to_value(&read).unwrap();
    let in_the_browser: T = domain::json::read(example).unwrap_or_else(|error| panic!("{error}:\n{example:#}"));
    assert_eq!(to_value(&in_the_browser).unwrap(), written);
    if let Some(place) = difference(example, &written) {
        panic!("{place} is not read:\n{example:#}\nwritten again:\n{written:#}");
    }
    read
}

fn difference(said: &Value, written: &Value) -> Option<String> {
    match (said, written) {
        (Value::Object(said), Value::Object(written)) => {
            for (name, value) in said {
                let Some(again) = written.get(name) else { return Some(name.clone()) };
                if let Some(below) = difference(value, again) {
                    return Some(format!("{name}.{below}"));
                }
            }
            written.iter().find(|(name, value)| !said.contains_key(*name) && !is_empty(value)).map(|(name, _)| name.clone())
        }
        (Value::Array(said), Value::Array(written)) if said.len() == written.len() => {
            said.iter().zip(written).find_map(|(said, written)| difference(said, written))
        }
        _ => (said != written).then(|| said.to_string()),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Every name that a tagged enum knows, as it says itself when it meets one that it does not.
fn names_of<T: DeserializeOwned>(tag: &str) -> BTreeSet<String> {
    let Err(error) = from_value::<T>(json!({ tag: "?" })) else { panic!("« ? » is no {tag}") };
    let names: BTreeSet<String> = error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(names.len() > 5, "{error}");
    names
}

fn said_under(tag: &str, examples: &[Value]) -> BTreeSet<String> {
    examples.iter().filter_map(|example| example[tag].as_str()).map(str::to_owned).collect()
}

#[test]
fn every_command_has_an_example_that_is_read() {
    let examples = examples("command");
    for example in &examples {
        let envelope: Envelope = reads_as(example);
        assert_eq!(envelope.schema, domain::command::SCHEMA);
        assert!(envelope.id.made_at_ms().is_some(), "{} is no UUIDv7", envelope.id);
        assert_eq!(example["kind"], envelope.command.kind());
    }
    assert_eq!(said_under("kind", &examples), names_of::<Command>("kind"));
}

#[test]
fn every_reason_has_an_example_that_is_read() {
    let examples = examples("reason");
    for example in &examples {
        reads_as::<Reason>(example);
    }
    assert_eq!(said_under("code", &examples), names_of::<Reason>("code"));
}

#[test]
fn every_notice_has_an_example_that_is_read() {
    let examples = examples("notice");
    for example in &examples {
        reads_as::<InboxRow>(example);
    }
    let notices: Vec<Value> = examples.iter().map(|row| row["notice"].clone()).collect();
    assert_eq!(said_under("kind", &notices), names_of::<domain::notice::Notice>("kind"));
}

#[test]
fn requests_and_answers_are_read() {
    for request in examples("request") {
        for command in request["commands"].as_array().expect("commands") {
            reads_as::<Envelope>(command);
        }
    }
    for answer in examples("answer") {
        for outcome in answer["outcomes"].as_array().expect("outcomes") {
            reads_as::<Answer>(outcome);
        }
    }
}

/// The example of a snapshot holds every field that the snapshot has, and no other.
fn is_whole<T: Serialize + DeserializeOwned>(of: &str) {
    for example in examples(of) {
        let written = to_value(reads_as::<T>(&example)).unwrap();
        let names = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&example), names(&written), "{of}");
        for list in example.as_object().expect("an object").values() {
            assert!(!is_empty(list), "an empty list shows nothing of {of}");
        }
    }
}

#[test]
fn the_snapshots_are_shown_whole() {
    is_whole::<Calendar>("calendar");
    is_whole::<Groups>("groups");
    is_whole::<Briefs>("briefs");
    is_whole::<domain::event::Events>("events");
    is_whole::<domain::catalogue::Catalogue>("catalogue");
    is_whole::<domain::catalogue::Shelf>("shelf");
    is_whole::<domain::catalogue::Stories>("stories");
    is_whole::<Me>("me");
}
