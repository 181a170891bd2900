//! Where briefs went to is not kept once somebody is forgotten.

use sqlx::PgConnection;

use crate::error::Error;

/// An address that is nobody's any more.
pub(crate) async fn forget_address(conn: &mut PgConnection, email: &str) -> Result<(), Error> {
    for forgotten in [
        "update brief_copy set email = '', name = '' where email = $1 and state in ('submitted', 'failed')",
        "delete from brief_subscriber where email = $1",
    ] {
        sqlx::query(forgotten).bind(email).execute(&mut *conn).await?;
    }
    Ok(())
}
