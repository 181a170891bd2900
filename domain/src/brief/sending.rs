//! How a brief leaves by mail, as its editors see it: numbers and reasons, nobody's name.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::notify::SWITCHED_OFF;
use crate::time::Instant;

/// Why somebody of the public has no copy after all: nothing of the brief is for them any more.
pub const NOTHING_PUBLIC: &str = "nothing of it is public any more";

/// All that is known of the mails of a Monday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    pub now: Instant,
    pub monday: NaiveDate,
    /// Since when it is out.
    pub published_at: Option<Instant>,
    /// How many members opened it in the app.
    pub read: i64,
    /// The brief itself, then its corrections that were mailed.
    pub mailings: Vec<Mailing>,
    /// The last correction, where nobody chose to mail it.
    pub unsent: Option<Unsent>,
    /// Where an editor's own trial goes.
    pub my_address: String,
}

/// A correction that no mail told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Names it: whoever sends it has read this one, and no other.
    pub correction: i64,
    /// What was put right.
    pub word: String,
}

/// One mail to everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// What was put right; nothing: the brief itself.
    pub word: Option<String>,
    /// 0: the brief itself.
    pub correction: i64,
    /// When it was decided for whom it is; nothing: it is about to be.
    pub at: Option<Instant>,
    pub counts: Counts,
    /// What did not leave and why, the most frequent first.
    pub failures: Vec<Failure>,
}

/// Copies by where they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not tried yet.
    pub prepared: i64,
    /// Tried without success, and tried again.
    pub put_off: i64,
    /// In the hands of a process.
    pub taken: i64,
    pub submitted: i64,
    pub failed: i64,
    /// A process died with them in hand: some of these may have arrived twice.
    pub maybe_twice: i64,
    /// Of all, those of the public.
    pub public: i64,
}

impl Counts {
    pub fn all(&self) -> i64 {
        self.prepared + self.put_off + self.taken + self.submitted + self.failed
    }

    /// Whether something is still to leave.
    pub fn is_under_way(&self) -> bool {
        self.prepared + self.put_off + self.taken > 0
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// As the other side said it, without any address.
    pub why: String,
    pub count: i64,
    /// Still tried by itself.
    pub put_off: bool,
}

impl Failure {
    /// Whoever said no in between is left in peace.
    pub fn may_be_retried(&self) -> bool {
        self.why != SWITCHED_OFF
    }
}

impl Sending {
    /// Whether the page shows something else in a moment.
    pub fn is_under_way(&self) -> bool {
        self.mailings.iter().any(|mailing| mailing.at.is_none() || mailing.counts.is_under_way())
    }
}
