//! A page as anybody reads it.

use super::{Outline, Page, Place};
use crate::calendar::OpeningHours;
use crate::event::Event;
use crate::shifts::Closure;
use crate::time::Instant;

/// A working group as the public knows it: nobody by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub slug: String,
    pub name: String,
    /// What it is for, in the co-op's words.
    pub role: String,
}

/// What the data say beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: Instant,
    pub place: Place,
    pub opening: Vec<OpeningHours>,
    pub closures: Vec<Closure>,
    /// In their order.
    pub groups: Vec<Cell>,
    /// The next public event of Communication that takes place.
    pub presentation: Option<Event>,
}

/// A page whose prose is HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub page: Page,
    pub title: String,
    pub description: String,
    pub outline: Outline,
    /// Nothing of the text that came with the app.
    pub published_at: Option<Instant>,
    pub facts: Facts,
}
