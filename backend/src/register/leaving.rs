//! Somebody is to leave, on a day: what that ends is said before, and ends in one act.

use chrono::NaiveDate;
use domain::decide::leaves_coop;
use domain::effect::Effect;
use domain::id::{MemberId, SessionId, ShiftId};
use domain::register::{Deed, Held, LeavingPreview, Mistake, may_leave};
use domain::share::Refund;
use domain::time::paris_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::card::regular_seat;
use super::departing::{self, Leaving, answers};
use super::row;
use super::together::{Keeping, Kept, office, until_won};
use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::share::{not_due, shares};
use crate::swaps::load;

/// What leaving on that day would end; nothing is written.
pub async fn leaving_preview(
    backend: &Backend,
    asking: MemberId,
    member: MemberId,
    on: NaiveDate,
) -> Result<Kept<LeavingPreview>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let known = row::find(&mut tx, member).await?.ok_or(Error::NotFound)?;
    if let Err(mistake) = may_leave(known.status(now), on, paris_day(now)) {
        return Ok(Err(vec![mistake]));
    }
    let leaving = Leaving { member, from: on, now };
    let shifts = leaving.shifts(&mut tx).await?;
    let board = load::board(&mut tx, &leaving.scope(&shifts), now).await?;
    let list = leaves_coop(&board, member, on, now);
    let count = |keep: fn(&Effect) -> bool| u32::try_from(list.iter().filter(|effect| keep(effect)).count()).unwrap_or(u32::MAX);
    let lead = |shift: ShiftId| {
        let lead = board.shifts.get(&shift)?.lead().filter(|lead| *lead != member)?;
        Some(board.who(lead).name)
    };
    let held = |effect: &Effect| match effect {
        Effect::SeatMoved { seat, from: Some(from), .. } if *from == member => {
            Some(Held { when: board.when(seat.shift)?, lead: lead(seat.shift) })
        }
        _ => None,
    };
    let (groups, mandate_until, devices, keys): (Vec<String>, Option<NaiveDate>, i64, Vec<String>) =
        sqlx::query_as(HOLDS).bind(member).bind(on).fetch_one(&mut *tx).await?;
    let paid = shares(&mut tx, member).await?.into_iter().find(|share| share.refund == Refund::NotDue);
    Ok(Ok(LeavingPreview {
        on,
        seats: list.iter().filter_map(held).collect(),
        regular: regular_seat(&mut tx, member).await?,
        offers: count(|effect| matches!(effect, Effect::OfferClosed { .. })),
        proposals: count(|effect| matches!(effect, Effect::ProposalClosed { .. } | Effect::LoopClosed { .. })),
        waiting: count(|effect| matches!(effect, Effect::WaitingLeft { .. } | Effect::WatchEnded { .. })),
        answers: answers(&mut tx, leaving).await?.into_iter().map(|(_, title)| title).collect(),
        groups,
        mandate_until,
        devices: u32::try_from(devices).unwrap_or_default(),
        keys,
        paid: paid.map(|share| share.paid()).filter(|paid| paid.0 > 0),
        last_of_office: last_of_office(&mut tx, member, on).await?,
    }))
}

/// $1 member, $2 the day.
const HOLDS: &str = "
select array(select w.name from group_member g join working_group w using (group_id) where g.member_id = $1 order by w.rank),
    (select max(to_on) from mandate where member_id = $1 and to_on >= $2 and (ended_on is null or ended_on > $2)),
    (select count(*) from session where member_id = $1 and revoked_at is null),
    array(select label from shop_key where member_id = $1 order by label)";

/// Nobody else would be of the office.
async fn last_of_office(conn: &mut PgConnection, member: MemberId, on: NaiveDate) -> Result<bool, Error> {
    let all = Office::everybody(conn, on).await?;
    Ok(all.contains(&member) && all.iter().all(|one| *one == member))
}

/// On that day they are no longer a member: their seats from then on come free at once, what they asked of others ends. Their
/// roles and devices end on the day. Gives the sessions that end now.
pub async fn leave(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    (on, why): (NaiveDate, &str),
    origin: &str,
) -> Result<Kept<Vec<SessionId>>, Error> {
    until_won(|| Box::pin(left(backend, asking, form, member, (on, why), origin))).await
}

async fn left(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    (on, why): (NaiveDate, &str),
    origin: &str,
) -> Result<Kept<Vec<SessionId>>, Error> {
    let leaving = Leaving { member, from: on, now: backend.now() };
    let shifts = leaving.shifts(&mut *backend.pool.acquire().await?).await?;
    let Some(mut keeping) = Keeping::over(backend, asking, Some(form), [member], &shifts).await? else {
        return Ok(Ok(Vec::new()));
    };
    let Some(known) = row::find(&mut keeping.tx, member).await? else { return Ok(Err(vec![Mistake::UnknownMember])) };
    if let Err(mistake) = may_leave(known.status(keeping.now), on, keeping.today()) {
        return Ok(Err(vec![mistake]));
    }
    if last_of_office(&mut keeping.tx, member, on).await? {
        return Ok(Err(vec![Mistake::LastOfOffice]));
    }
    let leaving = Leaving { now: keeping.now, ..leaving };
    set_out(&mut keeping, leaving, why, origin).await?;
    keeping.deed(member, &Deed::Leaving { on }).await?;
    let by = keeping.by;
    let freed = leaving.frees(&mut keeping.tx, &shifts, Some(by)).await?;
    keeping.after.add(freed);
    let mut ended = Vec::new();
    if on <= keeping.today() {
        let (after, sessions) = departing::goes(&mut keeping.tx, leaving, Some(by)).await?;
        keeping.after.add(after);
        keeping.deed(member, &Deed::Left).await?;
        ended = sessions;
    }
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(ended))
}

async fn set_out(keeping: &mut Keeping, leaving: Leaving, why: &str, origin: &str) -> Result<(), Error> {
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query("update member set left_on = $2, revision = revision + 1 where member_id = $1")
        .bind(leaving.member)
        .bind(leaving.from)
        .execute(&mut *keeping.tx)
        .await?;
    sqlx::query("insert into departure (member_id, on_day, why, by_member, at, origin) values ($1, $2, $3, $4, $5, $6)")
        .bind(leaving.member)
        .bind(leaving.from)
        .bind(why)
        .bind(by)
        .bind(now)
        .bind(origin)
        .execute(&mut *keeping.tx)
        .await?;
    Ok(())
}

/// They stay after all, or come back: what came free is taken again as by anybody. A share that was not given back is theirs.
pub async fn stay(backend: &Backend, asking: MemberId, form: Uuid, member: MemberId) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    let back = sqlx::query(
        "update member set left_on = null, revision = revision + 1
         where member_id = $1 and left_on is not null and merged_into is null and erased_at is null",
    );
    if back.bind(member).execute(&mut *keeping.tx).await?.rows_affected() == 0 {
        return Ok(Err(vec![Mistake::NotLeaving]));
    }
    sqlx::query("delete from departure where member_id = $1").bind(member).execute(&mut *keeping.tx).await?;
    not_due(&mut keeping.tx, member).await?;
    keeping.deed(member, &Deed::Staying).await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(()))
}
