//! What a mail lets its reader do: one act, on a page that knows nothing else.

use chrono::Duration;

use crate::board::{Board, is_live, when};
use crate::command::Command;
use crate::decide::{Decision, decide};
use crate::event::Answer;
use crate::id::{EventId, MemberId, NoticeId, OfferId, SeatId, ShiftId};
use crate::notice::Notice;
use crate::reason::Reason;
use crate::shifts::{Shift, ShiftState};
use crate::swaps::{Audience, Offer, OfferKind, Proposal, SuggestedLoop};
use crate::time::Instant;

/// How long a mail's link is good at most, from when the thing came up. Days.
pub const LINK_LIFE_D: i64 = 7;

/// An answer that the page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    Accept,
    Refuse,
    /// Have the seat.
    Take,
    /// « Je ne peux pas venir »: to whoever can.
    Give,
    /// « Prévenir l'équipe »
    Warn,
    /// « Vu »
    Seen,
}

impl Choice {
    pub const ALL: [Choice; 6] = [Choice::Accept, Choice::Refuse, Choice::Take, Choice::Give, Choice::Warn, Choice::Seen];

    pub fn as_str(self) -> &'static str {
        match self {
            Choice::Accept => "accept",
            Choice::Refuse => "refuse",
            Choice::Take => "take",
            Choice::Give => "give",
            Choice::Warn => "warn",
            Choice::Seen => "seen",
        }
    }

    pub fn parse(text: &str) -> Option<Choice> {
        Choice::ALL.into_iter().find(|choice| choice.as_str() == text)
    }
}

/// A choice, what it would do, and why it cannot by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub choice: Choice,
    pub command: Command,
    pub why_not: Option<Reason>,
}

/// What a mail says, to whom, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailed {
    pub member: MemberId,
    pub notice: Notice,
    /// Its line in the inbox, if it has one.
    pub row: Option<NoticeId>,
    pub at: Instant,
}

impl Mailed {
    /// What may be done about it on the facts of `board`; nothing where it only tells, or is over.
    /// `offer` is the id of what giving the seat away would create.
    pub fn acts(&self, board: &Board, offer: OfferId, now: Instant) -> Vec<Act> {
        let all = match &self.notice {
            Notice::ProposalReceived { .. } => self.proposal(board).map_or_else(Vec::new, |known| {
                vec![
                    (Choice::Accept, Command::AcceptProposal { proposal: known.id }),
                    (Choice::Refuse, Command::RefuseProposal { proposal: known.id }),
                ]
            }),
            Notice::LoopSuggested { .. } => self.suggested(board).map_or_else(Vec::new, |known| {
                vec![
                    (Choice::Accept, Command::AcceptLoop { lacking: known.id }),
                    (Choice::Refuse, Command::DeclineLoop { lacking: known.id }),
                ]
            }),
            Notice::SeatOffered { seat, .. } => {
                let offer = board.open_offer_on(*seat).filter(|offer| is_named(offer, self.member));
                offer.map(|offer| (Choice::Take, claim(offer))).into_iter().collect()
            }
            Notice::UrgentCall { shift, .. } | Notice::SeatOpened { shift } => {
                let taken = board.shifts.get(shift).and_then(|shift| self.to_take(board, shift, now));
                taken.map(|command| (Choice::Take, command)).into_iter().collect()
            }
            Notice::LeadMissing { shift, .. } => {
                let seat = board.shifts.get(shift).and_then(lead_seat);
                seat.map(|seat| (Choice::Take, Command::TakeSeat { seat })).into_iter().collect()
            }
            Notice::SeatHeld { seat, .. } => vec![
                (Choice::Take, Command::TakeSeat { seat: *seat }),
                (Choice::Refuse, Command::LeaveWaitingList { shift: seat.shift }),
            ],
            Notice::Reminder { shift } => {
                let seat = board.shifts.get(shift).and_then(|shift| shift.seat_of(self.member));
                seat.map_or_else(Vec::new, |seat| self.cannot_come(board, seat, offer, now))
            }
            // With whom they said that they would come: the first tap wins.
            Notice::EventSeatsFree { event, .. } => {
                self.answers(board, *event, &[(Choice::Take, Answer::Yes), (Choice::Refuse, Answer::No)])
            }
            Notice::EventReminder { event, .. } => self.answers(board, *event, &[(Choice::Refuse, Answer::No)]),
            // What moves my shifts is a card until « Vu ».
            Notice::SeatClaimed { .. }
            | Notice::LoopClosed { .. }
            | Notice::SwapAccepted { .. }
            | Notice::ShiftClosed { .. }
            | Notice::OfferExpired { .. } => {
                let unseen = self.row.filter(|row| board.notices.contains_key(row));
                unseen.map(|notice| (Choice::Seen, Command::MarkSeen { notice })).into_iter().collect()
            }
            Notice::ProposalRefused { .. }
            | Notice::ProposalClosed { .. }
            | Notice::WishClosed { .. }
            | Notice::TeamChanged { .. }
            | Notice::TeamWarned { .. }
            | Notice::NotSeenYet { .. }
            | Notice::ShopReported { .. }
            | Notice::IncidentReported { .. }
            | Notice::RequestReceived { .. }
            | Notice::RequestAnswered { .. }
            | Notice::BriefWanted { .. }
            | Notice::BriefToReview { .. }
            | Notice::BriefMissed { .. }
            | Notice::BriefOut { .. }
            | Notice::BlockRefused { .. }
            | Notice::BlockKept { .. }
            | Notice::EventChanged { .. }
            | Notice::EventCancelled { .. }
            | Notice::EventPromoted { .. }
            | Notice::CarpoolWithdrawn { .. }
            | Notice::EventWord { .. }
            | Notice::PhotoPutBack { .. }
            | Notice::SuggestionAnswered { .. }
            | Notice::JoinAsked { .. }
            | Notice::JoinAnswered { .. }
            | Notice::GroupInvited { .. }
            | Notice::GroupLeft { .. }
            | Notice::RemovedFromGroup { .. }
            | Notice::ReferentNamed { .. }
            | Notice::ReferentWanted { .. }
            | Notice::MandatesLapse { .. }
            | Notice::MeetingSet { .. }
            | Notice::MeetingCancelled { .. }
            | Notice::DossierHanded { .. }
            | Notice::DossierDue { .. }
            | Notice::Deputised { .. }
            | Notice::ObjectiveSet { .. }
            | Notice::DoneForYou { .. }
            | Notice::AssemblyConvoked { .. }
            | Notice::AssemblyOff { .. }
            | Notice::AssemblyRole { .. }
            | Notice::ProxyGiven { .. }
            | Notice::ProxyEnded { .. } => Vec::new(),
        };
        let decided = |(choice, command)| {
            let why_not = decide(board, &command, self.member, now).reason().cloned();
            Act { choice, command, why_not }
        };
        all.into_iter().map(decided).collect()
    }

