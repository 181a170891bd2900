//! What those of a working group do with a dossier at once: it is opened, taken on, moved on; a young volunteer's hours are
//! written down.

use chrono::NaiveDate;

use super::requests::{reason_given, short_within};
use super::{Decided, sure};
use crate::board::Board;
use crate::command::Command;
use crate::dossiers::{
    Change, Dossier, Hours, Kind, MINUTES_CAP, Matter, NOTE_CAP, OPEN_CAP, Stage, State, TEXT_CAP, TITLE_CAP, WORD_CAP,
    allowed_days,
};
use crate::effect::Effect;
use crate::id::{DossierId, GroupId, HoursId, MemberId};
use crate::line::{line, lines};
use crate::reason::Reason;
use crate::time::{Instant, paris_day};

pub(super) fn of_dossiers(board: &Board, command: &Command, actor: MemberId, now: Instant) -> Decided {
    match command {
        Command::OpenDossier { dossier, group, title, text, due } => {
            open(board, (*dossier, *group), (title, text), *due, actor, now)
        }
        Command::TakeDossier { dossier, on } => take(board, *dossier, *on, actor),
        Command::SetDossierState { dossier, state, word } => set_state(board, *dossier, *state, word, actor, now),
        Command::LogHours { hours, dossier, day, minutes, note } => {
            log(board, *dossier, Hours { id: *hours, day: *day, minutes: *minutes, note: note.clone(), by: actor }, now)
        }
        Command::RemoveHours { hours, dossier } => unlog(board, *dossier, *hours, actor),
        _ => Err(Reason::NotUnderstood),
    }
}

/// Something to be done, noted on the spot; what it is more exactly is written at a table.
fn open(
    board: &Board,
    (id, group): (DossierId, GroupId),
    (title, text): (&str, &str),
    due: Option<NaiveDate>,
    actor: MemberId,
    now: Instant,
) -> Decided {
    if !board.keeps_dossiers.contains(&group) {
        return Err(Reason::NotYourBoard);
    }
    let title = short_within(&line(title), TITLE_CAP)?;
    if !title.chars().any(char::is_alphanumeric) {
        return Err(Reason::TitleMissing);
    }
    let text = short_within(&lines(text), TEXT_CAP)?;
    let days = allowed_days(paris_day(now));
    if due.is_some_and(|due| !days.contains(due)) {
        return Err(Reason::BadDossierDay { from: days.from, to: days.to });
    }
    if board.dossiers.contains_key(&id) {
        return Err(Reason::IdReused);
    }
    if board.dossiers.values().filter(|known| known.group == group && known.is_open()).count() >= OPEN_CAP {
        return Err(Reason::BoardFull { cap: u16::try_from(OPEN_CAP).unwrap_or(u16::MAX) });
    }
    let dossier = Dossier {
        id,
        group,
        title,
        text,
        matter: Matter::Task,
        holder: None,
        due,
        papers: Vec::new(),
        state: State::ToDo,
        hours: Vec::new(),
        by: actor,
        at: now,
        revision: 1,
    };
    sure(vec![Effect::DossierChanged(Change::Opened(Box::new(dossier)))])
}

/// « Je m'en charge », or no longer. Somebody else's is theirs until they give it up, or until it is given to another at the table.
fn take(board: &Board, id: DossierId, on: bool, actor: MemberId) -> Decided {
    let dossier = kept(board, id)?;
    still_open(dossier)?;
    let holder = match (dossier.holder, on) {
        (Some(holder), true) if holder != actor => return Err(Reason::DossierHeld { by: board.who(holder) }),
        (holder, false) if holder != Some(actor) => return Err(Reason::NotHolding),
        (Some(_), true) => return sure(Vec::new()),
        (None, true) => Some(actor),
        (_, false) => None,
    };
    sure(vec![Effect::DossierChanged(Change::Held { dossier: id, holder })])
}

/// What comes to nothing says why. What is over may be opened again.
fn set_state(board: &Board, id: DossierId, to: Stage, word: &str, actor: MemberId, now: Instant) -> Decided {
    let dossier = kept(board, id)?;
    if dossier.state.stage() == to {
        return sure(Vec::new());
    }
    let state = match to {
        Stage::ToDo => State::ToDo,
        Stage::UnderWay => State::UnderWay { since: now },
        Stage::Done => State::Done { at: now, by: actor },
        Stage::Dropped => State::Dropped { at: now, by: actor, word: short_within(&reason_given(word)?, WORD_CAP)? },
    };
    sure(vec![Effect::DossierChanged(Change::Moved { dossier: id, state })])
}

fn log(board: &Board, id: DossierId, hours: Hours, now: Instant) -> Decided {
    let dossier = accompanied(board, id, hours.by)?;
    still_open(dossier)?;
    let today = paris_day(now);
    let days = allowed_days(today);
    if !(days.from..=today).contains(&hours.day) {
        return Err(Reason::BadDossierDay { from: days.from, to: today });
    }
    if !(1..=MINUTES_CAP).contains(&hours.minutes) {
        return Err(Reason::BadHours { most: MINUTES_CAP });
    }
    if dossier.hours.iter().any(|known| known.id == hours.id) {
        return Err(Reason::IdReused);
    }
    let note = short_within(&line(&hours.note), NOTE_CAP)?;
    sure(vec![Effect::DossierChanged(Change::Logged { dossier: id, hours: Hours { note, ..hours } })])
}

fn unlog(board: &Board, id: DossierId, hours: HoursId, actor: MemberId) -> Decided {
    let dossier = accompanied(board, id, actor)?;
    still_open(dossier)?;
    if !dossier.hours.iter().any(|known| known.id == hours) {
        return Err(Reason::UnknownDossier);
    }
    sure(vec![Effect::DossierChanged(Change::Unlogged { dossier: id, hours })])
}

/// A dossier of a board that the actor keeps; of another group's nobody is told whether it is there.
fn kept(board: &Board, id: DossierId) -> Result<&Dossier, Reason> {
    board.dossiers.get(&id).filter(|dossier| board.keeps_dossiers.contains(&dossier.group)).ok_or(Reason::UnknownDossier)
}

/// A young volunteer's, for those of the group, and for whoever accompanies them.
fn accompanied(board: &Board, id: DossierId, actor: MemberId) -> Result<&Dossier, Reason> {
    let theirs = |dossier: &&Dossier| board.keeps_dossiers.contains(&dossier.group) || dossier.matter.tutor() == Some(actor);
    let dossier = board.dossiers.get(&id).filter(theirs).ok_or(Reason::UnknownDossier)?;
    if dossier.kind() == Kind::Volunteer { Ok(dossier) } else { Err(Reason::NotAVolunteer) }
}

fn still_open(dossier: &Dossier) -> Result<(), Reason> {
    match dossier.state.closed_at() {
        None => Ok(()),
        Some(since) => Err(Reason::DossierClosed { since }),
    }
}
