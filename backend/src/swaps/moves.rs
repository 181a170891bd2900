//! Seats that change hands, with their history, and the offers that end with it.

use std::collections::BTreeMap;

use domain::effect::{Effect, How};
use domain::id::{MemberId, OfferId, SeatId};
use domain::swaps::OfferState;
use domain::time::Instant;
use sqlx::PgConnection;

use super::aftermath::Aftermath;
use super::ended::{end_offers, ended_offer_columns};
use super::write::word;
use crate::error::Error;

/// Each seat goes from exactly the holder that the effect names; one that has another holder by
/// now is a conflict, and so is an offer that has ended by now. Both in one statement: taking an
/// offered seat is the act that people race for.
pub(super) async fn move_seats(
    conn: &mut PgConnection,
    effects: &[Effect],
    ended: &[(OfferId, OfferState)],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    // A seat that moves twice in one act is left by its first holder and held by its last.
    let mut moves: BTreeMap<SeatId, (Option<MemberId>, Option<MemberId>)> = BTreeMap::new();
    let mut history: Vec<(SeatId, Option<MemberId>, Option<MemberId>, How)> = Vec::new();
    for effect in effects {
        if let Effect::SeatMoved { seat, from, to, how } = effect {
            moves.entry(*seat).and_modify(|known| known.1 = *to).or_insert((*from, *to));
            history.push((*seat, *from, *to, *how));
            after.touched.extend(from.iter().chain(to));
        }
    }
    if moves.is_empty() {
        return end_offers(conn, ended).await;
    }
    after.calendar = true;
    let left = moves.values().filter(|(from, _)| from.is_some()).count();
    let (ids, states, at, done_by) = ended_offer_columns(ended);
    let (deleted, closed): (i64, i64) = sqlx::query_as(MOVE)
        .bind(moves.keys().map(|seat| seat.shift.0).collect::<Vec<_>>())
        .bind(moves.keys().map(|seat| seat.position).collect::<Vec<_>>())
        .bind(moves.values().map(|(from, _)| from.map(|member| member.0)).collect::<Vec<_>>())
        .bind(moves.values().map(|(_, to)| to.map(|member| member.0)).collect::<Vec<_>>())
        .bind(history.iter().map(|(seat, ..)| seat.shift.0).collect::<Vec<_>>())
        .bind(history.iter().map(|(seat, ..)| seat.position).collect::<Vec<_>>())
        .bind(history.iter().map(|(_, from, ..)| from.map(|member| member.0)).collect::<Vec<_>>())
        .bind(history.iter().map(|(_, _, to, _)| to.map(|member| member.0)).collect::<Vec<_>>())
        .bind(history.iter().map(|(.., how)| word(how)).collect::<Vec<_>>())
        .bind(sender)
        .bind(now)
        .bind(ids)
        .bind(states)
        .bind(at)
        .bind(done_by)
        .fetch_one(conn)
        .await?;
    let all = |written: i64, wanted: usize| usize::try_from(written).ok() == Some(wanted);
    if all(deleted, left) && all(closed, ended.len()) { Ok(()) } else { Err(Error::Conflict) }
}

const MOVE: &str = "
with moved as (
    select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::uuid[]) as m (shift_id, position, from_member, to_member)
), freed as (
    delete from assignment a using moved m
    where a.shift_id = m.shift_id and a.position = m.position and a.member_id = m.from_member
    returning 1
), taken as (
    insert into assignment (shift_id, position, member_id, during)
    select m.shift_id, m.position, m.to_member,
        tstzrange(s.starts_at + interval '15 minutes', s.ends_at - interval '15 minutes')
    from moved m join shift s using (shift_id) where m.to_member is not null
), kept as (
    insert into seat_history (shift_id, position, from_member, to_member, how, by_member, at)
    select h.*, $10, $11
    from unnest($5::uuid[], $6::smallint[], $7::uuid[], $8::uuid[], $9::text[]) as h
), closed as (
    update offer o set state = e.state, ended_at = e.at, done_by = e.done_by
    from unnest($12::uuid[], $13::text[], $14::timestamptz[], $15::uuid[]) as e (offer_id, state, at, done_by)
    where o.offer_id = e.offer_id and o.state = 'open'
    returning 1
), unkept as (
    delete from kept_seat k using moved m where k.shift_id = m.shift_id and k.position = m.position and m.to_member is not null
), served as (
    delete from waiting w using moved m where w.shift_id = m.shift_id and w.member_id = m.to_member
)
select (select count(*) from freed), (select count(*) from closed)";
