//! The member's own acts, laid over what the server last said. Made at read time, never stored.

use crate::assembly;
use crate::board::Board;
use crate::calendar::{Calendar, PublicOffer, public_kind};
use crate::catalogue::Catalogue;
use crate::decide::decide;
use crate::effect::Effect;
use crate::event::{Events, lay_on, mine_after};
use crate::groups::{self, Groups};
use crate::id::{CommandId, MemberId, OfferId, SeatId, ShiftId};
use crate::me::{Me, board};
use crate::notice::Notice;
use crate::outbox::Outbox;
use crate::outcome::Marks;
use crate::swaps::{Offer, OfferKind, OfferState};
use crate::time::Instant;
use crate::watches::Waiting;

/// The snapshots as they will be once every act on its way has taken effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOver {
    pub calendar: Calendar,
    pub me: Me,
    /// Where they were laid over the events, too.
    pub events: Option<Events>,
    /// Likewise the catalogue.
    pub catalogue: Option<Catalogue>,
    /// And the groups.
    pub groups: Option<Groups>,
    /// What the acts that are not answered yet have to do with, in their order.
    pub touches: Vec<Touch>,
}

/// An act on its way changes something about this shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    pub by: CommandId,
    pub shift: ShiftId,
    /// The seat that it gives me there.
    pub takes: Option<SeatId>,
}

/// Lays the acts on their way over the snapshots, as far as this device can tell; `None` when
/// nothing is on its way, and the snapshots themselves serve. An act that would be refused as
/// things stand changes nothing here: the server has the last word.
pub fn laid_over(calendar: &Calendar, me: &Me, outbox: &Outbox, now: Instant) -> Option<LaidOver> {
    laid_over_shown(calendar, me, Shown::default(), outbox, now)
}

/// What else is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown<'a> {
    pub events: Option<&'a Events>,
    pub catalogue: Option<&'a Catalogue>,
    pub groups: Option<&'a Groups>,
}

/// The same where the events are shown, too.
pub fn laid_over_events(
    calendar: &Calendar,
    me: &Me,
    events: Option<&Events>,
    outbox: &Outbox,
    now: Instant,
) -> Option<LaidOver> {
    laid_over_shown(calendar, me, Shown { events, ..Shown::default() }, outbox, now)
}

/// The same where more is shown.
pub fn laid_over_shown(calendar: &Calendar, me: &Me, shown: Shown<'_>, outbox: &Outbox, now: Instant) -> Option<LaidOver> {
    let Shown { events, catalogue, groups } = shown;
    let marks = calendar.marks.iter().chain(&me.marks).chain(events.into_iter().flat_map(|events| &events.marks));
    let marks = marks.chain(catalogue.into_iter().flat_map(|catalogue| &catalogue.marks));
    let marks = marks.chain(groups.into_iter().flat_map(|groups| &groups.marks));
    let seen: Marks = crate::order::map(marks.map(|(slice, mark)| (slice.clone(), *mark)));
    // What I do on behalf of somebody else is not mine to see done.
    let mine = outbox.laid_over(&seen).filter(|entry| entry.parcel.on_behalf_of.is_none());
    let mut pending = mine.filter_map(|entry| Some((entry, entry.command()?))).peekable();
    pending.peek()?;
    let mut facts: Board = board(calendar, me);
    let mut laid = LaidOver {
        calendar: calendar.clone(),
        me: me.clone(),
        events: events.cloned(),
        catalogue: catalogue.cloned(),
        groups: groups.cloned(),
        touches: Vec::new(),
    };
    if let Some(events) = events {
        lay_on(&mut facts, events, me);
    }
    if let Some(groups) = groups {
        groups::lay_on(&mut facts, groups, me);
        assembly::lay_on(&mut facts, groups, me);
    }
    if let Some(catalogue) = catalogue {
        facts.suggestions = catalogue.known_to(me);
    }
    for (entry, command) in pending {
        if let Ok(effects) = decide(&facts, command, me.id(), now).effects() {
            if entry.state.is_waiting() {
                laid.touches.extend(touches(entry.id(), &effects.list, &facts, me.id()));
            }
            facts.apply_all(&effects.list);
            for effect in &effects.list {
                lay(effect, (&mut laid.calendar, &mut laid.me), now);
                if let (Effect::EventChanged { event, change }, Some(events)) = (effect, &mut laid.events)
                    && let Some(after) = facts.events.get(event)
                {
                    mine_after(after, change, events, &mut laid.me);
                }
                if let Effect::CatalogueChanged(change) = effect {
                    change.shown(&mut laid.me, laid.catalogue.as_mut());
                }
                if let Effect::GroupChanged(change) = effect {
                    change.shown(&facts, &mut laid.me, laid.groups.as_mut());
                }
                if let Effect::DossierChanged(change) = effect {
                    change.shown(&mut laid.me);
                }
                if let (Effect::GovernanceChanged(change), Some(groups)) = (effect, &mut laid.groups) {
                    change.shown(&facts, groups);
                }
                if let Effect::AssemblyChanged(change) = effect {
                    change.shown(&facts, &mut laid.me, laid.groups.as_mut());
                }
            }
        }
    }
    Some(laid)
}

