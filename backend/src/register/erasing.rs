//! Nothing is to name somebody any more: answered by the office. Sums and counts stay, under no name.

use domain::catalogue::Cents;
use domain::id::{ErasureId, MemberId};
use domain::register::{Deed, Erasure, ErasureInHand, Mistake, Since, typed_why};
use domain::time::{Instant, paris_day};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::card::ERASURE;
use super::departing::{self, Leaving};
use super::row::{self, SINCE};
use super::together::{Keeping, Kept, office, until_won};
use crate::Backend;
use crate::brief::mail::forget_address;
use crate::error::Error;
use crate::share::shares;
use crate::{
    agenda, assembly, auth, catalogue, desk, dossiers, event, governance, groups, ledger, notify, objectives, public_page, swaps,
};

#[derive(Deserialize)]
struct Row {
    erasure: Erasure,
    number: i32,
    first_name: String,
    last_name: String,
    since: Since,
    paid: Cents,
}

/// What was asked, what waits longest first.
pub async fn erasures(backend: &Backend, asking: MemberId) -> Result<Vec<ErasureInHand>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let rows: Vec<Json<Row>> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select jsonb_build_object('erasure', {ERASURE}, 'number', m.number, 'first_name', m.first_name,
            'last_name', m.last_name, 'since', {SINCE},
            'paid', (select coalesce(sum(p.cents), 0)::bigint from share h join share_payment p using (share_id)
                where h.member_id = m.member_id and h.refunded_on is null and p.cancelled_at is null))
         from erasure_request e join member m using (member_id)
         order by e.state <> 'pending', case when e.state = 'pending' then e.asked_at end, e.ended_at desc limit 100"
    )))
    .fetch_all(&mut *tx)
    .await?;
    let shown = |Json(row): Json<Row>| ErasureInHand {
        own: row.erasure.member == asking,
        status: row.since.status(paris_day(now)),
        erasure: row.erasure,
        number: row.number,
        first_name: row.first_name,
        last_name: row.last_name,
        paid: row.paid,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Whose request it is, where it waits for an answer.
async fn pending(conn: &mut PgConnection, id: ErasureId) -> Result<Result<MemberId, Mistake>, Error> {
    let found: Option<(MemberId, String)> =
        sqlx::query_as("select member_id, state from erasure_request where erasure_request_id = $1 for update")
            .bind(id)
            .fetch_optional(conn)
            .await?;
    Ok(match found {
        None => Err(Mistake::UnknownRequest),
        Some((member, state)) if state == "pending" => Ok(member),
        Some(_) => Err(Mistake::RequestClosed),
    })
}

/// Why not, which they read.
pub async fn refuse_erasure(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: ErasureId,
    word: &str,
) -> Result<Kept<()>, Error> {
    let word = match typed_why(word) {
        Ok(word) if word.is_empty() => return Ok(Err(vec![Mistake::TextMissing])),
        Ok(word) => word,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(())) };
    let member = match pending(&mut keeping.tx, id).await? {
        Ok(member) if member == asking => return Ok(Err(vec![Mistake::NotYourself])),
        Ok(member) => member,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    end(&mut keeping, id, "refused", &word).await?;
    keeping.deed(member, &Deed::ErasureRefused).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

async fn end(keeping: &mut Keeping, id: ErasureId, state: &str, answer: &str) -> Result<(), Error> {
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query(
        "update erasure_request set state = $2, answer = $3, by_member = $4, ended_at = $5 where erasure_request_id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(answer)
    .bind(by)
    .bind(now)
    .execute(&mut *keeping.tx)
    .await?;
    Ok(())
}

/// It cannot be taken back. What was paid in is given back before; whoever is still a member leaves today.
pub async fn erase(backend: &Backend, asking: MemberId, form: Uuid, id: ErasureId) -> Result<Kept<()>, Error> {
    until_won(|| Box::pin(erased(backend, asking, form, id))).await
}

async fn erased(backend: &Backend, asking: MemberId, form: Uuid, id: ErasureId) -> Result<Kept<()>, Error> {
    let asked: Option<MemberId> = sqlx::query_scalar("select member_id from erasure_request where erasure_request_id = $1")
        .bind(id)
        .fetch_optional(&backend.pool)
        .await?;
    let Some(member) = asked else { return Ok(Err(vec![Mistake::UnknownRequest])) };
    let now = backend.now();
    let leaving = Leaving { member, from: paris_day(now), now };
    let shifts = leaving.shifts(&mut *backend.pool.acquire().await?).await?;
    let Some(mut keeping) = Keeping::over(backend, asking, Some(form), [member], &shifts).await? else { return Ok(Ok(())) };
    if member == asking {
        return Ok(Err(vec![Mistake::NotYourself]));
    }
    if let Err(mistake) = pending(&mut keeping.tx, id).await? {
        return Ok(Err(vec![mistake]));
    }
    let owed = shares(&mut keeping.tx, member).await?.into_iter().find(|share| !share.is_over());
    if let Some(paid) = owed.map(|share| share.paid()).filter(|paid| paid.0 > 0) {
        return Ok(Err(vec![Mistake::RefundFirst { paid }]));
    }
    let Some(known) = row::find(&mut keeping.tx, member).await? else { return Ok(Err(vec![Mistake::UnknownMember])) };
    if known.status(now).is_there() {
        let by = keeping.by;
        sqlx::query("update member set left_on = $2 where member_id = $1")
            .bind(member)
            .bind(leaving.from)
            .execute(&mut *keeping.tx)
            .await?;
        let freed = leaving.frees(&mut keeping.tx, &shifts, Some(by)).await?;
        keeping.after.add(freed);
        let (after, _) = departing::ends(&mut keeping.tx, leaving, Some(by)).await?;
        keeping.after.add(after);
    }
    forget(&mut keeping, member, &known.written.email).await?;
    end(&mut keeping, id, "done", "").await?;
    keeping.deed(member, &Deed::Erased).await?;
    keeping.shows();
    keeping.after.events = true;
    keeping.end().await?;
    Ok(Ok(()))
}

/// Their name, what they wrote and how they were reached go, of the cards that were put together with theirs too.
async fn forget(keeping: &mut Keeping, member: MemberId, email: &str) -> Result<(), Error> {
    let now = keeping.now;
    let conn = &mut *keeping.tx;
    let shared: bool = sqlx::query_scalar("select exists (select from member where email = $1 and member_id <> $2)")
        .bind(email)
        .bind(member)
        .fetch_one(&mut *conn)
        .await?;
    let alone = (!shared && !email.is_empty()).then_some(email);
    let cards: Vec<MemberId> =
        sqlx::query_scalar("select member_id from member where member_id = $1 or merged_into = $1 order by member_id")
            .bind(member)
            .fetch_all(&mut *conn)
            .await?;
    for card in cards {
        forget_card(&mut *conn, card, alone, now).await?;
    }
    if let Some(email) = alone {
        forget_address(&mut *conn, email).await?;
        sqlx::query("delete from shared_address where email = $1").bind(email).execute(conn).await?;
    }
    Ok(())
}

/// Who held which seat, and what was counted, stays under no name.
async fn forget_card(conn: &mut PgConnection, member: MemberId, alone: Option<&str>, now: Instant) -> Result<(), Error> {
    auth::forget_person(&mut *conn, member, now).await?;
    notify::forget_person(&mut *conn, member, alone).await?;
    swaps::forget_person(&mut *conn, member).await?;
    ledger::forget_person(&mut *conn, member).await?;
    event::forget_person(&mut *conn, member).await?;
    catalogue::forget_person(&mut *conn, member).await?;
    groups::forget_person(&mut *conn, member).await?;
    governance::forget_person(&mut *conn, member).await?;
    assembly::forget_person(&mut *conn, member).await?;
    dossiers::forget_person(&mut *conn, member).await?;
    desk::forget_person(&mut *conn, member).await?;
    objectives::forget_person(&mut *conn, member).await?;
    public_page::forget_person(&mut *conn, member).await?;
    agenda::forget_person(&mut *conn, member).await?;
    sqlx::query(
        "update member set first_name = 'Membre', last_name = 'effacé', email = '', phone = null, address = '', photo = null,
            show_phone = false, show_email = false, erased_at = $2, revision = revision + 1
         where member_id = $1",
    )
    .bind(member)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    for forgotten in [
        "delete from member_skill where member_id = $1",
        "delete from member_picture where by_member = $1",
        "delete from welcome_mail where member_id = $1",
        "delete from arrival where member_id = $1",
        // One that was to come is over, too.
        "update departure set why = '', export_hash = null, export_until = null,
            done_at = coalesce(done_at, (select erased_at from member where member_id = $1)) where member_id = $1",
        // What a file said of them, which an undo would need.
        "update member_import set plan = jsonb_set(plan, '{writes}', (select coalesce(jsonb_agg(w order by at), '[]')
                from jsonb_array_elements(plan->'writes') with ordinality as each (w, at)
                where coalesce(w->'create'->>'id', w->'change'->>'id', w->'remove'->>'id') is distinct from $1::text))
            where plan::text like '%' || $1::text || '%'",
        "update erasure_request set word = '', answer = '' where member_id = $1",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
