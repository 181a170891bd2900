//! One person with two cards: what the card that goes has comes to the one that stays, and they are one.

use domain::decide::{gives_over, leaves_coop, serve_waiting};
use domain::effect::Effect;
use domain::id::MemberId;
use domain::ledger::{Credit, Entry, EntryKind};
use domain::register::{Deed, MergePreview, MergeSide, Mistake, may_merge};
use domain::time::paris_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::departing::Leaving;
use super::together::{Keeping, Kept, office, until_won};
use super::{editing, row, seats};
use crate::Backend;
use crate::error::Error;
use crate::ledger::{append, entries_of};
use crate::share::{moved as shares_moved, shares};
use crate::swaps::scope::Scope;
use crate::swaps::{load, write};
use crate::{assembly, auth, desk, dossiers, governance, groups, ledger};

/// What putting them together would do; nothing is written.
pub async fn merge_preview(backend: &Backend, asking: MemberId, keeps: MemberId, goes: MemberId) -> Result<MergePreview, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let (stays, leaves) = (side(&mut tx, keeps, now).await?, side(&mut tx, goes, now).await?);
    let leaving = Leaving { member: goes, from: paris_day(now), now };
    let shifts = leaving.shifts(&mut tx).await?;
    let board = load::board(&mut tx, &scope(leaving, keeps, &shifts), now).await?;
    let (mut moved, mut freed) = (Vec::new(), Vec::new());
    for effect in gives_over(&board, goes, keeps, leaving.from, now) {
        if let Effect::SeatMoved { seat, to, .. } = effect {
            let list = if to.is_some() { &mut moved } else { &mut freed };
            list.extend(board.when(seat.shift));
        }
    }
    let (_, filled) = stays.with(&leaves);
    let mistake = may_merge(&stays, &leaves).err().or_else(|| (asking == goes).then_some(Mistake::NotYourself));
    let credit = credit(&mut tx, goes).await?;
    Ok(MergePreview { keeps: stays, goes: leaves, filled, moved, freed, credit, mistake })
}

/// Both people, and what rests on the seats of the one who goes.
fn scope(leaving: Leaving, keeps: MemberId, shifts: &[domain::id::ShiftId]) -> Scope {
    let mut scope = leaving.scope(shifts);
    scope.movers.insert(keeps);
    scope.locks.members.insert(keeps);
    scope
}

async fn side(conn: &mut PgConnection, member: MemberId, now: domain::time::Instant) -> Result<MergeSide, Error> {
    let known = row::find(&mut *conn, member).await?.ok_or(Error::NotFound)?;
    let (years, groups): (Vec<i16>, Vec<String>) = sqlx::query_as(
        "select array(select year from association_year where member_id = $1 order by year desc),
            array(select w.name from group_member g join working_group w using (group_id) where g.member_id = $1 order by w.rank)",
    )
    .bind(member)
    .fetch_one(&mut *conn)
    .await?;
    Ok(MergeSide {
        id: member,
        number: known.number,
        status: known.status(now),
        written: known.written,
        share: shares(conn, member).await?.into_iter().find(|share| !share.is_over()),
        years: years.into_iter().map(i32::from).collect(),
        groups,
    })
}

/// What was worked and owed under a card, all together.
async fn credit(conn: &mut PgConnection, member: MemberId) -> Result<Credit, Error> {
    let entries = entries_of(conn, member).await?;
    Ok(Credit(entries.iter().map(|entry| entry.credit.0).sum()))
}

/// All of it in one act: the card that goes is nobody's from here on.
pub async fn merge(backend: &Backend, asking: MemberId, form: Uuid, keeps: MemberId, goes: MemberId) -> Result<Kept<()>, Error> {
    until_won(|| Box::pin(merged(backend, asking, form, keeps, goes))).await
}

async fn merged(backend: &Backend, asking: MemberId, form: Uuid, keeps: MemberId, goes: MemberId) -> Result<Kept<()>, Error> {
    let now = backend.now();
    let leaving = Leaving { member: goes, from: paris_day(now), now };
    let shifts = leaving.shifts(&mut *backend.pool.acquire().await?).await?;
    let Some(mut keeping) = Keeping::over(backend, asking, Some(form), [keeps, goes], &shifts).await? else {
        return Ok(Ok(()));
    };
    let leaving = Leaving { now: keeping.now, ..leaving };
    if asking == goes {
        return Ok(Err(vec![Mistake::NotYourself]));
    }
    let (stays, leaves) = (side(&mut keeping.tx, keeps, now).await?, side(&mut keeping.tx, goes, now).await?);
    if let Err(mistake) = may_merge(&stays, &leaves) {
        return Ok(Err(vec![mistake]));
    }
    seats_move(&mut keeping, leaving, keeps, &shifts).await?;
    counts_move(&mut keeping, leaving, keeps, leaves.number).await?;
    roles_move(&mut keeping, leaving, keeps).await?;
    ledger::leaves_move(&mut keeping.tx, goes, keeps).await?;
    shares_moved(&mut keeping.tx, goes, keeps).await?;
    let (written, parts) = stays.with(&leaves);
    if !parts.is_empty() {
        editing::write(&mut keeping.tx, keeps, &written).await?;
        editing::skills(&mut keeping.tx, keeps, &written).await?;
    }
    ends(&mut keeping, leaving, keeps).await?;
    keeping.deed(keeps, &Deed::Joined { number: leaves.number }).await?;
    if !parts.is_empty() {
        keeping.deed(keeps, &Deed::Edited { parts }).await?;
    }
    keeping.deed(goes, &Deed::MergedInto { number: stays.number }).await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(()))
}

