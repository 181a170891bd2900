//! What an assembly is to vote on: written until members are called to it. Who stands in its election, at the door too.

use domain::assembly::{AssemblyMistake, RESOLUTIONS_CAP, Way, WrittenResolution};
use domain::id::{AssemblyId, MemberId, ResolutionId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::acting::{Acting, Arranged, Held};
use super::write::{stand, stand_down};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// The form's id is the resolution's.
pub async fn add_resolution(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    written: &WrittenResolution,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("resolution", Some(form)), Held::is_planned).await? {
        return Ok(answer);
    }
    let (known, last): (i64, Option<i16>) =
        sqlx::query_as("select count(*), max(rank) from resolution where assembly_id = $1 and removed_at is null")
            .bind(id)
            .fetch_one(&mut *acting.tx)
            .await?;
    if usize::try_from(known).is_ok_and(|known| known >= RESOLUTIONS_CAP) {
        return Ok(Err(vec![AssemblyMistake::TooMany { cap: RESOLUTIONS_CAP }]));
    }
    if is_second_election(&mut acting.tx, id, None, written.way).await? {
        return Ok(Err(vec![AssemblyMistake::OneElection]));
    }
    let (way, seats) = columns(written.way);
    sqlx::query(
        "insert into resolution (resolution_id, assembly_id, title, text, html, way, seats, majority, rank)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(form)
    .bind(id)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(way)
    .bind(seats)
    .bind(written.majority.as_str())
    .bind(last.unwrap_or(0).saturating_add(1))
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}

/// `base`: the revision from which it was written.
pub async fn edit_resolution(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    (resolution, base): (ResolutionId, i32),
    written: &WrittenResolution,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("resolution", Some(resolution.0)), Held::is_planned).await? {
        return Ok(answer);
    }
    let revision: Option<i32> = sqlx::query_scalar(
        "select revision from resolution where resolution_id = $1 and assembly_id = $2 and removed_at is null",
    )
    .bind(resolution)
    .bind(id)
    .fetch_optional(&mut *acting.tx)
    .await?;
    let revision = revision.ok_or(Error::NotFound)?;
    if revision != base {
        return Ok(Err(vec![AssemblyMistake::Stale { revision }]));
    }
    if is_second_election(&mut acting.tx, id, Some(resolution), written.way).await? {
        return Ok(Err(vec![AssemblyMistake::OneElection]));
    }
    let (way, seats) = columns(written.way);
    sqlx::query(
        "update resolution set title = $2, text = $3, html = $4, way = $5, seats = $6, majority = $7, revision = revision + 1
         where resolution_id = $1",
    )
    .bind(resolution)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(way)
    .bind(seats)
    .bind(written.majority.as_str())
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}

pub async fn remove_resolution(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    resolution: ResolutionId,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("retirer-resolution", Some(resolution.0)), Held::is_planned).await? {
        return Ok(answer);
    }
    let gone =
        sqlx::query("update resolution set removed_at = $3 where resolution_id = $1 and assembly_id = $2 and removed_at is null")
            .bind(resolution)
            .bind(id)
            .bind(acting.now)
            .execute(&mut *acting.tx)
            .await?;
    if gone.rows_affected() != 1 {
        return Err(Error::NotFound);
    }
    acting.end().await
}

/// By its chair or its secretary: somebody stands, or does not any more, until the election is opened.
pub async fn stand_for(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    member: MemberId,
    on: bool,
) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    let what = if on { "candidature" } else { "retrait" };
    if let Some(answer) = acting.ends_at_once(form, (what, Some(member.0)), Held::goes_on).await? {
        return Ok(answer);
    }
    let election: Option<bool> = sqlx::query_scalar(
        "select opened_at is not null from resolution where assembly_id = $1 and way = 'election' and removed_at is null",
    )
    .bind(id)
    .fetch_optional(&mut *acting.tx)
    .await?;
    match election {
        None => return Ok(Err(vec![AssemblyMistake::NoCandidates])),
        Some(true) => return Ok(Err(vec![AssemblyMistake::VoteBegun])),
        Some(false) => {}
    }
    let called: bool =
        sqlx::query_scalar("select exists (select from assembly_convocation where assembly_id = $1 and member_id = $2)")
            .bind(id)
            .bind(member)
            .fetch_one(&mut *acting.tx)
            .await?;
    if !called {
        return Ok(Err(vec![AssemblyMistake::NotCalled]));
    }
    let now = acting.now;
    if on {
        stand(&mut acting.tx, id, member, None, now).await?;
    } else {
        stand_down(&mut acting.tx, id, member, now).await?;
    }
    acting.after.touched.insert(member);
    acting.end().await
}

fn columns(way: Way) -> (&'static str, Option<i16>) {
    match way {
        Way::Hands => ("hands", None),
        Way::Secret => ("secret", None),
        Way::Election { seats } => ("election", Some(i16::from(seats))),
    }
}

async fn is_second_election(conn: &mut PgConnection, id: AssemblyId, own: Option<ResolutionId>, way: Way) -> Result<bool, Error> {
    if way.seats().is_none() {
        return Ok(false);
    }
    Ok(sqlx::query_scalar(
        "select exists (select from resolution where assembly_id = $1 and way = 'election' and removed_at is null
            and resolution_id is distinct from $2)",
    )
    .bind(id)
    .bind(own)
    .fetch_one(conn)
    .await?)
}
