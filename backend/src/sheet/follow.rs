//! What an act on a day sheet, or on the seats of one that is open, leaves to be counted and told.

use std::collections::BTreeSet;

use domain::board::Board;
use domain::effect::Effect;
use domain::id::{MemberId, ShiftId};
use domain::notice::Notice;
use domain::sheet::{Change, Mishap, Window};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::said::note_presences;
use super::watchers::watchers;
use crate::auth::{Distribution, Office};
use crate::error::Error;
use crate::ledger;
use crate::swaps::aftermath::Aftermath;

/// Enters what counts, tells the office what it must know, and whose snapshot shows something else.
pub async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    let mut said: BTreeSet<ShiftId> = BTreeSet::new();
    let mut shown: BTreeSet<ShiftId> = BTreeSet::new();
    let (mut handed_over, mut counted) = (false, Vec::new());
    for effect in effects {
        match effect {
            Effect::SheetChanged { shift, change } => {
                said.insert(*shift);
                handed_over |= matches!(change, Change::Noted(_) | Change::NoteSeen { .. });
                if let Change::Reported(report) = change {
                    let (by, what, note) = (report.said.by, report.what, report.note.clone());
                    let notice = Notice::ShopReported { shift: *shift, by, what, note };
                    let office = Office::everybody(conn, paris_day(now)).await?;
                    after.told.extend(office.into_iter().filter(|member| *member != by).map(|member| (member, notice.clone())));
                }
                if let Change::Happened(incident) = change {
                    let (by, what, text) = (incident.said.by, incident.what, incident.text.clone());
                    let notice = Notice::IncidentReported { shift: *shift, by, what, text };
                    let today = paris_day(now);
                    let answers = match what {
                        Mishap::Other => Office::everybody(conn, today).await?,
                        what => Distribution::everybody(conn, today, what == Mishap::Safety).await?,
                    };
                    after.told.extend(answers.into_iter().filter(|member| *member != by).map(|member| (member, notice.clone())));
                }
                if matches!(change, Change::DeliveryAdded(_) | Change::Received { .. }) {
                    shown.extend(super::watchers::of_the_day(conn, *shift).await?);
                }
            }
            // Who comes, and their phones, stand on a sheet that is open.
            Effect::SeatMoved { seat, .. } => {
                let open = board.shifts.get(&seat.shift).is_some_and(|shift| Window::of(shift).is_open(now));
                shown.extend(open.then_some(seat.shift));
            }
            Effect::Counted { member, entry } => counted.push((*member, entry.clone())),
            _ => {}
        }
    }
    // A command writes on one sheet; a seat that is given counts on that one too.
    if let Some(shift) = said.iter().chain(board.sheets.keys()).next() {
        note_presences(conn, board, *shift).await?;
    }
    after.touched.extend(ledger::append(conn, &counted, sender, now).await?);
    shown.extend(&said);
    if !shown.is_empty() {
        let shown: Vec<ShiftId> = shown.into_iter().collect();
        after.touched.extend(watchers(conn, &shown, handed_over, now).await?);
    }
    Ok(())
}
