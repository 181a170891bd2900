//! The facts of an act about the brief.

use chrono::NaiveDate;
use domain::board::Board;
use domain::brief::{Block, Made, Making};
use domain::id::GroupId;
use domain::members::Known;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{BLOCK, IN_WHOSE_NAME, issues};
use crate::error::Error;
use crate::swaps::scope::Scope;

/// Lays what `scope` asks of the brief on the board, under the issues' locks.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board, now: Instant) -> Result<(), Error> {
    if let Some(brief) = scope.read {
        let (out, read): (bool, bool) = sqlx::query_as(
            "select exists (select from brief where brief_id = $1 and published_at is not null),
                exists (select from brief_read where brief_id = $1 and member_id = $2)",
        )
        .bind(brief)
        .bind(scope.actor)
        .fetch_one(&mut *conn)
        .await?;
        board.brief_is_out = Known::Known(out);
        board.read_briefs.extend(read.then_some(brief));
    }
    if !scope.for_brief {
        return Ok(());
    }
    issues::ensure(conn, now).await?;
    let of_block = "select monday from brief_block where block_id = $1";
    let monday: Option<NaiveDate> = sqlx::query_scalar(of_block).bind(scope.block).fetch_optional(&mut *conn).await?;
    let briefs = issues::lock(conn, monday.as_slice()).await?;
    let settings = issues::settings(conn).await?;
    let counted: Vec<(NaiveDate, i64)> = sqlx::query_as(
        "select monday, count(*) from brief_block where monday = any($1) and state = '\"proposed\"' group by monday",
    )
    .bind(briefs.iter().map(|brief| brief.monday).collect::<Vec<_>>())
    .fetch_all(&mut *conn)
    .await?;
    let blocks = |monday| counted.iter().find(|(known, _)| *known == monday).map_or(0, |(_, count)| *count);
    let made = briefs.into_iter().map(|brief| {
        let blocks = usize::try_from(blocks(brief.monday)).unwrap_or(usize::MAX);
        (brief.monday, Made { stage: brief.stage, blocks })
    });
    board.making = Making { settings, briefs: made.collect() };
    let block: Option<Json<Block>> =
        sqlx::query_scalar(AssertSqlSafe(format!("select {BLOCK} from brief_block b where b.block_id = $1 for no key update")))
            .bind(scope.block)
            .fetch_optional(&mut *conn)
            .await?;
    if let Some(Json(block)) = block {
        // « Pour la semaine prochaine », in the meantime.
        if monday != Some(block.monday) {
            return Err(Error::Conflict);
        }
        board.blocks.insert(block.id, block);
    }
    let groups: Vec<GroupId> =
        sqlx::query_scalar(AssertSqlSafe(format!("select g.group_id from working_group g where {IN_WHOSE_NAME}")))
            .bind(scope.actor)
            .bind(paris_day(now))
            .fetch_all(conn)
            .await?;
    board.groups = groups.into_iter().collect();
    Ok(())
}