/// Seats to come are theirs where they may hold them, and free otherwise; what else rested on them ends.
async fn seats_move(
    keeping: &mut Keeping,
    leaving: Leaving,
    keeps: MemberId,
    shifts: &[domain::id::ShiftId],
) -> Result<(), Error> {
    if leaving.shifts(&mut keeping.tx).await?.iter().any(|shift| !shifts.contains(shift)) {
        return Err(Error::Conflict);
    }
    let (by, now) = (keeping.by, leaving.now);
    let mut board = load::board(&mut keeping.tx, &scope(leaving, keeps, shifts), now).await?;
    let mut list = gives_over(&board, leaving.member, keeps, leaving.from, now);
    board.apply_all(&list);
    let rest = leaves_coop(&board, leaving.member, leaving.from, now);
    board.apply_all(&rest);
    list.extend(rest);
    let served = serve_waiting(&board, &list, now);
    board.apply_all(&served);
    list.extend(served);
    let after = write::effects(&mut keeping.tx, &board, &list, Some(by), now).await?;
    keeping.after.add(after);
    let after = leaving.answers_no(&mut keeping.tx, Some(by)).await?;
    keeping.after.add(after);
    Ok(())
}

/// What was counted under the card that goes counts under the one that stays: nothing is lost, nothing is counted twice.
async fn counts_move(keeping: &mut Keeping, leaving: Leaving, keeps: MemberId, number: i32) -> Result<(), Error> {
    let goes = leaving.member;
    let credit = credit(&mut keeping.tx, goes).await?;
    if credit.0 == 0 {
        return Ok(());
    }
    let why = format!("fiche n° {number:04}, réunie à celle-ci");
    let entry = |credit: Credit, who: MemberId| {
        Entry::new(EntryKind::Correction, leaving.from, credit).because(&why).keyed(format!("merged/{goes}/{who}"))
    };
    let entries = [(keeps, entry(credit, keeps)), (goes, entry(Credit(-credit.0), goes))];
    let (by, now) = (keeping.by, keeping.now);
    let touched = append(&mut keeping.tx, &entries, Some(by), now).await?;
    keeping.after.touched.extend(touched);
    Ok(())
}

/// Groups, the committee, the recurring seat.
async fn roles_move(keeping: &mut Keeping, leaving: Leaving, keeps: MemberId) -> Result<(), Error> {
    let (tx, today) = (&mut keeping.tx, leaving.from);
    let moved = groups::moved(&mut *tx, leaving.member, keeps, leaving.now).await?;
    governance::moved(&mut *tx, leaving.member, keeps, today).await?;
    let voices = assembly::moved(&mut *tx, leaving.member, keeps, leaving.now).await?;
    let in_hand = dossiers::moved(&mut *tx, leaving.member, keeps, leaving.now).await?;
    desk::moved(&mut *tx, leaving.member, keeps, today).await?;
    sqlx::query(
        "update seat_template s set regular = $2 where regular = $1
            and not exists (select from seat_template h where h.regular = $2)",
    )
    .bind(leaving.member)
    .bind(keeps)
    .execute(&mut **tx)
    .await?;
    seats::clear(&mut *tx, leaving.member).await?;
    keeping.after.add(moved);
    keeping.after.add(voices);
    keeping.after.add(in_hand);
    Ok(())
}

async fn ends(keeping: &mut Keeping, leaving: Leaving, keeps: MemberId) -> Result<(), Error> {
    let (goes, now, today) = (leaving.member, keeping.now, leaving.from);
    ledger::withdraw_all(&mut keeping.tx, goes, now).await?;
    auth::end_all(&mut keeping.tx, goes, now).await?;
    for ended in [
        "update welcome_mail set dropped = 'left' where member_id = $1 and sent_at is null and dropped is null",
        "delete from departure where member_id = $1",
        "update erasure_request set state = 'withdrawn', ended_at = asked_at where member_id = $1 and state = 'pending'",
        "delete from member_skill where member_id = $1",
    ] {
        sqlx::query(ended).bind(goes).execute(&mut *keeping.tx).await?;
    }
    sqlx::query("update arrival set ended_on = $2 where member_id = $1 and ended_on is null")
        .bind(goes)
        .bind(today)
        .execute(&mut *keeping.tx)
        .await?;
    // What was put together with it before is the other card's, too.
    sqlx::query("update member set merged_into = $2 where merged_into = $1")
        .bind(goes)
        .bind(keeps)
        .execute(&mut *keeping.tx)
        .await?;
    // Their address and number of phone are the other card's by now.
    sqlx::query(
        "update member set left_on = $2, merged_into = $3, email = '', phone = null, address = '', photo = null,
            show_phone = false, show_email = false, revision = revision + 1
         where member_id = $1",
    )
    .bind(goes)
    .bind(today)
    .bind(keeps)
    .execute(&mut *keeping.tx)
    .await?;
    Ok(())
}
