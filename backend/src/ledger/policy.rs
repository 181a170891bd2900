//! What is asked of members: every version, with who set it and why.

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::ledger::{NotSet, Policy, Version, may_set};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
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
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub why: String,
    pub at: Instant,
}

/// Every version that was ever set, the last one first; of two for the same day, the later holds.
pub async fn history(backend: &Backend) -> Result<Vec<PolicyVersion>, Error> {
    let versions = sqlx::query_as(
        "select v.policy_version_id, v.valid_from, v.policy, v.by_member, m.first_name, m.last_name, v.why, v.at
         from policy_version v left join member m on m.member_id = v.by_member
         order by v.at desc, v.policy_version_id desc",
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
    /// Another version was saved under this id.
    IdReused,
}

/// The office sets what is asked from a day on. Nothing that was counted is counted anew. A version
/// is saved once, however often it is sent under its id.
pub async fn set_policy(
    backend: &Backend,
    id: Uuid,
    by: MemberId,
    version: &Version,
    why: &str,
) -> Result<Result<(), NotSaved>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let Some(office) = Office::find(&mut tx, by, now).await? else { return Ok(Err(NotSaved::NotAllowed)) };
    if let Some(same) = saved(&mut tx, id, &office, version, why).await? {
        return Ok(same);
    }
    if let Err(wrong) = may_set(version, why, paris_day(now)) {
        return Ok(Err(NotSaved::Wrong(wrong)));
    }
    let added = sqlx::query(
        "insert into policy_version (policy_version_id, valid_from, policy, by_member, why, at)
         values ($1, $2, $3, $4, $5, $6) on conflict (policy_version_id) do nothing",
    )
    .bind(id)
    .bind(version.valid_from)
    .bind(Json(&version.policy))
    .bind(office.member())
    .bind(why.trim())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        // Sent twice at once: the other one has just been saved.
        return Ok(saved(&mut tx, id, &office, version, why).await?.unwrap_or(Err(NotSaved::IdReused)));
    }
    // The calendar has the rules by which devices foresee.
    Aftermath::of_calendar().finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// What a co-op asks from its first day on: nobody has set it.
pub(crate) async fn begin(conn: &mut PgConnection, id: Uuid, version: &Version, now: Instant) -> Result<(), Error> {
    sqlx::query("insert into policy_version (policy_version_id, valid_from, policy, why, at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(version.valid_from)
        .bind(Json(&version.policy))
        .bind("La règle de départ : une vacation par cycle de 4 semaines")
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether what is saved under an id is this; nothing when nothing is.
async fn saved(
    conn: &mut PgConnection,
    id: Uuid,
    office: &Office,
    version: &Version,
    why: &str,
) -> Result<Option<Result<(), NotSaved>>, Error> {
    let same: Option<bool> = sqlx::query_scalar(
        "select valid_from = $2 and policy = $3 and by_member is not distinct from $4 and why = $5
         from policy_version where policy_version_id = $1",
    )
    .bind(id)
    .bind(version.valid_from)
    .bind(Json(&version.policy))
    .bind(office.member())
    .bind(why.trim())
    .fetch_optional(conn)
    .await?;
    Ok(same.map(|same| if same { Ok(()) } else { Err(NotSaved::IdReused) }))
}
