//! Who is expected on a seat now, whatever was asked about it.

use super::Seen;
use crate::board::when;
use crate::command::Command;
use crate::id::{OfferId, SeatId};
use crate::members::ShortName;
use crate::outbox::seats_named;
use crate::reason::When;

/// After a refusal: who comes, as things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responsible {
    Me(When),
    Somebody(ShortName, When),
    /// The seat is empty.
    Nobody(When),
}

/// Who holds the seat that the act was about; nothing where it was about no seat, or one that
/// this device does not keep, or that is over.
pub fn responsible(seen: Seen<'_>, command: &Command) -> Option<Responsible> {
    let seat = seats_named(command).first().copied().or_else(|| offered(seen, command))?;
    let shift = seen.calendar.shift(seat.shift).filter(|shift| shift.is_planned() && shift.ends_at > seen.now)?;
    let when = when(shift);
    Some(match shift.seat(seat)?.holder {
        Some(holder) if holder == seen.me.id() => Responsible::Me(when),
        Some(holder) => Responsible::Somebody(seen.calendar.name(holder), when),
        None => Responsible::Nobody(when),
    })
}

fn offered(seen: Seen<'_>, command: &Command) -> Option<SeatId> {
    let wanted: OfferId = match command {
        Command::ClaimOffer { offer, .. } | Command::WithdrawOffer { offer } | Command::SetWishes { offer, .. } => *offer,
        _ => return None,
    };
    let public = seen.calendar.offers.iter().find(|offer| offer.id == wanted).map(|offer| offer.seat);
    public
        .or_else(|| seen.me.offers.iter().chain(&seen.me.offered_to_me).find(|offer| offer.id == wanted).map(|offer| offer.seat))
}
