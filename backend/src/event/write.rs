//! What an act about an event leaves in the tables.

use std::collections::BTreeSet;

use domain::board::Board;
use domain::effect::Effect;
use domain::event::{ArrivalWindow, Attendee, Carpool, Change, Event, Gathering, Party, Standing, What};
use domain::id::{EventId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use uuid::Uuid;

use super::photos;
use super::visitors::tell_promoted;
use crate::auth::Organiser;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Writes what `effects` say of events, in the name of `sender`. `board` holds the facts with the effects applied.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    let mut changed: BTreeSet<EventId> = BTreeSet::new();
    for effect in effects {
        let Effect::EventChanged { event, change } = effect else { continue };
        let known = board.events.get(event).ok_or(Error::Conflict)?;
        write(conn, known, change, sender, after).await?;
        changed.insert(*event);
    }
    for event in changed {
        let known = board.events.get(&event).ok_or(Error::Conflict)?;
        let changes = effects.iter().filter_map(|effect| match effect {
            Effect::EventChanged { event: known, change } if *known == event => Some(change),
            _ => None,
        });
        settle(conn, known, changes, now, after).await?;
    }
    Ok(())
}

/// Once everything about an event is written: how many seats are taken, and who sees something else now.
pub(super) async fn settle(
    conn: &mut PgConnection,
    known: &Gathering,
    changes: impl Iterator<Item = &Change> + Clone,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    let answers = |change: &Change| matches!(change, Change::Answered(_) | Change::Promoted { .. });
    let door = |change: &Change| {
        matches!(change, Change::Arrived { .. } | Change::WalkedIn(_) | Change::WalkInRemoved { .. }) || answers(change)
    };
    if changes.clone().any(answers) {
        sqlx::query("update event set seated = $2 where event_id = $1")
            .bind(known.event.id)
            .bind(i32::from(known.seated()))
            .execute(&mut *conn)
            .await?;
        // Whoever waits sees another place in line.
        after.touched.extend(known.line().into_iter().filter_map(|party| member(party.who)));
    }
    // The list at the door is only in its keepers' own snapshots.
    after.events |= changes.clone().any(|change| answers(change) || !door(change));
    // But for whether there is one: whoever was not ticked was not there.
    let ticks = |change: &Change| matches!(change, Change::Arrived { .. });
    after.events |= known.arrivals.len() <= 1 && changes.clone().any(ticks);
    if changes.clone().any(door) && ArrivalWindow::of(&known.event.terms.times).is_open(now) {
        after.touched.extend(Organiser::everybody(conn, known.event.id, paris_day(now)).await?);
    }
    Ok(())
}

fn member(who: Attendee) -> Option<MemberId> {
    match who {
        Attendee::Member(member) => Some(member),
        Attendee::Visitor(_) => None,
    }
}

fn uuid(who: Attendee) -> Uuid {
    match who {
        Attendee::Member(member) => member.0,
        Attendee::Visitor(visitor) => visitor.0,
    }
}

