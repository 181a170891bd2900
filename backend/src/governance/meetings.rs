//! The coordination's meetings: they are set, moved and called off, their agenda is put in order, presences and minutes are kept.

use std::collections::BTreeSet;

use domain::governance::{GovernanceMistake, MINUTES_CAP, Meeting, WrittenMeeting, WrittenPoint};
use domain::id::{MeetingId, MemberId};
use domain::notice::Notice;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::acting::{Governed, Governing};
use super::{MEETING, lock};
use crate::Backend;
use crate::auth::OnCommittee;
use crate::brief::html;
use crate::error::Error;

/// The form's id is the meeting's. What waited to be spoken of comes on its agenda.
pub async fn plan_meeting(backend: &Backend, asking: MemberId, form: Uuid, written: &WrittenMeeting) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "reunion", Some(form)).await? {
        return governing.end().await;
    }
    lock(&mut governing.tx).await?;
    if written.starts_at <= governing.now {
        return Ok(Err(vec![GovernanceMistake::InThePast]));
    }
    sqlx::query(
        "insert into coordination_meeting (meeting_id, starts_at, ends_at, place, by_member, at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(form)
    .bind(written.starts_at)
    .bind(written.ends_at)
    .bind(&written.place)
    .bind(governing.by)
    .bind(governing.now)
    .execute(&mut *governing.tx)
    .await?;
    sqlx::query("update agenda_point set meeting_id = $1 where meeting_id is null and withdrawn_at is null")
        .bind(form)
        .execute(&mut *governing.tx)
        .await?;
    tell_set(&mut governing, MeetingId(form), written).await?;
    governing.end().await
}

/// Another time or another place; its agenda goes with it.
pub async fn move_meeting(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: MeetingId,
    written: &WrittenMeeting,
) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "deplacer", Some(id.0)).await? {
        return governing.end().await;
    }
    let known = in_hand(&mut governing.tx, id).await?;
    if known.cancelled.is_some() {
        return Ok(Err(vec![GovernanceMistake::Cancelled]));
    }
    if !known.is_to_come(governing.now) || written.starts_at <= governing.now {
        return Ok(Err(vec![GovernanceMistake::InThePast]));
    }
    sqlx::query("update coordination_meeting set starts_at = $2, ends_at = $3, place = $4 where meeting_id = $1")
        .bind(id)
        .bind(written.starts_at)
        .bind(written.ends_at)
        .bind(&written.place)
        .execute(&mut *governing.tx)
        .await?;
    // Another end is nobody's news.
    if known.starts_at != written.starts_at || known.place != written.place {
        tell_set(&mut governing, id, written).await?;
    }
    governing.end().await
}

/// It does not take place; what it was to speak of waits for the next one.
pub async fn call_off(backend: &Backend, asking: MemberId, form: Uuid, id: MeetingId, typed: &str) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "annuler", Some(id.0)).await? {
        return governing.end().await;
    }
    let known = in_hand(&mut governing.tx, id).await?;
    if known.cancelled.is_some() {
        return Ok(Err(vec![GovernanceMistake::Cancelled]));
    }
    if !known.is_to_come(governing.now) {
        return Ok(Err(vec![GovernanceMistake::InThePast]));
    }
    let word = match Meeting::cancelling(typed) {
        Ok(word) => word,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    sqlx::query("update coordination_meeting set cancelled = $2 where meeting_id = $1")
        .bind(id)
        .bind(&word)
        .execute(&mut *governing.tx)
        .await?;
    let next = next_after(&mut governing.tx, governing.now).await?;
    sqlx::query("update agenda_point set meeting_id = $2, rank = 0 where meeting_id = $1 and withdrawn_at is null")
        .bind(id)
        .bind(next)
        .execute(&mut *governing.tx)
        .await?;
    tell(&mut governing, &Notice::MeetingCancelled { meeting: id, starts_at: known.starts_at, word }).await?;
    governing.end().await
}

/// Its points in this order, each for so long; what is put off goes to the meeting after, or waits for one.
pub async fn arrange(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: MeetingId,
    points: &[WrittenPoint],
) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "ordre", Some(id.0)).await? {
        return governing.end().await;
    }
    let known = in_hand(&mut governing.tx, id).await?;
    if known.cancelled.is_some() {
        return Ok(Err(vec![GovernanceMistake::Cancelled]));
    }
    let after = next_after(&mut governing.tx, known.starts_at.max(governing.now)).await?;
    for (at, point) in points.iter().enumerate() {
        // A point that was withdrawn or put off in the meantime is not of this meeting any more: it stays where it is.
        sqlx::query(
            "update agenda_point set length = $3, meeting_id = case when $4 then $5 else meeting_id end,
                rank = case when $4 then 0 else $6 end
             where point_id = $1 and meeting_id = $2 and withdrawn_at is null",
        )
        .bind(point.id)
        .bind(id)
        .bind(point.length.and_then(|length| i16::try_from(length).ok()))
        .bind(point.later)
        .bind(after)
        .bind(i16::try_from(at + 1).unwrap_or(i16::MAX))
        .execute(&mut *governing.tx)
        .await?;
    }
    governing.end().await
}

