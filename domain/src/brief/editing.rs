//! What editors do with an issue, and why not.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{BLOCKS_CAP, Piece, SaidMistake, Settings, Source};
use crate::id::{BlockId, MemberId};
use crate::procedures::Fields;
use crate::time::Instant;

/// The longest word to an author, or of a correction, in characters.
pub const WORD_CAP: usize = 280;
/// The longest introduction of a live block, in characters.
pub const INTRO_CAP: usize = 300;
/// The most lines of a live block.
pub const COUNT_CAP: u8 = 12;

/// Why an editor's act is not done; nothing of it is kept, and all that was typed comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    /// It is approved: it is taken back to collecting first.
    Approved,
    /// It is out: what is wrong in it is corrected with a word.
    Out,
    /// Only what is out is corrected.
    NotOut,
    /// Its Monday is over: it is published now, or not at all.
    TooLate,
    /// Its contributions close then; before, nothing goes out by hand.
    TooEarly {
        from: Instant,
    },
    /// There is nothing in it.
    Empty,
    /// Somebody asks for review before somebody else approves.
    NotAsked,
    /// Whoever approves is somebody else than whoever asked.
    SecondPair {
        asked: MemberId,
    },
    /// A block that is in it has two versions.
    TwoVersions {
        block: BlockId,
    },
    /// The block is no longer among the contributions.
    BlockGone,
    /// The block changed since the page was opened.
    Changed,
    /// Its picture has not come: the phone that sends it was closed too early.
    PictureMissing {
        block: BlockId,
    },
    TooManyPieces {
        cap: usize,
    },
    SourceThere,
    BadSource,
    BadCount {
        cap: u8,
    },
    IntroTooLong {
        cap: usize,
    },
    WordMissing,
    WordTooLong {
        cap: usize,
    },
    BadHour,
    Said(SaidMistake),
}

/// Names a piece of a brief: a block is in it once, a source too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PieceKey {
    Block(BlockId),
    Live(Source),
}

impl fmt::Display for PieceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PieceKey::Block(block) => write!(f, "bloc-{block}"),
            PieceKey::Live(source) => write!(f, "vif-{}", source.as_str()),
        }
    }
}

impl FromStr for PieceKey {
    type Err = Mistake;

    fn from_str(text: &str) -> Result<PieceKey, Mistake> {
        let block = text.strip_prefix("bloc-").and_then(|id| id.parse().ok()).map(PieceKey::Block);
        let live = || text.strip_prefix("vif-").and_then(Source::parse).map(PieceKey::Live);
        block.or_else(live).ok_or(Mistake::BlockGone)
    }
}

impl Piece {
    pub fn key(&self) -> PieceKey {
        match self {
            Piece::Written { block } => PieceKey::Block(*block),
            Piece::Live { source, .. } => PieceKey::Live(*source),
        }
    }
}

/// Which way a piece moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// With a piece at the end; a written one that is in it already stays where it is.
fn added(pieces: &[Piece], piece: Piece) -> Result<Vec<Piece>, Mistake> {
    let there = pieces.iter().any(|known| known.key() == piece.key());
    match piece {
        Piece::Live { .. } if there => return Err(Mistake::SourceThere),
        Piece::Written { .. } if there => return Ok(pieces.to_vec()),
        _ if pieces.len() >= BLOCKS_CAP => return Err(Mistake::TooManyPieces { cap: BLOCKS_CAP }),
        _ => {}
    }
    Ok(pieces.iter().cloned().chain([piece]).collect())
}

/// One step up or down; the first cannot go up, and the last stays last.
fn moved(pieces: &[Piece], key: PieceKey, way: Way) -> Result<Vec<Piece>, Mistake> {
    let at = pieces.iter().position(|known| known.key() == key).ok_or(Mistake::BlockGone)?;
    let to = match way {
        Way::Up => at.saturating_sub(1),
        Way::Down => (at + 1).min(pieces.len() - 1),
    };
    let mut pieces = pieces.to_vec();
    pieces.swap(at, to);
    Ok(pieces)
}

