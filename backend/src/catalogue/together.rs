//! An act of the group that keeps the catalogue: one transaction, in which nobody else writes it.

use domain::catalogue::Mistake;
use domain::id::MemberId;
use domain::time::Instant;
use sqlx::{PgConnection, Postgres, Transaction};

use super::deliveries;
use crate::Backend;
use crate::auth::KeepsCatalogue;
use crate::error::Error;

/// Whether it was done, or why not.
pub type Kept<T> = Result<T, Vec<Mistake>>;

/// The catalogue in the hands of somebody who keeps it.
pub(super) struct Keeping {
    pub tx: Transaction<'static, Postgres>,
    pub by: MemberId,
    pub now: Instant,
}

impl Keeping {
    pub async fn of(backend: &Backend, asking: MemberId) -> Result<Keeping, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let keeper = keeper(&mut tx, asking, now).await?;
        super::lock(&mut tx).await?;
        Ok(Keeping { tx, by: keeper.member(), now })
    }

    /// It shows something else from here on.
    pub async fn end(mut self) -> Result<(), Error> {
        sqlx::query("set constraints all immediate").execute(&mut *self.tx).await?;
        let reporters = deliveries::reporters(&mut self.tx, self.now).await?;
        super::changed(&mut self.tx, reporters, self.now).await?;
        self.tx.commit().await?;
        Ok(())
    }

    /// What is written shows nowhere yet.
    pub async fn end_unseen(self) -> Result<(), Error> {
        self.tx.commit().await?;
        Ok(())
    }
}

/// Whoever looks at what only keepers see.
pub(super) async fn keeper(conn: &mut PgConnection, asking: MemberId, now: Instant) -> Result<KeepsCatalogue, Error> {
    KeepsCatalogue::find(conn, asking, now).await?.ok_or(Error::NotAllowed)
}
