//! « Mes données »: everything that names somebody, section by section, to take away.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::time::Instant;

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Card,
    Share,
    Association,
    Seats,
    Ledger,
    Requests,
    Exchanges,
    Events,
    Comments,
    Contributions,
    Lists,
    Suggestions,
    /// What they wrote of the shop, on day sheets and shelves, and its keys that they have.
    Shop,
    Groups,
    Governance,
    Notices,
    Preferences,
    Devices,
    Trail,
}

impl Section {
    pub const ALL: [Section; 19] = [
        Section::Card,
        Section::Share,
        Section::Association,
        Section::Seats,
        Section::Ledger,
        Section::Requests,
        Section::Exchanges,
        Section::Events,
        Section::Comments,
        Section::Contributions,
        Section::Lists,
        Section::Suggestions,
        Section::Shop,
        Section::Groups,
        Section::Governance,
        Section::Notices,
        Section::Preferences,
        Section::Devices,
        Section::Trail,
    ];

    /// As the file names it.
    pub const fn slug(self) -> &'static str {
        match self {
            Section::Card => "card",
            Section::Share => "share",
            Section::Association => "association",
            Section::Seats => "seats",
            Section::Ledger => "ledger",
            Section::Requests => "requests",
            Section::Exchanges => "exchanges",
            Section::Events => "events",
            Section::Comments => "comments",
            Section::Contributions => "contributions",
            Section::Lists => "lists",
            Section::Suggestions => "suggestions",
            Section::Shop => "shop",
            Section::Groups => "groups",
            Section::Governance => "governance",
            Section::Notices => "notices",
            Section::Preferences => "preferences",
            Section::Devices => "devices",
            Section::Trail => "trail",
        }
    }
}

/// A row: names of fields, and what stands there.
pub type Row = serde_json::Map<String, Value>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnData {
    pub at: Instant,
    pub name: String,
    /// The last day on which a link opens it, for whoever left.
    pub until: Option<NaiveDate>,
    /// In the order of [`Section::ALL`]; all of them.
    pub sections: Vec<(Section, Vec<Row>)>,
}

impl OwnData {
    /// As a program reads it.
    pub fn json(&self) -> Value {
        let sections = self.sections.iter().map(|(section, rows)| {
            let rows: Vec<Value> = rows.iter().cloned().map(Value::Object).collect();
            (section.slug().to_owned(), Value::Array(rows))
        });
        let mut whole = serde_json::Map::new();
        whole.insert("at".to_owned(), serde_json::json!(self.at));
        whole.insert("name".to_owned(), Value::String(self.name.clone()));
        whole.extend(sections);
        Value::Object(whole)
    }
}