/// The shifts that an act's effects are about; a shift once, with the seat that it gives me.
fn touches(by: CommandId, effects: &[Effect], facts: &Board, me: MemberId) -> Vec<Touch> {
    let mut touched: Vec<Touch> = Vec::new();
    let mut touch = |seat: SeatId, takes: Option<SeatId>| match touched.iter_mut().find(|known| known.shift == seat.shift) {
        Some(known) => known.takes = known.takes.or(takes),
        None => touched.push(Touch { by, shift: seat.shift, takes }),
    };
    for effect in effects {
        match effect {
            Effect::SeatMoved { seat, to, .. } => touch(*seat, (*to == Some(me)).then_some(*seat)),
            Effect::OfferOpened(offer) => touch(offer.seat, None),
            Effect::OfferClosed { offer, .. } | Effect::WishesSet { offer, .. } => {
                if let Some(offer) = facts.offers.get(offer) {
                    touch(offer.seat, None);
                }
            }
            Effect::ProposalOpened(proposal) => {
                touch(proposal.mine, None);
                touch(proposal.theirs, None);
            }
            Effect::ShiftClosed { shift, .. } | Effect::WaitingJoined { shift, .. } | Effect::WaitingLeft { shift, .. } => {
                touch(SeatId::new(*shift, 0), None)
            }
            Effect::Told { notice: Notice::TeamWarned { shift, .. }, .. } => touch(SeatId::new(*shift, 0), None),
            _ => {}
        }
    }
    touched
}