async fn write(
    conn: &mut PgConnection,
    known: &Gathering,
    change: &Change,
    sender: Option<MemberId>,
    after: &mut Aftermath,
) -> Result<(), Error> {
    let event = known.event.id;
    match change {
        Change::Answered(party) => {
            after.touched.extend(member(party.who));
            write_answer(conn, event, party).await
        }
        Change::Promoted { who } => promote(conn, &known.event, *who, after).await,
        Change::Claimed { what, by, quantity } => {
            after.touched.insert(*by);
            claim(conn, event, *what, *by, *quantity).await
        }
        Change::CarpoolOffered(carpool) => offer(conn, event, carpool).await,
        Change::CarpoolWithdrawn { carpool } => {
            sqlx::query("update carpool set withdrawn = true where carpool_id = $1").bind(carpool).execute(&mut *conn).await?;
            let riders: Vec<MemberId> = sqlx::query_scalar("delete from event_claim where thing_id = $1 returning member_id")
                .bind(carpool)
                .fetch_all(conn)
                .await?;
            after.touched.extend(riders);
            Ok(())
        }
        Change::Commented(comment) => {
            sqlx::query(
                "insert into event_comment (event_comment_id, event_id, by_member, at, text) values ($1, $2, $3, $4, $5)",
            )
            .bind(comment.id)
            .bind(event)
            .bind(comment.by)
            .bind(comment.at)
            .bind(&comment.text)
            .execute(conn)
            .await?;
            Ok(())
        }
        Change::CommentRemoved { comment } => {
            sqlx::query("update event_comment set removed_by = $2 where event_comment_id = $1")
                .bind(comment)
                .bind(sender)
                .execute(conn)
                .await?;
            Ok(())
        }
        Change::PhotoAdded(photo) => photos::add(conn, event, photo).await,
        Change::PhotoHidden { picture, asked } => photos::hide(conn, *picture, *asked).await,
        Change::PhotoRemoved { picture, said } => photos::remove(conn, *picture, *said).await,
        Change::Arrived { arrival, came: true } => {
            after.touched.extend(member(arrival.who));
            sqlx::query(
                "insert into event_arrival (event_party_id, by_member, at)
                 select event_party_id, $3, $4 from event_party where event_id = $1 and $2 in (member_id, event_visitor_id)
                 on conflict (event_party_id) do nothing",
            )
            .bind(event)
            .bind(uuid(arrival.who))
            .bind(arrival.said.by)
            .bind(arrival.said.at)
            .execute(conn)
            .await?;
            Ok(())
        }
        Change::Arrived { arrival, came: false } => {
            after.touched.extend(member(arrival.who));
            sqlx::query(
                "delete from event_arrival a using event_party p
                 where p.event_party_id = a.event_party_id and p.event_id = $1 and $2 in (p.member_id, p.event_visitor_id)",
            )
            .bind(event)
            .bind(uuid(arrival.who))
            .execute(conn)
            .await?;
            Ok(())
        }
        Change::WalkedIn(walked_in) => {
            sqlx::query(
                "insert into event_walk_in (event_walk_in_id, event_id, name, people, by_member, at)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(walked_in.id)
            .bind(event)
            .bind(&walked_in.name)
            .bind(i16::from(walked_in.people))
            .bind(walked_in.said.by)
            .bind(walked_in.said.at)
            .execute(conn)
            .await?;
            Ok(())
        }
        Change::WalkInRemoved { walk_in } => {
            sqlx::query("delete from event_walk_in where event_walk_in_id = $1").bind(walk_in).execute(conn).await?;
            Ok(())
        }
    }
}

pub(super) async fn write_answer(conn: &mut PgConnection, event: EventId, party: &Party) -> Result<(), Error> {
    let (member, visitor): (Option<Uuid>, Option<Uuid>) = match party.who {
        Attendee::Member(member) => (Some(member.0), None),
        Attendee::Visitor(visitor) => (None, Some(visitor.0)),
    };
    let conflict = if member.is_some() { "(event_id, member_id)" } else { "(event_visitor_id)" };
    let (standing, ticket) = row_of(party.standing);
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "insert into event_party (event_id, member_id, event_visitor_id, standing, ticket, guests, children, note, diet, hidden,
            answered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict {conflict} do update set standing = excluded.standing, ticket = excluded.ticket, guests = excluded.guests,
            children = excluded.children, note = excluded.note, diet = excluded.diet, hidden = excluded.hidden,
            answered_at = excluded.answered_at"
    )))
    .bind(event)
    .bind(member)
    .bind(visitor)
    .bind(standing)
    .bind(ticket)
    .bind(i16::from(party.guests))
    .bind(i16::from(party.children))
    .bind(&party.note)
    .bind(&party.diet)
    .bind(party.hidden)
    .bind(party.answered_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// A standing as it is kept.
pub(crate) fn row_of(standing: Standing) -> (&'static str, Option<i32>) {
    match standing {
        Standing::Seated => ("seated", None),
        Standing::Waiting { ticket } => ("waiting", Some(i32::try_from(ticket).unwrap_or(i32::MAX))),
        Standing::Maybe => ("maybe", None),
        Standing::No => ("no", None),
    }
}

/// From the line to a seat. Nobody else took it in between: the event's row is locked.
pub(super) async fn promote(conn: &mut PgConnection, event: &Event, who: Attendee, after: &mut Aftermath) -> Result<(), Error> {
    after.touched.extend(member(who));
    let promoted = sqlx::query(
        "update event_party set standing = 'seated', ticket = null
         where event_id = $1 and $2 in (member_id, event_visitor_id) and standing = 'waiting'",
    )
    .bind(event.id)
    .bind(uuid(who))
    .execute(&mut *conn)
    .await?;
    if promoted.rows_affected() != 1 {
        return Err(Error::Conflict);
    }
    match who {
        Attendee::Visitor(visitor) => tell_promoted(conn, event, visitor).await,
        Attendee::Member(_) => Ok(()),
    }
}

async fn claim(conn: &mut PgConnection, event: EventId, what: What, by: MemberId, quantity: u16) -> Result<(), Error> {
    let (kind, thing) = match what {
        What::Item(item) => ("item", item.0),
        What::Carpool(carpool) => ("carpool", carpool.0),
        What::Post(post) => ("post", post.0),
    };
    if quantity == 0 {
        sqlx::query("delete from event_claim where thing_id = $1 and member_id = $2").bind(thing).bind(by).execute(conn).await?;
        return Ok(());
    }
    sqlx::query(
        "insert into event_claim (event_id, thing_id, member_id, what, quantity) values ($1, $2, $3, $4, $5)
         on conflict (thing_id, member_id) do update set quantity = excluded.quantity",
    )
    .bind(event)
    .bind(thing)
    .bind(by)
    .bind(kind)
    .bind(i16::try_from(quantity).unwrap_or(i16::MAX))
    .execute(conn)
    .await?;
    Ok(())
}

async fn offer(conn: &mut PgConnection, event: EventId, carpool: &Carpool) -> Result<(), Error> {
    sqlx::query("insert into carpool (carpool_id, event_id, driver, place, note, seats) values ($1, $2, $3, $4, $5, $6)")
        .bind(carpool.id)
        .bind(event)
        .bind(carpool.driver)
        .bind(&carpool.place)
        .bind(&carpool.note)
        .bind(i16::try_from(carpool.claims.of).unwrap_or(i16::MAX))
        .execute(conn)
        .await?;
    Ok(())
}
