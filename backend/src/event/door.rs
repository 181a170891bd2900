//! Whoever keeps the door of an event has its list in their own snapshot: they hear where there is another one.

use chrono::Duration;
use domain::event::{ArrivalWindow, Event, State};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use crate::auth::Organiser;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// A snapshot that was made before knows what opens by itself only of the events of then; it is good for a day. Days.
const AHEAD_D: i64 = 2;

/// An event is announced.
pub(super) async fn opens(conn: &mut PgConnection, event: &Event, after: &mut Aftermath) -> Result<(), Error> {
    match event.state {
        State::Published { at } => moves(conn, event, event, at, after).await,
        _ => Ok(()),
    }
}

/// An event is otherwise than it was: its list opens, closes, or says something else. Whoever keeps it is found as the event is
/// written: before that is changed, and after.
pub(super) async fn moves(
    conn: &mut PgConnection,
    was: &Event,
    is: &Event,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    if near(was, now) || near(is, now) {
        after.touched.extend(Organiser::everybody(conn, is.id, paris_day(now)).await?);
    }
    Ok(())
}

fn near(event: &Event, now: Instant) -> bool {
    let window = ArrivalWindow::of(&event.terms.times);
    !event.state.is_draft() && window.from <= now + Duration::days(AHEAD_D) && now < window.until
}
