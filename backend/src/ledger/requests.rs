//! Leaves and exemptions that are asked for and answered, and duties that the office sets: what an act about
//! them leaves in the tables, on the ledger, and to be told.

use domain::board::Board;
use domain::effect::Effect;
use domain::id::MemberId;
use domain::ledger::{DutyPeriod, Share};
use domain::notice::Notice;
use domain::requests::{LeaveRequest, RequestState};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::due::catch_up;
use crate::auth::Office;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::write::word;

/// What is granted counts at once: also for cycles that are due already.
pub async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        match effect {
            Effect::RequestMade(request) => {
                ask(conn, request, sender).await?;
                after.touched.insert(request.member);
                let notice = Notice::RequestReceived { request: request.id, from: request.member };
                let office = Office::everybody(conn, paris_day(now)).await?;
                let others = office.into_iter().filter(|member| *member != request.member);
                after.told.extend(others.map(|member| (member, notice.clone())));
            }
            Effect::RequestEnded { request, state } => {
                let Some(known) = board.requests.get(request) else { return Err(Error::Conflict) };
                answer(conn, known, state, sender).await?;
                after.touched.insert(known.member);
                if let RequestState::Granted { by, .. } = state {
                    grant(conn, known, *by, now).await?;
                    after.touched.extend(catch_up(conn, known.member, now).await?);
                }
            }
            Effect::DutySet { member, period, why } => {
                set_duty(conn, *member, period, why, sender, now).await?;
                after.touched.insert(*member);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What somebody who leaves still asked of the office is asked no more.
pub(crate) async fn withdraw_all(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<(), Error> {
    sqlx::query(
        "insert into leave_request_answer (request_id, state, by_member, at)
         select r.request_id, 'withdrawn', r.member_id, $2 from leave_request r
         where r.member_id = $1 and not exists (select from leave_request_answer a where a.request_id = r.request_id)",
    )
    .bind(member)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Two cards that are one: leaves that were granted under the one that goes are the other's.
pub(crate) async fn leaves_move(conn: &mut PgConnection, goes: MemberId, stays: MemberId) -> Result<(), Error> {
    sqlx::query("update leave set member_id = $2 where member_id = $1").bind(goes).bind(stays).execute(conn).await?;
    Ok(())
}

/// Their reasons are told no more; days and sums stay.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in [
        "update leave_request set why = '' where member_id = $1",
        "update leave_request_answer a set word = '' from leave_request r where r.request_id = a.request_id and r.member_id = $1",
        "update leave set why = '' where member_id = $1",
        "update ledger_entry set why = '' where member_id = $1 and kind in ('make_up', 'advance', 'correction', 'grace')",
        "update duty set why = '' where member_id = $1",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}

async fn ask(conn: &mut PgConnection, request: &LeaveRequest, sender: Option<MemberId>) -> Result<(), Error> {
    sqlx::query(
        "insert into leave_request (request_id, member_id, what, from_on, to_on, why, asked_at, asked_by)
         values ($1, $2, $3, $4, $5, $6, $7, nullif($8, $2))",
    )
    .bind(request.id)
    .bind(request.member)
    .bind(word(&request.what))
    .bind(request.days.from)
    .bind(request.days.to)
    .bind(&request.why)
    .bind(request.asked_at)
    .bind(sender)
    .execute(conn)
    .await?;
    Ok(())
}

async fn answer(
    conn: &mut PgConnection,
    request: &LeaveRequest,
    state: &RequestState,
    sender: Option<MemberId>,
) -> Result<(), Error> {
    let (name, word, by, at) = match state {
        RequestState::Pending => return Ok(()),
        RequestState::Granted { at, by, word } => ("granted", word.as_str(), *by, *at),
        RequestState::Refused { at, by, word } => ("refused", word.as_str(), *by, *at),
        RequestState::Withdrawn { at } => ("withdrawn", "", sender.unwrap_or(request.member), *at),
    };
    sqlx::query("insert into leave_request_answer (request_id, state, word, by_member, at) values ($1, $2, $3, $4, $5)")
        .bind(request.id)
        .bind(name)
        .bind(word)
        .bind(by)
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}

/// The reason stays with the request.
async fn grant(conn: &mut PgConnection, request: &LeaveRequest, by: MemberId, now: Instant) -> Result<(), Error> {
    let (from, to) = (request.days.from, request.days.to);
    match request.what.leave() {
        Some(kind) => {
            sqlx::query("insert into leave (leave_id, member_id, from_on, to_on, kind) values ($1, $2, $3, $4, $5)")
                .bind(request.id.0)
                .bind(request.member)
                .bind(from)
                .bind(to)
                .bind(word(&kind))
                .execute(conn)
                .await?;
            Ok(())
        }
        None => {
            let period = DutyPeriod { from, to: Some(to), share: Share::Exempt };
            set_duty(conn, request.member, &period, "", Some(by), now).await
        }
    }
}

async fn set_duty(
    conn: &mut PgConnection,
    member: MemberId,
    period: &DutyPeriod,
    why: &str,
    by: Option<MemberId>,
    now: Instant,
) -> Result<(), Error> {
    let (share, with) = match period.share {
        Share::Whole => ("whole", None),
        Share::Half => ("half", None),
        Share::Exempt => ("exempt", None),
        Share::With(other) => ("with", Some(other)),
    };
    sqlx::query(
        "insert into duty (member_id, from_on, to_on, share, with_member, why, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(member)
    .bind(period.from)
    .bind(period.to)
    .bind(share)
    .bind(with)
    .bind(why)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}
