//! The first member: nobody of the office is there yet to add them.

use domain::id::MemberId;
use domain::register::{Deed, Written};
use domain::time::Instant;
use sqlx::PgConnection;

use super::editing;
use super::together::note;
use crate::error::Error;

/// Whom the co-op begins with. They are not on their way in: nobody could welcome them.
pub(crate) async fn found(
    conn: &mut PgConnection,
    id: MemberId,
    number: i32,
    written: &Written,
    now: Instant,
) -> Result<(), Error> {
    editing::insert(&mut *conn, id, number, written).await?;
    note(conn, None, id, &Deed::Added, Some(id), now).await
}
