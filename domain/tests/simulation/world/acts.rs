//! What a member may tap, seeing what their tab shows; and, now and then, what nobody would.

use std::sync::Arc;

use chrono::Datelike;
use domain::calendar::{Calendar, PublicKind};
use domain::command::Command;
use domain::decide::decide;
use domain::id::{InvitationId, MemberId, OfferId, ProposalId, SeatId, ShiftId, WatchId};
use domain::me::{Me, board};
use domain::outbox::depends;
use domain::overlay::laid_over;
use domain::shifts::{Treatment, shift_id};
use domain::swaps::{Audience, Pattern};
use domain::time::plus_days;

use super::World;
use super::commit::hash_of;
use super::device::Place;

/// What the screen shows, by what one may tap.
pub struct Screen {
    pub calendar: Arc<Calendar>,
    pub me: Arc<Me>,
}

impl Screen {
    fn mine(&self) -> Vec<SeatId> {
        let me = self.me.id();
        self.calendar.shifts.iter().filter_map(|shift| shift.seat_of(me)).collect()
    }

    fn seats(&self, holder: impl Fn(Option<MemberId>) -> bool) -> Vec<SeatId> {
        let seats = self.calendar.shifts.iter().flat_map(|shift| shift.seat_ids().map(move |id| (id, shift)));
        seats.filter(|(id, shift)| holder(shift.seat(*id).and_then(|seat| seat.holder))).map(|(id, _)| id).collect()
    }

    fn claimable(&self) -> Vec<OfferId> {
        let me = self.me.id();
        let given = self.calendar.offers.iter().filter(|offer| offer.kind == PublicKind::Give && offer.member != me);
        let to_me = self.me.offered_to_me.iter().filter(|offer| offer.is_open());
        given.map(|offer| offer.id).chain(to_me.map(|offer| offer.id)).collect()
    }

    fn proposals(&self, mine: bool) -> Vec<ProposalId> {
        let me = self.me.id();
        let pending = self.me.proposals.iter().filter(|proposal| proposal.is_pending());
        pending.filter(|proposal| (proposal.from == me) == mine).map(|proposal| proposal.id).collect()
    }
}

impl World {
    /// The tab's own snapshots with its acts laid over them; nothing while it has none.
    pub fn screen(&self, at: Place) -> Option<Screen> {
        let tab = self.tab(at);
        let (calendar, me) = (tab.calendar.clone()?, tab.me.clone()?);
        let shown = laid_over(&calendar, &me, &tab.outbox, self.now_at(at));
        Some(match shown {
            Some(laid) => Screen { calendar: laid.calendar.into(), me: laid.me.into() },
            None => Screen { calendar, me },
        })
    }

    /// Any act there is. Mostly one that the screen offers, and often an answer to somebody.
    pub fn any_act(&mut self, at: Place) -> Option<Command> {
        let screen = self.screen(at)?;
        if self.dice.percent(5) {
            return self.muddled_act(&screen, at);
        }
        let facts = board(&screen.calendar, &screen.me);
        for _ in 0..6 {
            let answers = if self.dice.percent(40) { self.answer_to(&screen) } else { None };
            let Some(act) = answers.or_else(|| self.own_act(&screen, at)) else { continue };
            // What the rules refuse is not offered; what waits already is shown as waiting.
            let refused = decide(&facts, &act, screen.me.id(), self.now_at(at)).reason().is_some();
            let mut waiting = self.tab(at).outbox.entries.iter().filter(|entry| entry.state.is_waiting());
            let rests = waiting.any(|entry| entry.command().is_some_and(|earlier| depends(earlier, &act)));
            if !(refused || rests) || self.dice.percent(if refused { 6 } else { 20 }) {
                return Some(act);
            }
        }
        None
    }

