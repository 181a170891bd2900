//! What somebody meant to buy is not kept once they are forgotten.

use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in ["delete from favourite where member_id = $1", "delete from shopping_item where member_id = $1"] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
