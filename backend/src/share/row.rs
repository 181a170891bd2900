//! Shares as the domain has them.

use domain::id::MemberId;
use domain::share::Share;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::error::Error;

/// SQL for a [`Share`] `h`, as JSON.
pub(crate) const SHARE: &str = "jsonb_build_object('id', h.share_id, 'cents', h.cents, 'subscribed_on', h.subscribed_on,
    'payments', (select coalesce(jsonb_agg(jsonb_build_object('id', p.share_payment_id, 'cents', p.cents, 'on', p.paid_on,
            'how', p.how, 'cancelled', p.cancelled_at is not null) order by p.paid_on, p.at, p.share_payment_id), '[]')
        from share_payment p where p.share_id = h.share_id),
    'refund', case
        when h.refunded_on is not null then jsonb_build_object('paid', jsonb_build_object('on', h.refunded_on,
            'cents', h.refunded_cents, 'how', h.refund_how))
        when h.refund_due_on is not null then jsonb_build_object('due', jsonb_build_object('since', h.refund_due_on))
        else '\"not_due\"' end)";

/// All that ever were a member's: one that is not over first, then the newest.
pub(crate) async fn shares(conn: &mut PgConnection, member: MemberId) -> Result<Vec<Share>, Error> {
    let rows: Vec<Json<Share>> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select {SHARE} from share h where h.member_id = $1
         order by h.refunded_on is null desc, h.subscribed_on desc, h.share_id"
    )))
    .bind(member)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|Json(share)| share).collect())
}
