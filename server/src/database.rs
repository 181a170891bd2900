//! The database: the one that is named, or a private one beside the server's files.

use backend::Backend;
use backend::database::{Away, Connected, NotReady, connect};

use crate::config::Config;
use crate::postgres::{self, PostgresError, PrivatePostgres};

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error(transparent)]
    Private(#[from] PostgresError),
    #[error("The database that DATABASE_URL names does not answer: {0}")]
    Away(#[source] Away),
    #[error("The private database does not answer: {0}")]
    PrivateAway(#[source] Away),
    #[error(transparent)]
    NotReady(#[from] NotReady),
}

/// An open database, stopped with the process if it is ours alone.
pub struct Database {
    connected: Connected,
    private: Option<PrivatePostgres>,
}

impl Database {
    /// Connects; starts a private PostgreSQL first where none is named.
    pub async fn open(config: &Config) -> Result<Database, DatabaseError> {
        match &config.database_url {
            Some(url) => Ok(Database { connected: connect(url).await.map_err(DatabaseError::Away)?, private: None }),
            None => {
                let private = postgres::start(&config.data).await?;
                match connect(private.url()).await {
                    Ok(connected) => Ok(Database { connected, private: Some(private) }),
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
        Ok(self.connected.ready(config.clock).await?)
    }

    /// Closes every connection, then stops a private PostgreSQL.
    pub async fn close(self) -> Result<(), PostgresError> {
        self.connected.close().await;
        match self.private {
            Some(private) => private.stop().await,
            None => Ok(()),
        }
    }
}
