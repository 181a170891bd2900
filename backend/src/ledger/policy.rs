//! What is asked of members: every version, with who set it and why.

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::ledger::{NotSet, Policy, Version, may_set};
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use uuid::Uuid;

use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// A version as it was set.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PolicyVersion {
    pub policy_version_id: Uuid,
    pub valid_from: NaiveDate,
    pub policy: Json<Policy>,
    /// None: as the co-op was when it came.
    pub by_member: Option<MemberId>,
    pub why: String,
    pub at: Instant,
}

/// Every version that was ever set, the last one first; of two for the same day, the later holds.
pub async fn history(backend: &Backend) -> Result<Vec<PolicyVersion>, Error> {
    let versions = sqlx::query_as(
        "select policy_version_id, valid_from, policy, by_member, why, at from policy_version
         order by at desc, policy_version_id desc",
    )
    .fetch_all(&backend.pool)
    .await?;
    Ok(versions)
}

/// Why a version was not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSaved {
    /// Rules are the office's to set.
    NotAllowed,
    Wrong(NotSet),
}

/// The office sets what is asked from a day on. Nothing that was counted is counted anew.
pub async fn set_policy(backend: &Backend, by: MemberId, version: &Version, why: &str) -> Result<Result<Uuid, NotSaved>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let Some(office) = Office::find(&mut tx, by, now).await? else { return Ok(Err(NotSaved::NotAllowed)) };
    if let Err(wrong) = may_set(version, why, paris_day(now)) {
        return Ok(Err(NotSaved::Wrong(wrong)));
    }
    let id = backend.ids.uuid();
    sqlx::query(
        "insert into policy_version (policy_version_id, valid_from, policy, by_member, why, at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(version.valid_from)
    .bind(Json(&version.policy))
    .bind(office.member())
    .bind(why.trim())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    // The calendar has the rules by which devices foresee.
    Aftermath::of_calendar().finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(id))
}