    /// What one may do to what others ask, or to what one asked for oneself.
    fn answer_to(&mut self, screen: &Screen) -> Option<Command> {
        let mut answers = Vec::new();
        for proposal in screen.proposals(false) {
            answers.extend(vec![Command::AcceptProposal { proposal }; 4]);
            answers.push(Command::RefuseProposal { proposal });
        }
        for lacking in screen.me.loops.iter().map(|suggested| suggested.id) {
            answers.extend(vec![Command::AcceptLoop { lacking }; 5]);
            answers.push(Command::DeclineLoop { lacking });
        }
        for offer in screen.claimable() {
            answers.push(Command::ClaimOffer { offer, instead_of: None, secret: None });
            answers.extend(self.dice.pick(&screen.mine()).map(|mine| Command::ClaimOffer {
                offer,
                instead_of: Some(mine),
                secret: None,
            }));
        }
        for row in screen.me.inbox.iter().filter(|row| row.seen_at.is_none()).take(2) {
            answers.push(Command::MarkSeen { notice: row.id });
        }
        for offer in screen.me.offers.iter().filter(|offer| offer.is_open()) {
            if self.dice.percent(30) {
                answers.push(Command::WithdrawOffer { offer: offer.id });
            }
            if offer.wishes().is_some() {
                let (wishes, patterns) = self.any_wishes(screen, offer.seat);
                answers.push(Command::SetWishes { offer: offer.id, wishes, patterns });
            }
        }
        answers.extend(screen.me.kept.iter().map(|kept| Command::TakeSeat { seat: kept.seat }));
        for waiting in screen.me.waiting.iter().filter(|_| self.dice.percent(20)) {
            answers.push(Command::LeaveWaitingList { shift: waiting.shift });
        }
        for watch in screen.me.watches.iter().filter(|_| self.dice.percent(20)) {
            answers.push(Command::StopWatching { watch: watch.id });
        }
        answers.extend(screen.proposals(true).into_iter().take(1).map(|proposal| Command::WithdrawProposal { proposal }));
        if let Some((offer, secret)) = self.dice.pick(&self.links) {
            let known = self.server.board.offers.get(&offer);
            if known.map_or(self.dice.percent(5), |offer| offer.member != screen.me.id()) {
                answers.push(Command::ClaimOffer { offer, instead_of: None, secret: Some(secret) });
            }
        }
        self.dice.pick(&answers)
    }

    /// What one may do with one's own seats, or the empty ones.
    fn own_act(&mut self, screen: &Screen, at: Place) -> Option<Command> {
        let me = screen.me.id();
        let mine = self.dice.pick(&screen.mine());
        let free = screen.seats(|holder| holder.is_none());
        // Many see the same seat first.
        let free = if self.dice.percent(40) { free.first().copied() } else { self.dice.pick(&free) };
        Some(match self.dice.below(19) {
            0..=2 => Command::TakeSeat { seat: free? },
            3..=4 => {
                let audience = self.any_audience();
                Command::GiveSeat { offer: self.new_offer(at), seat: mine?, audience, note: self.any_note() }
            }
            5..=8 => {
                let (wishes, patterns) = self.any_wishes(screen, mine?);
                Command::ExchangeSeat { offer: self.new_offer(at), seat: mine?, wishes, patterns, note: self.any_note() }
            }
            9 => Command::MoveSeat { from: mine?, to: free? },
            10..=12 => {
                let theirs = screen.seats(|holder| holder.is_some_and(|holder| holder != me));
                let proposal = ProposalId(self.new_id(at));
                Command::ProposeSwap { proposal, mine: mine?, theirs: self.dice.pick(&theirs)?, note: self.any_note() }
            }
            13 => self.invites(at, mine?),
            14..=15 => {
                let full = screen.calendar.shifts.iter().filter(|shift| shift.free_seats() == 0 && shift.starts_at > self.now);
                Command::JoinWaitingList { shift: self.dice.pick(&full.collect::<Vec<_>>())?.id }
            }
            16 => self.watches(at, screen),
            _ if screen.me.rights.office && self.dice.percent(10) => self.closes(screen)?,
            _ => {
                // The next of my shifts: it is the one about which one warns.
                let next =
                    screen.calendar.shifts.iter().find_map(|shift| shift.seat_of(me).filter(|_| shift.starts_at > self.now));
                Command::WarnTeam { seat: next?, note: self.any_note() }
            }
        })
    }

