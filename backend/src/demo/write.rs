//! The demo co-op becomes rows: one statement per table.

use chrono::Duration;
use domain::board::{Board, open_until};
use domain::id::MemberId;
use domain::swaps::{Audience, Offer, OfferKind};
use domain::time::Instant;
use serde_json::{Value, json};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::cast::id_of;
use super::groups::{Cell, says};
use super::offers::OnTheBoard;
use super::past::Past;
use super::people::Person;
use super::roster::Roster;
use crate::brief::html;
use crate::error::Error;
use crate::founding::week;

/// Writes rows given as JSON objects, whose keys are the columns.
macro_rules! rows {
    ($conn:expr, $table:literal, $columns:literal, $rows:expr) => {
        sqlx::query(concat!(
            "insert into ",
            $table,
            " (",
            $columns,
            ") select ",
            $columns,
            " from jsonb_populate_recordset(null::",
            $table,
            ", $1)"
        ))
        .bind(sqlx::types::Json($rows.into_iter().collect::<Vec<serde_json::Value>>()))
        .execute(&mut *$conn)
        .await?
    };
}

pub(super) use rows;

pub async fn people(conn: &mut PgConnection, people: &[Person]) -> Result<(), Error> {
    rows!(
        conn,
        "member",
        "member_id, number, first_name, last_name, email, phone, show_phone, show_email, rhythm, joined_on, employee",
        people.iter().map(|person| json!(person))
    );
    let skills =
        people.iter().flat_map(|person| person.skills.iter().map(move |skill| json!({ "member_id": person.id, "skill": skill })));
    rows!(conn, "member_skill", "member_id, skill", skills);
    let leaves = people.iter().flat_map(|person| {
        person.leaves.iter().map(move |leave| {
            json!({
                "leave_id": id_of(&format!("leave/{}/{}", person.id, leave.from)), "member_id": person.id,
                "from_on": leave.from, "to_on": leave.to, "why": "pause", "kind": "pause",
            })
        })
    });
    rows!(conn, "leave", "leave_id, member_id, from_on, to_on, why, kind", leaves);
    Ok(())
}

pub async fn groups(conn: &mut PgConnection, cells: &[Cell], now: Instant) -> Result<(), Error> {
    let groups = cells.iter().enumerate().map(|(rank, cell)| {
        let (page, call) = says(cell.slug);
        json!({
            "group_id": cell.id, "slug": cell.slug, "name": cell.name, "role": cell.role, "rank": rank, "page": page,
            "html": html(page), "call": call.unwrap_or_default(), "call_at": call.map(|_| now - Duration::days(9)),
            "revision": 1,
        })
    });
    rows!(conn, "working_group", "group_id, slug, name, role, rank, page, html, call, call_at, revision", groups);
    let members = cells.iter().flat_map(|cell| {
        cell.members
            .iter()
            .enumerate()
            .map(move |(at, member)| json!({ "group_id": cell.id, "member_id": member, "referent": at < 2 }))
    });
    rows!(conn, "group_member", "group_id, member_id, referent", members);
    Ok(())
}

pub async fn planning(conn: &mut PgConnection, roster: &Roster, past: &Past, now: Instant) -> Result<usize, Error> {
    week::write(&mut *conn, &roster.templates).await?;
    let closures = roster.closures.iter().map(
        |closure| json!({ "closure_id": closure.id, "from_on": closure.days.from, "to_on": closure.days.to, "why": closure.why }),
    );
    rows!(conn, "closure", "closure_id, from_on, to_on, why", closures);

    // The regulars were seated ten weeks ahead, the others booked since.
    let mut generated = roster.shifts.clone();
    for (seat, _) in &roster.booked {
        let shift = generated.iter_mut().find(|shift| shift.id == seat.shift);
        if let Some(seat) = shift.and_then(|shift| shift.seat_mut(*seat)) {
            seat.holder = None;
        }
    }
    let count = crate::shifts::insert(conn, &generated, now - Duration::days(5)).await?;
    let booked = |seat: &domain::id::SeatId, member: &MemberId| {
        json!({
            "shift_id": seat.shift, "position": seat.position, "member_id": member, "to_member": member,
            "at": now - Duration::days(4), "how": "taken", "by_member": member,
        })
    };
    let taken: Vec<Value> = roster.booked.iter().map(|(seat, member)| booked(seat, member)).collect();
    sqlx::query(
        "insert into assignment (shift_id, position, member_id, during)
         select shift_id, position, member_id,
            tstzrange(starts_at + interval '15 minutes', ends_at - interval '15 minutes')
         from jsonb_to_recordset($1) as taken (shift_id uuid, position smallint, member_id uuid)
         join shift using (shift_id)",
    )
    .bind(Json(&taken))
    .execute(&mut *conn)
    .await?;
    rows!(conn, "seat_history", "shift_id, position, at, to_member, how, by_member", taken);
    sqlx::query(
        "update seat_history set at = least(at, starts_at - interval '3 days') from shift
         where shift.shift_id = seat_history.shift_id",
    )
    .execute(&mut *conn)
    .await?;
    let presences: Vec<Value> = past
        .presences
        .iter()
        .map(|(seat, presence)| json!({ "shift_id": seat.shift, "position": seat.position, "presence": presence }))
        .collect();
    sqlx::query(
        "update assignment a set presence = p.presence
         from jsonb_to_recordset($1) as p (shift_id uuid, position smallint, presence text)
         where a.shift_id = p.shift_id and a.position = p.position",
    )
    .bind(Json(presences))
    .execute(&mut *conn)
    .await?;
    let ledger = past.ledger.iter().map(|(member, entry)| {
        json!({
            "member_id": member, "kind": entry.kind, "on_day": entry.on, "shifts": entry.shifts(),
            "why": entry.why, "shift_id": entry.shift, "key": Some(&entry.key).filter(|key| !key.is_empty()), "at": now,
        })
    });
    rows!(conn, "ledger_entry", "member_id, kind, on_day, shifts, why, shift_id, key, at", ledger);
    let asked = json!({
        "policy_version_id": id_of("policy"), "valid_from": past.asked.valid_from, "policy": past.asked.policy,
        "why": "La règle de départ : une vacation par cycle de 4 semaines", "at": now,
    });
    rows!(conn, "policy_version", "policy_version_id, valid_from, policy, why, at", [asked]);
    Ok(count)
}