    /// Their answer to an event again, otherwise; what else they said stays.
    fn answers(&self, board: &Board, event: EventId, choices: &[(Choice, Answer)]) -> Vec<(Choice, Command)> {
        let Some(party) = board.events.get(&event).and_then(|known| known.party_of(self.member)) else { return Vec::new() };
        let command = |answer| Command::AnswerEvent {
            event,
            answer,
            guests: party.guests,
            children: party.children,
            note: party.note.clone(),
            diet: party.diet.clone(),
            hidden: party.hidden,
        };
        choices.iter().map(|(choice, answer)| (*choice, command(*answer))).collect()
    }

    /// Until when its link answers: as long as the thing itself, and never long.
    pub fn answer_until(&self, board: &Board) -> Instant {
        let start = |shift| board.shifts.get(shift).map(|shift| shift.starts_at);
        let own = match &self.notice {
            Notice::ProposalReceived { .. } => self.proposal(board).map(|known| known.expires_at),
            Notice::LoopSuggested { .. } => self.suggested(board).map(|known| known.expires_at),
            Notice::SeatOffered { seat, .. } => start(&seat.shift),
            Notice::SeatHeld { until, .. } => Some(*until),
            Notice::EventSeatsFree { starts_at, .. } | Notice::EventReminder { starts_at, .. } => Some(*starts_at),
            Notice::UrgentCall { shift, .. }
            | Notice::SeatOpened { shift }
            | Notice::LeadMissing { shift, .. }
            | Notice::Reminder { shift } => start(shift),
            _ => None,
        };
        let last = self.at + Duration::days(LINK_LIFE_D);
        own.map_or(last, |own| own.min(last))
    }

    /// Whether a mail that leaves now carries a link: there is something to press.
    pub fn asks(&self, board: &Board, now: Instant) -> bool {
        let nothing = OfferId(uuid::Uuid::nil());
        now <= self.answer_until(board) && self.acts(board, nothing, now).iter().any(|act| act.why_not.is_none())
    }

