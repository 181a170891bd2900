//! How the machine does, for the office.

use chrono::Duration;
use domain::id::MemberId;
use domain::machine::{Job, Machine, Undelivered, Waiting};
use domain::notify::Channel;
use domain::time::Instant;

use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::notify::bounced::CAME_BACK;

/// What could not be delivered is told for so long. Days.
const TOLD_D: i64 = 7;
/// What is due has left by then. Minutes.
const LEFT_MIN: i64 = 10;
/// How often a mail was tried when it no longer looks like chance.
const TRIES: i16 = 3;

/// What `asking`, who must be of the office, sees of the machine.
pub async fn machine(backend: &Backend, asking: MemberId) -> Result<Machine, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let _office: Office = Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let undelivered: Vec<Undeliverable> =
        sqlx::query_as(UNDELIVERED).bind(now - Duration::days(TOLD_D)).bind(TRIES).bind(CAME_BACK).fetch_all(&mut *tx).await?;
    let long_ago = now - Duration::minutes(LEFT_MIN);
    let overdue = waiting(sqlx::query_as(OVERDUE).bind(long_ago).fetch_one(&mut *tx).await?);
    let codes = waiting(sqlx::query_as(CODES).bind(TRIES).fetch_one(&mut *tx).await?);
    let undone = waiting(sqlx::query_as(UNDONE).bind(long_ago).fetch_one(&mut *tx).await?);
    let jobs: Vec<Row> =
        sqlx::query_as("select job, last_started_at, last_ok_at, failures, failing_since, why from job order by job")
            .fetch_all(&mut *tx)
            .await?;
    Ok(Machine {
        now,
        undelivered: undelivered.into_iter().filter_map(Undeliverable::known).collect(),
        overdue,
        codes,
        undone,
        jobs: jobs.into_iter().map(Row::job).collect(),
    })
}

fn waiting((count, since): (i64, Option<Instant>)) -> Waiting {
    Waiting { count, since }
}

#[derive(sqlx::FromRow)]
struct Undeliverable {
    channel: String,
    why: String,
    still_tried: bool,
    count: i64,
    since: Instant,
    last: Instant,
}

impl Undeliverable {
    fn known(self) -> Option<Undelivered> {
        let Undeliverable { channel, why, still_tried, count, since, last } = self;
        Some(Undelivered { channel: Channel::parse(&channel)?, why, count, since, last, still_tried })
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    job: String,
    last_started_at: Instant,
    last_ok_at: Option<Instant>,
    failures: i32,
    failing_since: Option<Instant>,
    why: Option<String>,
}

impl Row {
    fn job(self) -> Job {
        let Row { job: name, last_started_at, last_ok_at, failures, failing_since, why } = self;
        Job { name, last_started_at, last_ok_at, failures, failing_since, why }
    }
}

/// $1 since when, $2 from how many tries on, $3 what is not tried. An address that came back is on the office's other list, with its name.
const UNDELIVERED: &str = "
select channel, regexp_replace(coalesce(why, ''), ' \\(\\d+ tries\\)$', '') as why, state = 'waiting' as still_tried,
    count(*) as count, min(at) as since, max(coalesce(ended_at, at)) as last
from delivery
where state = 'failed' and ended_at > $1 and why is distinct from $3
    or state = 'waiting' and tries >= $2
group by 1, 2, 3 order by last desc, channel, why";

/// $1 what is due since then should have left.
const OVERDUE: &str = "
select count(*), min(due_at) from delivery where state = 'waiting' and tries = 0 and due_at <= $1";

/// $1 from how many tries on. Since when is the queue's own time, not ours.
const CODES: &str = "
select count(*), null::timestamptz from graphile_worker.jobs
where task_identifier = 'mail' and attempts >= $1 and last_error is not null";

/// $1 what is due since then should be done.
const UNDONE: &str = "
select count(*), min(due_at) from due_work where done_at is null and due_at <= $1";
