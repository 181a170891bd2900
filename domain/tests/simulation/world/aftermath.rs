//! What a commit leaves: notices, the ledger, and the marks of what shows something else now.

use std::collections::BTreeSet;

use domain::board::Board;
use domain::calendar::public_kind;
use domain::effect::Effect;
use domain::id::{MemberId, NoticeId, ShiftId};
use domain::notice::InboxRow;
use domain::sheet::Window;
use domain::swaps::{Audience, Offer, OfferKind};
use domain::time::Instant;

use super::World;
use super::server::Server;

#[derive(Default)]
struct Aftermath {
    touched: BTreeSet<MemberId>,
    calendar: bool,
}

impl Aftermath {
    fn offer_shows(&mut self, offer: &Offer) {
        self.touched.insert(offer.member);
        self.calendar |= public_kind(&offer.kind).is_some();
        if let OfferKind::Give { audience: Audience::Named { members } } = &offer.kind {
            self.touched.extend(members);
        }
    }

    /// Who is behind somebody in line sees another place.
    fn line_moves(&mut self, board: &Board, shift: ShiftId) {
        self.touched.extend(board.waiting.get(&shift).into_iter().flatten());
    }

    /// Who comes stands on a day sheet that is open, before the team and the office.
    fn follow_sheet(&mut self, effect: &Effect, server: &Server, now: Instant) {
        let Effect::SeatMoved { seat, .. } = effect else { return };
        if let Some(shift) = server.board.shifts.get(&seat.shift).filter(|shift| Window::of(shift).is_open(now)) {
            self.touched.extend(shift.holders());
            self.touched.insert(server.office);
        }
    }

    /// The server has the effect already.
    fn follow(&mut self, effect: &Effect, server: &Server) {
        let board = &server.board;
        match effect {
            Effect::SeatMoved { seat, from, to, .. } => {
                self.calendar = true;
                self.touched.extend(from.iter().chain(to));
                self.line_moves(board, seat.shift);
            }
            Effect::OfferOpened(offer) => self.offer_shows(offer),
            Effect::OfferClosed { offer, .. } => {
                if let Some(offer) = board.offers.get(offer) {
                    self.offer_shows(offer);
                }
            }
            Effect::WishesSet { offer, .. } => self.touched.extend(board.offers.get(offer).map(|offer| offer.member)),
            Effect::ProposalOpened(proposal) => self.touched.extend([proposal.from, proposal.to]),
            Effect::ProposalClosed { proposal, .. } => {
                self.touched.extend(board.proposals.get(proposal).into_iter().flat_map(|known| [known.from, known.to]));
            }
            Effect::LoopSuggested(suggested) => drop(self.touched.insert(suggested.asks)),
            Effect::LoopClosed { lacking, .. } => self.touched.extend(board.loops.get(lacking).map(|known| known.asks)),
            Effect::ShiftClosed { shift, .. } => {
                self.calendar = true;
                self.touched.extend(board.shifts.get(shift).into_iter().flat_map(|shift| shift.holders()));
            }
            Effect::Told { member, .. }
            | Effect::Counted { member, .. }
            | Effect::PreferencesSet { member, .. }
            | Effect::WatchSet { member, .. }
            | Effect::WatchEnded { member, .. } => {
                self.touched.insert(*member);
            }
            Effect::WaitingJoined { shift, member, .. } | Effect::WaitingLeft { shift, member } => {
                self.touched.insert(*member);
                self.calendar |= matches!(effect, Effect::WaitingLeft { .. });
                self.line_moves(board, *shift);
            }
            Effect::SeatKept { member, .. } => {
                self.calendar = true;
                self.touched.insert(*member);
            }
            Effect::KeptEnded { .. } => self.calendar = true,
            Effect::NoticeSeen { notice, .. } => {
                let has = |rows: &[InboxRow]| rows.iter().any(|row| row.id == *notice);
                self.touched.extend(server.inbox.iter().find(|(_, rows)| has(rows)).map(|(member, _)| *member));
            }
            Effect::InvitationMade(_)
            | Effect::InvitationUsed { .. }
            | Effect::HelpCalled { .. }
            | Effect::SheetChanged { .. }
            | Effect::RequestMade(_)
            | Effect::RequestEnded { .. }
            | Effect::BlockProposed(_)
            | Effect::BlockChanged { .. }
            | Effect::BriefRead { .. }
            | Effect::DutySet { .. }
            | Effect::EventChanged { .. }
            | Effect::CatalogueChanged(_)
            | Effect::GroupChanged(_)
            | Effect::GovernanceChanged(_)
            | Effect::DossierChanged(_)
            | Effect::CardChanged(_)
            | Effect::AssemblyChanged(_)
            | Effect::SeatFreeFor { .. } => {}
        }
    }
}

impl World {
    /// The effects become facts: seats, offers, notices, the ledger.
    pub fn write(&mut self, list: &[Effect], now: Instant) {
        for effect in list {
            match effect {
                Effect::Told { member, notice } => {
                    let row = InboxRow { id: NoticeId(self.dice.uuid(now)), notice: notice.clone(), at: now, seen_at: None };
                    self.server.board.notices.insert(row.id, *member);
                    self.server.inbox.entry(*member).or_default().push(row);
                }
                Effect::NoticeSeen { notice, at } => {
                    let rows = self.server.inbox.values_mut().flatten();
                    rows.filter(|row| row.id == *notice).for_each(|row| row.seen_at = Some(*at));
                }
                Effect::PreferencesSet { member, preferences } => {
                    self.server.preferences.insert(*member, preferences.clone());
                }
                Effect::WatchSet { member, watch } => {
                    self.server.watches.entry(*member).or_default().insert(watch.id, watch.clone());
                }
                Effect::WatchEnded { member, watch } => {
                    self.server.watches.entry(*member).or_default().remove(watch);
                }
                Effect::WaitingJoined { shift, member, at } => {
                    self.server.waits_since.insert((*shift, *member), *at);
                }
                // A snapshot does not show by which key an entry is written once.
                Effect::Counted { member, entry } => {
                    self.server.ledger.entry(*member).or_default().push(entry.clone().keyed(String::new()));
                }
                _ => {}
            }
        }
        self.server.board.apply_all(list);
    }

    /// All effects of one transaction are written: the slices that show something else get new marks.
    pub fn settle_accounts(&mut self, list: &[Effect], now: Instant) {
        let mut after = Aftermath::default();
        for effect in list {
            after.follow(effect, &self.server);
            after.follow_sheet(effect, &self.server, now);
        }
        self.server.calendar_mark += i64::from(after.calendar);
        for member in &after.touched {
            *self.server.own_marks.entry(*member).or_default() += 1;
        }
        self.expect_marks_of_all_that_changed(now);
        self.expect_sound_co_op();
    }
}
