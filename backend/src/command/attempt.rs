//! One run of a command: first time? lock, load, decide, write, match, store, commit.

use domain::board::Board;
use domain::command::{Command, Envelope};
use domain::decide::{Decision, Effects, decide, serve_waiting};
use domain::effect::Effect;
use domain::id::MemberId;
use domain::notice::Notice;
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::register::Deed;
use domain::time::Instant;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::authority;
use super::log::{self, Entered};
use crate::error::Error;
use crate::ledger;
use crate::register::together::note;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::{Locks, Scope, beyond, lock_board};
use crate::swaps::{load, matching, write};
use crate::{Backend, Guards};

/// A command with who sent it, and when it was received.
pub struct Act<'a> {
    pub envelope: &'a Envelope,
    /// On whose behalf.
    pub actor: MemberId,
    pub sender: MemberId,
    pub now: Instant,
    pub payload_hash: Vec<u8>,
}

impl<'a> Act<'a> {
    pub fn new(sender: MemberId, envelope: &'a Envelope, now: Instant) -> Act<'a> {
        let payload = (&envelope.command, envelope.on_behalf_of, &envelope.depends_on);
        let payload = serde_json::to_vec(&payload).unwrap_or_default();
        Act {
            envelope,
            actor: envelope.on_behalf_of.unwrap_or(sender),
            sender,
            now,
            payload_hash: Sha256::digest(payload).to_vec(),
        }
    }
}

/// Runs the command once. `locks` grows by what a run turns out to need; such a run ends in a
/// conflict, and the next one holds it from the start.
pub async fn attempt(backend: &Backend, act: &Act<'_>, locks: &mut Locks, forced: Option<Reason>) -> Result<Outcome, Error> {
    let mut tx = backend.pool.begin().await?;
    let mut prerequisite_refused = false;
    if backend.keeps_log() {
        match log::enter(&mut tx, act).await? {
            Entered::First { prerequisite_refused: refused } => prerequisite_refused = refused,
            Entered::Known(outcome) => return Ok(outcome),
            Entered::NoSuchMember => {
                return Ok(Outcome::Refused { reason: Reason::UnknownMember });
            }
        }
    }
    let done = match forced {
        Some(reason) => Err(reason),
        None if prerequisite_refused => Err(Reason::PrerequisiteRefused),
        None => run(backend, &mut tx, act, locks).await?,
    };
    let (outcome, after) = match done {
        Ok((outcome, after)) => {
            sqlx::query("set constraints all immediate").execute(&mut *tx).await?;
            (outcome, after)
        }
        Err(reason) => (Outcome::Refused { reason }, Aftermath::default()),
    };
    after.finish(&mut tx, Some((act.envelope.id, &outcome)), act.now).await?;
    tx.commit().await?;
    Ok(outcome)
}

type Done = Result<(Outcome, Aftermath), Reason>;

async fn run(backend: &Backend, conn: &mut PgConnection, act: &Act<'_>, locks: &mut Locks) -> Result<Done, Error> {
    let command = &act.envelope.command;
    let mut scope = Scope::of(command, act.actor);
    scope.resolve(conn).await?;
    // Whoever sends it is locked with the others, in their order: a right is looked at for share, and two
    // acts of one person that shared first and locked then would wait for each other.
    scope.locks.members.insert(act.sender);
    scope.locks.add(locks.clone());

    let guarded = backend.guards != Guards::WithoutLock;
    let early = match backend.guards {
        Guards::WithoutRecheck => Some(load::board(conn, &scope, act.now).await?),
        _ => None,
    };
    if guarded {
        if scope.matching || matches!(command, Command::AcceptLoop { .. }) {
            lock_board(conn).await?;
        }
        if scope.ledger {
            ledger::lock_pot(conn).await?;
        }
        scope.locks.take(conn).await?;
    }
    let authority = authority::of(conn, act, &scope).await?;
    if !authority.may_act {
        return Ok(Err(Reason::NotAllowed));
    }
    let mut board = match early {
        Some(board) => board,
        None => load::board(conn, &scope, act.now).await?,
    };
    board.office = authority.office;
    board.edits_brief = authority.edits_brief;
    board.keeps_catalogue = authority.keeps_catalogue;
    board.organises.extend(command.event().filter(|_| authority.organises));
    board.runs.extend(scope.group.filter(|_| authority.runs_group.is_some()));
    board.employee = authority.runs_group.is_some_and(|by_right| by_right.is_employee());
    board.committee = authority.committee;
    board.keeps_dossiers.extend(scope.board.filter(|_| authority.keeps_board));

    let Effects { mut list, mut done } = match decide(&board, command, act.actor, act.now) {
        Decision::Yes(effects) => effects,
        Decision::No(reason) => return Ok(Err(reason)),
        Decision::Probably(..) => return Err(Error::Unreadable("a decision lacked facts")),
    };
    board.apply_all(&list);
    if scope.matching {
        let closed = matching::close_and_suggest(&mut board, Some(act.actor), act.now, &backend.ids);
        if let Some(legs) = closed.loops.into_iter().find(|legs| legs.iter().any(|leg| leg.member == act.actor)) {
            done.seat = legs.iter().find(|leg| leg.member == act.actor).map(|leg| leg.takes);
            done.closed_loop = legs;
        }
        list.extend(closed.effects);
    }
    let served = serve_waiting(&board, &list, act.now);
    board.apply_all(&served);
    list.extend(served);
    if guarded {
        stay_within(&scope.locks, locks, &list, &board)?;
    }
    let mut after = write::effects(conn, &board, &list, Some(act.sender), act.now).await?;
    tell_whom(conn, act, &mut after).await?;
    Ok(Ok((Outcome::Applied { result: done }, after)))
}

/// What somebody does in another one's name is told to them, and stays readable on their account.
async fn tell_whom(conn: &mut PgConnection, act: &Act<'_>, after: &mut Aftermath) -> Result<(), Error> {
    if act.sender == act.actor || matches!(act.envelope.command, Command::MarkSeen { .. }) {
        return Ok(());
    }
    let kind = act.envelope.command.kind().to_owned();
    after.touched.insert(act.actor);
    after.told.push((act.actor, Notice::DoneForYou { whom: act.actor, by: act.sender, act: kind.clone() }));
    note(conn, None, act.actor, &Deed::DoneForThem { act: kind }, Some(act.sender), act.now).await
}

/// A set that grew restarts, with the rows it lacked.
pub fn stay_within(held: &Locks, next: &mut Locks, effects: &[Effect], board: &Board) -> Result<(), Error> {
    match beyond(held, effects, board) {
        None => Ok(()),
        Some(needed) => {
            next.add(needed);
            Err(Error::Conflict)
        }
    }
}
