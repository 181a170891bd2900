//! A share is subscribed, paid, and given back: by the office, for somebody else.

use domain::id::{MemberId, PaymentId, ShareId};
use domain::register::{Deed, Mistake};
use domain::share::{
    Refund, Share, WrittenPayment, WrittenShare, pay as may_pay, refund as may_refund, subscribe as may_subscribe,
};
use uuid::Uuid;

use super::row::shares;
use crate::error::Error;
use crate::register::together::{Keeping, Kept};
use crate::{Backend, Guards};

/// Exactly one for a member: the rule says so, and whatever becomes of the rule, the database does. The form's id is the
/// share's.
pub async fn subscribe(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    written: WrittenShare,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if let Err(mistake) = may_keep(&mut keeping, member).await? {
        return Ok(Err(vec![mistake]));
    }
    let held = shares(&mut keeping.tx, member).await?;
    if backend.guards != Guards::WithoutOneShare
        && let Err(mistake) = may_subscribe(&held)
    {
        return Ok(Err(vec![mistake]));
    }
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query("insert into share (share_id, member_id, cents, subscribed_on, by_member, at) values ($1, $2, $3, $4, $5, $6)")
        .bind(ShareId(form))
        .bind(member)
        .bind(written.cents.0)
        .bind(written.on)
        .bind(by)
        .bind(now)
        .execute(&mut *keeping.tx)
        .await?;
    keeping.deed(member, &Deed::ShareSubscribed { cents: written.cents }).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// The form's id is the payment's.
pub async fn pay(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    written: WrittenPayment,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    let share = match current(&mut keeping, member).await? {
        Ok(share) => share,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if let Err(mistake) = may_pay(&share, written.cents) {
        return Ok(Err(vec![mistake]));
    }
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query(
        "insert into share_payment (share_payment_id, share_id, cents, paid_on, how, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(PaymentId(form))
    .bind(share.id)
    .bind(written.cents.0)
    .bind(written.on)
    .bind(written.how.slug())
    .bind(by)
    .bind(now)
    .execute(&mut *keeping.tx)
    .await?;
    keeping.deed(member, &Deed::SharePaid { cents: written.cents }).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// A payment that was entered by mistake: it stays readable, and counts no more.
pub async fn cancel_payment(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    payment: PaymentId,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if let Err(mistake) = may_keep(&mut keeping, member).await? {
        return Ok(Err(vec![mistake]));
    }
    let all = shares(&mut keeping.tx, member).await?;
    let found =
        |share: &Share| share.payments.iter().find(|known| known.id == payment).map(|known| (share.refund, known.clone()));
    let Some((refund, known)) = all.iter().find_map(found) else { return Ok(Err(vec![Mistake::NoShare])) };
    if known.cancelled {
        return Ok(Err(vec![Mistake::AlreadyCancelled]));
    }
    if let Refund::Paid { on, .. } = refund {
        return Ok(Err(vec![Mistake::AlreadyRefunded { on }]));
    }
    let (by, now, cents) = (keeping.by, keeping.now, known.cents);
    sqlx::query("update share_payment set cancelled_by = $2, cancelled_at = $3 where share_payment_id = $1")
        .bind(payment)
        .bind(by)
        .bind(now)
        .execute(&mut *keeping.tx)
        .await?;
    keeping.deed(member, &Deed::PaymentCancelled { cents }).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// What was paid in goes back to whoever left.
pub async fn refund(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    written: WrittenPayment,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    let share = match current(&mut keeping, member).await? {
        Ok(share) => share,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if let Err(mistake) = may_refund(&share, written.cents) {
        return Ok(Err(vec![mistake]));
    }
    sqlx::query("update share set refunded_on = $2, refunded_cents = $3, refund_how = $4 where share_id = $1")
        .bind(share.id)
        .bind(written.on)
        .bind(written.cents.0)
        .bind(written.how.slug())
        .execute(&mut *keeping.tx)
        .await?;
    keeping.deed(member, &Deed::ShareRefunded { cents: written.cents }).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// Money is kept by another one than whose it is.
pub(super) async fn may_keep(keeping: &mut Keeping, member: MemberId) -> Result<Result<(), Mistake>, Error> {
    if keeping.by == member {
        return Ok(Err(Mistake::NotYourself));
    }
    let known: bool = sqlx::query_scalar("select exists (select from member where member_id = $1 and merged_into is null)")
        .bind(member)
        .fetch_one(&mut *keeping.tx)
        .await?;
    Ok(if known { Ok(()) } else { Err(Mistake::UnknownMember) })
}

/// The share that is theirs now, for another one to keep; once it was given back, that is said.
async fn current(keeping: &mut Keeping, member: MemberId) -> Result<Result<Share, Mistake>, Error> {
    if let Err(mistake) = may_keep(keeping, member).await? {
        return Ok(Err(mistake));
    }
    Ok(match shares(&mut keeping.tx, member).await?.into_iter().next() {
        None => Err(Mistake::NoShare),
        Some(share) => match share.refund {
            domain::share::Refund::Paid { on, .. } => Err(Mistake::AlreadyRefunded { on }),
            _ => Ok(share),
        },
    })
}
