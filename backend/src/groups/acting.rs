//! An act of those who run a group: one transaction, in which nobody else changes it.

use domain::groups::Mistake;
use domain::id::{GroupId, MemberId};
use domain::time::Instant;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::write::note;
use crate::Backend;
use crate::auth::RunsGroup;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Kept = Result<(), Vec<Mistake>>;

/// A group in the hands of somebody who runs it, its row locked.
pub(super) struct Running {
    pub tx: Transaction<'static, Postgres>,
    pub by: RunsGroup,
    pub now: Instant,
}

impl Running {
    pub async fn of(backend: &Backend, asking: MemberId, group: GroupId) -> Result<Running, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let by = RunsGroup::find(&mut tx, asking, group, now).await?.ok_or(Error::NotAllowed)?;
        Ok(Running { tx, by, now })
    }

    /// Notes the act. False where the same form has done it already.
    pub async fn first(&mut self, id: Uuid, what: &str) -> Result<bool, Error> {
        note(&mut self.tx, id, self.by.group(), what, None, self.by.member(), self.now).await
    }

    /// The groups show something else from here on.
    pub async fn end(mut self) -> Result<Kept, Error> {
        Aftermath::of_groups().finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}
