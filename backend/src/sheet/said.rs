//! What is said on a day sheet becomes rows.

use domain::board::Board;
use domain::id::ShiftId;
use domain::sheet::{Change, Presence, tally};
use domain::time::Instant;
use sqlx::PgConnection;

use crate::error::Error;
use crate::swaps::write::word;

/// Writes one thing said on the sheet of `shift`.
pub async fn say(conn: &mut PgConnection, shift: ShiftId, change: &Change, now: Instant) -> Result<(), Error> {
    match change {
        Change::Marked(marked) => {
            sqlx::query(
                "insert into presence (shift_id, member_id, presence, replaced_by, owed, at, by_member)
             values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(shift)
            .bind(marked.member)
            .bind(word(&marked.presence))
            .bind(marked.replaced_by)
            .bind(marked.owed.map(i16::from))
            .bind(marked.said.at)
            .bind(marked.said.by)
            .execute(conn)
            .await?
        }
        Change::WalkedIn(walk_in) => {
            sqlx::query(
                "insert into walk_in (walk_in_id, shift_id, member_id, name, at, by_member) values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(walk_in.id)
            .bind(shift)
            .bind(walk_in.member)
            .bind(&walk_in.name)
            .bind(walk_in.said.at)
            .bind(walk_in.said.by)
            .execute(conn)
            .await?
        }
        Change::WalkInRemoved { walk_in, said } => {
            sqlx::query(
                "update walk_in set removed_at = $3, removed_by = $4
                 where walk_in_id = $1 and shift_id = $2 and removed_at is null",
            )
            .bind(walk_in)
            .bind(shift)
            .bind(said.at)
            .bind(said.by)
            .execute(conn)
            .await?
        }
        Change::Ticked { item, done, said } => {
            sqlx::query("insert into tick (shift_id, item_id, done, at, received_at, by_member) values ($1, $2, $3, $4, $5, $6)")
                .bind(shift)
                .bind(item)
                .bind(done)
                .bind(said.at)
                .bind(now)
                .bind(said.by)
                .execute(conn)
                .await?
        }
        Change::Read(reading) => {
            sqlx::query(
                "insert into reading (reading_id, shift_id, fridge_id, tenths, note, at, received_at, by_member)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(reading.id)
            .bind(shift)
            .bind(reading.fridge)
            .bind(reading.tenths)
            .bind(&reading.note)
            .bind(reading.said.at)
            .bind(now)
            .bind(reading.said.by)
            .execute(conn)
            .await?
        }
        Change::Noted(note) => {
            sqlx::query(
                "insert into hand_over_note (note_id, shift_id, text, open, at, by_member) values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(note.id)
            .bind(shift)
            .bind(&note.text)
            .bind(note.open)
            .bind(note.said.at)
            .bind(note.said.by)
            .execute(conn)
            .await?
        }
        // Two teams may see the same word at once: the first one's stays.
        Change::NoteSeen { note, said } => {
            sqlx::query(
                "update hand_over_note set seen_at = $2, seen_by = $3, seen_shift = $4 where note_id = $1 and seen_at is null",
            )
            .bind(note)
            .bind(said.at)
            .bind(said.by)
            .bind(shift)
            .execute(conn)
            .await?
        }
        Change::Reported(report) => {
            sqlx::query("insert into report (shift_id, what, note, at, by_member) values ($1, $2, $3, $4, $5)")
                .bind(shift)
                .bind(word(&report.what))
                .bind(&report.note)
                .bind(report.said.at)
                .bind(report.said.by)
                .execute(conn)
                .await?
        }
        Change::DeliveryAdded(delivery) => {
            let said = delivery.added.ok_or(Error::Unreadable("an added delivery says who added it"))?;
            sqlx::query(
                "insert into added_delivery (delivery_id, shift_id, supplier, what, at, by_member) values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(delivery.id)
            .bind(shift)
            .bind(&delivery.supplier)
            .bind(&delivery.what)
            .bind(said.at)
            .bind(said.by)
            .execute(conn)
            .await?
        }
        Change::Received { delivery, received, photo } => {
            sqlx::query(
                "insert into delivery_receipt (delivery_id, shift_id, state, remarks, at, by_member, photo_id)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(delivery)
            .bind(shift)
            .bind(word(&received.state))
            .bind(&received.remarks)
            .bind(received.said.at)
            .bind(received.said.by)
            .bind(photo)
            .execute(conn)
            .await?
        }
        Change::Happened(incident) => {
            sqlx::query("insert into incident (incident_id, shift_id, what, text, at, by_member) values ($1, $2, $3, $4, $5, $6)")
                .bind(incident.id)
                .bind(shift)
                .bind(word(&incident.what))
                .bind(&incident.text)
                .bind(incident.said.at)
                .bind(incident.said.by)
                .execute(conn)
                .await?
        }
        Change::Closed(closed) => {
            sqlx::query("insert into sheet (shift_id, closed_at, closed_by) values ($1, $2, $3)")
                .bind(shift)
                .bind(closed.at)
                .bind(closed.by)
                .execute(conn)
                .await?
        }
    };
    Ok(())
}

/// Notes beside each seat of `shift` what its holder's coming came to, once its sheet is closed.
pub async fn note_presences(conn: &mut PgConnection, board: &Board, shift: ShiftId) -> Result<(), Error> {
    let (Some(planned), Some(sheet)) = (board.shifts.get(&shift), board.sheets.get(&shift)) else { return Ok(()) };
    let counts = tally(planned, sheet);
    if counts.is_empty() {
        return Ok(());
    }
    sqlx::query(NOTE)
        .bind(shift)
        .bind(counts.keys().map(|member| member.0).collect::<Vec<_>>())
        .bind(counts.values().map(|noted| column(noted.presence)).collect::<Vec<_>>())
        .execute(conn)
        .await?;
    Ok(())
}

/// What a seat's row says: who is replaced is excused, who is late is there.
fn column(presence: Presence) -> &'static str {
    match presence {
        Presence::Present | Presence::Late => "present",
        Presence::Absent => "absent",
        Presence::Excused | Presence::Replaced => "excused",
    }
}

const NOTE: &str = "
update assignment a set presence = c.presence from unnest($2::uuid[], $3::text[]) as c (member_id, presence)
where a.shift_id = $1 and a.member_id = c.member_id and a.presence is distinct from c.presence";
