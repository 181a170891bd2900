//! Nothing that somebody wrote or was told is kept once they are forgotten; who held which seat is, under no name.

use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

/// They have left: nothing of theirs is open any more.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in [
        "update offer set note = '' where member_id = $1",
        "update proposal set note = '' where from_member = $1",
        "delete from notice where member_id = $1",
        "delete from watch where member_id = $1",
        "delete from waiting where member_id = $1",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
