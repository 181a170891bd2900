//! Members are asked between two assemblies: whether they agree, or how much they resist each way.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::governance::{
    Answered, Asked, Consultation, ConsultationInHand, ConsultationMistake, Consultations, GovernanceMistake, Put, Stance, Way,
    WrittenConsultation, tally,
};
use domain::id::{ConsultationId, MemberId, OptionId};
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::CONSULTATION;
use super::acting::{Governed, Governing};
use crate::Backend;
use crate::auth::OnCommittee;
use crate::brief::html;
use crate::error::Error;
use crate::ids;
use crate::swaps::aftermath::Aftermath;

/// The form's id is the consultation's.
pub async fn open_consultation(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    written: &WrittenConsultation,
) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "consulter", Some(form)).await? {
        return governing.end().await;
    }
    let asked = if written.ways.is_empty() {
        Asked::Consensus
    } else {
        let way = |label: &String| Way { id: OptionId(ids::at(governing.now)), label: label.clone() };
        Asked::Resistance { ways: written.ways.iter().map(way).collect() }
    };
    sqlx::query(
        "insert into consultation (consultation_id, title, text, html, asked, opened_at, closes_at, by_member)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(form)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(Json(&asked))
    .bind(governing.now)
    .bind(written.closes_at)
    .bind(governing.by)
    .execute(&mut *governing.tx)
    .await?;
    governing.end().await
}

/// It is over before its time.
pub async fn close_consultation(backend: &Backend, asking: MemberId, form: Uuid, id: ConsultationId) -> Result<Governed, Error> {
    let mut governing = Governing::of(backend, asking).await?;
    if !governing.first(form, "clore", Some(id.0)).await? {
        return governing.end().await;
    }
    let known = found(&mut governing.tx, id, " for update of q").await?;
    if !known.is_open(governing.now) {
        return Ok(Err(closed(&known)));
    }
    // One that is closed at the instant at which it opens has been open for a moment all the same.
    sqlx::query("update consultation set closes_at = $2 where consultation_id = $1")
        .bind(id)
        .bind(governing.now.max(known.opened_at + Duration::milliseconds(1)))
        .execute(&mut *governing.tx)
        .await?;
    governing.end().await
}

/// A member's answer; the last one counts.
pub async fn put(backend: &Backend, asking: MemberId, id: ConsultationId, answer: &Put) -> Result<Governed, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    must_belong(&mut tx, asking, now).await?;
    // Nobody closes it while an answer is put.
    let known = found(&mut tx, id, " for share of q").await?;
    if !known.is_open(now) {
        return Ok(Err(closed(&known)));
    }
    sqlx::query(
        "insert into consultation_answer (consultation_id, member_id, put, at) values ($1, $2, $3, $4)
         on conflict (consultation_id, member_id) do update set put = $3, at = $4",
    )
    .bind(id)
    .bind(asking)
    .bind(Json(answer))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    Aftermath::of_groups().finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// One of them, with what `asking` answered; reserves and objections are there to be spoken of, while it is open too.
pub async fn consultation(backend: &Backend, asking: MemberId, id: ConsultationId) -> Result<ConsultationInHand, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    must_belong(&mut tx, asking, now).await?;
    let closes = OnCommittee::find(&mut tx, asking, now).await?.is_some();
    let known = found(&mut tx, id, "").await?;
    let mine: Option<Json<Put>> =
        sqlx::query_scalar("select put from consultation_answer where consultation_id = $1 and member_id = $2")
            .bind(id)
            .bind(asking)
            .fetch_optional(&mut *tx)
            .await?;
    let said: Vec<(Json<Put>, Instant, String, String)> = sqlx::query_as(
        "select a.put, a.at, m.first_name, m.last_name from consultation_answer a join member m using (member_id)
         where a.consultation_id = $1 and a.put->'stance'->>'stance' in ('reserve', 'object')
         order by a.put->'stance'->>'stance', a.at, a.member_id",
    )
    .bind(id)
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    let known = counted(backend, vec![known], now).await?.pop().ok_or(Error::NotFound)?;
    Ok(ConsultationInHand {
        now,
        me: asking,
        closes: closes && known.is_open(now),
        consultation: known,
        mine: mine.map(|Json(put)| put),
        said: said.into_iter().filter_map(|(Json(put), at, first, last)| answered(put, at, &first, &last)).collect(),
    })
}

