//! Échanges: what is proposed to me, what I can take, what I offer.

use serde::{Deserialize, Serialize};

use super::Seen;
use super::choices::{Bearing, if_swapped};
use super::seats::{Holder, ShiftCard};
use crate::board::when;
use crate::calendar::PublicKind;
use crate::command::Command;
use crate::decide::{Decision, decide, exchange_deadline, legs_in_order};
use crate::id::{LoopId, OfferId, ProposalId, SeatId};
use crate::me::board;
use crate::members::ShortName;
use crate::reason::{Reason, When};
use crate::swaps::{Audience, OfferKind, Wishes};
use crate::time::Instant;

/// « Échange possible: Karim → Léa → toi ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopCard {
    pub id: LoopId,
    pub gives: When,
    pub takes: When,
    /// What the seat received asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// In order; I come last.
    pub names: Vec<ShortName>,
    pub answer_by: Instant,
    /// What it does to what I owe.
    pub bearing: Bearing,
}

/// « ta place contre la mienne »
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalCard {
    pub id: ProposalId,
    /// The other person.
    pub with: Holder,
    /// What I would leave and what I would take.
    pub gives: When,
    pub takes: When,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub answer_by: Instant,
    /// What it does to what I owe.
    pub bearing: Bearing,
}

/// A seat on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferCard {
    pub id: OfferId,
    pub kind: PublicKind,
    pub seat: SeatId,
    pub holder: Holder,
    pub when: When,
    pub lead: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub for_me: bool,
    /// Why I cannot take it, as far as this device can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<Reason>,
}

/// My own open offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyOfferCard {
    pub id: OfferId,
    pub seat: SeatId,
    pub when: When,
    pub kind: OfferKind,
    /// Names of those it is for, where it is for some.
    pub named: Vec<ShortName>,
    /// The ticked shifts that are in the calendar.
    pub ticked: Vec<When>,
    /// Until when it can be taken or exchanged.
    pub until: Instant,
    /// Free seats among the ticked shifts: « Déplacer ».
    pub could_move_to: Vec<MoveCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveCard {
    pub to: SeatId,
    pub when: When,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangesView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub loops: Vec<LoopCard>,
    pub to_me: Vec<ProposalCard>,
    /// What I can take, soonest first; what the rules exclude comes after, with its reason.
    pub to_take: Vec<OfferCard>,
    /// What others would exchange.
    pub to_exchange: Vec<OfferCard>,
    pub mine: Vec<MyOfferCard>,
    /// What I proposed and nobody answered yet.
    pub from_me: Vec<ProposalCard>,
    /// My coming shifts, from which I could offer.
    pub my_shifts: Vec<ShiftCard>,
    pub offers: usize,
}

pub fn exchanges(seen: Seen<'_>) -> ExchangesView {
    let (to_take, to_exchange) = offer_cards(seen);
    ExchangesView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        loops: loop_cards(seen),
        to_me: proposal_cards_to_me(seen),
        to_take,
        to_exchange,
        mine: my_offers(seen),
        from_me: proposal_cards(seen, true),
        my_shifts: super::mine::coming(seen),
        offers: on_board(seen),
    }
}

/// How many open offers of others the board shows.
pub fn on_board(seen: Seen<'_>) -> usize {
    let others = seen.calendar.offers.iter().filter(|offer| offer.member != seen.me.id());
    others.filter(|offer| in_time(seen, offer.seat)).count()
        + seen.me.offered_to_me.iter().filter(|offer| offer.is_open() && in_time(seen, offer.seat)).count()
}

fn in_time(seen: Seen<'_>, seat: SeatId) -> bool {
    seen.calendar.shift(seat.shift).is_some_and(|shift| shift.is_planned() && seen.now <= shift.starts_at)
}

pub fn loop_cards(seen: Seen<'_>) -> Vec<LoopCard> {
    let me = seen.me.id();
    let pending = seen.me.loops.iter().filter(|known| known.is_pending() && seen.now <= known.expires_at);
    pending
        .filter_map(|known| {
            let leg = known.leg_of(me)?;
            let (gives, takes) = (seen.calendar.shift(leg.gives.shift)?, seen.calendar.shift(leg.takes.shift)?);
            let skill = takes.seat(leg.takes)?.skill.as_ref().map(|skill| seen.calendar.skill_label(skill));
            Some(LoopCard {
                id: known.id,
                gives: when(gives),
                takes: when(takes),
                skill,
                names: legs_in_order(&known.legs, me).into_iter().map(|id| seen.calendar.name(id)).collect(),
                answer_by: known.expires_at,
                bearing: if_swapped(seen, gives, takes),
            })
        })
        .collect()
}

pub fn proposal_cards_to_me(seen: Seen<'_>) -> Vec<ProposalCard> {
    proposal_cards(seen, false)
}

