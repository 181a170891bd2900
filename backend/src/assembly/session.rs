//! The assembly sits: its chair or its secretary opens and closes it, opens each vote, ends it, says what it came to.

use domain::assembly::{AssemblyMistake, Counted, Majority, Role, Tally, WrittenRoles};
use domain::id::{AssemblyId, MemberId, ResolutionId};
use domain::time::paris_day;
use sqlx::types::Json;
use uuid::Uuid;

use super::acting::{Acting, Arranged, Held};
use super::counting::{Poll, counts, poll_in, voices_ever};
use crate::Backend;
use crate::error::Error;

/// On its day; from here on, who votes for whom is settled.
pub async fn open(backend: &Backend, asking: MemberId, form: Uuid, id: AssemblyId) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("ouvrir", None), Held::goes_on).await? {
        return Ok(answer);
    }
    let stage = acting.held.stage();
    if stage.is_open() {
        return acting.end().await;
    }
    if stage.is_planned() {
        return Ok(Err(vec![AssemblyMistake::NotConvoked]));
    }
    let on = paris_day(acting.held.starts_at);
    if paris_day(acting.now) != on {
        return Ok(Err(vec![AssemblyMistake::NotToday { on }]));
    }
    let roles: Vec<String> =
        sqlx::query_scalar("select role from assembly_role where assembly_id = $1").bind(id).fetch_all(&mut *acting.tx).await?;
    let how_many = |wanted: Role| roles.iter().filter(|role| role.as_str() == wanted.as_str()).count();
    let lacking = WrittenRoles::lacks(how_many(Role::Chair), how_many(Role::Secretary), how_many(Role::Teller));
    if !lacking.is_empty() {
        return Ok(Err(lacking));
    }
    sqlx::query("update assembly set opened_at = $2 where assembly_id = $1")
        .bind(id)
        .bind(acting.now)
        .execute(&mut *acting.tx)
        .await?;
    acting.end().await
}

/// Nothing is left to be settled.
pub async fn close(backend: &Backend, asking: MemberId, form: Uuid, id: AssemblyId) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("fermer", None), Held::is_open).await? {
        return Ok(answer);
    }
    let under_way: Vec<(bool, Option<Json<Counted>>)> = sqlx::query_as(
        "select done_at is null, result from resolution where assembly_id = $1 and removed_at is null and opened_at is not null",
    )
    .bind(id)
    .fetch_all(&mut *acting.tx)
    .await?;
    let settled = |result: &Option<Json<Counted>>| result.as_ref().is_some_and(|Json(counted)| counted.verdict.is_settled());
    if under_way.iter().any(|(goes_on, result)| *goes_on || !settled(result)) {
        return Ok(Err(vec![AssemblyMistake::VoteUnsettled]));
    }
    sqlx::query("update assembly set closed_at = $2 where assembly_id = $1")
        .bind(id)
        .bind(acting.now)
        .execute(&mut *acting.tx)
        .await?;
    acting.end().await
}

/// Where enough are there, one vote at a time.
pub async fn open_vote(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    resolution: ResolutionId,
) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("ouvrir-vote", Some(resolution.0)), Held::is_open).await? {
        return Ok(answer);
    }
    let poll = poll_in(&mut acting.tx, id, resolution).await?;
    if poll.opened {
        return Ok(Err(vec![AssemblyMistake::VoteBegun]));
    }
    let attendance = acting.attendance().await?;
    let terms = acting.held.terms();
    if !attendance.is_enough(&terms) {
        let needed = terms.needed(attendance.called);
        return Ok(Err(vec![AssemblyMistake::NoQuorum { voices: attendance.voices(), needed }]));
    }
    if poll.way.seats().is_some() && poll.candidates.is_empty() {
        return Ok(Err(vec![AssemblyMistake::NoCandidates]));
    }
    let other: bool = sqlx::query_scalar(
        "select exists (select from resolution where assembly_id = $1 and opened_at is not null and done_at is null)",
    )
    .bind(id)
    .fetch_one(&mut *acting.tx)
    .await?;
    if other {
        return Ok(Err(vec![AssemblyMistake::OtherVote]));
    }
    sqlx::query("update resolution set opened_at = $2 where resolution_id = $1")
        .bind(resolution)
        .bind(acting.now)
        .execute(&mut *acting.tx)
        .await?;
    acting.end().await
}

/// Nobody votes any more. Where all was cast in the app, it is counted at once; otherwise two tellers say what they counted first.
pub async fn close_vote(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    resolution: ResolutionId,
) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("clore-vote", Some(resolution.0)), Held::is_open).await? {
        return Ok(answer);
    }
    // Whoever is voting now is waited for, and counts.
    let poll = poll_in(&mut acting.tx, id, resolution).await?;
    if !poll.is_open() {
        return Ok(Err(vec![AssemblyMistake::VoteNotOpen]));
    }
    sqlx::query("update resolution set counting_at = $2 where resolution_id = $1")
        .bind(resolution)
        .bind(acting.now)
        .execute(&mut *acting.tx)
        .await?;
    if poll.way.is_secret() && poll.cast.paper == 0 {
        return count(acting, &poll).await;
    }
    acting.end().await
}

/// What two tellers counted alike is said, with what was cast in the app.
pub async fn proclaim(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    resolution: ResolutionId,
) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("proclamer", Some(resolution.0)), Held::is_open).await? {
        return Ok(answer);
    }
    let poll = poll_in(&mut acting.tx, id, resolution).await?;
    if !poll.is_counting() {
        return Ok(Err(vec![AssemblyMistake::NothingToCount]));
    }
    count(acting, &poll).await
}

async fn count(mut acting: Acting, poll: &Poll) -> Result<Arranged, Error> {
    let voices = voices_ever(&mut acting.tx, acting.held.assembly_id).await?;
    let channels = match counts(&mut acting.tx, poll, voices).await? {
        Ok(channels) => channels,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let counted = Counted::of(poll.way, poll.majority, &poll.candidates, channels);
    set_result(&mut acting, poll.id, &counted, true).await?;
    acting.end().await
}

/// What a vote came to; `ends`: it is over with it.
pub(super) async fn set_result(
    acting: &mut Acting,
    resolution: ResolutionId,
    counted: &Counted,
    ends: bool,
) -> Result<(), Error> {
    sqlx::query("update resolution set result = $2, done_at = case when $4 then $3 else done_at end where resolution_id = $1")
        .bind(resolution)
        .bind(Json(counted))
        .bind(acting.now)
        .bind(ends)
        .execute(&mut *acting.tx)
        .await?;
    Ok(())
}

/// Of a majority's column.
pub(super) fn majority_of(column: &str) -> Majority {
    Majority::parse(column).unwrap_or_default()
}

/// How many votes somebody got.
pub(super) fn votes_of(tally: &Tally, member: MemberId) -> u32 {
    match tally {
        Tally::Election { votes, .. } => votes.get(&member).copied().unwrap_or(0),
        Tally::Resolution { .. } => 0,
    }
}
