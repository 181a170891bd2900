//! The ballot box. What voices said, in secret, and nothing that leads to whose they were.
//!
//! A ballot's id is chance alone. Its row shares no time, no order and no key with the note that a voice was cast. Whenever ballots
//! are added, all those of the vote are written anew in the order of their ids, by one statement: rows then lie in that order, and all
//! of them bear the same transaction's number, which is the last voter's. So neither a backup nor whoever may read the whole database
//! finds out which of them came with whom (docs/decisions/031).

use std::collections::BTreeMap;

use domain::assembly::{Assembly, Ballot, Channel, Counted, OfChannel, Published, Tally, Way};
use domain::id::{AssemblyId, BallotId, MemberId, ResolutionId};
use domain::members::ShortName;
use domain::time::paris_day;
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::counting::{candidates, cast_of};
use crate::Backend;
use crate::error::Error;
use crate::ids;

/// Puts ballots in the box; gives each the id under which its voter finds it again. The vote's row is held: nobody else adds one
/// meanwhile.
pub(super) async fn put(conn: &mut PgConnection, resolution: ResolutionId, ballots: &[Ballot]) -> Result<Vec<BallotId>, Error> {
    let before: Vec<(BallotId, Value)> =
        sqlx::query_as("delete from ballot where resolution_id = $1 returning ballot_id, ballot")
            .bind(resolution)
            .fetch_all(&mut *conn)
            .await?;
    let mut all: BTreeMap<BallotId, Value> = before.into_iter().collect();
    let mut added = Vec::new();
    for ballot in ballots {
        let id = BallotId(ids::by_chance());
        all.insert(id, serde_json::to_value(ballot).unwrap_or_default());
        added.push(id);
    }
    let (ids, ballots): (Vec<Uuid>, Vec<Value>) = all.into_iter().map(|(id, ballot)| (id.0, ballot)).unzip();
    sqlx::query(
        "insert into ballot (ballot_id, resolution_id, ballot)
         select b.id, $1, b.ballot from unnest($2::uuid[], $3::jsonb[]) with ordinality as b (id, ballot, place) order by b.place",
    )
    .bind(resolution)
    .bind(ids)
    .bind(ballots)
    .execute(conn)
    .await?;
    Ok(added)
}

async fn in_box(conn: &mut PgConnection, resolution: ResolutionId) -> Result<Vec<(BallotId, Ballot)>, Error> {
    let rows: Vec<(BallotId, Json<Ballot>)> =
        sqlx::query_as("select ballot_id, ballot from ballot where resolution_id = $1 order by ballot_id")
            .bind(resolution)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(id, Json(ballot))| (id, ballot)).collect())
}

/// What those cast in the app come to.
pub(super) async fn tally_of_app(
    conn: &mut PgConnection,
    resolution: ResolutionId,
    way: Way,
    candidates: &[MemberId],
) -> Result<Tally, Error> {
    let ballots = in_box(conn, resolution).await?;
    Ok(Tally::of(way, candidates, ballots.iter().map(|(_, ballot)| ballot)))
}

/// All ballots of a secret vote that is over, for every member to find theirs and to count again.
pub async fn published(backend: &Backend, asking: MemberId, id: ResolutionId) -> Result<Published, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    must_belong(&mut conn, asking, now).await?;
    let of: Option<AssemblyId> = sqlx::query_scalar(
        "select assembly_id from resolution where resolution_id = $1 and removed_at is null and way <> 'hands' and done_at is not null",
    )
    .bind(id)
    .fetch_optional(&mut *conn)
    .await?;
    let of = of.ok_or(Error::NotFound)?;
    let sql = format!("select {} from assembly a where a.assembly_id = $2", super::row("$1", "false"));
    let Json(assembly): Json<Assembly> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(paris_day(now)).bind(of).fetch_one(&mut *conn).await?;
    let resolution = assembly.resolution(id).cloned().ok_or(Error::NotFound)?;
    let candidates = if resolution.way.seats().is_some() { candidates(&mut conn, of).await? } else { Vec::new() };
    let ballots = in_box(&mut conn, id).await?;
    let app = Tally::of(resolution.way, &candidates, ballots.iter().map(|(_, ballot)| ballot));
    let mut channels = vec![OfChannel { channel: Channel::App, tally: app }];
    // What came on paper stays with the tellers: their count is what there is of it.
    let counted = resolution.result.iter().flat_map(|counted| &counted.channels);
    channels.extend(counted.filter(|of| of.channel == Channel::Paper).cloned());
    let recounted = Counted::of(resolution.way, resolution.majority, &candidates, channels);
    let names: Vec<(MemberId, String, String)> =
        sqlx::query_as("select member_id, first_name, last_name from member where member_id = any($1)")
            .bind(candidates.iter().map(|candidate| candidate.0).collect::<Vec<Uuid>>())
            .fetch_all(&mut *conn)
            .await?;
    Ok(Published {
        now,
        assembly: of,
        title: assembly.title,
        resolution,
        names: names.into_iter().map(|(id, first, last)| (id, ShortName::new(&first, &last))).collect(),
        ballots,
        cast: cast_of(&mut conn, id).await?,
        recounted,
    })
}

/// Whoever has left the co-op votes and reads nothing of it any more.
pub(super) async fn must_belong(conn: &mut PgConnection, member: MemberId, now: domain::time::Instant) -> Result<(), Error> {
    let belongs: bool = sqlx::query_scalar(
        "select exists (select from member
            where member_id = $1 and joined_on <= $2 and (left_on is null or left_on > $2) for share)",
    )
    .bind(member)
    .bind(paris_day(now))
    .fetch_one(conn)
    .await?;
    if belongs { Ok(()) } else { Err(Error::NotAllowed) }
}
