//! Effects become rows. Each statement checks what the effect says it found: a guard under the
//! rules, so that a decision on stale facts is run again instead of written.

use domain::board::Board;
use domain::effect::Effect;
use domain::id::{MemberId, OfferId, ShiftId};
use domain::notice::Notice;
use domain::shifts::Treatment;
use domain::swaps::{Offer, OfferState};
use domain::time::Instant;
use serde_json::Value;
use sqlx::PgConnection;

use super::aftermath::Aftermath;
use super::callable::callable;
use super::ended::{end_loops, end_offers, end_proposals, open_loops, open_proposals};
use super::moves::move_seats;
use super::opened::{self, open_offer, set_wishes};
use super::waiting;
use crate::assembly;
use crate::brief;
use crate::catalogue;
use crate::dossiers;
use crate::error::Error;
use crate::event;
use crate::governance;
use crate::groups;
use crate::ledger;
use crate::notify::preferences;
use crate::register;
use crate::sheet;

/// Writes `effects`, in the name of `sender`. `board` holds the facts with the effects applied.
pub async fn effects(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
) -> Result<Aftermath, Error> {
    let mut after = Aftermath::default();
    let replaced = replaced(board, effects);
    end_offers(conn, &replaced).await?;
    for effect in effects {
        match effect {
            Effect::OfferOpened(offer) => {
                after.offer_shows(offer);
                after.due.extend(expiry(board, offer).map(|at| (offer.id.to_string(), at)));
                open_offer(conn, offer).await?;
            }
            Effect::WishesSet { offer, wishes } => {
                after.touched.extend(board.offers.get(offer).map(|offer| offer.member));
                set_wishes(conn, *offer, wishes).await?;
            }
            Effect::InvitationMade(invitation) => opened::invitation(conn, invitation).await?,
            Effect::InvitationUsed { invitation, by } => opened::use_invitation(conn, *invitation, *by).await?,
            Effect::NoticeSeen { notice, at } => {
                let member = opened::see_notice(conn, *notice, *at).await?;
                after.touched.insert(member);
            }
            Effect::PreferencesSet { member, preferences } => {
                preferences::set(conn, *member, preferences).await?;
                after.touched.insert(*member);
            }
            Effect::HelpCalled { shift, by, note } => {
                let notice = Notice::UrgentCall { shift: *shift, by: *by, note: note.clone() };
                let called = callable(conn, *shift, *by, now).await?;
                after.touched.extend(&called);
                after.told.extend(called.into_iter().map(|member| (member, notice.clone())));
            }
            Effect::ShiftClosed { shift, why, treatment } => {
                after.calendar = true;
                after.touched.extend(board.shifts.get(shift).into_iter().flat_map(|shift| shift.holders()));
                close_shift(conn, *shift, why, *treatment).await?;
            }
            Effect::Told { member, notice } => {
                after.touched.insert(*member);
                after.told.push((*member, notice.clone()));
            }
            Effect::SeatMoved { seat, .. } => after.line_moves(board, seat.shift),
            Effect::WaitingJoined { shift, .. } | Effect::WaitingLeft { shift, .. } => {
                after.line_moves(board, *shift);
                waiting::write(conn, effect, &mut after).await?;
            }
            Effect::SeatFreeFor { event, visitor } => event::tell_offered(conn, board, *event, *visitor, now).await?,
            Effect::SheetChanged { shift, change } => sheet::say(conn, *shift, change, now).await?,
            other => waiting::write(conn, other, &mut after).await?,
        }
    }

    let mut offers = Vec::new();
    let mut proposals = (Vec::new(), Vec::new());
    let mut loops = (Vec::new(), Vec::new());
    for effect in effects {
        match effect {
            Effect::OfferClosed { offer, state } => {
                after.touched.extend(board.offers.get(offer).map(|offer| offer.member));
                if let Some(offer) = board.offers.get(offer) {
                    after.offer_shows(offer);
                }
                if !replaced.iter().any(|(known, _)| known == offer) {
                    offers.push((*offer, state.clone()));
                }
            }
            Effect::ProposalOpened(proposal) => {
                after.touched.extend([proposal.from, proposal.to]);
                after.due.push((proposal.id.to_string(), proposal.expires_at));
                proposals.0.push(proposal.clone());
            }
            Effect::ProposalClosed { proposal, state } => {
                after.touched.extend(board.proposals.get(proposal).into_iter().flat_map(|known| [known.from, known.to]));
                proposals.1.push((*proposal, state.clone()));
            }
            Effect::LoopSuggested(suggested) => {
                after.touched.insert(suggested.asks);
                after.due.push((suggested.id.to_string(), suggested.expires_at));
                loops.0.push(suggested.clone());
            }
            Effect::LoopClosed { lacking, state } => {
                after.touched.extend(board.loops.get(lacking).map(|known| known.asks));
                loops.1.push((*lacking, state.clone()));
            }
            _ => {}
        }
    }
    // What two causes end in one act ends once.
    offers.sort_by_key(|(offer, _)| *offer);
    offers.dedup_by_key(|(offer, _)| *offer);
    proposals.1.sort_by_key(|(proposal, _)| *proposal);
    proposals.1.dedup_by_key(|(proposal, _)| *proposal);
    loops.1.sort_by_key(|(lacking, _)| *lacking);
    loops.1.dedup_by_key(|(lacking, _)| *lacking);
    move_seats(conn, effects, &offers, sender, now, &mut after).await?;
    // One that is over makes way for the one that asks the same again.
    end_proposals(conn, &proposals.1).await?;
    open_proposals(conn, &proposals.0).await?;
    open_loops(conn, &loops.0).await?;
    end_loops(conn, &loops.1).await?;
    sheet::follow(conn, board, effects, sender, now, &mut after).await?;
    ledger::follow(conn, board, effects, sender, now, &mut after).await?;
    brief::follow(conn, board, effects, now, &mut after).await?;
    event::follow(conn, board, effects, sender, now, &mut after).await?;
    catalogue::follow(conn, board, effects, &mut after).await?;
    groups::follow(conn, board, effects, sender, now, &mut after).await?;
    governance::follow(conn, effects, sender, now, &mut after).await?;
    dossiers::follow(conn, board, effects, sender, now, &mut after).await?;
    register::follow(conn, effects, sender, now, &mut after).await?;
    assembly::follow(conn, effects, sender, now, &mut after).await?;
    Ok(after)
}

