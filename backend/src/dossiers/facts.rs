//! The facts of an act about a dossier, under its row's lock.

use domain::board::Board;
use domain::dossiers::Dossier;
use domain::id::DossierId;
use domain::notice::Notice;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{DOSSIER, IS_OPEN};
use crate::error::Error;
use crate::swaps::scope::Scope;

/// Lays what `scope` asks of dossiers on the board: the one that it names, and where it opens one, those that are open beside it.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board) -> Result<(), Error> {
    let Some(dossier) = scope.dossier else { return Ok(()) };
    sqlx::query("select from dossier where dossier_id = $1 for no key update").bind(dossier).execute(&mut *conn).await?;
    let beside = scope.board.filter(|_| scope.opens_dossier);
    let sql = format!("select {DOSSIER} from dossier d where d.dossier_id = $1 or d.group_id = $2 and {IS_OPEN}");
    let found: Vec<Json<Dossier>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(dossier).bind(beside).fetch_all(conn).await?;
    board.dossiers.extend(found.into_iter().map(|Json(dossier)| (dossier.id, dossier)));
    Ok(())
}

/// Lays over a board what notices say of dossiers.
pub(crate) async fn lay_told(conn: &mut PgConnection, board: &mut Board, notices: &[&Notice]) -> Result<(), Error> {
    let dossiers: Vec<DossierId> = notices.iter().filter_map(|notice| notice.dossier()).collect();
    if dossiers.is_empty() {
        return Ok(());
    }
    let sql = format!("select {DOSSIER} from dossier d where d.dossier_id = any($1)");
    let found: Vec<Json<Dossier>> = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(dossiers.iter().map(|dossier| dossier.0).collect::<Vec<Uuid>>())
        .fetch_all(conn)
        .await?;
    board.dossiers.extend(found.into_iter().map(|Json(dossier)| (dossier.id, dossier)));
    Ok(())
}
