//! Somebody leaves the co-op, goes on under another card, or is forgotten: what that is to assemblies.

use domain::id::{AssemblyId, MemberId};
use domain::notice::Notice;
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Those to which they are called and that are not over: locked, each by id. Whoever takes them has locked the people before.
async fn theirs(conn: &mut PgConnection, member: MemberId) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(
        "select a.assembly_id from assembly a where a.closed_at is null and a.cancelled is null
            and (exists (select from assembly_convocation c where c.assembly_id = a.assembly_id and c.member_id = $1)
                or exists (select from assembly_role o where o.assembly_id = a.assembly_id and o.member_id = $1))
         order by a.assembly_id for no key update",
    )
    .bind(member)
    .fetch_all(conn)
    .await?)
}

/// They are at no assembly any more: the voice that they gave is nobody's, those that they carried come back. What they cast before
/// stays cast. Whoever is concerned hears it. They are locked.
pub(crate) async fn leaves_coop(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Aftermath, Error> {
    let assemblies = theirs(&mut *conn, member).await?;
    ends_at(conn, &assemblies, member, now).await
}

async fn ends_at(conn: &mut PgConnection, assemblies: &[Uuid], member: MemberId, now: Instant) -> Result<Aftermath, Error> {
    if assemblies.is_empty() {
        return Ok(Aftermath::default());
    }
    let ended: Vec<(AssemblyId, Instant, MemberId, MemberId)> = sqlx::query_as(
        "update proxy p set ended_at = $3, ended = 'left' from assembly a
         where a.assembly_id = p.assembly_id and p.assembly_id = any($1) and $2 in (p.from_member, p.to_member) and p.ended_at is null
         returning p.assembly_id, a.starts_at, p.from_member, p.to_member",
    )
    .bind(assemblies)
    .bind(member)
    .bind(now)
    .fetch_all(&mut *conn)
    .await?;
    for gone in [
        "update assembly_sign_in set left_at = $3 where assembly_id = any($1) and member_id = $2 and left_at is null",
        "update assembly_answer set coming = false, at = $3 where assembly_id = any($1) and member_id = $2 and coming",
        // Whoever was voted on stays among the candidates of that vote.
        "update candidacy k set withdrawn_at = $3 where k.assembly_id = any($1) and k.member_id = $2 and k.withdrawn_at is null
            and not exists (select from resolution r where r.assembly_id = k.assembly_id and r.way = 'election'
                and r.removed_at is null and r.opened_at is not null)",
    ] {
        sqlx::query(gone).bind(assemblies).bind(member).bind(now).execute(&mut *conn).await?;
    }
    sqlx::query("delete from assembly_role where assembly_id = any($1) and member_id = $2")
        .bind(assemblies)
        .bind(member)
        .execute(conn)
        .await?;
    let mut after = Aftermath::of_groups();
    after.touched.insert(member);
    for (assembly, starts_at, from, to) in ended {
        let other = if from == member { to } else { from };
        after.touched.insert(other);
        after.told.push((other, Notice::ProxyEnded { assembly, starts_at, from, to, by: member }));
    }
    Ok(after)
}

/// Of two cards that are one person's: where the one was called, the other is, once; what it was there for all, it is. What was cast
/// under the one is not cast again under the other. Who votes for whom they say anew. Both are locked.
pub(crate) async fn moved(conn: &mut PgConnection, goes: MemberId, keeps: MemberId, now: Instant) -> Result<Aftermath, Error> {
    let assemblies = theirs(&mut *conn, goes).await?;
    for moved in [
        "update assembly_convocation c set member_id = $3 where c.assembly_id = any($1) and c.member_id = $2
            and not exists (select from assembly_convocation k where k.assembly_id = c.assembly_id and k.member_id = $3)",
        "update assembly_role o set member_id = $3 where o.assembly_id = any($1) and o.member_id = $2
            and not exists (select from assembly_role k where k.assembly_id = o.assembly_id and k.member_id = $3)",
        "update candidacy c set member_id = $3 where c.assembly_id = any($1) and c.member_id = $2
            and not exists (select from candidacy k where k.assembly_id = c.assembly_id and k.member_id = $3)
            and not exists (select from resolution r where r.assembly_id = c.assembly_id and r.way = 'election'
                and r.removed_at is null and r.opened_at is not null)",
        "update vote_cast v set voice = $3 from resolution r where r.resolution_id = v.resolution_id
            and r.assembly_id = any($1) and v.voice = $2
            and not exists (select from vote_cast k where k.resolution_id = v.resolution_id and k.voice = $3)",
    ] {
        sqlx::query(moved).bind(&assemblies).bind(goes).bind(keeps).execute(&mut *conn).await?;
    }
    let mut after = ends_at(&mut *conn, &assemblies, goes, now).await?;
    after.touched.insert(keeps);
    Ok(after)
}

/// What somebody wrote is not kept once they are forgotten; that they were called, came and voted, is.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in [
        "update candidacy set words = '' where member_id = $1",
        // Why a mail did not leave may name its address.
        "update assembly_convocation set why = '' where member_id = $1 and why is not null",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
