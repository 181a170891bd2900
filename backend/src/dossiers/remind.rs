//! Those who are named on a dossier hear that its day comes up, a week before, once; where nobody is, whoever runs the group.

use domain::dossiers::{Dossier, REMIND_D};
use domain::id::{GroupId, MemberId};
use domain::notice::Notice;
use domain::time::{Instant, paris_day, plus_days};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{DOSSIER, IS_OPEN};
use crate::Backend;
use crate::auth::RUNS_GROUP;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Tells of each day that nobody was told of yet. Gives how many dossiers there are. One whose day is another one by then is told of
/// again.
pub async fn remind(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    let sql = format!(
        "select {DOSSIER} from dossier d
         where d.due_on between $1 and $2 and d.reminded_on is distinct from d.due_on and {IS_OPEN}
         order by d.due_on, d.dossier_id for update of d skip locked"
    );
    let due: Vec<Json<Dossier>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(today).bind(plus_days(today, REMIND_D)).fetch_all(&mut *tx).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let mut after = Aftermath::default();
    for Json(dossier) in &due {
        let Some(on) = dossier.due else { continue };
        let notice = Notice::DossierDue { dossier: dossier.id, group: dossier.group, title: dossier.title.clone(), on };
        let told = whom(&mut tx, dossier, now).await?;
        after.touched.extend(&told);
        after.told.extend(told.into_iter().map(|member| (member, notice.clone())));
    }
    sqlx::query("update dossier set reminded_on = due_on where dossier_id = any($1)")
        .bind(due.iter().map(|Json(dossier)| dossier.id.0).collect::<Vec<uuid::Uuid>>())
        .execute(&mut *tx)
        .await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(due.len())
}

/// Whoever is named on it and may still see it; otherwise those who run the group, but for the employee, who runs them all.
async fn whom(conn: &mut PgConnection, dossier: &Dossier, now: Instant) -> Result<Vec<MemberId>, Error> {
    let named: Vec<MemberId> = sqlx::query_scalar(
        "select m.member_id from member m where m.member_id in ($1, $2) and m.joined_on <= $3
            and (m.left_on is null or m.left_on > $3) and (m.member_id = $2 or m.employee
                or exists (select from group_member n where n.group_id = $4 and n.member_id = m.member_id))
         order by m.member_id",
    )
    .bind(dossier.holder)
    .bind(dossier.matter.tutor())
    .bind(paris_day(now))
    .bind(dossier.group)
    .fetch_all(&mut *conn)
    .await?;
    if named.is_empty() { runners(conn, dossier.group, now).await } else { Ok(named) }
}

async fn runners(conn: &mut PgConnection, group: GroupId, now: Instant) -> Result<Vec<MemberId>, Error> {
    let sql = format!(
        "select m.member_id from member m, working_group g
         where g.group_id = $1 and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2) and {RUNS_GROUP}
            and exists (select from group_member n where n.group_id = g.group_id and n.member_id = m.member_id)
         order by m.member_id"
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(group).bind(paris_day(now)).fetch_all(conn).await?)
}
