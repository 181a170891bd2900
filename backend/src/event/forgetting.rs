//! Nothing that somebody wrote of an event is kept once they are forgotten; that so many came is.

use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in [
        "update event_party set note = '', diet = '' where member_id = $1",
        "update carpool set note = '' where driver = $1",
        "delete from event_comment where by_member = $1",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
