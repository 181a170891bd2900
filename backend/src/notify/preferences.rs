//! What a member chose to be told, and how.

use domain::id::MemberId;
use domain::notify::Preferences;
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
