//! Where the queue comes from. A slice that has something for the office to deal with has its line in [`all`], and what it is in
//! `domain::desk::What`: there is no other way into the queue.

mod coop;
mod members;
mod register;
mod shop;

use domain::desk::Item;
use domain::governance::Person;
use domain::id::MemberId;
use domain::time::Instant;
use sqlx::PgConnection;

use crate::error::Error;

/// Everything that waits, in no order.
pub(super) async fn all(conn: &mut PgConnection, reader: MemberId, now: Instant) -> Result<Vec<Item>, Error> {
    let mut items = members::leaves_asked(conn, reader, now).await?;
    items.extend(members::behind(conn, now).await?);
    items.extend(members::bounced(conn, now).await?);
    items.extend(shop::leads_missing(conn, now).await?);
    items.extend(shop::reported(conn, now).await?);
    items.extend(shop::incidents(conn, now).await?);
    items.extend(shop::imports(conn).await?);
    items.extend(coop::joinings_left(conn, now).await?);
    items.extend(coop::mandates(conn, now).await?);
    items.extend(coop::dossiers(conn, now).await?);
    items.extend(coop::figures(conn, now).await?);
    items.extend(register::erasures(conn, reader).await?);
    items.extend(register::without_share(conn, now).await?);
    items.extend(register::shares(conn, now).await?);
    items.extend(register::stuck(conn, now).await?);
    items.extend(register::files(conn).await?);
    Ok(items)
}

/// Somebody as the queue names them.
#[derive(Debug, sqlx::FromRow)]
struct Named {
    member_id: MemberId,
    first_name: String,
    last_name: String,
}

impl Named {
    fn person(self) -> Person {
        Person { id: self.member_id, first_name: self.first_name, last_name: self.last_name }
    }
}
