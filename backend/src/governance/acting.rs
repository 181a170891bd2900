//! An act of the committee: one transaction.

use domain::governance::GovernanceMistake;
use domain::id::MemberId;
use domain::time::Instant;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::Backend;
use crate::auth::OnCommittee;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Governed = Result<(), Vec<GovernanceMistake>>;

/// An act in the hands of somebody who may.
pub(super) struct Governing {
    pub tx: Transaction<'static, Postgres>,
    pub by: MemberId,
    pub now: Instant,
    pub after: Aftermath,
}

impl Governing {
    /// By somebody of the committee.
    pub async fn of(backend: &Backend, asking: MemberId) -> Result<Governing, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let by = OnCommittee::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
        Ok(Governing::with(tx, by, now))
    }

    pub fn with(tx: Transaction<'static, Postgres>, by: MemberId, now: Instant) -> Governing {
        Governing { tx, by, now, after: Aftermath::of_groups() }
    }

    /// Notes the act. False where the same form has done it already.
    pub async fn first(&mut self, id: Uuid, what: &str, about: Option<Uuid>) -> Result<bool, Error> {
        note(&mut self.tx, id, what, about, self.by, self.now).await
    }

    pub async fn end(mut self) -> Result<Governed, Error> {
        self.after.finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

async fn note(
    conn: &mut PgConnection,
    id: Uuid,
    what: &str,
    about: Option<Uuid>,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "insert into governance_act (governance_act_id, what, about, by_member, at) values ($1, $2, $3, $4, $5)
         on conflict (governance_act_id) do nothing",
    )
    .bind(id)
    .bind(what)
    .bind(about)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}
