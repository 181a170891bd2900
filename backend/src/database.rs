//! The way to the database: its connections, and its schema.

use std::time::Duration;

use domain::time::Instant;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};
use thiserror::Error;

use crate::clock::shared;
use crate::error::Error as BackendError;
use crate::{Backend, migrate};

/// Connections of one process.
const CONNECTIONS: u32 = 16;
/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(3);
/// A connection that rested longer is tried before it is used: PostgreSQL may have been restarted.
const RESTED: Duration = Duration::from_secs(1);

/// What the database said when it was called, for whoever runs the process.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct Away(#[from] sqlx::Error);

/// Why the database cannot be worked with.
#[derive(Debug, Error)]
pub enum NotReady {
    #[error("The database could not be brought to this build's schema: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
    #[error("The database does not work: {0}")]
    Clock(#[from] BackendError),
}

/// Open connections.
#[derive(Debug)]
pub struct Connected(PgPool);

/// Connects to the database that `url` names.
pub async fn connect(url: &str) -> Result<Connected, Away> {
    // Left to itself, PostgreSQL plans a prepared statement anew at each call when it hopes for a better plan from the
    // values. Ours look rows up by their ids whatever the values are, and the facts of an act take longer to plan than
    // to read. And what it reads is in memory, or on a disk without arms: a page here costs what a page there does, so
    // that a few rows of a large table are looked up, however large it grows.
    let options: PgConnectOptions =
        url.parse::<PgConnectOptions>()?.options([("plan_cache_mode", "force_generic_plan"), ("random_page_cost", "1.1")]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, rested| {
            Box::pin(async move { if rested.idle_for > RESTED { connection.ping().await.map(|()| true) } else { Ok(true) } })
        })
        .connect_with(options)
        .await?;
    Ok(Connected(pool))
}

impl Connected {
    /// Brings the schema up to date, and reads the co-op's clock; where none is kept yet, it starts at `clock`.
    pub async fn ready(&self, clock: Option<Instant>) -> Result<Backend, NotReady> {
        migrate(&self.0).await?;
        let clock = shared(&self.0, clock).await?;
        Ok(Backend::new(self.0.clone(), clock))
    }

    /// Ends every connection.
    pub async fn close(&self) {
        self.0.close().await;
    }
}
