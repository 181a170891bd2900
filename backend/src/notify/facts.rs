//! What notices are about, as it is now for one person.

use std::collections::BTreeMap;

use domain::board::Board;
use domain::id::{MemberId, NoticeId};
use domain::notice::Notice;
use domain::time::Instant;
use domain::view::home::SpokenOf;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;
use crate::swaps::load;
use crate::swaps::scope::Scope;

/// Enough to say whether they are true, and to decide what their reader may do about them. `rows`
/// are their lines in the inbox.
pub async fn facts(
    conn: &mut PgConnection,
    member: MemberId,
    notices: &[&Notice],
    rows: &[NoticeId],
    now: Instant,
) -> Result<Board, Error> {
    let mut scope = Scope::new(member);
    scope.movers.insert(member);
    scope.locks.shifts = notices.iter().flat_map(|notice| notice.shifts()).collect();
    scope.named = notices.iter().flat_map(|notice| notice.people()).collect();
    scope.proposals = pending(conn, "proposal", member).await?.into_iter().map(domain::id::ProposalId).collect();
    scope.loops = pending(conn, "loop", member).await?.into_iter().map(domain::id::LoopId).collect();
    scope.requests = notices.iter().filter_map(|notice| notice.request()).collect();
    scope.resolve(conn).await?;
    let mut board = load::board(conn, &scope, now).await?;
    crate::brief::lay_told(conn, &mut board, member, notices).await?;
    crate::event::lay_told(conn, &mut board, notices).await?;
    crate::catalogue::lay_told(conn, &mut board, notices).await?;
    crate::groups::lay_told(conn, &mut board, notices, now).await?;
    crate::governance::lay_told(conn, &mut board, notices).await?;
    crate::dossiers::lay_told(conn, &mut board, notices).await?;
    crate::assembly::lay_told(conn, &mut board, member, notices).await?;
    board.notices = unseen(conn, member, rows).await?.into_iter().map(|row| (row, member)).collect();
    Ok(board)
}

/// The proposals to a member, or the loops that ask them, that are pending.
async fn pending(conn: &mut PgConnection, what: &str, member: MemberId) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(
        "select proposal_id from proposal where $1 = 'proposal' and to_member = $2 and state = 'pending'
         union all select loop_id from suggested_loop where $1 = 'loop' and asks = $2 and state = 'pending'",
    )
    .bind(what)
    .bind(member)
    .fetch_all(conn)
    .await?)
}

async fn unseen(conn: &mut PgConnection, member: MemberId, rows: &[NoticeId]) -> Result<Vec<NoticeId>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    Ok(sqlx::query_scalar("select notice_id from notice where notice_id = any($1) and member_id = $2 and seen_at is null")
        .bind(rows)
        .bind(member)
        .fetch_all(conn)
        .await?)
}

/// The names and dates in their sentences.
pub(crate) fn spoken_of(board: &Board, notices: &[&Notice]) -> SpokenOf {
    let shifts = notices.iter().flat_map(|notice| notice.shifts());
    let people = notices.iter().flat_map(|notice| notice.people());
    SpokenOf {
        shifts: shifts.filter_map(|shift| Some((shift, board.when(shift)?))).collect::<BTreeMap<_, _>>(),
        people: people.filter_map(|who| Some((who, board.people.get(&who)?.name.clone()))).collect::<BTreeMap<_, _>>(),
    }
}