    /// What made it untrue, as far as the planning shows.
    pub fn why_over(&self, board: &Board) -> Option<Reason> {
        let closed = self.notice.shifts().into_iter().filter_map(|shift| board.shifts.get(&shift)).find_map(|shift| {
            let ShiftState::Closed { why, .. } = &shift.state else { return None };
            Some(Reason::ShiftClosed { when: when(shift), why: why.clone() })
        });
        let on_shift = |shift: &ShiftId| {
            let shift = board.shifts.get(shift)?;
            Some(match shift.seat_of(self.member) {
                Some(_) => Reason::AlreadyOnShift { when: when(shift) },
                None => Reason::NobodyMissing { when: when(shift) },
            })
        };
        let taken = |by: MemberId| Reason::AlreadyTaken { by: Some(board.who(by)), at: None };
        closed.or_else(|| match &self.notice {
            Notice::SeatOffered { seat, from } => {
                Some(board.holder(*seat).filter(|by| by != from).map_or(Reason::OfferClosed, taken))
            }
            Notice::SeatHeld { seat, .. } => board.holder(*seat).map(taken),
            Notice::ProposalReceived { .. } => Some(Reason::ProposalClosed),
            Notice::LoopSuggested { .. } => Some(Reason::LoopClosed),
            Notice::UrgentCall { shift, .. } | Notice::SeatOpened { shift } => on_shift(shift),
            Notice::LeadMissing { shift, .. } => board.shifts.get(shift)?.lead().map(taken),
            _ => None,
        })
    }

    /// Whether it is about a seat that they could have.
    pub fn seeks_somebody(&self) -> bool {
        matches!(
            self.notice,
            Notice::SeatOffered { .. } | Notice::SeatHeld { .. } | Notice::UrgentCall { .. } | Notice::SeatOpened { .. }
        )
    }

    fn proposal<'a>(&self, board: &'a Board) -> Option<&'a Proposal> {
        let Notice::ProposalReceived { mine, theirs, from } = &self.notice else { return None };
        let same = |known: &&Proposal| {
            known.is_pending() && known.to == self.member && (known.from, known.mine, known.theirs) == (*from, *mine, *theirs)
        };
        board.proposals.values().find(same)
    }

    fn suggested<'a>(&self, board: &'a Board) -> Option<&'a SuggestedLoop> {
        let Notice::LoopSuggested { gives, takes } = &self.notice else { return None };
        board.loops.values().find(|known| {
            let mine = known.leg_of(self.member).is_some_and(|leg| (leg.gives, leg.takes) == (*gives, *takes));
            known.is_pending() && known.asks == self.member && mine
        })
    }

    /// The first seat of a shift that they may have; those that somebody wants to leave come first.
    fn to_take(&self, board: &Board, shift: &Shift, now: Instant) -> Option<Command> {
        let to_anyone =
            |offer: &&Offer| is_live(offer, board, now) && matches!(&offer.kind, OfferKind::Give { audience: Audience::Anyone });
        let given = shift.seat_ids().filter_map(|seat| board.open_offer_on(seat)).filter(to_anyone).map(claim);
        let free = shift.seat_ids().filter(|seat| board.holder(*seat).is_none()).map(|seat| Command::TakeSeat { seat });
        let all: Vec<Command> = given.chain(free).collect();
        let possible = |command: &&Command| !matches!(decide(board, command, self.member, now), Decision::No(_));
        all.iter().find(possible).or(all.first()).cloned()
    }

    /// What the time left allows without asking more.
    fn cannot_come(&self, board: &Board, seat: SeatId, offer: OfferId, now: Instant) -> Vec<(Choice, Command)> {
        let note = String::new;
        let warn = Command::WarnTeam { seat, note: note() };
        let late = !matches!(decide(board, &warn, self.member, now), Decision::No(_));
        let give = Command::GiveSeat { offer, seat, audience: Audience::Anyone, note: note() };
        [(Choice::Give, give)].into_iter().chain(late.then_some((Choice::Warn, warn))).collect()
    }
}

fn claim(offer: &Offer) -> Command {
    Command::ClaimOffer { offer: offer.id, instead_of: None, secret: None }
}

fn is_named(offer: &Offer, member: MemberId) -> bool {
    matches!(&offer.kind, OfferKind::Give { audience: Audience::Named { members } } if members.contains(&member))
}

fn lead_seat(shift: &Shift) -> Option<SeatId> {
    shift.seat_ids().find(|id| shift.seat(*id).is_some_and(|seat| seat.lead && seat.holder.is_none()))
}
