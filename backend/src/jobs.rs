//! What happens after commit, or when its time has come.
//!
//! Acts leave rows in `due_work`, in their own transaction: no notification delays their commit.
//! A tick by our clock hands what is due to the queue, to run at once; the queue runs each job in
//! one of the processes, again when it fails or when its process died. Only the mail with a code,
//! which somebody waits for, goes to the queue straight away.

mod due;
mod machine;
mod purge;
mod record;
mod worker;

use domain::id::AssemblyId;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};

use crate::error::Error;

pub(crate) use due::note;
pub use due::{plan, tick};
pub use machine::machine;
pub use purge::purge;
pub(crate) use record::Rounds;
pub use worker::{Delivery, Mailer, run_worker};

/// One mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

/// Sends `mail` after the commit of the transaction that `conn` is in, at once.
pub async fn enqueue_mail(conn: &mut PgConnection, mail: &Mail) -> Result<(), Error> {
    sqlx::query("select from graphile_worker.add_job('mail', payload := $1::json)")
        .bind(sqlx::types::Json(mail))
        .execute(conn)
        .await?;
    Ok(())
}

/// Sends each convocation by mail that has not left, after the commit of the transaction that `conn` is in: a job each, so that
/// one that fails keeps no other. `origin`: where the co-op is reached, for its link.
pub(crate) async fn enqueue_convocations(conn: &mut PgConnection, assembly: AssemblyId, origin: &str) -> Result<(), Error> {
    sqlx::query(
        "select from assembly_convocation c cross join lateral graphile_worker.add_job('convocation',
            payload := json_build_object('assembly', c.assembly_id, 'member', c.member_id, 'origin', $2::text)) as added
         where c.assembly_id = $1 and c.channel = 'mail' and c.done_at is null",
    )
    .bind(assembly)
    .bind(origin)
    .execute(conn)
    .await?;
    Ok(())
}

/// The queue's own tables; safe to call from several processes.
pub(crate) async fn migrate(pool: &PgPool) -> Result<(), sqlx::migrate::MigrateError> {
    // Its migrations are not made for two processes that start together.
    let mut alone = pool.begin().await?;
    sqlx::query("select pg_advisory_xact_lock(hashtext('queue'))").execute(&mut *alone).await?;
    graphile_worker::WorkerUtils::new(pool.clone(), "graphile_worker")
        .migrate()
        .await
        .map_err(|error| sqlx::migrate::MigrateError::Source(error.into()))?;
    alone.commit().await?;
    Ok(())
}

/// Whether a job's transaction that failed on its `run`th run lost against an act, and runs again.
pub(crate) fn again(error: &Error, run: usize) -> bool {
    run < RESTARTS && error.may_retry()
}

/// How often a job's transaction that lost against an act is run again.
const RESTARTS: usize = 5;