/// Lays one effect over what both snapshots show of it.
fn lay(effect: &Effect, (calendar, me): (&mut Calendar, &mut Me), now: Instant) {
    match effect {
        Effect::SeatMoved { seat, to, .. } => {
            let shift = calendar.shifts.iter_mut().find(|shift| shift.id == seat.shift);
            if let Some(seat) = shift.and_then(|shift| shift.seat_mut(*seat)) {
                seat.holder = *to;
            }
            if to.is_some() {
                calendar.kept.retain(|kept| kept.seat != *seat);
            }
            if *to == Some(me.id()) {
                no_longer_waits(seat.shift, me);
            }
        }
        Effect::ShiftClosed { shift, why, treatment } => {
            if let Some(shift) = calendar.shifts.iter_mut().find(|known| known.id == *shift) {
                shift.state = crate::shifts::ShiftState::Closed { why: why.clone(), treatment: *treatment };
            }
        }
        Effect::OfferOpened(offer) => open(offer, calendar, me),
        Effect::OfferClosed { offer, state } => close(*offer, state, calendar, me),
        Effect::WishesSet { offer, wishes } => {
            if let Some(offer) = me.offers.iter_mut().find(|known| known.id == *offer) {
                offer.kind = OfferKind::Exchange { wishes: wishes.clone() };
            }
        }
        Effect::ProposalOpened(proposal) if concerns(me.id(), proposal.from, proposal.to) => me.proposals.push(proposal.clone()),
        Effect::ProposalClosed { proposal, state } => {
            if let Some(proposal) = me.proposals.iter_mut().find(|known| known.id == *proposal) {
                proposal.state = state.clone();
            }
        }
        Effect::LoopClosed { lacking, .. } => me.loops.retain(|suggested| suggested.id != *lacking),
        Effect::NoticeSeen { notice, at } => {
            if let Some(row) = me.inbox.iter_mut().find(|row| row.id == *notice) {
                row.seen_at = Some(*at);
            }
        }
        Effect::PreferencesSet { preferences, .. } => me.preferences = preferences.clone(),
        Effect::WatchSet { watch, .. } => me.watches.push(watch.clone()),
        Effect::WatchEnded { watch, .. } => me.watches.retain(|known| known.id != *watch),
        // How many are before me, only the server knows: the place comes with its answer.
        Effect::WaitingJoined { shift, at, .. } => me.waiting.push(Waiting { shift: *shift, since: *at, place: 0 }),
        Effect::WaitingLeft { shift, .. } => {
            no_longer_waits(*shift, me);
        }
        Effect::SheetChanged { shift, change } => {
            if let Some(sheet) = me.sheets.iter_mut().find(|sheet| sheet.shift == *shift) {
                sheet.apply(change);
            }
        }
        Effect::RequestMade(request) if request.member == me.id() => me.requests.insert(0, request.clone()),
        Effect::RequestEnded { request, state } => {
            if let Some(request) = me.requests.iter_mut().find(|known| known.id == *request) {
                request.state = state.clone();
            }
        }
        // What is given to the pot or drawn from it; a sheet's entries come with the server's answer.
        Effect::Counted { member, entry } if *member == me.id() && entry.key.is_empty() => {
            me.ledger.push(entry.clone());
            me.standing = crate::ledger::standing(&me.ledger, &calendar.rules, now);
        }
        Effect::BlockProposed(block) if block.by == me.id() => me.blocks.insert(0, block.clone()),
        Effect::BlockChanged { block, change } => {
            if let Some(block) = me.blocks.iter_mut().find(|known| known.id == *block) {
                block.apply(change);
            }
        }
        Effect::BriefRead { brief, .. } => me.read_briefs.push(*brief),
        Effect::CardChanged(change) => change.shown(me),
        // Others' proposals, suggestions and notices are made by the server alone.
        Effect::ProposalOpened(_)
        | Effect::LoopSuggested(_)
        | Effect::InvitationMade(_)
        | Effect::InvitationUsed { .. }
        | Effect::HelpCalled { .. }
        | Effect::SeatKept { .. }
        | Effect::KeptEnded { .. }
        | Effect::Counted { .. }
        | Effect::RequestMade(_)
        | Effect::BlockProposed(_)
        | Effect::DutySet { .. }
        // Laid over the events.
        | Effect::EventChanged { .. }
        | Effect::CatalogueChanged(_)
        | Effect::GroupChanged(_)
        | Effect::GovernanceChanged(_)
        | Effect::DossierChanged(_)
        | Effect::AssemblyChanged(_)
        | Effect::SeatFreeFor { .. }
        | Effect::Told { .. } => {}
    }
}

fn no_longer_waits(shift: ShiftId, me: &mut Me) {
    me.waiting.retain(|waiting| waiting.shift != shift);
    me.kept.retain(|kept| kept.seat.shift != shift);
}

fn concerns(me: MemberId, from: MemberId, to: MemberId) -> bool {
    me == from || me == to
}

fn open(offer: &Offer, calendar: &mut Calendar, me: &mut Me) {
    if let Some(kind) = public_kind(&offer.kind) {
        calendar.offers.push(PublicOffer {
            id: offer.id,
            seat: offer.seat,
            member: offer.member,
            kind,
            note: offer.note.clone(),
            created_at: offer.created_at,
        });
    }
    if offer.member == me.id() {
        me.offers.push(offer.clone());
    }
}

fn close(offer: OfferId, state: &OfferState, calendar: &mut Calendar, me: &mut Me) {
    calendar.offers.retain(|known| known.id != offer);
    for known in me.offers.iter_mut().chain(&mut me.offered_to_me).filter(|known| known.id == offer) {
        known.state = state.clone();
    }
}
