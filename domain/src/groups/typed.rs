//! What the referents of a group type, and all that is wrong with it; what their page shows them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Call;
use crate::id::{EventId, GroupId, MinutesId};
use crate::line::{line, lines};
use crate::members::ShortName;
use crate::procedures::Fields;
use crate::time::Instant;

/// The longest sentence of what a group is for, in characters.
pub const ROLE_CAP: usize = 800;
/// The longest page, in characters of Markdown.
pub const PAGE_CAP: usize = 6_000;
/// The longest call for help, in characters.
pub const CALL_CAP: usize = 300;
/// The longest title of minutes, in characters.
pub const TITLE_CAP: usize = 120;
/// The longest minutes, in characters of Markdown.
pub const MINUTES_CAP: usize = 20_000;

/// What is wrong with what was typed; each belongs to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    RoleMissing,
    RoleTooLong {
        cap: usize,
    },
    PageTooLong {
        cap: usize,
        long: usize,
    },
    CallTooLong {
        cap: usize,
    },
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    /// No day, or one that is still to come.
    BadDay,
    MinutesMissing,
    MinutesTooLong {
        cap: usize,
        long: usize,
    },
    /// The meeting is none of the group's.
    OtherMeeting,
    /// Somebody changed it in the meantime.
    Stale {
        revision: i32,
    },
}

/// A group's page, as its referents write it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub role: String,
    /// Markdown.
    pub page: String,
    /// Empty: nobody is looked for.
    pub call: String,
}

impl Written {
    pub fn read(fields: &Fields) -> Result<Written, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let role = line(fields.one("role"));
        if !role.chars().any(char::is_alphanumeric) {
            mistakes.push(Mistake::RoleMissing);
        } else if role.chars().count() > ROLE_CAP {
            mistakes.push(Mistake::RoleTooLong { cap: ROLE_CAP });
        }
        let page = lines(fields.one("page"));
        let long = page.chars().count();
        if long > PAGE_CAP {
            mistakes.push(Mistake::PageTooLong { cap: PAGE_CAP, long });
        }
        let call = lines(fields.one("appel"));
        if call.chars().count() > CALL_CAP {
            mistakes.push(Mistake::CallTooLong { cap: CALL_CAP });
        }
        if mistakes.is_empty() { Ok(Written { role, page, call }) } else { Err(mistakes) }
    }
}

/// What was said at a meeting, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMinutes {
    pub event: Option<EventId>,
    pub on: NaiveDate,
    pub title: String,
    /// Markdown.
    pub text: String,
}

impl WrittenMinutes {
    /// `today`: what is still to come has no minutes.
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<WrittenMinutes, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let title = line(fields.one("title"));
        if !title.chars().any(char::is_alphanumeric) {
            mistakes.push(Mistake::TitleMissing);
        } else if title.chars().count() > TITLE_CAP {
            mistakes.push(Mistake::TitleTooLong { cap: TITLE_CAP });
        }
        let on = fields.one("jour").parse::<NaiveDate>().ok().filter(|on| *on <= today);
        if on.is_none() {
            mistakes.push(Mistake::BadDay);
        }
        let text = lines(fields.one("text"));
        let long = text.chars().count();
        if text.is_empty() {
            mistakes.push(Mistake::MinutesMissing);
        } else if long > MINUTES_CAP {
            mistakes.push(Mistake::MinutesTooLong { cap: MINUTES_CAP, long });
        }
        let event = fields.one("reunion").parse().ok();
        match on {
            Some(on) if mistakes.is_empty() => Ok(WrittenMinutes { event, on, title, text }),
            _ => Err(mistakes),
        }
    }
}

/// A group in the hands of those who run it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupInHand {
    pub now: Instant,
    pub id: GroupId,
    pub slug: String,
    pub name: String,
    pub role: String,
    /// Markdown.
    pub page: String,
    pub call: Option<Call>,
    /// Of the page; a form written from an older one is not taken.
    pub revision: i32,
    /// The newest first.
    pub minutes: Vec<MinutesInHand>,
    /// Meetings of the group that were, the last one first: what minutes are of.
    pub meetings: Vec<(EventId, Instant, String)>,
    /// Who did what, the newest first.
    pub history: Vec<Past>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesInHand {
    pub id: MinutesId,
    pub event: Option<EventId>,
    pub on: NaiveDate,
    pub title: String,
    /// Markdown.
    pub text: String,
    pub revision: i32,
    pub by: ShortName,
    pub at: Instant,
}

/// Something that was done in the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub what: String,
    /// Of whom it was done, where it is of somebody.
    pub about: Option<ShortName>,
    pub by: ShortName,
    pub at: Instant,
}
