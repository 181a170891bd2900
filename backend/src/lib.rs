//! Use cases, their SQL, and what happens after commit. Server only.

pub mod agenda;
pub mod assembly;
pub mod auth;
pub mod brief;
pub mod catalogue;
pub mod clock;
pub mod command;
pub mod coverage;
pub mod database;
pub mod demo;
pub mod desk;
pub mod dossiers;
pub mod error;
pub mod event;
pub mod founding;
pub mod governance;
pub mod groups;
pub mod health;
pub mod ids;
mod import;
pub mod jobs;
pub mod ledger;
pub mod marks;
pub mod notify;
pub mod objectives;
mod pictures;
pub mod procedures;
pub mod public_page;
pub mod reach;
pub mod register;
pub mod share;
pub mod sheet;
pub mod shifts;
pub mod snapshots;
pub mod swaps;

use sqlx::PgPool;

use crate::clock::Clock;
use crate::ids::Ids;

/// What every use case works with.
#[derive(Clone, Debug)]
pub struct Backend {
    pub pool: PgPool,
    pub clock: Clock,
    pub ids: Ids,
    #[doc(hidden)]
    pub guards: Guards,
}

/// What keeps acts at the same time apart. A test removes one to prove that it is needed;
/// nothing else does.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guards {
    All,
    WithoutCommandLog,
    WithoutLock,
    WithoutRecheck,
    /// « Exactly one share » as the rule says it.
    WithoutOneShare,
}

impl Backend {
    pub fn new(pool: PgPool, clock: Clock) -> Backend {
        let ids = Ids::new(clock.clone());
        Backend { pool, clock, ids, guards: Guards::All }
    }

    /// The one « now » of an act.
    pub fn now(&self) -> domain::time::Instant {
        self.clock.now()
    }
}

/// The schema of this build.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Brings the database to the schema of this build, the queue's included; safe to call from
/// several processes.
pub async fn migrate(pool: &PgPool) -> Result<(), sqlx::migrate::MigrateError> {
    MIGRATIONS.run(pool).await?;
    jobs::migrate(pool).await
}
