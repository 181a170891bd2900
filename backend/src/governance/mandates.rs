//! Mandates are written down: who was elected or chosen, for which seat, until when; and that one ended before its time.

use chrono::NaiveDate;
use domain::governance::{Committee, GovernanceMistake, How, Mandate, MandateMistake};
use domain::id::{MandateId, MemberId};
use domain::time::paris_day;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::MANDATE;
use super::acting::{Governed, Governing};
use crate::Backend;
use crate::auth::KeepsMandates;
use crate::error::Error;
use crate::ids;

/// Somebody who is given a seat.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub member: MemberId,
    /// From 1.
    pub seat: u8,
    pub how: How,
    pub from: NaiveDate,
    /// The assembly's day; of somebody who was not elected, the last day of the mandate.
    pub other: NaiveDate,
    pub words: String,
}

/// An assembly elected somebody, or the committee chose them until the next one. The form's id is the mandate's.
pub async fn choose(backend: &Backend, asking: MemberId, form: Uuid, chosen: &Chosen) -> Result<Governed, Error> {
    let mut governing = keeping(backend, asking).await?;
    let what = if chosen.how == How::Elected { "elire" } else { "coopter" };
    if !governing.first(form, what, Some(form)).await? {
        return governing.end().await;
    }
    if let Err(mistakes) = give(&mut governing, MandateId(form), chosen).await? {
        return Ok(Err(mistakes));
    }
    governing.end().await
}

async fn give(governing: &mut Governing, id: MandateId, chosen: &Chosen) -> Result<Governed, Error> {
    let belongs: bool = sqlx::query_scalar(
        "select exists (select from member where member_id = $1 and joined_on <= $2 and (left_on is null or left_on > $2) for share)",
    )
    .bind(chosen.member)
    .bind(paris_day(governing.now))
    .fetch_one(&mut *governing.tx)
    .await?;
    if !belongs {
        return Ok(Err(vec![GovernanceMistake::Mandate(MandateMistake::NobodyChosen)]));
    }
    let committee = committee(&mut governing.tx).await?;
    let Chosen { member, seat, from, other, words, .. } = chosen;
    let made = match chosen.how {
        How::Elected => committee.elected(*member, *seat, *from, *other, words),
        How::Coopted => committee.coopted(*member, *seat, *from, *other, words),
    };
    let mandate = match made {
        Ok(mandate) => mandate,
        Err(mistakes) => return Ok(Err(mistakes.into_iter().map(GovernanceMistake::Mandate).collect())),
    };
    insert(governing, id, &mandate).await?;
    governing.after.touched.insert(mandate.member);
    Ok(Ok(()))
}

async fn insert(governing: &mut Governing, id: MandateId, mandate: &Mandate) -> Result<(), Error> {
    let how = match mandate.how {
        How::Elected => "elected",
        How::Coopted => "coopted",
    };
    sqlx::query(
        "insert into mandate (mandate_id, member_id, from_on, to_on, seat, how, chosen_on, words, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(mandate.member)
    .bind(mandate.from)
    .bind(mandate.to)
    .bind(mandate.seat.map(i16::from))
    .bind(how)
    .bind(mandate.chosen_on)
    .bind(&mandate.words)
    .bind(governing.by)
    .bind(governing.now)
    .execute(&mut *governing.tx)
    .await?;
    Ok(())
}

/// Why those whom an assembly elected do not have their seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotInstalled {
    /// So many are free on that day, and too few.
    SeatsMissing {
        free: usize,
    },
    Mistakes(Vec<GovernanceMistake>),
}

/// All whom an assembly elected, or nobody: whoever has no seat yet takes the first one that is free for all of the time, in this
/// order. `ends`: room is made for them. Done again, it changes nothing.
pub async fn install(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    chosen: &[Chosen],
    ends: bool,
) -> Result<Result<(), NotInstalled>, Error> {
    let mut governing = keeping(backend, asking).await?;
    if !governing.first(form, "installer", None).await? {
        return Ok(Ok(()));
    }
    let known = committee(&mut governing.tx).await?;
    let waiting: Vec<&Chosen> = chosen.iter().filter(|one| !is_seated(&known, one)).collect();
    let Some(from) = waiting.first().map(|one| one.from) else { return Ok(Ok(())) };
    if ends {
        make_room(&mut governing, chosen, waiting.len()).await?;
    }
    let known = committee(&mut governing.tx).await?;
    let mut free = known.free_seats(from).into_iter();
    let count = free.len();
    if count < waiting.len() {
        return Ok(Err(NotInstalled::SeatsMissing { free: count }));
    }
    for one in waiting {
        let seat = free.next().unwrap_or(0);
        let id = MandateId(ids::at(governing.now));
        if let Err(mistakes) = give(&mut governing, id, &Chosen { seat, ..one.clone() }).await? {
            return Ok(Err(NotInstalled::Mistakes(mistakes)));
        }
    }
    governing.after.finish(&mut governing.tx, None, governing.now).await?;
    governing.tx.commit().await?;
    Ok(Ok(()))
}

