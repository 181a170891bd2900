//! Somebody leaves the co-op, goes on under another card, or is forgotten: what that is to the boards.

use std::collections::BTreeSet;

use domain::id::{GroupId, MemberId};
use domain::time::Instant;
use sqlx::{AssertSqlSafe, PgConnection};

use super::write::readers;
use super::{IS_OPEN, accompanied_by};
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// What they had in hand waits for somebody else. They are locked.
pub(crate) async fn leaves_coop(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Aftermath, Error> {
    let accompanied = accompanied_by("$1");
    let sql = format!(
        "update dossier d set holder_id = nullif(d.holder_id, $1), revision = d.revision + 1,
            matter = case when {accompanied} then d.matter #- '{{volunteer,tutor}}' else d.matter end
         where (d.holder_id = $1 or {accompanied}) and {IS_OPEN} returning d.group_id"
    );
    let groups: Vec<GroupId> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(member).fetch_all(&mut *conn).await?;
    seen_otherwise(conn, groups, now).await
}

/// Of two cards that are one person's, what the one had in hand, the other has. Both are locked.
pub(crate) async fn moved(conn: &mut PgConnection, goes: MemberId, keeps: MemberId, now: Instant) -> Result<Aftermath, Error> {
    let accompanied = accompanied_by("$1");
    let sql = format!(
        "update dossier d set holder_id = case when d.holder_id = $1 then $2 else d.holder_id end, revision = d.revision + 1,
            matter = case when {accompanied} then jsonb_set(d.matter, '{{volunteer,tutor}}', to_jsonb($2::text)) else d.matter end
         where d.holder_id = $1 or {accompanied} returning d.group_id"
    );
    let groups: Vec<GroupId> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(goes).bind(keeps).fetch_all(&mut *conn).await?;
    let mut after = seen_otherwise(conn, groups, now).await?;
    after.touched.insert(keeps);
    Ok(after)
}

/// A dossier is its group's; what somebody noted of a young volunteer's day is not kept once they are forgotten.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("update dossier_hours set note = '' where by_member = $1").bind(member).execute(conn).await?;
    Ok(())
}

async fn seen_otherwise(conn: &mut PgConnection, groups: Vec<GroupId>, now: Instant) -> Result<Aftermath, Error> {
    let mut after = Aftermath::default();
    for group in groups.into_iter().collect::<BTreeSet<GroupId>>() {
        after.touched.extend(readers(&mut *conn, group, None, now).await?);
    }
    Ok(after)
}
