//! Somebody comes into a working group, goes, or answers for it.

use super::requests::{reason_given, short};
use super::{Decided, sure};
use crate::board::Board;
use crate::command::Command;
use crate::effect::Effect;
use crate::groups::{Change, Joining, JoiningState, Membership, REFERENTS};
use crate::id::{GroupId, JoiningId, MemberId};
use crate::notice::Notice;
use crate::reason::{Reason, Who};
use crate::time::Instant;

pub(super) fn of_groups(board: &Board, command: &Command, actor: MemberId, now: Instant) -> Decided {
    match command {
        Command::AskToJoin { joining, group, word } => ask(board, *joining, *group, word, actor, now),
        Command::InviteToGroup { joining, group, member, word } => invite(board, *joining, (*group, *member), word, actor, now),
        Command::AnswerJoining { joining, accepted, word } => answer(board, *joining, *accepted, word, actor, now),
        Command::WithdrawJoining { joining } => withdraw(board, *joining, actor, now),
        Command::LeaveGroup { group } => leave(board, *group, actor),
        Command::RemoveFromGroup { group, member, word } => remove(board, *group, *member, word, actor),
        Command::SetReferent { group, member, on } => set_referent(board, *group, *member, *on, actor),
        _ => Err(Reason::NotUnderstood),
    }
}

/// A member asks. Where the group had invited them, both want it: they belong to it at once.
fn ask(board: &Board, id: JoiningId, group: GroupId, word: &str, actor: MemberId, now: Instant) -> Decided {
    let known = group_of(board, group)?;
    let word = short(word)?;
    if known.members.contains(&actor) {
        return Err(Reason::AlreadyInGroup { who: board.who(actor) });
    }
    is_new(board, id)?;
    match waiting(board, group, actor) {
        Some(open) if open.is_invitation() => return joined(board, known, open, actor, word, now),
        Some(open) => return Err(Reason::AlreadyAskedToJoin { since: open.at }),
        None => {}
    }
    let joining = Joining { id, group, member: actor, invited_by: None, word, at: now, state: JoiningState::Pending };
    let notice = Notice::JoinAsked { joining: id, group, name: known.name.clone(), from: actor };
    let told = known.runners().iter().map(|member| Effect::Told { member: *member, notice: notice.clone() });
    let asked = Effect::GroupChanged(Change::Asked(joining));
    sure([asked].into_iter().chain(told).collect())
}

/// Whoever runs the group invites. Where somebody had asked, both want it.
fn invite(
    board: &Board,
    id: JoiningId,
    (group, member): (GroupId, MemberId),
    word: &str,
    actor: MemberId,
    now: Instant,
) -> Decided {
    let known = run_by_actor(board, group)?;
    let word = short(word)?;
    if known.members.contains(&member) {
        return Err(Reason::AlreadyInGroup { who: board.who(member) });
    }
    belongs_to_the_coop(board, member)?;
    is_new(board, id)?;
    match waiting(board, group, member) {
        Some(open) if !open.is_invitation() => return joined(board, known, open, actor, word, now),
        Some(open) => return Err(Reason::AlreadyAskedToJoin { since: open.at }),
        None => {}
    }
    let joining =
        Joining { id, group, member, invited_by: Some(actor), word: word.clone(), at: now, state: JoiningState::Pending };
    let notice = Notice::GroupInvited { joining: id, group, name: known.name.clone(), by: actor, word };
    sure(vec![Effect::GroupChanged(Change::Asked(joining)), Effect::Told { member, notice }])
}

fn answer(board: &Board, id: JoiningId, accepted: bool, word: &str, actor: MemberId, now: Instant) -> Decided {
    let open = board.joinings.get(&id).ok_or(Reason::UnknownJoining)?;
    let known = group_of(board, open.group)?;
    if open.is_invitation() {
        if open.member != actor {
            return Err(Reason::UnknownJoining);
        }
    } else {
        run_by_actor(board, open.group)?;
    }
    still_waits(open)?;
    if accepted {
        return joined(board, known, open, actor, short(word)?, now);
    }
    // Whoever asked reads why not; whoever was invited need not say it.
    let word = if open.is_invitation() { short(word) } else { reason_given(word) }?;
    let told = Effect::Told { member: other_side(open), notice: answered(known, open, false, &word) };
    let state = JoiningState::Refused { at: now, by: actor, word };
    sure(vec![Effect::GroupChanged(Change::Ended { joining: id, state }), told])
}

fn withdraw(board: &Board, id: JoiningId, actor: MemberId, now: Instant) -> Decided {
    let open = board.joinings.get(&id).ok_or(Reason::UnknownJoining)?;
    if open.is_invitation() {
        run_by_actor(board, open.group)?;
    } else if open.member != actor {
        return Err(Reason::UnknownJoining);
    }
    still_waits(open)?;
    sure(vec![Effect::GroupChanged(Change::Ended { joining: id, state: JoiningState::Withdrawn { at: now } })])
}

fn leave(board: &Board, group: GroupId, actor: MemberId) -> Decided {
    let known = group_of(board, group)?;
    if !known.members.contains(&actor) {
        return Err(Reason::NotInGroup { who: board.who(actor) });
    }
    sure(goes_from(group, known, actor))
}

/// Whoever answers for it hears who went; where nobody does any more, everybody in it hears that.
fn goes_from(group: GroupId, known: &Membership, member: MemberId) -> Vec<Effect> {
    let mut list = vec![Effect::GroupChanged(Change::Left { group, member })];
    let wanted = referent_wanted(group, known, member);
    if wanted.is_empty() {
        let notice = Notice::GroupLeft { group, name: known.name.clone(), who: member };
        let others = known.runners().iter().filter(|other| **other != member);
        list.extend(others.map(|other| Effect::Told { member: *other, notice: notice.clone() }));
    }
    list.extend(wanted);
    list
}

