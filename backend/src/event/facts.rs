//! The facts of an act about an event, under its row's lock.

use std::sync::LazyLock;

use domain::board::Board;
use domain::event::{Arrival, BringItem, Carpool, Comment, Event, Gathering, HelperPost, Party, Photo, WalkedIn};
use domain::id::EventId;
use domain::notice::Notice;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{AT_THE_DOOR, COMMENTS, EVENT, PARTY, PHOTOS, SHARED_OUT};
use crate::error::Error;
use crate::swaps::scope::Scope;

#[derive(Deserialize)]
struct Row {
    event: Event,
    parties: Vec<Party>,
    items: Vec<BringItem>,
    carpools: Vec<Carpool>,
    posts: Vec<HelperPost>,
    comments: Vec<Comment>,
    photos: Vec<Photo>,
    arrivals: Vec<Arrival>,
    walk_ins: Vec<WalkedIn>,
}

impl Row {
    fn gathering(self) -> Gathering {
        Gathering {
            parties: self.parties.into_iter().map(|party| (party.who, party)).collect(),
            items: self.items,
            carpools: self.carpools,
            posts: self.posts,
            comments: self.comments,
            photos: self.photos,
            arrivals: self.arrivals,
            walk_ins: self.walk_ins,
            ..Gathering::new(self.event)
        }
    }
}

/// Events with everybody who answered, as they stand.
pub async fn find(conn: &mut PgConnection, events: &[EventId]) -> Result<Vec<Gathering>, Error> {
    gatherings(conn, events, true).await
}

/// `said`: with what was said under them and shown of them.
async fn gatherings(conn: &mut PgConnection, events: &[EventId], said: bool) -> Result<Vec<Gathering>, Error> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let events: Vec<Uuid> = events.iter().map(|event| event.0).collect();
    let rows: Vec<Json<Row>> =
        sqlx::query_scalar(AssertSqlSafe(GATHERING.as_str())).bind(events).bind(said).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(row)| row.gathering()).collect())
}

/// Locks events, each by id, and gives those that are there. Whoever takes it has locked the people before.
pub async fn lock(conn: &mut PgConnection, events: &[EventId]) -> Result<Vec<Gathering>, Error> {
    lock_rows(conn, events).await?;
    find(conn, events).await
}

async fn lock_rows(conn: &mut PgConnection, events: &[EventId]) -> Result<(), Error> {
    let events: Vec<Uuid> = events.iter().map(|event| event.0).collect();
    sqlx::query("select from event where event_id = any($1) order by event_id for no key update")
        .bind(events)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lays what `scope` asks of an event on the board.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board) -> Result<(), Error> {
    let Some(event) = scope.event else { return Ok(()) };
    lock_rows(conn, &[event]).await?;
    let found = gatherings(conn, &[event], scope.comments).await?;
    board.events.extend(found.into_iter().map(|known| (known.event.id, known)));
    Ok(())
}

/// Lays over a board what notices say of events.
pub(crate) async fn lay_told(conn: &mut PgConnection, board: &mut Board, notices: &[&Notice]) -> Result<(), Error> {
    let mut events: Vec<EventId> = notices.iter().filter_map(|notice| notice.event()).collect();
    events.sort();
    events.dedup();
    let of_photos = notices.iter().any(|notice| matches!(notice, Notice::PhotoPutBack { .. }));
    let found = gatherings(conn, &events, of_photos).await?;
    board.events.extend(found.into_iter().map(|known| (known.event.id, known)));
    Ok(())
}

/// $1 events, $2 whether their comments and photos are looked at. In order of start.
static GATHERING: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select jsonb_build_object('event', {EVENT},
            'parties', (select coalesce(jsonb_agg({PARTY}), '[]') from event_party p where p.event_id = e.event_id),
            {SHARED_OUT},
            'comments', case when $2 then {COMMENTS} else '[]' end,
            'photos', case when $2 then {PHOTOS} else '[]' end,
            {AT_THE_DOOR})
         from event e where e.event_id = any($1) order by e.starts_at, e.event_id"
    )
});
