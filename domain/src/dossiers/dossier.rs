//! A dossier, and how far it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Kind, Matter};
use crate::id::{DossierId, GroupId, HoursId, MemberId};
use crate::time::{Days, Instant, minus_days, plus_days};

/// The longest title, in characters.
pub const TITLE_CAP: usize = 120;
/// The longest text, in characters.
pub const TEXT_CAP: usize = 2_000;
/// The longest word that drops a dossier, in characters.
pub const WORD_CAP: usize = 300;
/// The longest note about hours, in characters.
pub const NOTE_CAP: usize = 120;
/// The most dossiers of a group that are open: its members' devices keep them all.
pub const OPEN_CAP: usize = 150;
/// What was closed stays on the board for so long. Days.
pub const KEPT_D: u64 = 90;
/// So long before its day those who are named hear of it. Days.
pub const REMIND_D: u64 = 7;
/// The longest work of one day. Minutes.
pub const MINUTES_CAP: u16 = 720;
/// A day may lie so far back: a year. Days.
pub const BACK_D: u64 = 366;
/// A day to come may lie so far ahead: five years. Days.
pub const DAYS_AHEAD: u64 = 1_830;

/// Where its day may lie.
pub fn allowed_days(today: NaiveDate) -> Days {
    Days { from: minus_days(today, BACK_D), to: plus_days(today, DAYS_AHEAD) }
}

/// A paper that goes with it: what it is, and where it is kept, where that has an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub label: String,
    /// An address of the web, of a mailbox or of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// What a young volunteer worked on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub id: HoursId,
    pub day: NaiveDate,
    pub minutes: u16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who wrote it down.
    pub by: MemberId,
}

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[default]
    ToDo,
    UnderWay {
        since: Instant,
    },
    Done {
        at: Instant,
        by: MemberId,
    },
    /// It does not come to anything, with a word.
    Dropped {
        at: Instant,
        by: MemberId,
        word: String,
    },
}

/// How far it is, without its particulars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    ToDo,
    UnderWay,
    Done,
    Dropped,
}

impl Stage {
    pub const ALL: [Stage; 4] = [Stage::ToDo, Stage::UnderWay, Stage::Done, Stage::Dropped];

    /// On the wire, and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::ToDo => "to_do",
            Stage::UnderWay => "under_way",
            Stage::Done => "done",
            Stage::Dropped => "dropped",
        }
    }
}

impl State {
    pub fn stage(&self) -> Stage {
        match self {
            State::ToDo => Stage::ToDo,
            State::UnderWay { .. } => Stage::UnderWay,
            State::Done { .. } => Stage::Done,
            State::Dropped { .. } => Stage::Dropped,
        }
    }

    /// Since when it is over, if it is.
    pub fn closed_at(&self) -> Option<Instant> {
        match self {
            State::ToDo | State::UnderWay { .. } => None,
            State::Done { at, .. } | State::Dropped { at, .. } => Some(*at),
        }
    }

    pub fn is_open(&self) -> bool {
        self.closed_at().is_none()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    pub id: DossierId,
    pub group: GroupId,
    /// What.
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default)]
    pub matter: Matter,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<MemberId>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    #[serde(default)]
    pub state: State,
    /// Of a young volunteer, by day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// Who opened it, and when.
    pub by: MemberId,
    pub at: Instant,
    /// A form written from an older one is not taken.
    #[serde(default)]
    pub revision: i32,
}

impl Dossier {
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    pub fn kind(&self) -> Kind {
        self.matter.kind()
    }

    /// Its day has passed, and it is open.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }

    /// Its day is near, and it is open.
    pub fn is_near(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due.is_some_and(|due| today <= due && due <= plus_days(today, REMIND_D))
    }

    /// Who hears of its day: who sees to it, and who accompanies a young volunteer. Nobody: whoever runs the group.
    pub fn named(&self) -> Vec<MemberId> {
        let tutor = self.matter.tutor().filter(|tutor| self.holder != Some(*tutor));
        self.holder.into_iter().chain(tutor).collect()
    }

    /// All that was worked. Minutes.
    pub fn worked(&self) -> u32 {
        self.hours.iter().map(|hours| u32::from(hours.minutes)).sum()
    }
}
