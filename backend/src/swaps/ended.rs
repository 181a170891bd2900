//! Offers, proposals and loops that end, and proposals and loops that begin, many at a time.

use domain::id::{LoopId, OfferId, ProposalId};
use domain::swaps::{LoopState, OfferState, Proposal, ProposalState, SuggestedLoop};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::postgres::PgQueryResult;
use uuid::Uuid;

use crate::error::Error;

pub(super) async fn end_offers(conn: &mut PgConnection, ended: &[(OfferId, OfferState)]) -> Result<(), Error> {
    if ended.is_empty() {
        return Ok(());
    }
    let (ids, states, at, done_by) = ended_offer_columns(ended);
    let written = sqlx::query(
        "update offer o set state = e.state, ended_at = e.at, done_by = e.done_by
         from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[]) as e (offer_id, state, at, done_by)
         where o.offer_id = e.offer_id and o.state = 'open'",
    )
    .bind(ids)
    .bind(states)
    .bind(at)
    .bind(done_by)
    .execute(conn)
    .await?;
    all(&written, ended.len())
}

/// An id, a state, when, and who has the seat; one list per column.
type EndedOfferColumns = (Vec<Uuid>, Vec<&'static str>, Vec<Option<Instant>>, Vec<Option<Uuid>>);

pub(super) fn ended_offer_columns(ended: &[(OfferId, OfferState)]) -> EndedOfferColumns {
    let mut columns = EndedOfferColumns::default();
    for (id, state) in ended {
        let (state, at, done_by) = offer_columns(state);
        columns.0.push(id.0);
        columns.1.push(state);
        columns.2.push(at);
        columns.3.push(done_by);
    }
    columns
}

pub(super) async fn end_proposals(conn: &mut PgConnection, ended: &[(ProposalId, ProposalState)]) -> Result<(), Error> {
    if ended.is_empty() {
        return Ok(());
    }
    let columns: Vec<_> = ended.iter().map(|(_, state)| proposal_columns(state)).collect();
    let written = sqlx::query(
        "update proposal p set state = e.state, ended_at = e.at
         from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as e (proposal_id, state, at)
         where p.proposal_id = e.proposal_id and p.state = 'pending'",
    )
    .bind(ended.iter().map(|(id, _)| id.0).collect::<Vec<Uuid>>())
    .bind(columns.iter().map(|column| column.0).collect::<Vec<_>>())
    .bind(columns.iter().map(|column| column.1).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    all(&written, ended.len())
}

pub(super) async fn end_loops(conn: &mut PgConnection, ended: &[(LoopId, LoopState)]) -> Result<(), Error> {
    if ended.is_empty() {
        return Ok(());
    }
    let columns: Vec<_> = ended.iter().map(|(_, state)| loop_columns(state)).collect();
    let written = sqlx::query(
        "update suggested_loop l set state = e.state, ended_at = e.at
         from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as e (loop_id, state, at)
         where l.loop_id = e.loop_id and l.state = 'pending'",
    )
    .bind(ended.iter().map(|(id, _)| id.0).collect::<Vec<Uuid>>())
    .bind(columns.iter().map(|column| column.0).collect::<Vec<_>>())
    .bind(columns.iter().map(|column| column.1).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    all(&written, ended.len())
}

/// What another act ended in the meantime is a conflict.
fn all(written: &PgQueryResult, wanted: usize) -> Result<(), Error> {
    if usize::try_from(written.rows_affected()).ok() == Some(wanted) { Ok(()) } else { Err(Error::Conflict) }
}

pub(super) async fn open_proposals(conn: &mut PgConnection, opened: &[Proposal]) -> Result<(), Error> {
    for proposal in opened {
        sqlx::query(
            "insert into proposal (proposal_id, from_member, from_shift, from_position,
                to_member, to_shift, to_position, note, created_at, expires_at, state)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending')",
        )
        .bind(proposal.id)
        .bind(proposal.from)
        .bind(proposal.mine.shift)
        .bind(proposal.mine.position)
        .bind(proposal.to)
        .bind(proposal.theirs.shift)
        .bind(proposal.theirs.position)
        .bind(&proposal.note)
        .bind(proposal.created_at)
        .bind(proposal.expires_at)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

pub(super) async fn open_loops(conn: &mut PgConnection, opened: &[SuggestedLoop]) -> Result<(), Error> {
    if opened.is_empty() {
        return Ok(());
    }
    let legs: Vec<_> = opened
        .iter()
        .flat_map(|suggested| suggested.legs.iter().enumerate().map(move |(rank, leg)| (suggested.id, rank, leg)))
        .collect();
    sqlx::query(OPEN_LOOPS)
        .bind(opened.iter().map(|suggested| suggested.id.0).collect::<Vec<Uuid>>())
        .bind(opened.iter().map(|suggested| suggested.asks.0).collect::<Vec<Uuid>>())
        .bind(opened.iter().map(|suggested| suggested.created_at).collect::<Vec<Instant>>())
        .bind(opened.iter().map(|suggested| suggested.expires_at).collect::<Vec<Instant>>())
        .bind(legs.iter().map(|(id, ..)| id.0).collect::<Vec<Uuid>>())
        .bind(legs.iter().map(|(_, rank, _)| i16::try_from(*rank).unwrap_or(i16::MAX)).collect::<Vec<_>>())
        .bind(legs.iter().map(|(.., leg)| leg.offer.0).collect::<Vec<Uuid>>())
        .bind(legs.iter().map(|(.., leg)| leg.member.0).collect::<Vec<Uuid>>())
        .bind(legs.iter().map(|(.., leg)| leg.gives.shift.0).collect::<Vec<Uuid>>())
        .bind(legs.iter().map(|(.., leg)| leg.gives.position).collect::<Vec<_>>())
        .bind(legs.iter().map(|(.., leg)| leg.takes.shift.0).collect::<Vec<Uuid>>())
        .bind(legs.iter().map(|(.., leg)| leg.takes.position).collect::<Vec<_>>())
        .execute(conn)
        .await?;
    Ok(())
}

const OPEN_LOOPS: &str = "
with opened as (
    insert into suggested_loop (loop_id, asks, created_at, expires_at, state)
    select l.*, 'pending' from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as l
)
insert into loop_leg (loop_id, rank, offer_id, member_id, gives_shift, gives_position, takes_shift, takes_position)
select * from unnest($5::uuid[], $6::smallint[], $7::uuid[], $8::uuid[], $9::uuid[], $10::smallint[],
    $11::uuid[], $12::smallint[])";

fn offer_columns(state: &OfferState) -> (&'static str, Option<Instant>, Option<Uuid>) {
    match state {
        OfferState::Open => ("open", None, None),
        OfferState::Done { by, at } => ("done", Some(*at), Some(by.0)),
        OfferState::Withdrawn { at } => ("withdrawn", Some(*at), None),
        OfferState::Expired { at } => ("expired", Some(*at), None),
        OfferState::Superseded { at } => ("superseded", Some(*at), None),
    }
}

fn proposal_columns(state: &ProposalState) -> (&'static str, Option<Instant>) {
    match state {
        ProposalState::Pending => ("pending", None),
        ProposalState::Accepted { at } => ("accepted", Some(*at)),
        ProposalState::Refused { at } => ("refused", Some(*at)),
        ProposalState::Withdrawn { at } => ("withdrawn", Some(*at)),
        ProposalState::Expired { at } => ("expired", Some(*at)),
        ProposalState::Superseded { at } => ("superseded", Some(*at)),
    }
}

fn loop_columns(state: &LoopState) -> (&'static str, Option<Instant>) {
    match state {
        LoopState::Pending => ("pending", None),
        LoopState::Accepted { at } => ("accepted", Some(*at)),
        LoopState::Declined { at } => ("declined", Some(*at)),
        LoopState::Expired { at } => ("expired", Some(*at)),
        LoopState::Superseded { at } => ("superseded", Some(*at)),
    }
}