/// They have the mandate of this election already.
fn is_seated(committee: &Committee, chosen: &Chosen) -> bool {
    committee
        .mandates
        .iter()
        .any(|mandate| mandate.member == chosen.member && mandate.chosen_on == Some(chosen.other) && mandate.ended.is_none())
}

/// Their own mandates that are in force end, and where seats are still missing, those that would end next: all but what comes from
/// this election.
async fn make_room(governing: &mut Governing, chosen: &[Chosen], waiting: usize) -> Result<(), Error> {
    let Some((from, on)) = chosen.first().map(|one| (one.from, one.other)) else { return Ok(()) };
    let own: Vec<MemberId> = sqlx::query_scalar(
        "update mandate set ended_on = $1, ended_why = 'nouvelle élection par l’assemblée'
         where ended_on is null and $1 between from_on and to_on and chosen_on is distinct from $2 and member_id = any($3)
         returning member_id",
    )
    .bind(from)
    .bind(on)
    .bind(chosen.iter().map(|one| one.member.0).collect::<Vec<Uuid>>())
    .fetch_all(&mut *governing.tx)
    .await?;
    governing.after.touched.extend(own);
    let free = committee(&mut governing.tx).await?.free_seats(from).len();
    let others: Vec<MemberId> = sqlx::query_scalar(
        "update mandate set ended_on = $1, ended_why = 'nouvelle élection par l’assemblée'
         where mandate_id in (select mandate_id from mandate where ended_on is null and $1 between from_on and to_on
            and chosen_on is distinct from $2 and seat is not null order by to_on, seat limit $3)
         returning member_id",
    )
    .bind(from)
    .bind(on)
    .bind(i64::try_from(waiting.saturating_sub(free)).unwrap_or(0))
    .fetch_all(&mut *governing.tx)
    .await?;
    governing.after.touched.extend(others);
    Ok(())
}

/// It ends before its time: `on` is the first day without it.
pub async fn end_mandate(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: MandateId,
    on: NaiveDate,
    why: &str,
) -> Result<Governed, Error> {
    let mut governing = keeping(backend, asking).await?;
    if !governing.first(form, "finir", Some(id.0)).await? {
        return governing.end().await;
    }
    let sql = format!("select {MANDATE} from mandate d where d.mandate_id = $1 for update");
    let found: Option<Json<Mandate>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(&mut *governing.tx).await?;
    let Json(mut mandate) = found.ok_or(Error::NotFound)?;
    if let Err(mistake) = mandate.end(on, why, paris_day(governing.now)) {
        return Ok(Err(vec![GovernanceMistake::Mandate(mistake)]));
    }
    let ended = mandate.ended.as_ref();
    sqlx::query("update mandate set ended_on = $2, ended_why = $3 where mandate_id = $1")
        .bind(id)
        .bind(ended.map(|ended| ended.on))
        .bind(ended.map(|ended| ended.why.as_str()))
        .execute(&mut *governing.tx)
        .await?;
    // What came with it goes with it, at once, on every device.
    governing.after.touched.insert(mandate.member);
    governing.end().await
}

/// Whoever writes mandates down, one at a time.
async fn keeping(backend: &Backend, asking: MemberId) -> Result<Governing, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let by = KeepsMandates::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    sqlx::query("select pg_advisory_xact_lock(hashtext('mandates'))").execute(&mut *tx).await?;
    Ok(Governing::with(tx, by, now))
}

/// All that was ever written down.
pub(super) async fn committee(conn: &mut PgConnection) -> Result<Committee, Error> {
    let sql = format!("select {MANDATE} from mandate d order by d.from_on, d.mandate_id");
    let rows: Vec<Json<Mandate>> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(conn).await?;
    Ok(Committee { mandates: rows.into_iter().map(|Json(mandate)| mandate).collect() })
}
