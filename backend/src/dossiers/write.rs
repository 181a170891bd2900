//! What an act about a dossier leaves in the tables, and whose device shows something else then.

use domain::board::Board;
use domain::dossiers::{Change, Dossier, Hours, Stage};
use domain::effect::Effect;
use domain::id::{DossierId, GroupId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Error;
use crate::ids;
use crate::swaps::aftermath::Aftermath;

/// Writes what `effects` say of dossiers. `board` holds the facts with the effects applied.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        let Effect::DossierChanged(change) = effect else { continue };
        let dossier = board.dossiers.get(&change.dossier()).ok_or(Error::Conflict)?;
        after.touched.extend(readers(conn, dossier.group, dossier.matter.tutor(), now).await?);
        let what = match change {
            Change::Opened(opened) => {
                insert(conn, opened).await?;
                "ouvrir"
            }
            Change::Held { dossier, holder } => {
                sqlx::query("update dossier set holder_id = $2 where dossier_id = $1")
                    .bind(dossier)
                    .bind(holder)
                    .execute(&mut *conn)
                    .await?;
                if holder.is_some() { "prendre" } else { "rendre" }
            }
            Change::Moved { dossier, state } => {
                sqlx::query("update dossier set state = $2 where dossier_id = $1")
                    .bind(dossier)
                    .bind(Json(state))
                    .execute(&mut *conn)
                    .await?;
                match state.stage() {
                    Stage::ToDo => "reprendre",
                    Stage::UnderWay => "commencer",
                    Stage::Done => "finir",
                    Stage::Dropped => "abandonner",
                }
            }
            Change::Logged { dossier, hours } => {
                log(conn, *dossier, hours).await?;
                "heures"
            }
            Change::Unlogged { dossier, hours } => {
                sqlx::query("delete from dossier_hours where dossier_hours_id = $2 and dossier_id = $1")
                    .bind(dossier)
                    .bind(hours)
                    .execute(&mut *conn)
                    .await?;
                "heures-retirer"
            }
        };
        let by = sender.unwrap_or(dossier.by);
        note(conn, ids::at(now), dossier.id, what, by, now).await.map(drop)?;
    }
    Ok(())
}

/// Whose device shows it: those of its group, the employee, and who accompanies a young volunteer.
pub(super) async fn readers(
    conn: &mut PgConnection,
    group: GroupId,
    tutor: Option<MemberId>,
    now: Instant,
) -> Result<Vec<MemberId>, Error> {
    let mut readers: Vec<MemberId> = sqlx::query_scalar(
        "select member_id from member m where (left_on is null or left_on > $2)
            and (employee or exists (select from group_member n where n.group_id = $1 and n.member_id = m.member_id))",
    )
    .bind(group)
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    readers.extend(tutor);
    Ok(readers)
}

async fn insert(conn: &mut PgConnection, dossier: &Dossier) -> Result<(), Error> {
    sqlx::query(
        "insert into dossier (dossier_id, group_id, title, text, matter, holder_id, due_on, papers, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(dossier.id)
    .bind(dossier.group)
    .bind(&dossier.title)
    .bind(&dossier.text)
    .bind(Json(&dossier.matter))
    .bind(dossier.holder)
    .bind(dossier.due)
    .bind(Json(&dossier.papers))
    .bind(dossier.by)
    .bind(dossier.at)
    .execute(conn)
    .await?;
    Ok(())
}

async fn log(conn: &mut PgConnection, dossier: DossierId, hours: &Hours) -> Result<(), Error> {
    sqlx::query(
        "insert into dossier_hours (dossier_hours_id, dossier_id, on_day, minutes, note, by_member)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(hours.id)
    .bind(dossier)
    .bind(hours.day)
    .bind(i16::try_from(hours.minutes).unwrap_or(i16::MAX))
    .bind(&hours.note)
    .bind(hours.by)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what was done; false where the same form has done it already.
pub(super) async fn note(
    conn: &mut PgConnection,
    id: Uuid,
    dossier: DossierId,
    what: &str,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "insert into dossier_act (dossier_act_id, dossier_id, what, by_member, at) values ($1, $2, $3, $4, $5)
         on conflict (dossier_act_id) do nothing",
    )
    .bind(id)
    .bind(dossier)
    .bind(what)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}
