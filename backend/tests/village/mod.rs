//! The demo co-op in a database of its own, for tests that read.
#![allow(dead_code, reason = "each test file speaks a part of it")]

use backend::clock::Clock;
use backend::demo::{self, CastMember};
use backend::{Backend, command};
use domain::command::{Command, Envelope, SCHEMA};
use domain::id::{CommandId, MemberId, SeatId, ShiftId};
use domain::outcome::Outcome;
use domain::time::Instant;
use sqlx::PgPool;

pub struct Village {
    pub backend: Backend,
}

pub fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

impl Village {
    /// Nobody in it; the clock stands at `now`.
    pub async fn empty(pool: PgPool, now: &str) -> Village {
        backend::migrate(&pool).await.unwrap();
        Village { backend: Backend::new(pool, Clock::standing_at(at(now))) }
    }

    pub async fn of(pool: PgPool, now: &str) -> Village {
        let village = Village::empty(pool, now).await;
        demo::load(&village.backend.pool, village.backend.now()).await.unwrap().expect("an empty database");
        village
    }

    /// Everything goes, but for the marks.
    pub async fn burn_down(&self) {
        let tables: Vec<String> = sqlx::query_scalar(
            "select tablename::text from pg_tables where schemaname = 'public'
             and tablename not in ('_sqlx_migrations', 'change_mark')",
        )
        .fetch_all(&self.backend.pool)
        .await
        .unwrap();
        self.sql(&format!("truncate {} cascade", tables.join(", "))).await;
    }

    pub async fn sql(&self, text: &str) {
        sqlx::query(sqlx::AssertSqlSafe(text.to_owned())).execute(&self.backend.pool).await.unwrap();
    }

    pub async fn one<T>(&self, text: &str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
    {
        sqlx::query_scalar(sqlx::AssertSqlSafe(text.to_owned())).fetch_one(&self.backend.pool).await.unwrap()
    }

    pub async fn count(&self, text: &str) -> i64 {
        self.one(text).await
    }

    pub async fn count_of(&self, text: &str, who: CastMember) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(text.to_owned())).bind(who.id()).fetch_one(&self.backend.pool).await.unwrap()
    }

    pub async fn next_seat(&self, who: CastMember) -> SeatId {
        let (shift, position): (ShiftId, i16) = sqlx::query_as(
            "select shift_id, position from assignment join shift using (shift_id)
             where member_id = $1 and starts_at > $2 order by starts_at limit 1",
        )
        .bind(who.id())
        .bind(self.backend.now())
        .fetch_one(&self.backend.pool)
        .await
        .unwrap();
        SeatId::new(shift, position)
    }

    pub async fn holder(&self, seat: SeatId) -> Option<MemberId> {
        sqlx::query_scalar("select member_id from assignment where shift_id = $1 and position = $2")
            .bind(seat.shift)
            .bind(seat.position)
            .fetch_optional(&self.backend.pool)
            .await
            .unwrap()
    }

    pub async fn perform(&self, who: CastMember, command: Command) -> Outcome {
        let id = CommandId(self.backend.ids.uuid());
        let envelope = Envelope { id, schema: SCHEMA, depends_on: Vec::new(), on_behalf_of: None, command };
        command::perform(&self.backend, who.id(), &envelope).await.unwrap()
    }
}