/// Somebody is no longer a member of the co-op: they belong to none of the board's groups any more, and wait for none.
pub fn leaves_groups(board: &Board, member: MemberId, now: Instant) -> Vec<Effect> {
    let waits = board.joinings.values().filter(|known| known.member == member && known.is_pending());
    let state = JoiningState::Withdrawn { at: now };
    let ended = waits.map(|known| Effect::GroupChanged(Change::Ended { joining: known.id, state: state.clone() }));
    let held = board.working.iter().filter(|(_, known)| known.members.contains(&member));
    ended.chain(held.flat_map(|(group, known)| goes_from(*group, known, member))).collect()
}

fn remove(board: &Board, group: GroupId, member: MemberId, word: &str, actor: MemberId) -> Decided {
    let known = run_by_actor(board, group)?;
    if !known.members.contains(&member) {
        return Err(Reason::NotInGroup { who: board.who(member) });
    }
    // Oneself leaves; a referent steps down first.
    if known.referents.contains(&member) {
        return Err(Reason::IsReferent { who: board.who(member) });
    }
    let word = reason_given(word)?;
    let notice = Notice::RemovedFromGroup { group, name: known.name.clone(), by: actor, word };
    sure(vec![Effect::GroupChanged(Change::Left { group, member }), Effect::Told { member, notice }])
}

fn set_referent(board: &Board, group: GroupId, member: MemberId, on: bool, actor: MemberId) -> Decided {
    let known = run_by_actor(board, group)?;
    if !known.members.contains(&member) {
        return Err(Reason::NotInGroup { who: board.who(member) });
    }
    if known.referents.contains(&member) == on {
        return sure(Vec::new());
    }
    let set = Effect::GroupChanged(Change::ReferentSet { group, member, on });
    if on {
        if known.referents.len() >= REFERENTS {
            return Err(Reason::EnoughReferents { referents: names(board, known) });
        }
        let notice = Notice::ReferentNamed { group, name: known.name.clone(), by: actor };
        let told = (member != actor).then_some(Effect::Told { member, notice });
        return sure([set].into_iter().chain(told).collect());
    }
    if member != actor && !board.employee {
        return Err(Reason::StepsDownAlone { who: board.who(member) });
    }
    sure([set].into_iter().chain(referent_wanted(group, known, member)).collect())
}

/// They belong to it from here on; the other side is told.
fn joined(board: &Board, known: &Membership, open: &Joining, actor: MemberId, word: String, now: Instant) -> Decided {
    belongs_to_the_coop(board, open.member)?;
    let told = Effect::Told { member: other_side(open), notice: answered(known, open, true, &word) };
    let state = JoiningState::Accepted { at: now, by: actor, word };
    sure(vec![
        Effect::GroupChanged(Change::Ended { joining: open.id, state }),
        Effect::GroupChanged(Change::Joined { group: open.group, member: open.member }),
        told,
    ])
}

/// Who waits for the answer.
fn other_side(open: &Joining) -> MemberId {
    open.invited_by.unwrap_or(open.member)
}

fn answered(known: &Membership, open: &Joining, accepted: bool, word: &str) -> Notice {
    Notice::JoinAnswered {
        joining: open.id,
        group: open.group,
        name: known.name.clone(),
        who: open.member,
        accepted,
        word: word.to_owned(),
    }
}

/// Nobody answers for the group once `leaving` does not: whoever is left hears it.
fn referent_wanted(group: GroupId, known: &Membership, leaving: MemberId) -> Vec<Effect> {
    let last = known.referents.iter().all(|referent| *referent == leaving) && !known.referents.is_empty();
    if !last {
        return Vec::new();
    }
    let notice = Notice::ReferentWanted { group, name: known.name.clone() };
    let others = known.members.iter().filter(|member| **member != leaving);
    others.map(|member| Effect::Told { member: *member, notice: notice.clone() }).collect()
}

fn group_of(board: &Board, group: GroupId) -> Result<&Membership, Reason> {
    board.working.get(&group).ok_or(Reason::UnknownGroup)
}

/// The group, where the actor runs it.
fn run_by_actor(board: &Board, group: GroupId) -> Result<&Membership, Reason> {
    let known = group_of(board, group)?;
    if board.runs.contains(&group) { Ok(known) } else { Err(Reason::NotYourGroupToRun { referents: names(board, known) }) }
}

fn names(board: &Board, known: &Membership) -> Vec<Who> {
    known.referents.iter().map(|member| board.who(*member)).collect()
}

/// A device knows of others that they are there, and not whether they still are.
fn belongs_to_the_coop(board: &Board, member: MemberId) -> Result<(), Reason> {
    let gone = board.aptitude(member).is_some_and(|aptitude| !aptitude.active);
    if gone || !board.people.contains_key(&member) {
        return Err(Reason::UnknownMember);
    }
    Ok(())
}

fn is_new(board: &Board, id: JoiningId) -> Result<(), Reason> {
    if board.joinings.contains_key(&id) { Err(Reason::IdReused) } else { Ok(()) }
}

/// What waits between the group and a member.
fn waiting(board: &Board, group: GroupId, member: MemberId) -> Option<&Joining> {
    board.joinings.values().find(|known| known.group == group && known.member == member && known.is_pending())
}

fn still_waits(open: &Joining) -> Result<(), Reason> {
    if open.is_pending() { Ok(()) } else { Err(Reason::JoiningClosed) }
}
