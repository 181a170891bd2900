//! Who may act for somebody else, or for the co-op. Read in the act's own transaction, under
//! share locks, so that nobody acts on a right that is just being taken away.

use domain::command::Command;
use domain::id::ShiftId;
use sqlx::PgConnection;

use super::attempt::Act;
use crate::auth::{Editor, KeepsBoard, KeepsCatalogue, Lead, Office, OnCommittee, Organiser, RunsGroup};
use crate::error::Error;
use crate::swaps::scope::Scope;

/// A right that was found.
pub struct Authority {
    /// Active member of Administratif et financier, or the employee.
    pub office: bool,
    /// Makes the Monday brief, and acts in their own name.
    pub edits_brief: bool,
    /// Organises the event that it is about, and acts in their own name.
    pub organises: bool,
    /// Keeps the catalogue, and acts in their own name.
    pub keeps_catalogue: bool,
    /// Runs the working group that it is about, and acts in their own name.
    pub runs_group: Option<RunsGroup>,
    /// Sits on the committee, and acts in their own name.
    pub committee: bool,
    /// Keeps the dossier board that it is about, and acts in their own name.
    pub keeps_board: bool,
    /// The command may run in the name of its actor.
    pub may_act: bool,
}

pub async fn of(conn: &mut PgConnection, act: &Act<'_>, scope: &Scope) -> Result<Authority, Error> {
    let for_other = act.actor != act.sender;
    let command = &act.envelope.command;
    let asks = matches!(command, Command::CloseShift { .. } | Command::CallForHelp { .. })
        || command.on_sheet().is_some()
        || command.of_office();
    let edits_brief = !for_other && command.writes_brief() && Editor::find(conn, act.sender, act.now).await?.is_some();
    let organises = match command.event().filter(|_| !for_other && command.asks_organisers()) {
        Some(event) => Organiser::of_event(conn, act.sender, event, act.now).await?.is_some(),
        None => false,
    };
    let keeps_catalogue =
        !for_other && command.keeps_catalogue() && KeepsCatalogue::find(conn, act.sender, act.now).await?.is_some();
    let runs_group = match scope.group.filter(|_| !for_other && command.asks_referents()) {
        Some(group) => RunsGroup::find(conn, act.sender, group, act.now).await?,
        None => None,
    };
    let committee = !for_other && command.point().is_some() && OnCommittee::find(conn, act.sender, act.now).await?.is_some();
    let keeps_board = match scope.board.filter(|_| !for_other) {
        Some(group) => KeepsBoard::find(conn, act.sender, group, act.now).await?.is_some(),
        None => false,
    };
    let own =
        Authority { office: false, edits_brief, organises, keeps_catalogue, runs_group, committee, keeps_board, may_act: true };
    if !for_other && !asks {
        return Ok(own);
    }
    let office = Office::find(conn, act.sender, act.now).await?.is_some();
    let shifts: Vec<ShiftId> = scope.seats.iter().map(|seat| seat.shift).collect();
    // A lead acts for their own shift only: every seat that the act names is on one they lead.
    // What the office says of somebody it says in its own name: no one answers themselves through another.
    let own_name = for_other && command.of_office();
    let may_act = !own_name && (!for_other || office || Lead::find(conn, act.sender, &shifts).await?.is_some());
    Ok(Authority { office, may_act, ..own })
}
