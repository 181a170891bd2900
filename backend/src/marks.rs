//! Change marks: what tells a device that its snapshot is behind.
//!
//! A query that knows the member embeds them: `select …, marks(member_id) from …`.

use domain::id::MemberId;
use domain::outcome::Marks;
use sqlx::PgConnection;
use sqlx::postgres::PgListener;
use sqlx::types::Json;
use uuid::Uuid;

use crate::Backend;
use crate::error::Error;

/// The marks of the slices as `member` sees them, now.
pub async fn read(conn: &mut PgConnection, member: MemberId) -> Result<Marks, Error> {
    let Json(marks) = sqlx::query_scalar("select marks($1)").bind(member).fetch_one(conn).await?;
    Ok(marks)
}

/// Marks as a process watches them, for all the members it has listening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    pub calendar: i64,
    pub groups: i64,
    pub briefs: i64,
    pub events: i64,
    pub catalogue: i64,
    /// Only members whose own slice has ever changed.
    pub own: Vec<(MemberId, i64)>,
}

/// The marks now, in one query.
pub async fn current(backend: &Backend, members: &[MemberId]) -> Result<Current, Error> {
    let members: Vec<Uuid> = members.iter().map(|member| member.0).collect();
    let (calendar, groups, briefs, events, catalogue, own): (i64, i64, i64, i64, i64, Own) =
        sqlx::query_as(CURRENT).bind(&members).fetch_one(&backend.pool).await?;
    Ok(Current { calendar, groups, briefs, events, catalogue, own: own.0 })
}

/// Whose own slice is where.
type Own = Json<Vec<(MemberId, i64)>>;

const CURRENT: &str = "
select (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar'),
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups'),
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'briefs'),
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'events'),
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'catalogue'),
    (select coalesce(jsonb_agg(jsonb_build_array(member_id, mark)), '[]') from member_mark where member_id = any($1))";

/// The channel on which processes tell each other to look at the marks.
const CHANNEL: &str = "marks";

/// Tells every process to look now. Never in an act's own transaction: it would make commits wait
/// for each other.
pub async fn tell(backend: &Backend) -> Result<(), Error> {
    sqlx::query("select pg_notify($1, '')").bind(CHANNEL).execute(&backend.pool).await?;
    Ok(())
}

/// Hears when another process tells.
pub struct Listener(PgListener);

/// Listens on a connection of its own.
pub async fn listen(backend: &Backend) -> Result<Listener, Error> {
    let mut listener = PgListener::connect_with(&backend.pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(Listener(listener))
}

impl Listener {
    /// Completes when a process told, or with an error when the connection is lost.
    pub async fn heard(&mut self) -> Result<(), Error> {
        self.0.recv().await?;
        Ok(())
    }
}