/// The offers that end because their seat is offered anew: a seat has one open offer at any moment,
/// so they end before the new ones open.
fn replaced(board: &Board, effects: &[Effect]) -> Vec<(OfferId, OfferState)> {
    let anew = |old: &Offer| {
        effects.iter().any(|effect| matches!(effect, Effect::OfferOpened(new) if new.seat == old.seat && new.id != old.id))
    };
    let ends = effects.iter().filter_map(|effect| match effect {
        Effect::OfferClosed { offer, state } if board.offers.get(offer).is_some_and(anew) => Some((*offer, state.clone())),
        _ => None,
    });
    ends.collect()
}

/// When an open offer ends by itself: at the start, its exchange part at its notice.
fn expiry(board: &Board, offer: &Offer) -> Option<Instant> {
    let start = board.start_of(offer.seat)?;
    match offer.wishes() {
        Some(_) => domain::decide::exchange_deadline(board, [start]),
        None => Some(start),
    }
}

async fn close_shift(conn: &mut PgConnection, shift: ShiftId, why: &str, treatment: Treatment) -> Result<(), Error> {
    let closed: i64 = sqlx::query_scalar(CLOSE).bind(shift).bind(why).bind(word(&treatment)).fetch_one(conn).await?;
    if closed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// A unit variant's name on the wire, which is also its name in a column.
pub(crate) fn word(name: &impl serde::Serialize) -> String {
    match json(name) {
        Value::String(word) => word,
        other => other.to_string(),
    }
}

pub(super) fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

const CLOSE: &str = "
with closed as (
    update shift set closed_why = $2, closed_treatment = $3
    where shift_id = $1 and closed_why is null
    returning shift_id
), freed as (
    update assignment set closed = true from closed where assignment.shift_id = closed.shift_id
)
select count(*) from closed";
