//! Entries are added here, and nowhere changed.

use std::collections::BTreeSet;

use domain::id::MemberId;
use domain::ledger::Entry;
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::ENTRY;
use crate::error::Error;
use crate::swaps::write::word;

/// Adds entries; one whose key its member has already is left out. A household's one duty is on one
/// ledger. Gives on whose ledgers something is new: their `Me` shows it.
pub async fn append(
    conn: &mut PgConnection,
    entries: &[(MemberId, Entry)],
    by: Option<MemberId>,
    now: Instant,
) -> Result<BTreeSet<MemberId>, Error> {
    if entries.is_empty() {
        return Ok(BTreeSet::new());
    }
    let column = |of: &dyn Fn(&Entry) -> String| entries.iter().map(|(_, entry)| of(entry)).collect::<Vec<String>>();
    let new: Vec<MemberId> = sqlx::query_scalar(APPEND)
        .bind(entries.iter().map(|(member, _)| member.0).collect::<Vec<Uuid>>())
        .bind(column(&|entry| word(&entry.kind)))
        .bind(entries.iter().map(|(_, entry)| entry.on).collect::<Vec<_>>())
        .bind(entries.iter().map(|(_, entry)| entry.shifts()).collect::<Vec<_>>())
        .bind(entries.iter().map(|(_, entry)| entry.credit.0).collect::<Vec<_>>())
        .bind(column(&|entry| entry.why.clone()))
        .bind(entries.iter().map(|(_, entry)| entry.shift.map(|shift| shift.0)).collect::<Vec<Option<Uuid>>>())
        .bind(column(&|entry| entry.key.clone()))
        .bind(by)
        .bind(now)
        .fetch_all(conn)
        .await?;
    Ok(new.into_iter().collect())
}

/// Everything on a member's ledger, oldest first.
pub async fn entries_of(conn: &mut PgConnection, member: MemberId) -> Result<Vec<Entry>, Error> {
    let entries: Json<Vec<Entry>> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select coalesce(jsonb_agg({ENTRY} order by e.on_day, e.ledger_entry_id), '[]') from ledger_entry e
         where e.member_id = $1"
    )))
    .bind(member)
    .fetch_one(conn)
    .await?;
    Ok(entries.0)
}

/// In the order of the keys, so that two who write the same do not wait for each other crosswise.
const APPEND: &str = "
insert into ledger_entry (member_id, kind, on_day, shifts, credit, why, shift_id, key, by_member, at)
select account(e.member_id, e.on_day), e.kind, e.on_day, e.shifts, nullif(e.credit, e.shifts * 180), e.why, e.shift_id,
    nullif(e.key, ''), $9, $10
from unnest($1::uuid[], $2::text[], $3::date[], $4::smallint[], $5::integer[], $6::text[], $7::uuid[], $8::text[])
    as e (member_id, kind, on_day, shifts, credit, why, shift_id, key)
order by 1, e.key, e.on_day
on conflict (member_id, key) do nothing
returning member_id";
