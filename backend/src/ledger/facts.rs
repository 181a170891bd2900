//! The facts of an act about what is owed: what was asked, the actor's own count, what is in the pot, and
//! whose duty is shared with whom.

use std::collections::BTreeMap;

use domain::board::Board;
use domain::id::MemberId;
use domain::ledger::{Credit, Entry};
use domain::members::Known;
use domain::requests::LeaveRequest;
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::{ENTRY, REQUEST};
use crate::error::Error;
use crate::swaps::scope::{Scope, uuids};

/// Two who draw at once must not both take the last vacation: one of them at a time looks into the pot.
pub async fn lock_pot(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtext('pot'))").execute(conn).await?;
    Ok(())
}

/// Lays what `scope` asks of them on the board.
pub async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board, now: Instant) -> Result<(), Error> {
    if scope.own_requests || !scope.requests.is_empty() {
        let named: Vec<_> = scope.requests.iter().copied().collect();
        let own = scope.own_requests.then_some(scope.actor);
        let Json(requests): Json<Vec<LeaveRequest>> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select coalesce(jsonb_agg({REQUEST}), '[]') from leave_request r left join leave_request_answer a using (request_id)
             where r.request_id = any($1) or (r.member_id = $2 and a.request_id is null)"
        )))
        .bind(uuids(&named, |id| id.0))
        .bind(own)
        .fetch_one(&mut *conn)
        .await?;
        board.requests = requests.into_iter().map(|request| (request.id, request)).collect();
    }
    if scope.ledger {
        let facts: (Json<Vec<Entry>>, i32) = sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select (select coalesce(jsonb_agg({ENTRY}), '[]') from ledger_entry e where e.member_id = account($1, $2)),
                (select coalesce(-sum(credit_of(p)), 0)::int from ledger_entry p
                    where p.kind in ('solidarity_gift', 'solidarity_draw'))"
        )))
        .bind(scope.actor)
        .bind(paris_day(now))
        .fetch_one(&mut *conn)
        .await?;
        board.ledgers = BTreeMap::from([(scope.actor, facts.0.0)]);
        board.pot = Known::Known(Credit(facts.1));
    }
    if let Some(about) = scope.about.or_else(|| board.requests.values().map(|request| request.member).next()) {
        let mut people = vec![about];
        people.extend(&scope.named);
        let rows: Vec<(MemberId, bool, Option<MemberId>)> =
            sqlx::query_as(SHARED).bind(uuids(&people, |id| id.0)).bind(scope.actor).bind(paris_day(now)).fetch_all(conn).await?;
        let other =
            |(member, with_me, _): &(MemberId, bool, Option<MemberId>)| (*with_me && *member != scope.actor).then_some(*member);
        board.on_my_ledger = rows.iter().filter_map(other).collect();
        board.households = rows.iter().filter_map(|(member, _, with)| Some((*member, (*with)?))).collect();
    }
    Ok(())
}

/// $1 people, $2 the actor, $3 today: whose duty is on the actor's ledger, and on whose theirs is or will be;
/// those whose duty is on theirs, too.
const SHARED: &str = "
select m.member_id, account(m.member_id, $3) = account($2, $3),
    (select d.with_member from duty d where d.member_id = m.member_id and d.share <> 'exempt'
        and (d.to_on is null or d.to_on >= $3) order by d.at desc, d.duty_id desc limit 1)
from member m
where m.member_id = any($1)
    or m.member_id in (select d.member_id from duty d where d.with_member = any($1) and (d.to_on is null or d.to_on >= $3))";
