//! The door: members sign in and leave, proxies come on paper until it opens.

use domain::assembly::{AssemblyMistake, Proxy};
use domain::id::{AssemblyId, MemberId, ProxyId};
use domain::members::ShortName;
use domain::notice::Notice;
use domain::reason::Who;
use domain::time::paris_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::acting::Acting;
use super::facts::halls;
use super::write::{end, give};
use crate::Backend;
use crate::error::Error;

/// Somebody at the door: by the number on their card, or from the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guest {
    Card(i32),
    Listed(MemberId),
}

/// Who it was, or why it was not done.
pub type Admitted = Result<MemberId, Vec<AssemblyMistake>>;

/// « L'émargement ». Whoever comes themselves takes their voice back from whoever carries it; once it has begun, only where that one
/// is not there.
pub async fn sign_in(backend: &Backend, asking: MemberId, form: Uuid, id: AssemblyId, guest: Guest) -> Result<Admitted, Error> {
    let mut acting = Acting::admitting(backend, asking, id).await?;
    let member = match found(&mut acting, guest).await? {
        Ok(member) => member,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if !acting.first(form, "emarger", Some(member.0)).await? {
        return done(acting, member).await;
    }
    if let Err(mistake) = acting.held.is_at_the_door(acting.now) {
        return Ok(Err(vec![mistake]));
    }
    let halls = halls(&mut acting.tx, &[id], &[member]).await?;
    let hall = halls.into_iter().next().ok_or(Error::NotFound)?;
    if hall.present.contains(&member) {
        return Ok(Err(vec![AssemblyMistake::AlreadySignedIn]));
    }
    if let Some(proxy) = hall.given_by(member) {
        if hall.stage.is_open() && is_present(&mut acting.tx, id, proxy.to).await? {
            let by = name_of(&mut acting.tx, proxy.to).await?;
            return Ok(Err(vec![AssemblyMistake::VoiceCarried { by }]));
        }
        end(&mut acting.tx, proxy, "came", acting.now).await?;
        let (from, to, starts_at) = (proxy.from, proxy.to, hall.starts_at);
        acting.after.touched.insert(to);
        acting.after.told.push((to, Notice::ProxyEnded { assembly: id, starts_at, from, to, by: from }));
    }
    sqlx::query(
        "insert into assembly_sign_in (assembly_id, member_id, at, how, by_member) values ($1, $2, $3, $4, $5)
         on conflict (assembly_id, member_id) do update set at = $3, how = $4, by_member = $5, left_at = null",
    )
    .bind(id)
    .bind(member)
    .bind(acting.now)
    .bind(if matches!(guest, Guest::Card(_)) { "card" } else { "list" })
    .bind(acting.by)
    .execute(&mut *acting.tx)
    .await?;
    done(acting, member).await
}

/// They leave before its end: neither their voice nor those that they carry are there any more.
pub async fn sign_out(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    member: MemberId,
) -> Result<Admitted, Error> {
    let mut acting = Acting::admitting(backend, asking, id).await?;
    if !acting.first(form, "partir", Some(member.0)).await? {
        return done(acting, member).await;
    }
    if let Err(mistake) = acting.held.is_at_the_door(acting.now) {
        return Ok(Err(vec![mistake]));
    }
    let left =
        sqlx::query("update assembly_sign_in set left_at = $3 where assembly_id = $1 and member_id = $2 and left_at is null")
            .bind(id)
            .bind(member)
            .bind(acting.now)
            .execute(&mut *acting.tx)
            .await?;
    if left.rows_affected() != 1 {
        return Ok(Err(vec![AssemblyMistake::NotSignedIn]));
    }
    done(acting, member).await
}

/// A proxy that came signed, on paper. The form's id is the proxy's. The same rule as in the app; both are told.
pub async fn paper_proxy(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    (from, to): (Guest, Guest),
) -> Result<Admitted, Error> {
    let mut acting = Acting::admitting(backend, asking, id).await?;
    let (from, to) = match (found(&mut acting, from).await?, found(&mut acting, to).await?) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(mistake), _) | (_, Err(mistake)) => return Ok(Err(vec![mistake])),
    };
    if !acting.first(form, "pouvoir", Some(from.0)).await? {
        return done(acting, from).await;
    }
    let halls = halls(&mut acting.tx, &[id], &[from, to]).await?;
    let hall = halls.into_iter().next().ok_or(Error::NotFound)?;
    let given = hall.given_by(from).map(|proxy| proxy.to);
    let mut names = Vec::new();
    for member in [Some(from), Some(to), given].into_iter().flatten() {
        names.push(Who { member, name: name_of(&mut acting.tx, member).await? });
    }
    let who = |member: MemberId| {
        let known = names.iter().find(|who| who.member == member).cloned();
        known.unwrap_or_else(|| Who { member, name: ShortName::new("", "") })
    };
    if let Err(reason) = hall.may_give((from, to), acting.now, who) {
        return Ok(Err(vec![AssemblyMistake::Refused(reason)]));
    }
    let proxy = Proxy { id: ProxyId(form), assembly: id, from, to, at: acting.now, paper: true };
    let by = acting.by;
    give(&mut acting.tx, &proxy, by).await?;
    let notice = Notice::ProxyGiven { assembly: id, starts_at: hall.starts_at, from, to };
    for member in [from, to] {
        acting.after.touched.insert(member);
        acting.after.told.push((member, notice.clone()));
    }
    done(acting, from).await
}

