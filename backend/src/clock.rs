//! The one clock. Rules take `now` as an argument; nothing else asks for the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant as Monotonic;

use chrono::{DateTime, Duration, Utc};
use domain::time::Instant;
use sqlx::PgPool;

use crate::error::Error;

/// Real time, moved by an offset that every process shares (`clock.offset_ms`), or a time that a
/// test sets.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
enum Source {
    /// Milliseconds added to real time. Counted monotonically from the process's start, so that
    /// it never runs backwards.
    Shifted { started: Monotonic, at_start: DateTime<Utc>, offset_ms: AtomicI64 },
    /// Milliseconds since 1970, set by a test.
    Set(AtomicI64),
}

impl Clock {
    pub fn real() -> Clock {
        Clock::shifted(0)
    }

    /// Real time plus `offset_ms` milliseconds.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn shifted(offset_ms: i64) -> Clock {
        Clock(Arc::new(Source::Shifted { started: Monotonic::now(), at_start: Utc::now(), offset_ms: AtomicI64::new(offset_ms) }))
    }

    /// A clock that stands at `at` until `set`.
    pub fn standing_at(at: Instant) -> Clock {
        Clock(Arc::new(Source::Set(AtomicI64::new(at.timestamp_millis()))))
    }

    pub fn now(&self) -> Instant {
        match &*self.0 {
            Source::Shifted { started, at_start, offset_ms } => {
                let elapsed = Duration::from_std(started.elapsed()).unwrap_or_default();
                let now = *at_start + elapsed + Duration::milliseconds(offset_ms.load(Ordering::Relaxed));
                truncated(now.timestamp_millis())
            }
            Source::Set(at) => truncated(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves a test's clock; a real one cannot be set.
    pub fn set(&self, at: Instant) {
        if let Source::Set(standing) = &*self.0 {
            standing.store(at.timestamp_millis(), Ordering::Relaxed);
        }
    }
}

/// The clock of this co-op: real time, moved by the offset that its database keeps. Where none is
/// kept yet, `wanted` sets it once and for all, so that time never runs backwards.
pub async fn shared(pool: &PgPool, wanted: Option<Instant>) -> Result<Clock, Error> {
    if let Some(wanted) = wanted {
        let offset_ms = (wanted - Clock::real().now()).num_milliseconds();
        sqlx::query("insert into clock (offset_ms) values ($1) on conflict do nothing").bind(offset_ms).execute(pool).await?;
    }
    let kept: Option<i64> = sqlx::query_scalar("select offset_ms from clock").fetch_optional(pool).await?;
    Ok(Clock::shifted(kept.unwrap_or(0)))
}

/// Milliseconds are what the wire and the database keep alike.
fn truncated(ms: i64) -> Instant {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
