//! How each periodic job went last, for the office: one row per job, whichever process ran it.

use std::future::Future;

use chrono::Duration;
use domain::time::Instant;

use crate::Backend;
use crate::error::Error;

/// What looks around all the time is noted so often. Minutes.
const NOTED_MIN: i64 = 1;

/// Runs a job, and notes that it began and how it ended. A note that cannot be written keeps no job from running.
pub(super) async fn recorded<T>(backend: &Backend, job: &str, run: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    unhindered(began(backend, job).await);
    let ran = run.await;
    unhindered(ended(backend, job, ran.as_ref().err()).await);
    ran
}

fn unhindered(noted: Result<(), Error>) {
    if let Err(error) = noted {
        tracing::warn!(%error, "how a job went is not noted");
    }
}

async fn began(backend: &Backend, job: &str) -> Result<(), Error> {
    sqlx::query(
        "insert into job (job, last_started_at) values ($1, $2)
         on conflict (job) do update set last_started_at = excluded.last_started_at",
    )
    .bind(job)
    .bind(backend.now())
    .execute(&backend.pool)
    .await?;
    Ok(())
}

async fn ended(backend: &Backend, job: &str, failed: Option<&Error>) -> Result<(), Error> {
    sqlx::query(
        "update job set
            last_ok_at = case when $3::text is null then $2 else last_ok_at end,
            failures = case when $3::text is null then 0 else failures + 1 end,
            failing_since = case when $3::text is not null then coalesce(failing_since, $2) end,
            why = $3
         where job = $1",
    )
    .bind(job)
    .bind(backend.now())
    .bind(failed.map(ToString::to_string))
    .execute(&backend.pool)
    .await?;
    Ok(())
}

/// Work that is done every second: noted once a minute, and when it begins to fail or works again.
#[derive(Debug)]
pub(crate) struct Rounds {
    job: &'static str,
    noted_at: Option<Instant>,
    failing: bool,
}

impl Rounds {
    pub(crate) fn of(job: &'static str) -> Rounds {
        Rounds { job, noted_at: None, failing: false }
    }

    /// Notes how a round went, if it is time to.
    pub(crate) async fn went(&mut self, backend: &Backend, failed: Option<&Error>) {
        let now = backend.now();
        let same = self.failing == failed.is_some();
        if same && self.noted_at.is_some_and(|at| now - at < Duration::minutes(NOTED_MIN)) {
            return;
        }
        (self.noted_at, self.failing) = (Some(now), failed.is_some());
        let noted = async {
            began(backend, self.job).await?;
            ended(backend, self.job, failed).await
        };
        unhindered(noted.await);
    }
}