/// Somebody takes back, by word of mouth or on paper, the voice that another was to carry, until it opens.
pub async fn end_proxy(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    from: MemberId,
) -> Result<Admitted, Error> {
    let mut acting = Acting::admitting(backend, asking, id).await?;
    if !acting.first(form, "rendre", Some(from.0)).await? {
        return done(acting, from).await;
    }
    let halls = halls(&mut acting.tx, &[id], &[from]).await?;
    let hall = halls.into_iter().next().ok_or(Error::NotFound)?;
    if let Err(reason) = hall.is_to_come(acting.now) {
        return Ok(Err(vec![AssemblyMistake::Refused(reason)]));
    }
    let Some(proxy) = hall.given_by(from) else {
        return Ok(Err(vec![AssemblyMistake::Refused(domain::reason::Reason::UnknownProxy)]));
    };
    end(&mut acting.tx, proxy, "withdrawn", acting.now).await?;
    let notice = Notice::ProxyEnded { assembly: id, starts_at: hall.starts_at, from, to: proxy.to, by: from };
    for member in [from, proxy.to] {
        acting.after.touched.insert(member);
        acting.after.told.push((member, notice.clone()));
    }
    done(acting, from).await
}

async fn done(mut acting: Acting, member: MemberId) -> Result<Admitted, Error> {
    // Whether they may vote is on their own phone.
    acting.after.touched.insert(member);
    Ok(acting.end().await?.map(|()| member))
}

/// Somebody who is called to it, and still of the co-op.
pub(super) async fn found(acting: &mut Acting, guest: Guest) -> Result<Result<MemberId, AssemblyMistake>, Error> {
    let (id, today, conn) = (acting.id(), paris_day(acting.now), &mut *acting.tx);
    let known: Option<(MemberId, bool)> = match guest {
        Guest::Card(number) => {
            sqlx::query_as(
                "select m.member_id, exists (select from assembly_convocation c where c.assembly_id = $1 and c.member_id = m.member_id)
                 from member m where m.number = $2 and (m.left_on is null or m.left_on > $3)",
            )
            .bind(id)
            .bind(number)
            .bind(today)
            .fetch_optional(conn)
            .await?
        }
        Guest::Listed(member) => {
            sqlx::query_as(
                "select m.member_id, exists (select from assembly_convocation c where c.assembly_id = $1 and c.member_id = m.member_id)
                 from member m where m.member_id = $2 and (m.left_on is null or m.left_on > $3)",
            )
            .bind(id)
            .bind(member)
            .bind(today)
            .fetch_optional(conn)
            .await?
        }
    };
    Ok(match known {
        None => Err(AssemblyMistake::UnknownNumber),
        Some((_, false)) => Err(AssemblyMistake::NotCalled),
        Some((member, true)) => Ok(member),
    })
}

/// They signed in, and have not left.
pub(super) async fn is_present(conn: &mut PgConnection, id: AssemblyId, member: MemberId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "select exists (select from assembly_sign_in where assembly_id = $1 and member_id = $2 and left_at is null)",
    )
    .bind(id)
    .bind(member)
    .fetch_one(conn)
    .await?)
}

async fn name_of(conn: &mut PgConnection, member: MemberId) -> Result<ShortName, Error> {
    let (first, last): (String, String) =
        sqlx::query_as("select first_name, last_name from member where member_id = $1").bind(member).fetch_one(conn).await?;
    Ok(ShortName::new(&first, &last))
}
