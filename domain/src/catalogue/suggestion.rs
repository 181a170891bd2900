//! « J'aimerais trouver… »: what a member would like the shop to have, who would, too, and what the group says of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, SuggestionId};
use crate::import::key;
use crate::line::{line, lines};
use crate::time::Instant;

/// The longest suggestion, in characters.
pub const SUGGESTION_CAP: usize = 200;
/// The longest answer, in characters.
pub const ANSWER_CAP: usize = 500;
/// The most of one member that wait for an answer.
pub const SUGGESTIONS_OF_ONE_CAP: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub id: SuggestionId,
    pub text: String,
    pub by: MemberId,
    pub at: Instant,
    /// Besides whoever made it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub supporters: BTreeSet<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Yes,
    No,
    /// Not now: it stays open.
    Later,
}

/// What the group says of it, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    pub by: MemberId,
    pub at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionMistake {
    TextMissing,
    TextTooLong {
        cap: usize,
    },
    /// Somebody asks for the same: it may be supported.
    AlreadySuggested {
        suggestion: SuggestionId,
    },
    /// So many of one's own wait for an answer.
    TooManyOpen {
        cap: usize,
    },
    /// Whoever made it wants it already.
    YourOwn,
    /// The group said yes or no.
    AlreadyAnswered,
    /// A no and a « plus tard » say why.
    WhyMissing,
    WhyTooLong {
        cap: usize,
    },
}

/// A new suggestion, beside all that there are.
pub fn suggest(
    all: &[Suggestion],
    id: SuggestionId,
    typed: &str,
    by: MemberId,
    at: Instant,
) -> Result<Suggestion, SuggestionMistake> {
    let text = line(typed);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(SuggestionMistake::TextMissing);
    }
    if text.chars().count() > SUGGESTION_CAP {
        return Err(SuggestionMistake::TextTooLong { cap: SUGGESTION_CAP });
    }
    // Case, accents, spaces and punctuation do not make it another one.
    let asked = key(&text);
    let same = |other: &&Suggestion| other.is_open() && key(&other.text) == asked;
    if let Some(other) = all.iter().find(same) {
        return Err(SuggestionMistake::AlreadySuggested { suggestion: other.id });
    }
    if all.iter().filter(|other| other.is_open() && other.by == by).count() >= SUGGESTIONS_OF_ONE_CAP {
        return Err(SuggestionMistake::TooManyOpen { cap: SUGGESTIONS_OF_ONE_CAP });
    }
    Ok(Suggestion { id, text, by, at, supporters: BTreeSet::new(), answer: None })
}

impl Suggestion {
    /// Whether the group has still to say yes or no.
    pub fn is_open(&self) -> bool {
        self.answer.as_ref().is_none_or(|answer| answer.verdict == Verdict::Later)
    }

    /// How many would like it, whoever made it among them.
    pub fn wanted_by(&self) -> usize {
        1 + self.supporters.len()
    }

    /// Whom its answer is for: whoever made it, and whoever would like it, too; whoever gave it knows.
    pub fn awaited_by(&self) -> impl Iterator<Item = MemberId> {
        let answered = self.answer.as_ref().map(|answer| answer.by);
        std::iter::once(self.by).chain(self.supporters.iter().copied()).filter(move |who| Some(*who) != answered)
    }

    /// « Moi aussi », or no longer. Saying it twice says nothing more.
    pub fn support(&mut self, member: MemberId, on: bool) -> Result<(), SuggestionMistake> {
        if member == self.by {
            return Err(SuggestionMistake::YourOwn);
        }
        if self.supporters.contains(&member) == on {
            return Ok(());
        }
        if !self.is_open() {
            return Err(SuggestionMistake::AlreadyAnswered);
        }
        if on {
            self.supporters.insert(member);
        } else {
            self.supporters.remove(&member);
        }
        Ok(())
    }

    /// Yes and no are said once, so that two people of the group do not undo each other; after « plus tard », either.
    pub fn answer(&mut self, verdict: Verdict, typed: &str, by: MemberId, at: Instant) -> Result<(), SuggestionMistake> {
        let why = lines(typed);
        if why.is_empty() && verdict != Verdict::Yes {
            return Err(SuggestionMistake::WhyMissing);
        }
        if why.chars().count() > ANSWER_CAP {
            return Err(SuggestionMistake::WhyTooLong { cap: ANSWER_CAP });
        }
        let again = |answer: &Answered| answer.verdict == verdict && answer.why == why && answer.by == by;
        if self.answer.as_ref().is_some_and(again) {
            return Ok(());
        }
        if !self.is_open() {
            return Err(SuggestionMistake::AlreadyAnswered);
        }
        self.answer = Some(Answered { verdict, why, by, at });
        Ok(())
    }
}
