//! All briefs that are out, by year; and what is found in them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Published, Shown};

/// One line of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub monday: NaiveDate,
    /// Of what was written in it.
    pub titles: Vec<String>,
}

/// A piece in which what was asked for stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub monday: NaiveDate,
    pub piece: Shown,
    pub snippet: Vec<Part>,
}

/// Some of a text, and whether it is what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub text: String,
    pub marked: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Every year that has issues, with how many, newest first.
    pub years: Vec<(i32, i64)>,
    /// The year that is shown, and its issues, newest first.
    pub year: Option<i32>,
    pub issues: Vec<Issued>,
    /// What was found, the best first; `None` where nothing was asked.
    pub hits: Option<Vec<Hit>>,
}

/// An issue whatever its age, and those beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    pub brief: Published,
    pub newer: Option<NaiveDate>,
    pub older: Option<NaiveDate>,
}

/// So much of a text stands around the first word that was asked for, in characters.
const BEFORE: usize = 60;
const AFTER: usize = 160;

/// The words of a text, as they stand in it.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Where a text says what was asked for: the words around it, those that answer marked. Its beginning where none does.
pub fn snippet(text: &str, answers: impl Fn(&str) -> bool) -> Vec<Part> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found: Vec<(usize, &str)> = words_of(&text)
        .filter(|word| answers(word))
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let first = found.first().map_or(0, |(at, _)| *at);
    let from = back(&text, first, BEFORE);
    let to = ahead(&text, first, AFTER);
    let mut parts = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            parts.push(Part { text: text.to_owned(), marked });
        }
    };
    let mut at = from;
    if from > 0 {
        push("… ", false);
    }
    for (begins, word) in found.into_iter().filter(|(begins, word)| begins + word.len() <= to) {
        push(&text[at..begins], false);
        push(word, true);
        at = begins + word.len();
    }
    push(&text[at..to], false);
    if to < text.len() {
        push(" …", false);
    }
    parts
}

/// The beginning of a word, so many characters before.
fn back(text: &str, at: usize, by: usize) -> usize {
    let before = text[..at].char_indices().rev().take(by).last().map_or(at, |(begins, _)| begins);
    if before == 0 { 0 } else { text[before..at].find(' ').map_or(at, |space| before + space + 1) }
}

/// The end of a word, so many characters ahead.
fn ahead(text: &str, at: usize, by: usize) -> usize {
    match text[at..].char_indices().nth(by) {
        None => text.len(),
        Some((ends, _)) => text[at..at + ends].rfind(' ').map_or(at + ends, |space| at + space),
    }
}