pub fn without(pieces: &[Piece], key: PieceKey) -> Vec<Piece> {
    pieces.iter().filter(|known| known.key() != key).cloned().collect()
}

/// A live block says something else, or more, where it is.
fn changed(pieces: &[Piece], live: &Piece) -> Result<Vec<Piece>, Mistake> {
    if !pieces.iter().any(|known| known.key() == live.key()) {
        return Err(Mistake::BlockGone);
    }
    Ok(pieces.iter().map(|known| if known.key() == live.key() { live } else { known }).cloned().collect())
}

/// A live block as it was typed: `source`, `combien`, `intro`.
pub fn live_of(fields: &Fields) -> Result<Piece, Vec<Mistake>> {
    let source = Source::parse(fields.one("source")).ok_or(Mistake::BadSource);
    let count = fields.one("combien").parse().ok().filter(|count| (1..=COUNT_CAP).contains(count));
    let count = count.ok_or(Mistake::BadCount { cap: COUNT_CAP });
    let intro = fields.one("intro");
    let intro = if intro.chars().count() > INTRO_CAP { Err(Mistake::IntroTooLong { cap: INTRO_CAP }) } else { Ok(intro) };
    match (source, count, intro) {
        (Ok(source), Ok(count), Ok(intro)) => Ok(Piece::Live { source, count, intro: intro.to_owned() }),
        (source, count, intro) => Err([source.err(), count.err(), intro.err()].into_iter().flatten().collect()),
    }
}

/// The word that goes with what an editor does: `mot`.
pub fn word_of(fields: &Fields) -> Result<String, Mistake> {
    let word = fields.one("mot");
    match word.chars().count() {
        0 => Err(Mistake::WordMissing),
        long if long > WORD_CAP => Err(Mistake::WordTooLong { cap: WORD_CAP }),
        _ => Ok(word.to_owned()),
    }
}

/// Settings as they were typed: `deux`, `auto`, `heure`.
pub fn settings_of(fields: &Fields) -> Result<Settings, Mistake> {
    let (hour, minute) = fields.one("heure").split_once(':').ok_or(Mistake::BadHour)?;
    let number = |text: &str, cap: u16| text.parse().ok().filter(|number: &u16| text.len() <= 2 && *number < cap);
    let hour = number(hour, 24).ok_or(Mistake::BadHour)?;
    let minute = number(minute, 60).ok_or(Mistake::BadHour)?;
    Ok(Settings {
        second_pair: !fields.one("deux").is_empty(),
        automatic: !fields.one("auto").is_empty(),
        closes_minute: hour * 60 + minute,
    })
}

/// What goes out by itself where nobody approved anything: the live blocks, or these where there are none.
pub fn live_alone(pieces: &[Piece]) -> Vec<Piece> {
    let live: Vec<Piece> = pieces.iter().filter(|piece| matches!(piece, Piece::Live { .. })).cloned().collect();
    if !live.is_empty() {
        return live;
    }
    Source::ALL.into_iter().map(|source| Piece::Live { source, count: 5, intro: String::new() }).collect()
}

/// What an editor does with the pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrange {
    Place(BlockId),
    Move(PieceKey, Way),
    Remove(PieceKey),
    /// A live block, new.
    Add(Piece),
    /// A live block that is there says something else.
    Change(Piece),
}

impl Arrange {
    /// The pieces after it.
    pub fn of(&self, pieces: &[Piece]) -> Result<Vec<Piece>, Mistake> {
        match self {
            Arrange::Place(block) => added(pieces, Piece::Written { block: *block }),
            Arrange::Move(key, way) => moved(pieces, *key, *way),
            Arrange::Remove(key) => Ok(without(pieces, *key)),
            Arrange::Add(live) => added(pieces, live.clone()),
            Arrange::Change(live) => changed(pieces, live),
        }
    }
}
