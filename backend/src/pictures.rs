//! `/pictures/{id}` is one address for the pictures of four slices: an id is of one of them alone.

use domain::id::PictureId;
use sqlx::PgConnection;

use crate::error::Error;

/// What a picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Brief,
    Event,
    Product,
    Member,
}

/// Takes an id for a picture of this kind, which another may have that is shown in its stead. Of two at once, one waits.
pub(crate) async fn claim(conn: &mut PgConnection, id: PictureId, of: Of) -> Result<(), Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 18))").bind(id.to_string()).execute(&mut *conn).await?;
    let (brief, event, product, member): (bool, bool, bool, bool) = sqlx::query_as(WHERE).bind(id).fetch_one(conn).await?;
    let elsewhere = [(Of::Brief, brief), (Of::Event, event), (Of::Product, product), (Of::Member, member)];
    if elsewhere.into_iter().any(|(kind, is_there)| kind != of && is_there) { Err(Error::NotFound) } else { Ok(()) }
}

/// $1 picture.
const WHERE: &str = "
select exists (select from brief_picture where picture_id = $1),
    exists (select from event_picture where event_picture_id = $1),
    exists (select from product_picture where product_picture_id = $1),
    exists (select from member_picture where member_picture_id = $1)";
