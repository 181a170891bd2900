//! What somebody may do for an assembly: values that only a query inside the act's transaction makes.

use domain::assembly::{Hands, Role};
use domain::id::{AssemblyId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::{Office, OnCommittee};
use crate::error::Error;

/// All that `member` may do there; its rows stay locked for share, but for its role, which the assembly's lock holds. Nothing where
/// there is no such assembly, but for the committee and the office.
pub(crate) async fn hands(conn: &mut PgConnection, member: MemberId, assembly: AssemblyId, now: Instant) -> Result<Hands, Error> {
    let committee = OnCommittee::find(&mut *conn, member, now).await?.is_some();
    let office = Office::find(&mut *conn, member, now).await?.is_some();
    let role: Option<String> = sqlx::query_scalar(
        "select o.role from assembly_role o join member m using (member_id)
         where o.assembly_id = $1 and o.member_id = $2 and m.joined_on <= $3 and (m.left_on is null or m.left_on > $3)
         for share of m",
    )
    .bind(assembly)
    .bind(member)
    .bind(paris_day(now))
    .fetch_optional(conn)
    .await?;
    let is = |wanted: Role| role.as_deref() == Some(wanted.as_str());
    let (secretary, teller) = (is(Role::Secretary), is(Role::Teller));
    Ok(Hands {
        prepares: committee || secretary,
        presides: is(Role::Chair) || secretary,
        tells: teller,
        admits: teller || secretary || office,
        calls: committee || secretary || office,
        committee,
        keeps_mandates: committee || office,
    })
}

macro_rules! right {
    ($($(#[$doc:meta])* $name:ident: $may:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            member: MemberId,
        }

        impl $name {
            pub async fn find(
                conn: &mut PgConnection,
                member: MemberId,
                assembly: AssemblyId,
                now: Instant,
            ) -> Result<Option<$name>, Error> {
                Ok(hands(conn, member, assembly, now).await?.$may.then_some($name { member }))
            }

            pub fn member(&self) -> MemberId {
                self.member
            }
        }
    )*};
}

right! {
    /// Prepares it: on the committee, or its secretary.
    Prepares: prepares,
    /// Opens and closes it, and each vote: its chair, or its secretary.
    Presides: presides,
    /// Counts: a teller.
    Tells: tells,
    /// Lets in, enters proxies that came on paper: a teller, its secretary, or of the office.
    Admits: admits,
    /// Calls members: whoever prepares it, or of the office.
    Calls: calls,
}
