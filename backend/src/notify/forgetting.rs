//! How somebody was reached is not kept once they are forgotten.

use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

/// `alone`: their address, where it is nobody else's.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId, alone: Option<&str>) -> Result<(), Error> {
    for forgotten in
        ["delete from preference where member_id = $1", "delete from delivery where member_id = $1 and state <> 'leaving'"]
    {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    sqlx::query("delete from bounced_address where email = $1").bind(alone).execute(conn).await?;
    Ok(())
}
