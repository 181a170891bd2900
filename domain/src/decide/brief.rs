//! What somebody writes for the Monday brief, and that they have read one.

use super::{Decided, Effects, sure};
use crate::board::Board;
use crate::brief::{BLOCKS_CAP, Block, BlockChange, BlockState, Placed, Said, Typed, Version, place, revision_after};
use crate::command::Command;
use crate::effect::Effect;
use crate::id::{BlockId, BriefId, GroupId, MemberId};
use crate::outcome::Done;
use crate::reason::Reason;
use crate::time::Instant;

/// What an edit says beside its text.
struct Edit {
    base: i32,
    group: GroupId,
    ready: bool,
    public: bool,
    /// The versions beside that are settled by it.
    settled: Vec<i32>,
}

/// Decides what `command` does to the brief.
pub(super) fn for_brief(board: &Board, command: &Command, actor: MemberId, now: Instant) -> Decided {
    match command {
        Command::ProposeBlock { block, group, title, text, picture, alt, width, height, href, label, ready, public } => {
            let (picture, width, height) = (*picture, *width, *height);
            let said = read(Typed { title, text, picture, alt, width, height, href, label })?;
            propose(board, (*block, *group), said, (*ready, *public), actor, now)
        }
        Command::EditBlock {
            block,
            base,
            group,
            title,
            text,
            picture,
            alt,
            width,
            height,
            href,
            label,
            ready,
            public,
            settles,
        } => {
            let (picture, width, height) = (*picture, *width, *height);
            let said = read(Typed { title, text, picture, alt, width, height, href, label })?;
            let edit = Edit { base: *base, group: *group, ready: *ready, public: *public, settled: settles.clone() };
            edited(board, *block, said, edit, actor, now)
        }
        Command::WithdrawBlock { block } => withdraw(board, *block, actor, now),
        Command::ReadBrief { brief } => read_brief(board, *brief, actor, now),
        _ => Err(Reason::NotUnderstood),
    }
}

fn read(typed: Typed<'_>) -> Result<Said, Reason> {
    Said::read(typed).map_err(|mistakes| Reason::SaidBadly { mistakes })
}

/// For the first brief that is still open: nobody is too late.
fn propose(
    board: &Board,
    (id, group): (BlockId, GroupId),
    said: Said,
    (ready, public): (bool, bool),
    by: MemberId,
    now: Instant,
) -> Decided {
    if !board.groups.contains(&group) {
        return Err(Reason::NotYourGroup);
    }
    if board.blocks.contains_key(&id) {
        return Err(Reason::IdReused);
    }
    let monday = board.making.open_monday(now);
    if board.making.briefs.get(&monday).is_some_and(|made| made.blocks >= BLOCKS_CAP) {
        return Err(Reason::TooManyBlocks { cap: u16::try_from(BLOCKS_CAP).unwrap_or(u16::MAX) });
    }
    let revision = revision_after(0, &said);
    let block = Block { id, monday, by, group, said, ready, public, revision, state: BlockState::Proposed, beside: Vec::new() };
    Ok((Effects { list: vec![Effect::BlockProposed(block)], done: Done { monday: Some(monday), ..Done::default() } }, Vec::new()))
}

/// Its author until contributions close, Communication until it is approved. What comes later is not lost: it stands beside
/// what is shown, for Communication to see.
fn edited(board: &Board, id: BlockId, said: Said, edit: Edit, actor: MemberId, now: Instant) -> Decided {
    let block = mine(board, id, actor)?;
    if edit.group != block.group && !board.groups.contains(&edit.group) {
        return Err(Reason::NotYourGroup);
    }
    let making = &board.making;
    let closed = if board.edits_brief { making.approved_at(block.monday) } else { making.closed_since(block.monday, now) };
    let marks = (edit.group, edit.ready, edit.public) != (block.group, block.ready, block.public);
    let marked = || marks.then_some(BlockChange::Marked { group: edit.group, ready: edit.ready, public: edit.public });
    let version = |said| Version { base: edit.base, said, by: actor, at: now };
    // What was settled meanwhile is settled.
    let settled: Vec<i32> =
        edit.settled.into_iter().filter(|seen| block.beside.iter().any(|known| known.revision() == *seen)).collect();
    let settles = !settled.is_empty() && edit.base == block.revision;
    let changes: Vec<BlockChange> = match (place(block, edit.base, &said), closed) {
        (Placed::Same, None) if block.said != said && !settles => Vec::new(),
        (Placed::Beside, _) | (Placed::Shown, Some(_)) => vec![BlockChange::Beside(version(said))],
        // A text is never too late to be seen; what is to be done with it is no longer theirs to say.
        (Placed::Same, Some(since)) if marks || settles => {
            return Err(Reason::ContributionsClosed { since, monday: block.monday });
        }
        (Placed::Same, Some(_)) => Vec::new(),
        (Placed::Same, None) if !settles => marked().into_iter().collect(),
        (Placed::Same | Placed::Shown, None) => {
            let shown = BlockChange::Shown { version: version(said), settled };
            [Some(shown), marked()].into_iter().flatten().collect()
        }
    };
    sure(changes.into_iter().map(|change| Effect::BlockChanged { block: id, change }).collect())
}

fn withdraw(board: &Board, id: BlockId, actor: MemberId, now: Instant) -> Decided {
    let block = mine(board, id, actor)?;
    let making = &board.making;
    let closed = if board.edits_brief { making.approved_at(block.monday) } else { making.closed_since(block.monday, now) };
    if let Some(since) = closed {
        return Err(Reason::ContributionsClosed { since, monday: block.monday });
    }
    sure(vec![Effect::BlockChanged { block: id, change: BlockChange::Ended(BlockState::Withdrawn { at: now }) }])
}

/// A contribution that the actor may change, and that may still be changed.
fn mine(board: &Board, id: BlockId, actor: MemberId) -> Result<&Block, Reason> {
    let block = board.blocks.get(&id).ok_or(Reason::UnknownBlock)?;
    if block.by != actor && !board.edits_brief {
        return Err(Reason::NotYourBlock { by: board.who(block.by) });
    }
    match &block.state {
        BlockState::Proposed => Ok(block),
        BlockState::Refused { at, .. } | BlockState::Withdrawn { at } | BlockState::Published { at } => {
            Err(Reason::BlockClosed { since: *at })
        }
    }
}

fn read_brief(board: &Board, brief: BriefId, actor: MemberId, now: Instant) -> Decided {
    if board.brief_is_out.get() == Some(&false) {
        return Err(Reason::UnknownBrief);
    }
    if board.read_briefs.contains(&brief) {
        return sure(Vec::new());
    }
    sure(vec![Effect::BriefRead { brief, by: actor, at: now }])
}
