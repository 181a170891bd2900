//! Whether an act is allowed, and what it changes.
//!
//! One function answers on both sides: the server with all facts, under its locks; the browser
//! with what it was shown, and then perhaps « sans doute ».

mod assembly;
mod brief;
mod call;
mod catalogue;
mod claim;
mod close;
mod dossiers;
mod event;
mod exchange;
mod give;
mod governance;
mod groups;
mod leaving;
mod ledger;
mod loops;
mod register;
mod requests;
mod rest;
mod sheet;
mod swap;
mod take;
mod tell;
mod wait;

use chrono::Duration;

use crate::board::Board;
use crate::command::{Command, NOTE_CAP};
use crate::effect::Effect;
use crate::eligibility::Missing;
use crate::id::{MemberId, SeatId};
use crate::outcome::Done;
use crate::reason::Reason;
use crate::shifts::Shift;
use crate::time::{Days, Instant};
use crate::watches::Watched;

pub(crate) use call::lacking;
pub use call::{CALL_AGAIN_H, call_from, who_can_come};
pub use close::affected;
pub use event::tell_served;
pub use groups::leaves_groups;
pub use leaving::{gives_over, leaves_coop};
pub use loops::{binds_until, close_loop, leg_reason, legs_in_order};
pub use rest::{expire, rests_on};
pub use sheet::close_unclosed;
pub use take::empty_seats_wished;
pub use wait::after as serve_waiting;

/// What an act would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    pub list: Vec<Effect>,
    pub done: Done,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Yes(Effects),
    /// As far as one can see from here: « sans doute, à confirmer ».
    Probably(Effects, Vec<Missing>),
    No(Reason),
}

impl Decision {
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Decision::No(reason) => Some(reason),
            _ => None,
        }
    }

    pub fn effects(self) -> Result<Effects, Reason> {
        match self {
            Decision::Yes(effects) | Decision::Probably(effects, _) => Ok(effects),
            Decision::No(reason) => Err(reason),
        }
    }
}

type Decided = Result<(Effects, Vec<Missing>), Reason>;

