//! What a command is called, and what it is about.

use super::Command;
use crate::event::Answer;
use crate::id::{AssemblyId, DossierId, EventId, GroupId, JoiningId, PointId, ProductId, ShiftId, SuggestionId};

impl Command {
    /// The name on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Command::TakeSeat { .. } => "take_seat",
            Command::GiveSeat { .. } => "give_seat",
            Command::ExchangeSeat { .. } => "exchange_seat",
            Command::SetWishes { .. } => "set_wishes",
            Command::WithdrawOffer { .. } => "withdraw_offer",
            Command::ClaimOffer { .. } => "claim_offer",
            Command::MoveSeat { .. } => "move_seat",
            Command::ProposeSwap { .. } => "propose_swap",
            Command::AcceptProposal { .. } => "accept_proposal",
            Command::RefuseProposal { .. } => "refuse_proposal",
            Command::WithdrawProposal { .. } => "withdraw_proposal",
            Command::AcceptLoop { .. } => "accept_loop",
            Command::DeclineLoop { .. } => "decline_loop",
            Command::Invite { .. } => "invite",
            Command::WarnTeam { .. } => "warn_team",
            Command::MarkSeen { .. } => "mark_seen",
            Command::SetSwitch { .. } => "set_switch",
            Command::SetReminders { .. } => "set_reminders",
            Command::CallForHelp { .. } => "call_for_help",
            Command::CloseShift { .. } => "close_shift",
            Command::WatchSeats { .. } => "watch_seats",
            Command::StopWatching { .. } => "stop_watching",
            Command::JoinWaitingList { .. } => "join_waiting_list",
            Command::LeaveWaitingList { .. } => "leave_waiting_list",
            Command::MarkPresence { .. } => "mark_presence",
            Command::AddWalkIn { .. } => "add_walk_in",
            Command::RemoveWalkIn { .. } => "remove_walk_in",
            Command::GiveSeatTo { .. } => "give_seat_to",
            Command::TickItem { .. } => "tick_item",
            Command::RecordReading { .. } => "record_reading",
            Command::LeaveNote { .. } => "leave_note",
            Command::AcknowledgeNote { .. } => "acknowledge_note",
            Command::ReportShop { .. } => "report_shop",
            Command::ReceiveDelivery { .. } => "receive_delivery",
            Command::AddDelivery { .. } => "add_delivery",
            Command::ReportIncident { .. } => "report_incident",
            Command::CloseSheet { .. } => "close_sheet",
            Command::RequestLeave { .. } => "request_leave",
            Command::WithdrawRequest { .. } => "withdraw_request",
            Command::AnswerRequest { .. } => "answer_request",
            Command::CorrectLedger { .. } => "correct_ledger",
            Command::SetDuty { .. } => "set_duty",
            Command::GiveSolidarity => "give_solidarity",
            Command::DrawSolidarity => "draw_solidarity",
            Command::ProposeBlock { .. } => "propose_block",
            Command::EditBlock { .. } => "edit_block",
            Command::WithdrawBlock { .. } => "withdraw_block",
            Command::ReadBrief { .. } => "read_brief",
            Command::AnswerEvent { .. } => "answer_event",
            Command::ClaimItem { .. } => "claim_item",
            Command::ReleaseItem { .. } => "release_item",
            Command::OfferCarpool { .. } => "offer_carpool",
            Command::WithdrawCarpool { .. } => "withdraw_carpool",
            Command::ClaimCarpool { .. } => "claim_carpool",
            Command::ReleaseCarpool { .. } => "release_carpool",
            Command::ClaimPost { .. } => "claim_post",
            Command::ReleasePost { .. } => "release_post",
            Command::CommentEvent { .. } => "comment_event",
            Command::RemoveComment { .. } => "remove_comment",
            Command::TickArrival { .. } => "tick_arrival",
            Command::AddEventWalkIn { .. } => "add_event_walk_in",
            Command::RemoveEventWalkIn { .. } => "remove_event_walk_in",
            Command::AddPhoto { .. } => "add_photo",
            Command::RemovePhoto { .. } => "remove_photo",
            Command::AskRemoval { .. } => "ask_removal",
            Command::SetFavourite { .. } => "set_favourite",
            Command::PutOnList { .. } => "put_on_list",
            Command::TickListItem { .. } => "tick_list_item",
            Command::RemoveListItem { .. } => "remove_list_item",
            Command::ClearTicked { .. } => "clear_ticked",
            Command::Suggest { .. } => "suggest",
            Command::Support { .. } => "support",
            Command::Unsupport { .. } => "unsupport",
            Command::AnswerSuggestion { .. } => "answer_suggestion",
            Command::ReportMissing { .. } => "report_missing",
            Command::CloseReport { .. } => "close_report",
            Command::AskToJoin { .. } => "ask_to_join",
            Command::InviteToGroup { .. } => "invite_to_group",
            Command::AnswerJoining { .. } => "answer_joining",
            Command::WithdrawJoining { .. } => "withdraw_joining",
            Command::LeaveGroup { .. } => "leave_group",
            Command::RemoveFromGroup { .. } => "remove_from_group",
            Command::SetReferent { .. } => "set_referent",
            Command::AddPoint { .. } => "add_point",
            Command::WithdrawPoint { .. } => "withdraw_point",
            Command::OpenDossier { .. } => "open_dossier",
            Command::TakeDossier { .. } => "take_dossier",
            Command::SetDossierState { .. } => "set_dossier_state",
            Command::LogHours { .. } => "log_hours",
            Command::RemoveHours { .. } => "remove_hours",
            Command::SetContact { .. } => "set_contact",
            Command::AskErasure { .. } => "ask_erasure",
            Command::WithdrawErasure { .. } => "withdraw_erasure",
            Command::AnswerAssembly { .. } => "answer_assembly",
            Command::GiveProxy { .. } => "give_proxy",
            Command::WithdrawProxy { .. } => "withdraw_proxy",
            Command::Stand { .. } => "stand",
            Command::StandDown { .. } => "stand_down",
        }
    }

    /// Whether it gives something away: such an act is held for a while with « Annuler ».
    pub fn gives_away(&self) -> bool {
        matches!(
            self,
            Command::GiveSeat { .. }
                | Command::ExchangeSeat { .. }
                | Command::WithdrawOffer { .. }
                | Command::MoveSeat { .. }
                | Command::Invite { .. }
                | Command::AnswerEvent { answer: Answer::No, .. }
        )
    }

    /// The shift on whose day sheet it writes, if it does.
    pub fn on_sheet(&self) -> Option<ShiftId> {
        match self {
            Command::MarkPresence { shift, .. }
            | Command::AddWalkIn { shift, .. }
            | Command::RemoveWalkIn { shift, .. }
            | Command::TickItem { shift, .. }
            | Command::RecordReading { shift, .. }
            | Command::LeaveNote { shift, .. }
            | Command::AcknowledgeNote { shift, .. }
            | Command::ReportShop { shift, .. }
            | Command::ReceiveDelivery { shift, .. }
            | Command::AddDelivery { shift, .. }
            | Command::ReportIncident { shift, .. }
            | Command::CloseSheet { shift } => Some(*shift),
            Command::GiveSeatTo { seat, .. } => Some(seat.shift),
            _ => None,
        }
    }

    /// Whether it is the office's to say of somebody, in its own name alone.
    pub fn of_office(&self) -> bool {
        matches!(self, Command::AnswerRequest { .. } | Command::CorrectLedger { .. } | Command::SetDuty { .. })
    }

    /// Whether it changes what goes into a brief.
    pub fn writes_brief(&self) -> bool {
        matches!(self, Command::ProposeBlock { .. } | Command::EditBlock { .. } | Command::WithdrawBlock { .. })
    }

    /// The event that it is about, if it is about one.
    pub fn event(&self) -> Option<EventId> {
        match self {
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
            | Command::AskRemoval { event, .. } => Some(*event),
            _ => None,
        }
    }

    /// Whether more of it is allowed to the organisers of its event than to others.
    pub fn asks_organisers(&self) -> bool {
        matches!(
            self,
            Command::WithdrawCarpool { .. }
                | Command::RemoveComment { .. }
                | Command::TickArrival { .. }
                | Command::AddEventWalkIn { .. }
                | Command::RemoveEventWalkIn { .. }
                | Command::AddPhoto { .. }
                | Command::RemovePhoto { .. }
        )
    }

    /// Whether it is about the lists of whoever acts.
    pub fn edits_lists(&self) -> bool {
        matches!(
            self,
            Command::SetFavourite { .. }
                | Command::PutOnList { .. }
                | Command::TickListItem { .. }
                | Command::RemoveListItem { .. }
                | Command::ClearTicked { .. }
        )
    }

    /// The suggestion that it is about.
    pub fn suggestion(&self) -> Option<SuggestionId> {
        match self {
            Command::Suggest { suggestion, .. }
            | Command::Support { suggestion }
            | Command::Unsupport { suggestion }
            | Command::AnswerSuggestion { suggestion, .. } => Some(*suggestion),
            _ => None,
        }
    }

    /// The product that it says something of, to all.
    pub fn reports(&self) -> Option<ProductId> {
        match self {
            Command::ReportMissing { product, .. } | Command::CloseReport { product } => Some(*product),
            _ => None,
        }
    }

    /// Whether it changes what everybody sees of the shop.
    pub fn changes_catalogue(&self) -> bool {
        self.suggestion().is_some() || self.reports().is_some()
    }

    /// Whether it is the business of the group that keeps the catalogue.
    pub fn keeps_catalogue(&self) -> bool {
        matches!(self, Command::AnswerSuggestion { .. } | Command::CloseReport { .. })
    }

    /// The working group that it names.
    pub fn working_group(&self) -> Option<GroupId> {
        match self {
            Command::AskToJoin { group, .. }
            | Command::InviteToGroup { group, .. }
            | Command::LeaveGroup { group }
            | Command::RemoveFromGroup { group, .. }
            | Command::SetReferent { group, .. } => Some(*group),
            _ => None,
        }
    }

    /// The request or the invitation that it makes or ends.
    pub fn joining(&self) -> Option<JoiningId> {
        match self {
            Command::AskToJoin { joining, .. }
            | Command::InviteToGroup { joining, .. }
            | Command::AnswerJoining { joining, .. }
            | Command::WithdrawJoining { joining } => Some(*joining),
            _ => None,
        }
    }

    /// Whether more of it is allowed to whoever runs its group than to others.
    pub fn asks_referents(&self) -> bool {
        matches!(
            self,
            Command::InviteToGroup { .. }
                | Command::AnswerJoining { .. }
                | Command::WithdrawJoining { .. }
                | Command::RemoveFromGroup { .. }
                | Command::SetReferent { .. }
        )
    }

    /// The point of the coordination's agenda that it is about.
    pub fn point(&self) -> Option<PointId> {
        match self {
            Command::AddPoint { point, .. } | Command::WithdrawPoint { point } => Some(*point),
            _ => None,
        }
    }

    /// The dossier that it is about.
    pub fn dossier(&self) -> Option<DossierId> {
        match self {
            Command::OpenDossier { dossier, .. }
            | Command::TakeDossier { dossier, .. }
            | Command::SetDossierState { dossier, .. }
            | Command::LogHours { dossier, .. }
            | Command::RemoveHours { dossier, .. } => Some(*dossier),
            _ => None,
        }
    }

    /// The assembly that it is about.
    pub fn assembly(&self) -> Option<AssemblyId> {
        match self {
            Command::AnswerAssembly { assembly, .. }
            | Command::GiveProxy { assembly, .. }
            | Command::WithdrawProxy { assembly, .. }
            | Command::Stand { assembly, .. }
            | Command::StandDown { assembly } => Some(*assembly),
            _ => None,
        }
    }

    /// The working group on whose board it opens a dossier; of the others the dossier says it.
    pub fn board_of(&self) -> Option<GroupId> {
        match self {
            Command::OpenDossier { group, .. } => Some(*group),
            _ => None,
        }
    }

    /// Whether it changes what everybody sees of a working group, of the coordination, of whoever belongs to one, or of an assembly.
    pub fn changes_groups(&self) -> bool {
        self.working_group().is_some()
            || self.joining().is_some()
            || self.point().is_some()
            || self.assembly().is_some()
            || matches!(self, Command::SetContact { .. })
    }

    /// Whether it is about the card of whoever acts.
    pub fn about_my_card(&self) -> bool {
        matches!(self, Command::SetContact { .. } | Command::AskErasure { .. } | Command::WithdrawErasure { .. })
    }

    /// Whether its effects may let a loop of exchanges close.
    pub fn may_match(&self) -> bool {
        matches!(self, Command::ExchangeSeat { .. } | Command::SetWishes { .. })
    }
}
