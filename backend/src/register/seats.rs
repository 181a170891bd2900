//! Recurring seats: those that are nobody's, and whose one becomes.

use std::collections::BTreeSet;

use domain::effect::{Effect, How};
use domain::eligibility::{Moves, check};
use domain::id::{MemberId, SeatId, ShiftId, TemplateId};
use domain::members::Skill;
use domain::register::{Deed, Mistake, OpenSeat};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::row;
use super::together::{Keeping, Kept, office, until_won};
use crate::Backend;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Scope;
use crate::swaps::{load, write};

/// A place on a recurring shift.
pub type RegularPlace = (TemplateId, i16);

pub async fn open_seats(backend: &Backend, asking: MemberId) -> Result<Vec<OpenSeat>, Error> {
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, backend.now()).await?;
    open(&mut tx).await
}

/// In the order of the cycle.
pub(super) async fn open(conn: &mut PgConnection) -> Result<Vec<OpenSeat>, Error> {
    let Json(seats) = sqlx::query_scalar(OPEN).fetch_one(conn).await?;
    Ok(seats)
}

const OPEN: &str = "
select coalesce(jsonb_agg(jsonb_build_object('template', t.template_id, 'position', s.position, 'week', chr(65 + t.cycle_week),
    'weekday', (array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[t.weekday + 1],
    'from', t.from_clock, 'to', t.to_clock, 'skill', s.skill, 'lead', s.lead,
    'held', (select count(*) from seat_template h where h.template_id = t.template_id and h.regular is not null),
    'seats', (select count(*) from seat_template h where h.template_id = t.template_id))
    order by t.cycle_week, t.weekday, t.from_clock, s.position), '[]')
from seat_template s join shift_template t using (template_id)
where s.regular is null and t.retired_on is null";

/// Theirs from here on, and on the shifts of it that are planned and where it is free; or none: they choose as they go. What they
/// hold already stays theirs.
pub async fn give_regular_seat(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    place: Option<RegularPlace>,
) -> Result<Kept<()>, Error> {
    until_won(|| Box::pin(given(backend, asking, form, member, place))).await
}

async fn given(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    place: Option<RegularPlace>,
) -> Result<Kept<()>, Error> {
    let planned = planned(&mut *backend.pool.acquire().await?, place, backend.now()).await?;
    let Some(mut keeping) = Keeping::over(backend, asking, Some(form), [member], &planned).await? else { return Ok(Ok(())) };
    let now = keeping.now;
    if let Err(mistakes) = row::there(&mut keeping.tx, member, now).await? {
        return Ok(Err(mistakes));
    }
    if let Err(mistake) = seat(&mut keeping.tx, member, place).await? {
        return Ok(Err(vec![mistake]));
    }
    if let Some((_, position)) = place {
        let by = keeping.by;
        let after = join(&mut keeping.tx, member, &planned, position, by, now).await?;
        keeping.after.add(after);
    }
    chosen(&mut keeping.tx, member, keeping.now).await?;
    keeping.deed(member, &Deed::RegularSeat { given: place.is_some() }).await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(()))
}

/// The shifts of that recurring shift which are planned, and have not begun.
pub(super) async fn planned(conn: &mut PgConnection, place: Option<RegularPlace>, now: Instant) -> Result<Vec<ShiftId>, Error> {
    let Some((template, _)) = place else { return Ok(Vec::new()) };
    let planned = sqlx::query_scalar(
        "select shift_id from shift where template_id = $1 and starts_at > $2 and closed_why is null order by starts_at",
    );
    Ok(planned.bind(template).bind(now).fetch_all(conn).await?)
}

/// Writes whose recurring seat it is; one has one.
pub(super) async fn seat(
    conn: &mut PgConnection,
    member: MemberId,
    place: Option<RegularPlace>,
) -> Result<Result<(), Mistake>, Error> {
    if let Some((template, position)) = place {
        /// Whether it is, its skill, who holds it, what its holder may do.
        type Found = (bool, Option<String>, Option<MemberId>, Vec<String>);
        let found: Option<Found> = sqlx::query_as(
            "select s.lead, s.skill, s.regular, array(select k.skill from member_skill k where k.member_id = $3)
             from seat_template s join shift_template t using (template_id)
             where s.template_id = $1 and s.position = $2 and t.retired_on is null for update of s",
        )
        .bind(template)
        .bind(position)
        .bind(member)
        .fetch_optional(&mut *conn)
        .await?;
        let Some((lead, skill, regular, known)) = found else { return Ok(Err(Mistake::UnknownSeat)) };
        if regular.is_some_and(|regular| regular != member) {
            return Ok(Err(Mistake::SeatTaken));
        }
        let asked = skill.and_then(|skill| Skill::parse(&skill)).or_else(|| lead.then(Skill::lead));
        let known: BTreeSet<Skill> = known.iter().filter_map(|skill| Skill::parse(skill)).collect();
        if let Some(skill) = asked.filter(|skill| !known.contains(skill)) {
            return Ok(Err(Mistake::SeatNeedsSkill { skill }));
        }
    }
    clear(conn, member).await?;
    if let Some((template, position)) = place {
        sqlx::query("update seat_template set regular = $3 where template_id = $1 and position = $2")
            .bind(template)
            .bind(position)
            .bind(member)
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query("update member set rhythm = $2, revision = revision + 1 where member_id = $1 and rhythm <> $2")
        .bind(member)
        .bind(if place.is_some() { "regular" } else { "floating" })
        .execute(conn)
        .await?;
    Ok(Ok(()))
}

/// They have none.
pub(super) async fn clear(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("update seat_template set regular = null where regular = $1").bind(member).execute(conn).await?;
    Ok(())
}

/// Whoever was on their way in has chosen how they come.
pub(super) async fn chosen(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<(), Error> {
    sqlx::query("update arrival set chosen_on = coalesce(chosen_on, $2) where member_id = $1")
        .bind(member)
        .bind(domain::time::paris_day(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// They take the seat of that place on each of these shifts where it is free and they may. The shifts are locked.
pub(super) async fn join(
    conn: &mut PgConnection,
    member: MemberId,
    shifts: &[ShiftId],
    position: i16,
    by: MemberId,
    now: Instant,
) -> Result<Aftermath, Error> {
    let mut scope = Scope::new(member);
    scope.movers.insert(member);
    scope.locks.members.insert(member);
    scope.locks.shifts.extend(shifts);
    let mut board = load::board(&mut *conn, &scope, now).await?;
    let mut list: Vec<Effect> = Vec::new();
    for shift in shifts {
        let seat = SeatId::new(*shift, position);
        let free = board.shifts.get(shift).and_then(|known| known.seat(seat)).is_some_and(|known| known.holder.is_none());
        // One that is kept for somebody in line is theirs first.
        let may = free
            && !board.kept.contains_key(&seat)
            && check(&board, &Moves::one(seat, member), now).is_ok_and(|missing| missing.is_empty());
        let moves = Effect::SeatMoved { seat, from: None, to: Some(member), how: How::Joined };
        if may {
            board.apply(&moves);
            list.push(moves);
        }
    }
    write::effects(conn, &board, &list, Some(by), now).await
}