fn proposal_cards(seen: Seen<'_>, from_me: bool) -> Vec<ProposalCard> {
    let me = seen.me.id();
    let pending = seen.me.proposals.iter().filter(|known| known.is_pending() && seen.now <= known.expires_at);
    pending
        .filter(|known| (known.from == me) == from_me)
        .filter_map(|known| {
            let (with, gives, takes) =
                if from_me { (known.to, known.mine, known.theirs) } else { (known.from, known.theirs, known.mine) };
            let (given, taken) = (seen.calendar.shift(gives.shift)?, seen.calendar.shift(takes.shift)?);
            Some(ProposalCard {
                id: known.id,
                with: Holder { id: with, name: seen.calendar.name(with) },
                gives: when(given),
                takes: when(taken),
                note: known.note.clone(),
                answer_by: known.expires_at,
                bearing: if_swapped(seen, given, taken),
            })
        })
        .collect()
}

fn offer_cards(seen: Seen<'_>) -> (Vec<OfferCard>, Vec<OfferCard>) {
    let facts = board(seen.calendar, seen.me);
    let me = seen.me.id();
    let mut cards: Vec<OfferCard> = facts
        .offers
        .values()
        .filter(|offer| offer.is_open() && offer.member != me && in_time(seen, offer.seat))
        .filter_map(|offer| {
            let shift = seen.calendar.shift(offer.seat.shift)?;
            let seat = shift.seat(offer.seat)?;
            let kind = if offer.wishes().is_some() { PublicKind::Exchange } else { PublicKind::Give };
            if kind == PublicKind::Exchange
                && exchange_deadline(&facts, [shift.starts_at]).is_some_and(|deadline| seen.now > deadline)
            {
                return None;
            }
            let claim = Command::ClaimOffer { offer: offer.id, instead_of: None, secret: None };
            let why_not = match kind {
                PublicKind::Give => match decide(&facts, &claim, me, seen.now) {
                    Decision::No(reason) => Some(reason),
                    _ => None,
                },
                PublicKind::Exchange => None,
            };
            Some(OfferCard {
                id: offer.id,
                kind,
                seat: offer.seat,
                holder: Holder { id: offer.member, name: seen.calendar.name(offer.member) },
                when: when(shift),
                lead: seat.lead,
                skill: seat.skill.as_ref().filter(|_| !seat.lead).map(|skill| seen.calendar.skill_label(skill)),
                note: offer.note.clone(),
                for_me: matches!(&offer.kind, OfferKind::Give { audience: Audience::Named { .. } }),
                why_not,
            })
        })
        .collect();
    crate::order::by_key(&mut cards, |card| (card.why_not.is_some(), !card.for_me, card.when.starts_at, card.id));
    cards.into_iter().partition(|card| card.kind == PublicKind::Give)
}

fn my_offers(seen: Seen<'_>) -> Vec<MyOfferCard> {
    let facts = board(seen.calendar, seen.me);
    let mut cards: Vec<MyOfferCard> = seen
        .me
        .offers
        .iter()
        .filter(|offer| offer.is_open())
        .filter_map(|offer| {
            let shift = seen.calendar.shift(offer.seat.shift)?;
            let until = match offer.wishes() {
                Some(_) => exchange_deadline(&facts, [shift.starts_at])?,
                None => shift.starts_at,
            };
            let named = match &offer.kind {
                OfferKind::Give { audience: Audience::Named { members } } => {
                    members.iter().map(|id| seen.calendar.name(*id)).collect()
                }
                _ => Vec::new(),
            };
            (seen.now <= until).then(|| MyOfferCard {
                id: offer.id,
                seat: offer.seat,
                when: when(shift),
                kind: offer.kind.clone(),
                named,
                ticked: offer.wishes().map(|wishes| ticked(seen, wishes)).unwrap_or_default(),
                until,
                could_move_to: could_move(seen, &facts, offer),
            })
        })
        .collect();
    crate::order::by_key(&mut cards, |card| card.when.starts_at);
    cards
}

fn ticked(seen: Seen<'_>, wishes: &Wishes) -> Vec<When> {
    let named = |shift: &&crate::shifts::Shift| wishes.shifts.iter().any(|wish| wish.shift == shift.id);
    seen.calendar.shifts.iter().filter(named).map(when).collect()
}

/// Ticked shifts with an empty seat: offered as a move, never made by itself.
fn could_move(seen: Seen<'_>, facts: &crate::board::Board, offer: &crate::swaps::Offer) -> Vec<MoveCard> {
    let Some(wishes) = offer.wishes() else { return Vec::new() };
    let me = seen.me.id();
    seen.calendar
        .shifts
        .iter()
        .filter(|shift| shift.starts_at > seen.now && shift.free_seats() > 0 && wishes.ticked(shift).is_some())
        .filter_map(|shift| {
            let to = shift.seat_ids().find(|id| {
                let command = Command::MoveSeat { from: offer.seat, to: *id };
                facts.holder(*id).is_none() && !matches!(decide(facts, &command, me, seen.now), Decision::No(_))
            })?;
            Some(MoveCard { to, when: when(shift) })
        })
        .take(3)
        .collect()
}