pub async fn board(conn: &mut PgConnection, at: &OnTheBoard) -> Result<(), Error> {
    rows!(
        conn,
        "offer",
        "offer_id, shift_id, position, member_id, kind, audience, note, created_at, state",
        at.offers.iter().map(offer_row)
    );
    let named = at.offers.iter().flat_map(|offer| {
        let OfferKind::Give { audience: Audience::Named { members } } = &offer.kind else { return Vec::new() };
        members.iter().map(|member| json!({ "offer_id": offer.id, "member_id": member })).collect()
    });
    rows!(conn, "offer_named", "offer_id, member_id", named);
    let wishes = at.offers.iter().filter_map(|offer| Some((offer.id, offer.wishes()?)));
    let ticked = wishes.clone().flat_map(|(id, wishes)| {
        let row =
            move |wish: &domain::swaps::Wish| json!({ "offer_id": id, "shift_id": wish.shift, "ticked_at": wish.ticked_at });
        wishes.shifts.iter().map(row).collect::<Vec<_>>()
    });
    rows!(conn, "wish", "offer_id, shift_id, ticked_at", ticked);
    let patterns = wishes.flat_map(|(id, wishes)| {
        wishes.patterns.iter().enumerate().map(
            move |(rank, wish)| json!({ "offer_id": id, "rank": rank, "pattern": wish.pattern, "ticked_at": wish.ticked_at }),
        )
    });
    rows!(conn, "wish_pattern", "offer_id, rank, pattern, ticked_at", patterns);

    let loops = at.suggested.iter().map(|suggested| {
        json!({
            "loop_id": suggested.id, "asks": suggested.asks, "created_at": suggested.created_at,
            "expires_at": suggested.expires_at, "state": "pending",
        })
    });
    rows!(conn, "suggested_loop", "loop_id, asks, created_at, expires_at, state", loops);
    let legs = at.suggested.iter().flat_map(|suggested| {
        suggested.legs.iter().enumerate().map(move |(rank, leg)| {
            json!({
                "loop_id": suggested.id, "rank": rank, "offer_id": leg.offer, "member_id": leg.member,
                "gives_shift": leg.gives.shift, "gives_position": leg.gives.position,
                "takes_shift": leg.takes.shift, "takes_position": leg.takes.position,
            })
        })
    });
    rows!(conn, "loop_leg", "loop_id, rank, offer_id, member_id, gives_shift, gives_position, takes_shift, takes_position", legs);
    let notices = at.told.iter().enumerate().map(|(rank, (member, notice, told_at))| {
        json!({ "notice_id": id_of(&format!("notice/{rank}/{member}")), "member_id": member, "notice": notice, "at": told_at })
    });
    rows!(conn, "notice", "notice_id, member_id, notice, at", notices);
    falls_due(conn, at).await
}

fn offer_row(offer: &Offer) -> Value {
    let (kind, audience) = match &offer.kind {
        OfferKind::Exchange { .. } => ("exchange", None),
        OfferKind::Give { audience: Audience::Anyone } => ("give", Some("anyone")),
        OfferKind::Give { audience: Audience::Named { .. } } => ("give", Some("named")),
        OfferKind::Give { audience: Audience::Invited } => ("give", Some("invited")),
    };
    json!({
        "offer_id": offer.id, "shift_id": offer.seat.shift, "position": offer.seat.position,
        "member_id": offer.member, "kind": kind, "audience": audience, "note": offer.note,
        "created_at": offer.created_at, "state": "open",
    })
}

/// What ends by itself, just after its time.
async fn falls_due(conn: &mut PgConnection, at: &OnTheBoard) -> Result<(), Error> {
    let board: &Board = &at.board;
    let offers = at.offers.iter().filter_map(|offer| Some((offer.id.0, open_until(offer, board)?)));
    let loops = at.suggested.iter().map(|suggested| (suggested.id.0, suggested.expires_at));
    let due = offers
        .chain(loops)
        .map(|(key, until)| json!({ "kind": "expire", "key": key, "due_at": until + Duration::milliseconds(1), "payload": {} }));
    rows!(conn, "due_work", "kind, key, due_at, payload", due);
    Ok(())
}
