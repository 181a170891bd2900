//! What a member's act about an assembly leaves in the tables.

use domain::assembly::{Change, Proxy};
use domain::effect::Effect;
use domain::id::{AssemblyId, MemberId};
use domain::time::Instant;
use sqlx::PgConnection;

use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Writes what `effects` say of assemblies.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        let Effect::AssemblyChanged(change) = effect else { continue };
        // How many come, and who stands, everybody sees.
        after.groups = true;
        match change {
            Change::Answered { assembly, member, coming } => {
                after.touched.insert(*member);
                answer(conn, *assembly, *member, *coming, now).await?;
            }
            Change::ProxyGiven(proxy) => {
                after.touched.extend([proxy.from, proxy.to]);
                give(conn, proxy, sender.unwrap_or(proxy.from)).await?;
            }
            Change::ProxyEnded { proxy, how } => {
                after.touched.extend([proxy.from, proxy.to]);
                if !end(conn, proxy, how.as_str(), now).await? {
                    return Err(Error::Conflict);
                }
            }
            Change::Stood { assembly, candidate } => {
                after.touched.insert(candidate.member);
                stand(conn, *assembly, candidate.member, Some(&candidate.words), now).await?;
            }
            Change::StoodDown { assembly, member } => {
                after.touched.insert(*member);
                stand_down(conn, *assembly, *member, now).await?;
            }
        }
    }
    Ok(())
}

async fn answer(
    conn: &mut PgConnection,
    assembly: AssemblyId,
    member: MemberId,
    coming: bool,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query(
        "insert into assembly_answer (assembly_id, member_id, coming, at) values ($1, $2, $3, $4)
         on conflict (assembly_id, member_id) do update set coming = $3, at = $4",
    )
    .bind(assembly)
    .bind(member)
    .bind(coming)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// `by`: who entered it. Whoever has somebody vote for them does not come.
pub(super) async fn give(conn: &mut PgConnection, proxy: &Proxy, by: MemberId) -> Result<(), Error> {
    sqlx::query(
        "insert into proxy (proxy_id, assembly_id, from_member, to_member, at, paper, by_member) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(proxy.id)
    .bind(proxy.assembly)
    .bind(proxy.from)
    .bind(proxy.to)
    .bind(proxy.at)
    .bind(proxy.paper)
    .bind(by)
    .execute(&mut *conn)
    .await?;
    answer(conn, proxy.assembly, proxy.from, false, proxy.at).await
}

/// False where it had ended already.
pub(super) async fn end(conn: &mut PgConnection, proxy: &Proxy, how: &str, now: Instant) -> Result<bool, Error> {
    let ended = sqlx::query("update proxy set ended_at = $2, ended = $3 where proxy_id = $1 and ended_at is null")
        .bind(proxy.id)
        .bind(now)
        .bind(how)
        .execute(conn)
        .await?;
    Ok(ended.rows_affected() == 1)
}

/// `words`: none leaves what they said before.
pub(super) async fn stand(
    conn: &mut PgConnection,
    assembly: AssemblyId,
    member: MemberId,
    words: Option<&str>,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query(
        "insert into candidacy (assembly_id, member_id, words, at) values ($1, $2, coalesce($3, ''), $4)
         on conflict (assembly_id, member_id)
            do update set words = coalesce($3, candidacy.words), at = $4, withdrawn_at = null",
    )
    .bind(assembly)
    .bind(member)
    .bind(words)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn stand_down(
    conn: &mut PgConnection,
    assembly: AssemblyId,
    member: MemberId,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query("update candidacy set withdrawn_at = $3 where assembly_id = $1 and member_id = $2 and withdrawn_at is null")
        .bind(assembly)
        .bind(member)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}
