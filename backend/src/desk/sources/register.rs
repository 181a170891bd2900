//! What waits in the register: who asks to be erased, shares, newcomers who do not get on, files of members.

use chrono::{NaiveDate, NaiveTime};
use domain::desk::{Item, What, asks_share, erase_by, import_by, newcomer_by, refund_by, share_by, subscribe_by};
use domain::governance::Person;
use domain::id::{ErasureId, MemberId, MemberImportId};
use domain::time::{Instant, paris_day, paris_instant};
use sqlx::PgConnection;

use super::Named;
use crate::error::Error;

#[derive(sqlx::FromRow)]
struct Erasure {
    erasure_request_id: ErasureId,
    asked_at: Instant,
    #[sqlx(flatten)]
    who: Named,
}

/// Who asks that nothing names them any more; why stands on its page alone.
pub async fn erasures(conn: &mut PgConnection, reader: MemberId) -> Result<Vec<Item>, Error> {
    let rows: Vec<Erasure> = sqlx::query_as(
        "select e.erasure_request_id, e.asked_at, m.member_id, m.first_name, m.last_name
         from erasure_request e join member m using (member_id) where e.state = 'pending'",
    )
    .fetch_all(conn)
    .await?;
    let item = |row: Erasure| Item {
        what: What::ErasureAsked { erasure: row.erasure_request_id, own: row.who.member_id == reader },
        who: Some(row.who.person()),
        since: row.asked_at,
        due: erase_by(row.asked_at),
    };
    Ok(rows.into_iter().map(item).collect())
}

#[derive(sqlx::FromRow)]
struct Share {
    subscribed_on: NaiveDate,
    refund_due_on: Option<NaiveDate>,
    paid: i64,
    #[sqlx(flatten)]
    who: Named,
}

/// What is left to be paid of a share, once its time comes near; what is to be given back to whoever left.
pub async fn shares(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let today = paris_day(now);
    let rows: Vec<Share> = sqlx::query_as(
        "select * from (select h.subscribed_on, h.refund_due_on, h.cents, m.member_id, m.first_name, m.last_name,
                (select coalesce(sum(p.cents), 0)::bigint from share_payment p
                    where p.share_id = h.share_id and p.cancelled_at is null) as paid
            from share h join member m using (member_id) where h.refunded_on is null and m.merged_into is null) as s
         where case when refund_due_on is null then paid < cents else paid > 0 end",
    )
    .fetch_all(conn)
    .await?;
    let item = |row: Share| {
        let member = row.who.member_id;
        let (what, since, due) = match row.refund_due_on {
            Some(on) => (What::RefundDue { member }, on, refund_by(on)),
            None => (What::ShareDue { member, begun: row.paid > 0 }, row.subscribed_on, share_by(row.subscribed_on)),
        };
        Item { what, who: Some(row.who.person()), since: paris_instant(since, NaiveTime::MIN), due }
    };
    let is_near = |item: &Item| matches!(item.what, What::RefundDue { .. }) || asks_share(item.due, today);
    Ok(rows.into_iter().map(item).filter(is_near).collect())
}

#[derive(sqlx::FromRow)]
struct WithoutShare {
    joined_on: NaiveDate,
    requested_on: Option<NaiveDate>,
    written_at: Option<Instant>,
    #[sqlx(flatten)]
    who: Named,
}

/// Members who have no share at all. Whoever came with a file, years after they joined, is as new to the office as anybody.
pub async fn without_share(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let rows: Vec<WithoutShare> = sqlx::query_as(
        "select m.joined_on, a.requested_on, m.member_id, m.first_name, m.last_name,
            (select min(t.at) from account_act t
                where t.member_id = m.member_id and t.deed ?| array['added', 'imported']) as written_at
         from member m left join arrival a on a.member_id = m.member_id
         where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1) and not m.employee
            and m.merged_into is null and m.erased_at is null
            and not exists (select from share h where h.member_id = m.member_id and h.refunded_on is null)",
    )
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let item = |row: WithoutShare| {
        let later = row.requested_on.max(row.written_at.map(paris_day));
        let since = later.map_or(row.joined_on, |later| later.max(row.joined_on));
        Item {
            what: What::ShareMissing { member: row.who.member_id },
            who: Some(row.who.person()),
            since: paris_instant(since, NaiveTime::MIN),
            due: subscribe_by(since),
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Newcomers for whom nothing was done for long.
pub async fn stuck(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let stuck = crate::register::stuck(conn, now).await?;
    let item = |(person, since): (Person, NaiveDate)| Item {
        what: What::NewcomerStuck { member: person.id },
        who: Some(person),
        since: paris_instant(since, NaiveTime::MIN),
        due: newcomer_by(since),
    };
    Ok(stuck.into_iter().map(item).collect())
}

/// Files of members that wait to be approved.
pub async fn files(conn: &mut PgConnection) -> Result<Vec<Item>, Error> {
    let rows: Vec<(MemberImportId, String, Instant)> =
        sqlx::query_as("select member_import_id, file, at from member_import where approved_at is null").fetch_all(conn).await?;
    let item = |(import, file, at): (MemberImportId, String, Instant)| Item {
        what: What::MembersWaiting { import, file },
        who: None,
        since: at,
        due: import_by(at),
    };
    Ok(rows.into_iter().map(item).collect())
}
