//! The command log: what makes a command run at most once.

use domain::id::{CommandId, MemberId};
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use super::attempt::Act;
use crate::error::Error;

/// Whether this is the first time.
pub enum Entered {
    First {
        prerequisite_refused: bool,
    },
    Known(Outcome),
    /// The member on whose behalf it came is not there.
    NoSuchMember,
}

/// Puts the id into the log; waits for the same command if it is just being performed.
pub async fn enter(conn: &mut PgConnection, act: &Act<'_>) -> Result<Entered, Error> {
    let entered: Result<Row, Error> = sqlx::query_as(ENTER)
        .bind(act.envelope.id)
        .bind(act.actor)
        .bind(act.sender)
        .bind(act.payload_hash.as_slice())
        .bind(act.envelope.command.kind())
        .bind(act.now)
        .bind(act.envelope.depends_on.iter().map(|id| id.0).collect::<Vec<_>>())
        .fetch_one(&mut *conn)
        .await
        .map_err(Error::from);
    match entered {
        Ok(Row { fresh: true, prerequisite_refused }) => Ok(Entered::First { prerequisite_refused }),
        Ok(Row { fresh: false, .. }) => match stored(conn, act).await? {
            Some(outcome) => Ok(Entered::Known(outcome)),
            None => Err(Error::Conflict),
        },
        Err(error) if error.code().as_deref() == Some("23503") => Ok(Entered::NoSuchMember),
        Err(error) => Err(error),
    }
}

/// What the log answers to a command whose id it knows.
pub async fn stored(conn: &mut PgConnection, act: &Act<'_>) -> Result<Option<Outcome>, Error> {
    let row: Option<Stored> =
        sqlx::query_as("select member_id, by_member, payload_hash, outcome from command_log where command_id = $1")
            .bind(act.envelope.id)
            .fetch_optional(conn)
            .await?;
    let Some(row) = row else { return Ok(None) };
    if row.member_id != act.actor || row.by_member != act.sender || row.payload_hash != act.payload_hash {
        return Ok(Some(Outcome::Refused { reason: Reason::IdReused }));
    }
    match row.outcome {
        Some(Json(outcome)) => Ok(Some(outcome)),
        None => Err(Error::Unreadable("a command without its outcome")),
    }
}

/// What became of one of `member`'s own acts, for a page that was left before the answer came.
pub async fn answer_of(pool: &PgPool, member: MemberId, id: CommandId) -> Result<Option<Outcome>, Error> {
    let outcome: Option<Option<Json<Outcome>>> =
        sqlx::query_scalar("select outcome from command_log where command_id = $1 and by_member = $2")
            .bind(id)
            .bind(member)
            .fetch_optional(pool)
            .await?;
    Ok(outcome.flatten().map(|Json(outcome)| outcome))
}

pub async fn forget(pool: &PgPool, before: Instant) -> Result<(), Error> {
    sqlx::query("delete from command_log where at < $1").bind(before).execute(pool).await?;
    Ok(())
}

const ENTER: &str = "
with fresh as (
    insert into command_log (command_id, member_id, by_member, payload_hash, kind, at)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1
)
select exists (select from fresh) as fresh,
    exists (select from command_log where command_id = any($7) and by_member = $3
        and outcome->>'status' = 'refused') as prerequisite_refused";

#[derive(sqlx::FromRow)]
struct Row {
    fresh: bool,
    prerequisite_refused: bool,
}

#[derive(sqlx::FromRow)]
struct Stored {
    member_id: MemberId,
    by_member: MemberId,
    payload_hash: Vec<u8>,
    outcome: Option<Json<Outcome>>,
}
