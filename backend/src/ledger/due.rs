//! Each night, the cycles that have begun fall due.

use std::collections::BTreeSet;

use domain::id::MemberId;
use domain::ledger::{Entry, due_entries, looked_at};
use domain::rules::Rules;
use domain::time::{Instant, paris_day};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::{BEARER, Bearer, append};
use crate::Backend;
use crate::error::Error;
use crate::jobs::again;
use crate::swaps::aftermath::Aftermath;

/// Writes what has fallen due and is not there yet, and takes back what leaves and exemptions take
/// back; each once, whichever process runs it, and however often. Gives how many ledgers changed.
pub async fn fall_due(backend: &Backend) -> Result<usize, Error> {
    let mut run = 0;
    loop {
        match once(backend).await {
            Err(error) if again(&error, run) => run += 1,
            answer => return answer,
        }
    }
}

/// Somebody, and what their ledger has already.
#[derive(Deserialize)]
struct Known {
    #[serde(flatten)]
    bearer: Bearer,
    keys: BTreeSet<String>,
}

async fn once(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let changed = write_due(&mut tx, None, now).await?;
    let count = changed.len();
    Aftermath::of(changed).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(count)
}

/// The same for one member at once, whose leave or exemption has just been granted.
pub(super) async fn catch_up(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<BTreeSet<MemberId>, Error> {
    write_due(conn, Some(member), now).await
}

/// Gives on whose ledgers something is new.
async fn write_due(conn: &mut PgConnection, only: Option<MemberId>, now: Instant) -> Result<BTreeSet<MemberId>, Error> {
    let days = looked_at(paris_day(now));
    let facts: Option<Facts> =
        sqlx::query_as(sqlx::AssertSqlSafe(facts())).bind(days.from).bind(only).fetch_optional(&mut *conn).await?;
    let Some(Facts { rules, members }) = facts else { return Ok(BTreeSet::new()) };
    let missing = |known: Known| -> Vec<(MemberId, Entry)> {
        let due = due_entries(&known.bearer.facts, &rules.0, days);
        due.into_iter().filter(|entry| !known.keys.contains(&entry.key)).map(|entry| (known.bearer.member, entry)).collect()
    };
    let entries: Vec<(MemberId, Entry)> = members.0.into_iter().flat_map(missing).collect();
    append(conn, &entries, None, now).await
}

#[derive(sqlx::FromRow)]
struct Facts {
    rules: Json<Rules>,
    members: Json<Vec<Known>>,
}

/// $1 the first day that is looked at, $2 one member only. Nothing is asked of an employee.
fn facts() -> String {
    format!(
        "select coop_rules() as rules, (select coalesce(jsonb_agg({BEARER} || jsonb_build_object('keys', array(
            select e.key from ledger_entry e where e.member_id = m.member_id and e.on_day >= $1
                and e.kind in ('cycle_due', 'leave', 'exemption') and e.key is not null))), '[]')
        from member m where not m.employee and (m.left_on is null or m.left_on > $1)
            and ($2::uuid is null or m.member_id = $2)) as members
        from setting"
    )
}
