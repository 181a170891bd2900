//! The database: the one that is named, or a private one beside the server's files.

use std::time::Duration;

use backend::Backend;
use backend::clock;
use sqlx::Connection;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::config::Config;
use crate::postgres::{self, PostgresError, PrivatePostgres};

/// Connections of one process.
const CONNECTIONS: u32 = 16;
/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(3);
/// A connection that rested longer is tried before it is used: PostgreSQL may have been restarted.
const RESTED: Duration = Duration::from_secs(1);

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error(transparent)]
    Private(#[from] PostgresError),
    #[error("The database that DATABASE_URL names does not answer: {0}")]
    Away(#[source] sqlx::Error),
    #[error("The private database does not answer: {0}")]
    PrivateAway(#[source] sqlx::Error),
    #[error("The database could not be brought to this build's schema: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("The database does not work: {0}")]
    Backend(#[from] backend::error::Error),
}

/// An open database, stopped with the process if it is ours alone.
pub struct Database {
    pub pool: PgPool,
    private: Option<PrivatePostgres>,
}

impl Database {
    /// Connects; starts a private PostgreSQL first where none is named.
    pub async fn open(config: &Config) -> Result<Database, DatabaseError> {
        match &config.database_url {
            Some(url) => Ok(Database { pool: connect(url).await.map_err(DatabaseError::Away)?, private: None }),
            None => {
                let private = postgres::start(&config.data).await?;
                match connect(private.url()).await {
                    Ok(pool) => Ok(Database { pool, private: Some(private) }),
                    Err(error) => {
                        let _ = private.stop().await;
                        Err(DatabaseError::PrivateAway(error))
                    }
                }
            }
        }
    }

    /// What the person at the keyboard should know.
    pub fn note(&self) -> Option<&str> {
        self.private.as_ref().and_then(PrivatePostgres::note)
    }

    /// Brings the schema up to date, and reads the co-op's clock.
    pub async fn ready(&self, config: &Config) -> Result<Backend, DatabaseError> {
        backend::migrate(&self.pool).await?;
        let clock = clock::shared(&self.pool, config.clock).await?;
        Ok(Backend::new(self.pool.clone(), clock))
    }

    /// Closes every connection, then stops a private PostgreSQL.
    pub async fn close(self) -> Result<(), PostgresError> {
        self.pool.close().await;
        match self.private {
            Some(private) => private.stop().await,
            None => Ok(()),
        }
    }
}

async fn connect(url: &str) -> Result<PgPool, sqlx::Error> {
    // Left to itself, PostgreSQL plans a prepared statement anew at each call when it hopes for a better plan from the
    // values. Ours look rows up by their ids whatever the values are, and the facts of an act take longer to plan than
    // to read.
    let options: PgConnectOptions = url.parse::<PgConnectOptions>()?.options([("plan_cache_mode", "force_generic_plan")]);
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, rested| {
            Box::pin(async move { if rested.idle_for > RESTED { connection.ping().await.map(|()| true) } else { Ok(true) } })
        })
        .connect_with(options)
        .await
}
