//! The working groups that a co-op begins with.

use domain::id::{GroupId, MemberId};
use sqlx::PgConnection;

use crate::error::Error;

/// A group, in its place among the others. Its page is for its referents to write.
pub(crate) async fn begin(
    conn: &mut PgConnection,
    id: GroupId,
    rank: i16,
    slug: &str,
    name: &str,
    role: &str,
) -> Result<(), Error> {
    sqlx::query("insert into working_group (group_id, slug, name, role, rank) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(slug)
        .bind(name)
        .bind(role)
        .bind(rank)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whom it begins with: nobody is there yet to let them in. Without a referent, they run it all the same.
pub(crate) async fn begins_with(conn: &mut PgConnection, group: GroupId, member: MemberId, referent: bool) -> Result<(), Error> {
    sqlx::query("insert into group_member (group_id, member_id, referent) values ($1, $2, $3)")
        .bind(group)
        .bind(member)
        .bind(referent)
        .execute(conn)
        .await?;
    Ok(())
}