    /// What a screen would not offer: others' things, things that are over, nothing at all.
    fn muddled_act(&mut self, screen: &Screen, at: Place) -> Option<Command> {
        let offers: Vec<OfferId> = self.server.board.offers.keys().copied().collect();
        let proposals: Vec<ProposalId> = self.server.board.proposals.keys().copied().collect();
        let seat = self.dice.pick(&screen.seats(|_| true))?;
        let other = SeatId::new(self.dice.pick(&screen.seats(|_| true))?.shift, self.dice.between(0, 5) as i16);
        let offer = self.dice.pick(&offers);
        Some(match self.dice.below(9) {
            0 => Command::TakeSeat { seat: other },
            1 => Command::MoveSeat { from: seat, to: other },
            2 => Command::ClaimOffer { offer: offer?, instead_of: Some(seat), secret: None },
            3 => Command::WithdrawOffer { offer: offer? },
            4 => Command::AcceptProposal { proposal: self.dice.pick(&proposals)? },
            5 => Command::GiveSeat { offer: offer?, seat, audience: Audience::Anyone, note: String::new() },
            6 => Command::SetWishes { offer: offer?, wishes: vec![other.shift], patterns: Vec::new() },
            7 => self.closes(screen)?,
            _ => Command::ProposeSwap { proposal: ProposalId(self.new_id(at)), mine: seat, theirs: other, note: "a".repeat(281) },
        })
    }

    fn new_id(&mut self, at: Place) -> uuid::Uuid {
        let now = self.now_at(at);
        self.dice.uuid(now)
    }

    fn new_offer(&mut self, at: Place) -> OfferId {
        OfferId(self.new_id(at))
    }

    fn any_note(&mut self) -> String {
        let notes = ["", "", "Dentiste", "Ça t’irait ?", " fièvre "];
        notes[self.dice.below(notes.len())].to_owned()
    }

    fn any_audience(&mut self) -> Audience {
        if self.dice.percent(70) {
            return Audience::Anyone;
        }
        let people = self.server.people();
        let members = (0..1 + self.dice.below(2)).filter_map(|_| self.dice.pick(&people)).collect();
        Audience::Named { members }
    }

    /// Mostly of shifts on which others offer to exchange: that is what the sheet shows first.
    fn any_wishes(&mut self, screen: &Screen, mine: SeatId) -> (Vec<ShiftId>, Vec<Pattern>) {
        let to_come = screen.calendar.shifts.iter().filter(|shift| shift.starts_at > self.now);
        let mut shifts: Vec<ShiftId> = to_come.map(|shift| shift.id).collect();
        if self.dice.percent(60) {
            shifts.extend(screen.calendar.offers.iter().map(|offer| offer.seat.shift));
            shifts.extend(screen.calendar.offers.iter().map(|offer| offer.seat.shift));
        }
        shifts.retain(|shift| *shift != mine.shift);
        let mut wishes: Vec<ShiftId> = (0..2 + self.dice.below(5)).filter_map(|_| self.dice.pick(&shifts)).collect();
        let mut patterns = Vec::new();
        if self.dice.percent(20) {
            let weekday = self.dice.pick(&screen.calendar.shifts).map(|shift| shift.on.weekday());
            patterns.push(Pattern { weekday, from_minute: Some(600), ..Pattern::default() });
        }
        if self.dice.percent(5)
            && let Some(template) = self.dice.pick(&screen.calendar.templates)
        {
            // Not planned yet: the same shift four weeks later.
            let planned = screen.calendar.shifts.iter().find(|shift| shift.template == template.id);
            wishes.extend(planned.map(|shift| shift_id(template.id, plus_days(shift.on, 28))));
        }
        (wishes, patterns)
    }

    fn invites(&mut self, at: Place, seat: SeatId) -> Command {
        let (offer, secret) = (self.new_offer(at), format!("secret {}", self.dice.next()));
        let secret_hash = hash_of(&secret);
        self.links.push((offer, secret));
        Command::Invite { offer, invitation: InvitationId(self.new_id(at)), seat, secret_hash }
    }

    fn watches(&mut self, at: Place, screen: &Screen) -> Command {
        let watch = WatchId(self.new_id(at));
        let some = self.dice.pick(&screen.calendar.shifts);
        let weekday = some.as_ref().map(|shift| shift.on.weekday());
        let shift = some.map(|shift| shift.id).filter(|_| self.dice.percent(30));
        let pattern = self.dice.percent(50).then(|| Pattern { weekday, ..Pattern::default() });
        Command::WatchSeats { watch, shift, pattern, skill: None }
    }

    fn closes(&mut self, screen: &Screen) -> Option<Command> {
        let shift = self.dice.pick(&screen.calendar.shifts)?.id;
        let treatment = [Treatment::Excused, Treatment::Displaced, Treatment::Due][self.dice.below(3)];
        Some(Command::CloseShift { shift, why: "Neige".to_owned(), treatment })
    }
}