/// Who was there, and who said that they would not be. Before it begins, somebody may be excused already.
pub async fn mark_presences(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: MeetingId,
    (present, excused): (&BTreeSet<MemberId>, &BTreeSet<MemberId>),
) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "presences", Some(id.0)).await? {
        return governing.end().await;
    }
    let known = in_hand(&mut governing.tx, id).await?;
    if known.cancelled.is_some() {
        return Ok(Err(vec![GovernanceMistake::Cancelled]));
    }
    if governing.now < known.starts_at && !present.is_empty() {
        return Ok(Err(vec![GovernanceMistake::NotBegun]));
    }
    sqlx::query("delete from meeting_presence where meeting_id = $1").bind(id).execute(&mut *governing.tx).await?;
    for (presence, members) in [("present", present.clone()), ("excused", excused - present)] {
        sqlx::query(
            "insert into meeting_presence (meeting_id, member_id, presence)
             select $1, member_id, $2 from member where member_id = any($3)",
        )
        .bind(id)
        .bind(presence)
        .bind(members.iter().map(|member| member.0).collect::<Vec<Uuid>>())
        .execute(&mut *governing.tx)
        .await?;
    }
    governing.end().await
}

/// What was said. `base`: the revision from which it was written.
pub async fn write_minutes(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    (id, base): (MeetingId, i32),
    text: &str,
) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "compte-rendu", Some(id.0)).await? {
        return governing.end().await;
    }
    let known = in_hand(&mut governing.tx, id).await?;
    if known.cancelled.is_some() {
        return Ok(Err(vec![GovernanceMistake::Cancelled]));
    }
    if governing.now < known.starts_at {
        return Ok(Err(vec![GovernanceMistake::NotBegun]));
    }
    let long = text.chars().count();
    if long > MINUTES_CAP {
        return Ok(Err(vec![GovernanceMistake::MinutesTooLong { cap: MINUTES_CAP, long }]));
    }
    let revision: i32 = sqlx::query_scalar("select revision from coordination_meeting where meeting_id = $1")
        .bind(id)
        .fetch_one(&mut *governing.tx)
        .await?;
    if revision != base {
        return Ok(Err(vec![GovernanceMistake::Stale { revision }]));
    }
    sqlx::query("update coordination_meeting set minutes = $2, minutes_html = $3, revision = revision + 1 where meeting_id = $1")
        .bind(id)
        .bind(text)
        .bind(html(text))
        .execute(&mut *governing.tx)
        .await?;
    governing.end().await
}

/// The meeting, which nobody else changes from here on.
async fn in_hand(conn: &mut PgConnection, id: MeetingId) -> Result<Meeting, Error> {
    lock(conn).await?;
    let sql = format!("select {MEETING} from coordination_meeting c where c.meeting_id = $1 for update of c");
    let found: Option<Json<Meeting>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await?;
    found.map(|Json(meeting)| meeting).ok_or(Error::NotFound)
}

/// The first meeting after an instant that takes place.
async fn next_after(conn: &mut PgConnection, at: Instant) -> Result<Option<MeetingId>, Error> {
    Ok(sqlx::query_scalar(
        "select meeting_id from coordination_meeting where starts_at > $1 and cancelled is null
         order by starts_at, meeting_id limit 1",
    )
    .bind(at)
    .fetch_optional(conn)
    .await?)
}

async fn tell_set(governing: &mut Governing, meeting: MeetingId, written: &WrittenMeeting) -> Result<(), Error> {
    let notice = Notice::MeetingSet { meeting, starts_at: written.starts_at, place: written.place.clone() };
    tell(governing, &notice).await
}

/// Tells whoever is expected there, but for whom it comes from.
async fn tell(governing: &mut Governing, notice: &Notice) -> Result<(), Error> {
    let today = paris_day(governing.now);
    let mut told: BTreeSet<MemberId> = OnCommittee::everybody(&mut governing.tx, today).await?.into_iter().collect();
    told.extend(referents(&mut governing.tx, governing.now).await?);
    told.remove(&governing.by);
    governing.after.told.extend(told.into_iter().map(|member| (member, notice.clone())));
    Ok(())
}

/// Everybody who answers for a group.
pub(super) async fn referents(conn: &mut PgConnection, now: Instant) -> Result<Vec<MemberId>, Error> {
    Ok(sqlx::query_scalar(
        "select distinct member_id from group_member join member using (member_id)
         where referent and joined_on <= $1 and (left_on is null or left_on > $1) order by member_id",
    )
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?)
}