fn answered(put: Put, at: Instant, first: &str, last: &str) -> Option<Answered> {
    let Put::Stance { stance: stance @ (Stance::Reserve | Stance::Object), word } = put else { return None };
    Some(Answered { by: ShortName::new(first, last), stance, word, on: paris_day(at) })
}

/// All of them, the newest first, and which of them `asking` has answered.
pub async fn consultations(backend: &Backend, asking: MemberId) -> Result<Consultations, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    must_belong(&mut tx, asking, now).await?;
    let opens = OnCommittee::find(&mut tx, asking, now).await?.is_some();
    let sql = format!("select {CONSULTATION} from consultation q order by q.opened_at desc, q.consultation_id");
    let all: Vec<Json<Consultation>> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut *tx).await?;
    let answered: Vec<ConsultationId> =
        sqlx::query_scalar("select consultation_id from consultation_answer where member_id = $1")
            .bind(asking)
            .fetch_all(&mut *tx)
            .await?;
    tx.commit().await?;
    let all = counted(backend, all.into_iter().map(|Json(known)| known).collect(), now).await?;
    Ok(Consultations { now, opens, all, answered })
}

/// With what the answers come to, of those that are over.
async fn counted(backend: &Backend, all: Vec<Consultation>, now: Instant) -> Result<Vec<Consultation>, Error> {
    let over: Vec<Uuid> = all.iter().filter(|known| !known.is_open(now)).map(|known| known.id.0).collect();
    if over.is_empty() {
        return Ok(all);
    }
    let answers: Vec<(ConsultationId, Json<Put>)> =
        sqlx::query_as("select consultation_id, put from consultation_answer where consultation_id = any($1)")
            .bind(over)
            .fetch_all(&backend.pool)
            .await?;
    Ok(tallied(all, answers.into_iter().map(|(id, Json(put))| (id, put)), now))
}

/// The same from the answers themselves. Nobody sees what those to an open one come to, whatever is among them.
pub(crate) fn tallied(
    mut all: Vec<Consultation>,
    answers: impl IntoIterator<Item = (ConsultationId, Put)>,
    now: Instant,
) -> Vec<Consultation> {
    let mut of: BTreeMap<ConsultationId, Vec<Put>> = BTreeMap::new();
    for (id, put) in answers {
        of.entry(id).or_default().push(put);
    }
    for known in all.iter_mut().filter(|known| !known.is_open(now)) {
        known.tally = Some(tally(&known.asked, of.get(&known.id).into_iter().flatten()));
    }
    all
}

async fn found(conn: &mut PgConnection, id: ConsultationId, locking: &str) -> Result<Consultation, Error> {
    let sql = format!("select {CONSULTATION} from consultation q where q.consultation_id = $1{locking}");
    let found: Option<Json<Consultation>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await?;
    found.map(|Json(known)| known).ok_or(Error::NotFound)
}

/// Whoever has left the co-op answers nothing any more.
async fn must_belong(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<(), Error> {
    let belongs: bool = sqlx::query_scalar(
        "select exists (select from member
            where member_id = $1 and joined_on <= $2 and (left_on is null or left_on > $2) for share)",
    )
    .bind(member)
    .bind(paris_day(now))
    .fetch_one(conn)
    .await?;
    if belongs { Ok(()) } else { Err(Error::NotAllowed) }
}

fn closed(known: &Consultation) -> Vec<GovernanceMistake> {
    vec![GovernanceMistake::Consultation(ConsultationMistake::Closed { since: known.closes_at })]
}
