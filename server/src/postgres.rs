//! A private PostgreSQL for those who name none: started with the server, stopped with it, kept in the data folder.

#[path = "postgres/cluster.rs"]
mod cluster;

use std::path::Path;

pub use cluster::PostgresError;
use cluster::{Care, Cluster};

/// A running cluster of our own. Several processes of one data folder share it; the last to stop stops it.
#[derive(Debug)]
pub struct PrivatePostgres {
    cluster: Cluster,
}

/// Finds PostgreSQL's programs, makes a cluster in `data/postgres` if there is none, and starts it unless it runs.
pub async fn start(data: &Path) -> Result<PrivatePostgres, PostgresError> {
    let data = data.to_path_buf();
    blocking(move || {
        let here = std::env::current_dir().unwrap_or_default();
        Cluster::start(&data.join("postgres"), &here, Care::Kept)
    })
    .await
    .map(|cluster| PrivatePostgres { cluster })
}

impl PrivatePostgres {
    /// What `DATABASE_URL` would say.
    pub fn url(&self) -> &str {
        self.cluster.url()
    }

    /// Something the person at the keyboard should know, in one sentence.
    pub fn note(&self) -> Option<&str> {
        self.cluster.note()
    }

    /// Disconnects whoever is left and stops, unless another process of ours still uses the cluster.
    pub async fn stop(self) -> Result<(), PostgresError> {
        blocking(move || self.cluster.stop()).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PostgresError> + Send + 'static,
) -> Result<T, PostgresError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(failure) => Err(PostgresError::Io { what: "wait for", path: "PostgreSQL".into(), source: failure.into() }),
    }
}
