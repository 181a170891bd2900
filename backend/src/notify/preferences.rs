//! What a member chose to be told, and how.

use domain::id::MemberId;
use domain::notify::{Ahead, Preferences, Switch};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::error::Error;

/// Keeps what a member chose.
pub(crate) async fn set(conn: &mut PgConnection, member: MemberId, preferences: &Preferences) -> Result<(), Error> {
    sqlx::query(
        "insert into preference (member_id, switches, reminders) values ($1, $2, $3)
         on conflict (member_id) do update set switches = excluded.switches, reminders = excluded.reminders",
    )
    .bind(member)
    .bind(Json(&preferences.switches))
    .bind(Json(&preferences.reminders))
    .execute(conn)
    .await?;
    Ok(())
}

/// As PostgreSQL keeps them.
type Chosen = (Json<Vec<Switch>>, Json<Vec<Ahead>>);

/// Sets one switch of a member whose row is locked. Whether it stood otherwise.
pub(crate) async fn switch(conn: &mut PgConnection, member: MemberId, wanted: Switch) -> Result<bool, Error> {
    let chosen: Option<Chosen> = sqlx::query_as("select switches, reminders from preference where member_id = $1")
        .bind(member)
        .fetch_optional(&mut *conn)
        .await?;
    let chosen = chosen.map(|(Json(switches), Json(reminders))| Preferences { switches, reminders }).unwrap_or_default();
    if chosen.wants(wanted.topic, wanted.channel) == Some(wanted.on) {
        return Ok(false);
    }
    set(conn, member, &chosen.with(wanted)).await?;
    Ok(true)
}
