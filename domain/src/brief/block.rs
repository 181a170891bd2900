//! What somebody writes for the brief, and what becomes of two versions of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{BlockId, GroupId, MemberId, PictureId};
use crate::time::Instant;

/// The longest title, in characters.
pub const TITLE_CAP: usize = 90;
/// The longest text, in characters of Markdown.
pub const TEXT_CAP: usize = prose::MARKDOWN_CAP;
/// The longest text alternative of a picture, in characters.
pub const ALT_CAP: usize = 300;
/// The longest address of a link, in bytes.
pub const HREF_CAP: usize = 500;
/// The longest words of a link, in characters.
pub const LABEL_CAP: usize = 80;
/// The widest and the highest picture, in pixels.
pub const PIXEL_CAP: u16 = 1_600;
/// The largest picture, in bytes: a device makes them smaller. `public/picture.js` and the table say the same.
pub const PICTURE_CAP: usize = 600_000;
/// So many versions stand beside the one that is shown; what they push out stays in the block's history.
pub const BESIDE_CAP: usize = 12;

/// The namespace of revisions.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c1f_5a0e_52f1_4d0b_9d35_0b7e_a1be_0002);

/// A picture, made small on the device; its bytes travel by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: PictureId,
    /// What it shows, for whoever does not see it.
    pub alt: String,
    /// Pixels.
    pub width: u16,
    pub height: u16,
}

/// « Pour en savoir plus »: `http`, `https`, `mailto`, or a path of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// What a block says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub title: String,
    /// Markdown, as it was typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidMistake {
    TitleMissing,
    /// Only signs or emoji: no word to read out.
    TitleWithoutWords,
    TitleTooLong {
        cap: usize,
    },
    /// Neither a text nor a picture.
    NothingSaid,
    TextTooLong {
        cap: usize,
        long: usize,
    },
    AltMissing,
    AltTooLong {
        cap: usize,
    },
    /// Wider or higher than this, in pixels.
    PictureTooLarge {
        cap: u16,
    },
    /// Not `http`, `https`, `mailto` or a path of the app.
    LinkNotAllowed,
    LinkWithoutWords,
    LinkTooLong {
        cap: usize,
    },
}

/// What somebody wrote; beside the one that is shown, where both were written from the same one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The revision it was written from.
    pub base: i32,
    pub said: Said,
    pub by: MemberId,
    pub at: Instant,
}

impl Version {
    /// The revision that it makes of a block.
    pub fn revision(&self) -> i32 {
        revision_after(self.base, &self.said)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockState {
    /// Among the contributions of its brief.
    Proposed,
    /// By Communication, with a word.
    Refused { at: Instant, by: MemberId, word: String },
    /// By whoever proposed it.
    Withdrawn { at: Instant },
    /// It went out.
    Published { at: Instant },
}

/// One contribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub id: BlockId,
    /// The Monday of the brief it is meant for; « pour la semaine prochaine » moves it.
    pub monday: NaiveDate,
    pub by: MemberId,
    /// In whose name.
    pub group: GroupId,
    pub said: Said,
    /// « Prêt ».
    pub ready: bool,
    /// May be read by people of the public, where the brief is public.
    #[serde(default)]
    pub public: bool,
    /// Names the version that is shown: made of the one before and of what it says ([`revision_after`]).
    pub revision: i32,
    pub state: BlockState,
    /// Versions that nobody has settled yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Version>,
}

impl Block {
    /// Among the contributions of its brief.
    pub fn is_proposed(&self) -> bool {
        self.state == BlockState::Proposed
    }

    /// What names each version that nobody has settled yet.
    pub fn revisions_beside(&self) -> Vec<i32> {
        self.beside.iter().map(Version::revision).collect()
    }

    pub fn apply(&mut self, change: &BlockChange) {
        match change {
            BlockChange::Shown { version, settled } => {
                self.said = version.said.clone();
                self.revision = version.revision();
                // What is shown now stands beside no longer, either.
                self.beside.retain(|known| known.said != version.said && !settled.contains(&known.revision()));
            }
            BlockChange::Beside(version) => {
                // The same hand says anew what it wrote before, or, once contributions are closed, what it wished instead.
                let shown = self.revision;
                let anew = |known: &Version| {
                    let before = known.revision() == version.base;
                    known.by == version.by && (before || known.base == version.base && version.base == shown)
                };
                self.beside.retain(|known| !anew(known));
                if self.beside.len() >= BESIDE_CAP
                    && let Some(oldest) = pushed_out(&self.beside, version.by)
                {
                    self.beside.remove(oldest);
                }
                self.beside.push(version.clone());
            }
            BlockChange::Marked { group, ready, public } => (self.group, self.ready, self.public) = (*group, *ready, *public),
            BlockChange::Ended(state) => self.state = state.clone(),
        }
    }
}

/// What becomes of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockChange {
    /// This is what it shows; of what stood beside, these revisions are settled.
    Shown {
        version: Version,
        settled: Vec<i32>,
    },
    Beside(Version),
    Marked {
        group: GroupId,
        ready: bool,
        public: bool,
    },
    Ended(BlockState),
}

/// The revision of a version written from `base`: the same on a device without a network and on the server, and another one
/// for every other text. So somebody who writes twice offline rests on what they wrote themselves, and on nothing else.
pub fn revision_after(base: i32, said: &Said) -> i32 {
    let (picture, link) = (said.picture.as_ref(), said.link.as_ref());
    let picture = picture.map_or_else(String::new, |picture| format!("{}{}", picture.id, picture.alt));
    let (href, label) = link.map_or(("", ""), |link| (&link.href, &link.label));
    let all = [&base.to_string(), said.title.as_str(), &said.text, &picture, href, label].join("\0");
    let mixed = Uuid::new_v5(&NAMESPACE, all.as_bytes()).into_bytes();
    i32::from_be_bytes([mixed[0] & 0x7f, mixed[1], mixed[2], mixed[3]])
}

/// Which of the versions beside, oldest first, one more by `by` pushes out: the oldest of the same hand, or else of the hand
/// that has the most of them. So nobody pushes out what somebody else has only once to say.
fn pushed_out(beside: &[Version], by: MemberId) -> Option<usize> {
    let oldest_of = |hand: MemberId| beside.iter().position(|version| version.by == hand);
    let count = |hand: MemberId| beside.iter().filter(|version| version.by == hand).count();
    // Of two that have as many, whoever wrote first.
    let most = || beside.iter().rev().map(|version| version.by).max_by_key(|hand| count(*hand)).and_then(oldest_of);
    oldest_of(by).or_else(most)
}

/// Where a version goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It says what is shown already.
    Same,
    /// It becomes the one shown.
    Shown,
    /// It was written from an older one: it stands beside, until somebody has settled it.
    Beside,
}

/// The rule of two editors: whoever wrote from the version that is shown replaces it; whoever wrote from an older one
/// loses nothing and replaces nothing. Whatever comes in whatever order, every text is the one shown, beside it, or in the
/// block's history.
pub fn place(block: &Block, base: i32, said: &Said) -> Placed {
    if block.said == *said || block.beside.iter().any(|version| version.said == *said) {
        Placed::Same
    } else if base == block.revision {
        Placed::Shown
    } else {
        Placed::Beside
    }
}
