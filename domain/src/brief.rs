//! La brève du lundi: one issue a week, written by many, out on Monday at seven.

mod archive;
mod block;
mod difference;
mod editing;
mod live;
mod making;
mod published;
mod said;
mod schedule;
mod search;
mod sending;
mod stage;
mod workshop;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{BlockId, BriefId};

pub use archive::{Archive, Archived, Hit, Issued, Part, snippet, words_of};
pub use block::{
    ALT_CAP, BESIDE_CAP, Block, BlockChange, BlockState, HREF_CAP, LABEL_CAP, Link, PICTURE_CAP, PIXEL_CAP, Picture, Placed,
    Said, SaidMistake, TEXT_CAP, TITLE_CAP, Version, place, revision_after,
};
pub use difference::{Run, difference};
pub use editing::{
    Arrange, COUNT_CAP, INTRO_CAP, Mistake, PieceKey, WORD_CAP, Way, live_alone, live_of, settings_of, without, word_of,
};
pub use live::{Source, Sourced, new_products, next_events};
pub use making::{Made, Making};
pub use published::{Briefs, Collecting, Corrected, Published, Shown};
pub use said::Typed;
pub use schedule::{Due, LATE, Reminded, closes_at, due, goes_out_at, made_on, reminders};
pub use search::{Found, Searched, said, search};
pub use sending::{Counts, Failure, Mailing, NOTHING_PUBLIC, Sending, Unsent};
pub use stage::{Signed, Stage};
pub use workshop::{Acted, Draft, Preview, Saved, Workshop, Written};

/// The slug of the group that makes the brief.
pub const COMMUNICATION: &str = "communication";
/// The most blocks of one brief.
pub const BLOCKS_CAP: usize = 60;
/// So many briefs are kept by every device.
pub const KEPT: usize = 12;

/// The namespace of briefs' ids: each is derived from its Monday, so that every process makes the same one.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c1f_5a0e_52f1_4d0b_9d35_0b7e_a1be_0001);

/// The id of the brief of a Monday.
pub fn id_of(monday: NaiveDate) -> BriefId {
    BriefId(Uuid::new_v5(&NAMESPACE, monday.to_string().as_bytes()))
}

/// One place of a brief, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Written {
        block: BlockId,
    },
    /// Filled from the data, and frozen when the brief is published.
    Live {
        source: Source,
        count: u8,
        intro: String,
    },
}

/// What an issue begins with: blocks that fill themselves.
pub fn first_pieces() -> Vec<Piece> {
    [(Source::Seats, 6), (Source::Events, 6), (Source::Products, 6), (Source::Anniversaries, 12)]
        .map(|(source, count)| Piece::Live { source, count, intro: String::new() })
        .to_vec()
}

/// Where a new contribution stands: after the last that is written, so that none is forgotten.
pub fn take_in(pieces: &mut Vec<Piece>, block: BlockId) {
    let last = pieces.iter().rposition(|piece| matches!(piece, Piece::Written { .. }));
    pieces.insert(last.map_or(0, |last| last + 1), Piece::Written { block });
}

/// An issue as its editors see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    pub id: BriefId,
    /// The Monday on which it goes out (Europe/Paris).
    pub monday: NaiveDate,
    pub stage: Stage,
    pub pieces: Vec<Piece>,
    /// Whether people of the public may read the blocks that are for them.
    pub public: bool,
}

/// How the co-op makes its brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whoever approves is somebody else than whoever asked.
    pub second_pair: bool,
    /// Nobody approved: the live blocks go out alone, so that members never get silence.
    pub automatic: bool,
    /// When contributions close, on the Sunday before, in minutes since midnight on Paris clocks.
    pub closes_minute: u16,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { second_pair: false, automatic: true, closes_minute: 18 * 60 }
    }
}