/// Decides `command` of `actor` on the facts of `board` at `now`.
pub fn decide(board: &Board, command: &Command, actor: MemberId, now: Instant) -> Decision {
    let decided = match command {
        Command::TakeSeat { seat } => take::take_seat(board, *seat, actor, now),
        Command::MoveSeat { from, to } => take::move_seat(board, *from, *to, actor, now),
        Command::GiveSeat { offer, seat, audience, note } => give::give_seat(board, *offer, *seat, audience, note, actor, now),
        Command::Invite { offer, invitation, seat, secret_hash } => {
            give::invite(board, *offer, *invitation, *seat, secret_hash, actor, now)
        }
        Command::WithdrawOffer { offer } => give::withdraw_offer(board, *offer, actor, now),
        Command::WarnTeam { seat, note } => give::warn_team(board, *seat, note, actor, now),
        Command::ClaimOffer { offer, instead_of, secret } => {
            claim::claim_offer(board, *offer, *instead_of, secret.as_deref(), actor, now)
        }
        Command::ExchangeSeat { offer, seat, wishes, patterns, note } => {
            exchange::exchange_seat(board, *offer, *seat, wishes, patterns, note, actor, now)
        }
        Command::SetWishes { offer, wishes, patterns } => exchange::set_wishes(board, *offer, wishes, patterns, actor, now),
        Command::ProposeSwap { proposal, mine, theirs, note } => {
            swap::propose_swap(board, *proposal, *mine, *theirs, note, actor, now)
        }
        Command::AcceptProposal { proposal } => swap::accept_proposal(board, *proposal, actor, now),
        Command::RefuseProposal { proposal } => swap::refuse_proposal(board, *proposal, actor, now),
        Command::WithdrawProposal { proposal } => swap::withdraw_proposal(board, *proposal, actor, now),
        Command::AcceptLoop { lacking } => loops::accept_loop(board, *lacking, actor, now),
        Command::DeclineLoop { lacking } => loops::decline_loop(board, *lacking, actor, now),
        Command::MarkSeen { notice } => rest::mark_seen(board, *notice, actor, now),
        Command::SetSwitch { topic, channel, on } => tell::set_switch(board, *topic, *channel, *on, actor),
        Command::SetReminders { reminders } => tell::set_reminders(board, reminders, actor),
        Command::CallForHelp { shift, note } => call::call_for_help(board, *shift, note, actor, now),
        Command::WatchSeats { watch, shift, pattern, skill } => {
            let what = Watched { shift: *shift, pattern: pattern.clone(), skill: skill.clone() };
            wait::watch_seats(board, *watch, what, actor, now)
        }
        Command::StopWatching { watch } => wait::stop_watching(board, *watch, actor),
        Command::JoinWaitingList { shift } => wait::join(board, *shift, actor, now),
        Command::LeaveWaitingList { shift } => wait::leave(board, *shift, actor),
        Command::CloseShift { shift, why, treatment } => close::close_shift(board, *shift, why, *treatment, now),
        Command::MarkPresence { shift, .. }
        | Command::AddWalkIn { shift, .. }
        | Command::RemoveWalkIn { shift, .. }
        | Command::GiveSeatTo { seat: SeatId { shift, .. }, .. }
        | Command::TickItem { shift, .. }
        | Command::RecordReading { shift, .. }
        | Command::LeaveNote { shift, .. }
        | Command::AcknowledgeNote { shift, .. }
        | Command::ReportShop { shift, .. }
        | Command::ReceiveDelivery { shift, .. }
        | Command::AddDelivery { shift, .. }
        | Command::ReportIncident { shift, .. }
        | Command::CloseSheet { shift } => sheet::on_sheet(board, command, *shift, actor, now),
        Command::RequestLeave { request, what, from, to, why } => {
            requests::request_leave(board, *request, (*what, Days { from: *from, to: *to }), why, actor, now)
        }
        Command::WithdrawRequest { request } => requests::withdraw_request(board, *request, actor, now),
        Command::AnswerRequest { request, granted, word } => {
            requests::answer_request(board, *request, *granted, word, actor, now)
        }
        Command::CorrectLedger { member, what, credit, why } => {
            ledger::correct(board, *member, (*what, *credit), why, actor, now)
        }
        Command::SetDuty { member, share, with, from, why } => {
            ledger::set_duty(board, (*member, *from), (*share, *with), why, actor, now)
        }
        Command::ProposeBlock { .. } | Command::EditBlock { .. } | Command::WithdrawBlock { .. } | Command::ReadBrief { .. } => {
            brief::for_brief(board, command, actor, now)
        }
        Command::AnswerEvent { event, .. }
        | Command::ClaimItem { event, .. }
        | Command::ReleaseItem { event, .. }
        | Command::OfferCarpool { event, .. }
        | Command::WithdrawCarpool { event, .. }
        | Command::ClaimCarpool { event, .. }
        | Command::ReleaseCarpool { event, .. }
        | Command::ClaimPost { event, .. }
        | Command::ReleasePost { event, .. }
        | Command::CommentEvent { event, .. }
        | Command::RemoveComment { event, .. }
        | Command::TickArrival { event, .. }
        | Command::AddEventWalkIn { event, .. }
        | Command::RemoveEventWalkIn { event, .. }
        | Command::AddPhoto { event, .. }
        | Command::RemovePhoto { event, .. }
        | Command::AskRemoval { event, .. } => event::of_event(board, command, *event, actor, now),
        Command::SetFavourite { .. }
        | Command::PutOnList { .. }
        | Command::TickListItem { .. }
        | Command::RemoveListItem { .. }
        | Command::ClearTicked { .. }
        | Command::Suggest { .. }
        | Command::Support { .. }
        | Command::Unsupport { .. }
        | Command::AnswerSuggestion { .. }
        | Command::ReportMissing { .. }
        | Command::CloseReport { .. } => catalogue::of_catalogue(board, command, actor, now),
        Command::AskToJoin { .. }
        | Command::InviteToGroup { .. }
        | Command::AnswerJoining { .. }
        | Command::WithdrawJoining { .. }
        | Command::LeaveGroup { .. }
        | Command::RemoveFromGroup { .. }
        | Command::SetReferent { .. } => groups::of_groups(board, command, actor, now),
        Command::AddPoint { point, title, text } => governance::add_point(board, *point, title, text, actor, now),
        Command::WithdrawPoint { point } => governance::withdraw_point(board, *point, actor, now),
        Command::OpenDossier { .. }
        | Command::TakeDossier { .. }
        | Command::SetDossierState { .. }
        | Command::LogHours { .. }
        | Command::RemoveHours { .. } => dossiers::of_dossiers(board, command, actor, now),
        Command::SetContact { .. } | Command::AskErasure { .. } | Command::WithdrawErasure { .. } => {
            register::of_card(board, command, actor, now)
        }
        Command::AnswerAssembly { assembly, .. }
        | Command::GiveProxy { assembly, .. }
        | Command::WithdrawProxy { assembly, .. }
        | Command::Stand { assembly, .. }
        | Command::StandDown { assembly } => assembly::of_assembly(board, command, *assembly, actor, now),
        Command::GiveSolidarity => ledger::give_solidarity(board, actor, now),
        Command::DrawSolidarity => ledger::draw_solidarity(board, actor, now),
    };
    match decided {
        Ok((effects, missing)) if missing.is_empty() => Decision::Yes(effects),
        Ok((effects, missing)) => Decision::Probably(effects, missing),
        Err(reason) => Decision::No(reason),
    }
}

fn sure(list: Vec<Effect>) -> Decided {
    Ok((Effects { list, done: Done::default() }, Vec::new()))
}

/// The shift of a seat that the actor holds and may still leave.
fn my_seat(board: &Board, seat: SeatId, actor: MemberId, now: Instant) -> Result<&Shift, Reason> {
    let shift = board.shifts.get(&seat.shift).ok_or(Reason::UnknownShift)?;
    let held = shift.seat(seat).ok_or(Reason::UnknownSeat)?;
    if held.holder != Some(actor) {
        return Err(Reason::NotYourSeat { seat, holder: held.holder.map(|holder| board.who(holder)) });
    }
    crate::eligibility::is_to_come(shift, now)?;
    Ok(shift)
}

/// Until when seats on these shifts may be exchanged: the notice before the earlier one.
pub fn exchange_deadline(board: &Board, starts: impl IntoIterator<Item = Instant>) -> Option<Instant> {
    let earliest = starts.into_iter().min()?;
    Some(earliest - Duration::hours(i64::from(board.rules.exchange_notice_h)))
}

fn exchange_in_time(board: &Board, starts: impl IntoIterator<Item = Instant>, now: Instant) -> Result<(), Reason> {
    match exchange_deadline(board, starts) {
        Some(deadline) if now > deadline => Err(Reason::TooLateToExchange { deadline, notice_h: board.rules.exchange_notice_h }),
        _ => Ok(()),
    }
}

fn short_note(note: &str) -> Result<String, Reason> {
    let note = note.trim();
    if note.chars().count() > NOTE_CAP {
        return Err(Reason::NoteTooLong { cap: 280 });
    }
    Ok(note.to_owned())
}
