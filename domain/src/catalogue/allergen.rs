//! The fourteen of annex II of the regulation (EU) 1169/2011, « INCO ».

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allergen {
    Gluten,
    Crustaceans,
    Eggs,
    Fish,
    Peanuts,
    Soya,
    Milk,
    Nuts,
    Celery,
    Mustard,
    Sesame,
    Sulphites,
    Lupin,
    Molluscs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Contains,
    Traces,
    /// Nobody knows: never shown or filtered as safe.
    Unknown,
}

/// What is known of all fourteen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allergens {
    /// Nobody ever said anything: each is unknown.
    Unknown,
    /// Said on that day, from the label or the supplier. Whichever is not named is not in it.
    Said { on: NaiveDate, of: BTreeMap<Allergen, Presence> },
}

impl Allergen {
    /// In the order of the annex.
    pub const ALL: [Allergen; 14] = [
        Allergen::Gluten,
        Allergen::Crustaceans,
        Allergen::Eggs,
        Allergen::Fish,
        Allergen::Peanuts,
        Allergen::Soya,
        Allergen::Milk,
        Allergen::Nuts,
        Allergen::Celery,
        Allergen::Mustard,
        Allergen::Sesame,
        Allergen::Sulphites,
        Allergen::Lupin,
        Allergen::Molluscs,
    ];
}

impl Presence {
    pub const ALL: [Presence; 3] = [Presence::Contains, Presence::Traces, Presence::Unknown];
}

impl Allergens {
    /// How far it is in it; none where it was said that it is not.
    pub fn of(&self, allergen: Allergen) -> Option<Presence> {
        match self {
            Allergens::Unknown => Some(Presence::Unknown),
            Allergens::Said { of, .. } => of.get(&allergen).copied(),
        }
    }

    /// Whether somebody said that it is not in it, not even in traces. What nobody knows is never without.
    pub fn is_without(&self, allergen: Allergen) -> bool {
        self.of(allergen).is_none()
    }

    /// All that are in it to this degree, in the order of the annex.
    pub fn with(&self, presence: Presence) -> Vec<Allergen> {
        Allergen::ALL.into_iter().filter(|allergen| self.of(*allergen) == Some(presence)).collect()
    }

    /// Of which day it is.
    pub fn said_on(&self) -> Option<NaiveDate> {
        match self {
            Allergens::Unknown => None,
            Allergens::Said { on, .. } => Some(*on),
        }
    }
}
