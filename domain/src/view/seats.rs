//! A seat as it is drawn, and a shift as a card.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::calendar::{PublicKind, PublicOffer};
use crate::eligibility::is_apt;
use crate::id::{MemberId, OfferId, SeatId, ShiftId};
use crate::members::ShortName;
use crate::shifts::{Shift, ShiftState};
use crate::swaps::OfferState;
use crate::time::Instant;

/// What a seat is to whoever looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatLook {
    Free,
    /// Free, and kept for the next in line.
    Kept,
    Held,
    /// Somebody wants to leave it.
    Offered,
    Mine,
    /// Mine, and I am looking for somebody.
    MineOffered,
}

/// The offer on a seat, as far as I may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatOffer {
    pub id: OfferId,
    pub kind: PublicKind,
    /// Made to me by name.
    pub for_me: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatView {
    pub id: SeatId,
    pub lead: bool,
    /// The required skill's French name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
    pub look: SeatLook,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<SeatOffer>,
    /// Not for me, whatever I left for it: it asks for a skill that I have not learnt, or I am away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfit: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub id: MemberId,
    pub name: ShortName,
}

/// A shift as the planning and the lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftCard {
    pub id: ShiftId,
    pub on: NaiveDate,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// The words with which the office closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    pub past: bool,
    pub seats: Vec<SeatView>,
}

impl ShiftCard {
    pub fn free(&self) -> usize {
        self.seats.iter().filter(|seat| seat.look == SeatLook::Free).count()
    }

    /// Seats that somebody gives away: « à reprendre ».
    pub fn to_claim(&self) -> usize {
        let claimable = |seat: &&SeatView| {
            seat.look == SeatLook::Offered && seat.offer.as_ref().is_some_and(|offer| offer.kind == PublicKind::Give)
        };
        self.seats.iter().filter(claimable).count()
    }

    pub fn mine(&self) -> Option<&SeatView> {
        self.seats.iter().find(|seat| matches!(seat.look, SeatLook::Mine | SeatLook::MineOffered))
    }

    pub fn lead(&self) -> Option<&Holder> {
        self.seats.iter().find(|seat| seat.lead).and_then(|seat| seat.holder.as_ref())
    }

    /// A seat that could be taken: one that somebody gives away first, then a free one.
    pub fn is_lacking(&self) -> bool {
        self.closed.is_none() && !self.past && self.free() + self.to_claim() > 0
    }
}

pub fn shift_card(seen: Seen<'_>, shift: &Shift) -> ShiftCard {
    let past = seen.now > shift.starts_at;
    ShiftCard {
        id: shift.id,
        on: shift.on,
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        closed: match &shift.state {
            ShiftState::Closed { why, .. } => Some(why.clone()),
            ShiftState::Planned => None,
        },
        past,
        seats: shift.seat_ids().filter_map(|id| seat_view(seen, shift, id, past)).collect(),
    }
}

fn seat_view(seen: Seen<'_>, shift: &Shift, id: SeatId, past: bool) -> Option<SeatView> {
    let seat = shift.seat(id)?;
    let mine = seat.holder == Some(seen.me.id());
    let offer = if past { None } else { offer_on(seen, id) };
    let look = match (seat.holder, &offer) {
        (None, _) if seen.is_kept_for_other(id) => SeatLook::Kept,
        (None, _) => SeatLook::Free,
        (Some(_), Some(_)) if mine => SeatLook::MineOffered,
        (Some(_), None) if mine => SeatLook::Mine,
        (Some(_), Some(_)) => SeatLook::Offered,
        (Some(_), None) => SeatLook::Held,
    };
    Some(SeatView {
        id,
        lead: seat.lead,
        skill: seat.skill.as_ref().filter(|_| !seat.lead).map(|skill| seen.calendar.skill_label(skill)),
        holder: seat.holder.map(|holder| Holder { id: holder, name: seen.calendar.name(holder) }),
        look,
        offer,
        unfit: !mine && is_apt(&seen.me.aptitude, shift, seat).is_err(),
    })
}

/// The open offer on a seat: mine, one made to me, or a public one.
fn offer_on(seen: Seen<'_>, seat: SeatId) -> Option<SeatOffer> {
    let open = |state: &OfferState| *state == OfferState::Open;
    let mine = seen.me.offers.iter().find(|offer| offer.seat == seat && open(&offer.state));
    let named = seen.me.offered_to_me.iter().find(|offer| offer.seat == seat && open(&offer.state));
    if let Some(offer) = mine.or(named) {
        let kind = if offer.wishes().is_some() { PublicKind::Exchange } else { PublicKind::Give };
        return Some(SeatOffer { id: offer.id, kind, for_me: mine.is_none() });
    }
    seen.calendar.offers.iter().find(|offer: &&PublicOffer| offer.seat == seat).map(|offer| SeatOffer {
        id: offer.id,
        kind: offer.kind,
        for_me: false,
    })
}
