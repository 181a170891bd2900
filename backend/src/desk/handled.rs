//! What came from the shop was dealt with: whoever is at the desk says so, once.

use domain::desk::{Mistake, handling};
use domain::id::{IncidentId, MemberId};
use sqlx::PgConnection;

use super::Desked;
use crate::Backend;
use crate::auth::AtDesk;
use crate::error::Error;

/// `thing`: as `domain::desk::What::thing` names it. Said twice, it is said once.
pub async fn handle(backend: &Backend, asking: MemberId, thing: &str, typed: &str) -> Result<Desked, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let by = AtDesk::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    let word = match handling(typed) {
        Ok(word) => word,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if !is_there(&mut tx, thing).await? {
        return Ok(Err(vec![Mistake::UnknownThing]));
    }
    sqlx::query("insert into desk_handled (thing, word, by_member, at) values ($1, $2, $3, $4) on conflict (thing) do nothing")
        .bind(thing)
        .bind(word)
        .bind(by)
        .bind(now)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Whether somebody reported that.
async fn is_there(conn: &mut PgConnection, thing: &str) -> Result<bool, Error> {
    match thing.split_once('/') {
        Some(("report", id)) => {
            let Ok(id) = id.parse::<i64>() else { return Ok(false) };
            // « report/017 » would be another name for the same.
            let is_its_name = thing == format!("report/{id}");
            let known: bool =
                sqlx::query_scalar("select exists (select from report where report_id = $1)").bind(id).fetch_one(conn).await?;
            Ok(known && is_its_name)
        }
        Some(("incident", id)) => {
            let Ok(id) = id.parse::<IncidentId>() else { return Ok(false) };
            let is_its_name = thing == format!("incident/{id}");
            let known: bool = sqlx::query_scalar("select exists (select from incident where incident_id = $1)")
                .bind(id)
                .fetch_one(conn)
                .await?;
            Ok(known && is_its_name)
        }
        _ => Ok(false),
    }
}
