//! Rows that an act creates or uses up: offers with their wishes, invitations, notices seen.

use domain::id::{InvitationId, MemberId, NoticeId, OfferId};
use domain::swaps::{Audience, Invitation, Offer, OfferKind, Wishes};
use domain::time::Instant;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::write::json;
use crate::error::Error;

pub(super) async fn open_offer(conn: &mut PgConnection, offer: &Offer) -> Result<(), Error> {
    let none = Wishes::default();
    let (kind, audience, named, wishes) = match &offer.kind {
        OfferKind::Give { audience: Audience::Anyone } => ("give", Some("anyone"), Vec::new(), &none),
        OfferKind::Give { audience: Audience::Invited } => ("give", Some("invited"), Vec::new(), &none),
        OfferKind::Give { audience: Audience::Named { members } } => {
            ("give", Some("named"), members.iter().map(|member| member.0).collect::<Vec<Uuid>>(), &none)
        }
        OfferKind::Exchange { wishes } => ("exchange", None, Vec::new(), wishes),
    };
    let (wished, wished_at, patterns, patterns_at) = wish_columns(wishes);
    sqlx::query(OPEN)
        .bind(offer.id)
        .bind(offer.seat.shift)
        .bind(offer.seat.position)
        .bind(offer.member)
        .bind(kind)
        .bind(audience)
        .bind(&offer.note)
        .bind(offer.created_at)
        .bind(named)
        .bind(wished)
        .bind(wished_at)
        .bind(patterns)
        .bind(patterns_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Replaces the wishes of an offer that is still open.
pub(super) async fn set_wishes(conn: &mut PgConnection, offer: OfferId, wishes: &Wishes) -> Result<(), Error> {
    sqlx::query(
        "with shifts as (delete from wish where offer_id = $1)
         delete from wish_pattern where offer_id = $1",
    )
    .bind(offer)
    .execute(&mut *conn)
    .await?;
    let (wished, wished_at, patterns, patterns_at) = wish_columns(wishes);
    sqlx::query(
        "with shifts as (
            insert into wish (offer_id, shift_id, ticked_at)
            select $1, w.* from unnest($2::uuid[], $3::timestamptz[]) as w)
         insert into wish_pattern (offer_id, rank, pattern, ticked_at)
         select $1, p.rank, p.pattern, p.ticked_at
         from unnest($4::jsonb[], $5::timestamptz[]) with ordinality as p (pattern, ticked_at, rank)",
    )
    .bind(offer)
    .bind(wished)
    .bind(wished_at)
    .bind(patterns)
    .bind(patterns_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn invitation(conn: &mut PgConnection, invitation: &Invitation) -> Result<(), Error> {
    sqlx::query("insert into invitation (invitation_id, offer_id, secret_hash, expires_at) values ($1, $2, $3, $4)")
        .bind(invitation.id)
        .bind(invitation.offer)
        .bind(&invitation.secret_hash)
        .bind(invitation.expires_at)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn use_invitation(conn: &mut PgConnection, id: InvitationId, by: MemberId) -> Result<(), Error> {
    let used = sqlx::query("update invitation set used_by = $2 where invitation_id = $1 and used_by is null")
        .bind(id)
        .bind(by)
        .execute(conn)
        .await?;
    if used.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// « Vu »; gives whose notice it was.
pub(super) async fn see_notice(conn: &mut PgConnection, id: NoticeId, at: Instant) -> Result<MemberId, Error> {
    sqlx::query_scalar("update notice set seen_at = $2 where notice_id = $1 and seen_at is null returning member_id")
        .bind(id)
        .bind(at)
        .fetch_optional(conn)
        .await?
        .ok_or(Error::Conflict)
}

fn wish_columns(wishes: &Wishes) -> (Vec<Uuid>, Vec<Instant>, Vec<Value>, Vec<Instant>) {
    (
        wishes.shifts.iter().map(|wish| wish.shift.0).collect(),
        wishes.shifts.iter().map(|wish| wish.ticked_at).collect(),
        wishes.patterns.iter().map(|wish| json(&wish.pattern)).collect(),
        wishes.patterns.iter().map(|wish| wish.ticked_at).collect(),
    )
}

const OPEN: &str = "
with opened as (
    insert into offer (offer_id, shift_id, position, member_id, kind, audience, note, created_at, state)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 'open')
), named as (
    insert into offer_named (offer_id, member_id) select $1, unnest($9::uuid[])
), wished as (
    insert into wish (offer_id, shift_id, ticked_at) select $1, w.* from unnest($10::uuid[], $11::timestamptz[]) as w
)
insert into wish_pattern (offer_id, rank, pattern, ticked_at)
select $1, p.rank, p.pattern, p.ticked_at
from unnest($12::jsonb[], $13::timestamptz[]) with ordinality as p (pattern, ticked_at, rank)";
