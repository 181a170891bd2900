//! What an act has to do with another one that is on its way.

use crate::command::Command;
use crate::id::{
    AssemblyId, BlockId, CarpoolId, CommentId, DeliveryId, DossierId, ErasureId, EventId, HoursId, JoiningId, LoopId, NoteId,
    OfferId, PictureId, PointId, ProposalId, RequestId, SeatId, SuggestionId, WalkInId,
};

/// Whether `later` rests on `earlier`: the same seat, offer, proposal or loop, or what it made.
pub fn depends(earlier: &Command, later: &Command) -> bool {
    let (a, b) = (Touched::by(earlier), Touched::by(later));
    a.seats.iter().any(|seat| b.seats.contains(seat))
        || a.offers.iter().any(|offer| b.offers.contains(offer))
        || a.proposals.iter().any(|proposal| b.proposals.contains(proposal))
        || a.loops.iter().any(|suggested| b.loops.contains(suggested))
        || a.notes.iter().any(|note| b.notes.contains(note))
        || a.walk_ins.iter().any(|walk_in| b.walk_ins.contains(walk_in))
        || a.deliveries.iter().any(|delivery| b.deliveries.contains(delivery))
        || a.requests.iter().any(|request| b.requests.contains(request))
        || a.blocks.iter().any(|block| b.blocks.contains(block))
        || a.carpools.iter().any(|carpool| b.carpools.contains(carpool))
        || a.comments.iter().any(|comment| b.comments.contains(comment))
        || a.photos.iter().any(|photo| b.photos.contains(photo))
        || a.suggestions.iter().any(|suggestion| b.suggestions.contains(suggestion))
        || a.joinings.iter().any(|joining| b.joinings.contains(joining))
        || a.points.iter().any(|point| b.points.contains(point))
        || a.hours.is_some() && a.hours == b.hours
        // What is done with a dossier rests on its being there; one such act does not rest on another.
        || a.opens.is_some() && a.opens == b.on_dossier
        || a.erasures.iter().any(|erasure| b.erasures.contains(erasure))
        || a.assemblies.iter().any(|assembly| b.assemblies.contains(assembly))
        // What is taken on rests on the answer; one answer does not rest on another: each says all there is to say.
        || a.answers.is_some() && a.answers == b.takes_on
}

/// Whether `later` says all that `earlier` said, so that only the last one need be sent: the same
/// question answered again.
pub fn replaces(later: &Command, earlier: &Command) -> bool {
    match (later, earlier) {
        (Command::SetWishes { offer, .. }, Command::SetWishes { offer: before, .. }) => offer == before,
        (Command::MarkSeen { notice }, Command::MarkSeen { notice: before }) => notice == before,
        (Command::SetSwitch { topic, channel, .. }, Command::SetSwitch { topic: before, channel: by, .. }) => {
            (topic, channel) == (before, by)
        }
        (Command::SetReminders { .. }, Command::SetReminders { .. })
        | (Command::SetContact { .. }, Command::SetContact { .. }) => true,
        (Command::ReadBrief { brief }, Command::ReadBrief { brief: before }) => brief == before,
        (Command::AnswerEvent { event, .. }, Command::AnswerEvent { event: before, .. }) => event == before,
        (Command::TickArrival { event, who, .. }, Command::TickArrival { event: at, who: before, .. }) => {
            (event, who) == (at, before)
        }
        (Command::MarkPresence { shift, member, .. }, Command::MarkPresence { shift: on, member: before, .. }) => {
            (shift, member) == (on, before)
        }
        (Command::AnswerAssembly { assembly, .. }, Command::AnswerAssembly { assembly: before, .. })
        | (Command::Stand { assembly, .. }, Command::Stand { assembly: before, .. }) => assembly == before,
        (Command::SetFavourite { product, .. }, Command::SetFavourite { product: before, .. }) => product == before,
        (Command::TickListItem { item, .. }, Command::TickListItem { item: before, .. })
        | (Command::PutOnList { item, .. }, Command::PutOnList { item: before, .. }) => item == before,
        (Command::TakeDossier { dossier, .. }, Command::TakeDossier { dossier: before, .. })
        | (Command::SetDossierState { dossier, .. }, Command::SetDossierState { dossier: before, .. }) => dossier == before,
        (Command::TickItem { shift, item, .. }, Command::TickItem { shift: on, item: before, .. }) => {
            (shift, item) == (on, before)
        }
        _ => false,
    }
}

/// The seats that a command names itself.
pub fn seats_named(command: &Command) -> Vec<SeatId> {
    Touched::by(command).seats
}

#[derive(Default)]
struct Touched {
    seats: Vec<SeatId>,
    offers: Vec<OfferId>,
    proposals: Vec<ProposalId>,
    loops: Vec<LoopId>,
    notes: Vec<NoteId>,
    walk_ins: Vec<WalkInId>,
    deliveries: Vec<DeliveryId>,
    requests: Vec<RequestId>,
    blocks: Vec<BlockId>,
    carpools: Vec<CarpoolId>,
    comments: Vec<CommentId>,
    photos: Vec<PictureId>,
    suggestions: Vec<SuggestionId>,
    joinings: Vec<JoiningId>,
    points: Vec<PointId>,
    hours: Option<HoursId>,
    /// The dossier that it opens.
    opens: Option<DossierId>,
    /// The dossier with which it does something.
    on_dossier: Option<DossierId>,
    erasures: Vec<ErasureId>,
    /// Assemblies for which it says who votes for whom.
    assemblies: Vec<AssemblyId>,
    /// The event that it answers to.
    answers: Option<EventId>,
    /// The event for which it takes something on.
    takes_on: Option<EventId>,
}

impl Touched {
    fn by(command: &Command) -> Touched {
        let mut touched = Touched::default();
        match command {
            Command::TakeSeat { seat } | Command::WarnTeam { seat, .. } => touched.seats.push(*seat),
            Command::GiveSeat { offer, seat, .. }
            | Command::ExchangeSeat { offer, seat, .. }
            | Command::Invite { offer, seat, .. } => {
                touched.offers.push(*offer);
                touched.seats.push(*seat);
            }
            Command::SetWishes { offer, .. } | Command::WithdrawOffer { offer } => touched.offers.push(*offer),
            Command::ClaimOffer { offer, instead_of, .. } => {
                touched.offers.push(*offer);
                touched.seats.extend(*instead_of);
            }
            Command::MoveSeat { from, to } => touched.seats.extend([*from, *to]),
            Command::ProposeSwap { proposal, mine, theirs, .. } => {
                touched.proposals.push(*proposal);
                touched.seats.extend([*mine, *theirs]);
            }
            Command::AcceptProposal { proposal }
            | Command::RefuseProposal { proposal }
            | Command::WithdrawProposal { proposal } => touched.proposals.push(*proposal),
            Command::AcceptLoop { lacking } | Command::DeclineLoop { lacking } => touched.loops.push(*lacking),
            Command::GiveSeatTo { seat, .. } => touched.seats.push(*seat),
            Command::AddWalkIn { walk_in, .. } | Command::RemoveWalkIn { walk_in, .. } => touched.walk_ins.push(*walk_in),
            Command::LeaveNote { note, .. } | Command::AcknowledgeNote { note, .. } => touched.notes.push(*note),
            Command::AddDelivery { delivery, .. } | Command::ReceiveDelivery { delivery, .. } => {
                touched.deliveries.push(*delivery)
            }
            Command::MarkSeen { .. }
            | Command::SetSwitch { .. }
            | Command::SetReminders { .. }
            | Command::WatchSeats { .. }
            | Command::StopWatching { .. }
            | Command::JoinWaitingList { .. }
            | Command::LeaveWaitingList { .. }
            | Command::CallForHelp { .. }
            | Command::CloseShift { .. }
            | Command::MarkPresence { .. }
            | Command::TickItem { .. }
            | Command::RecordReading { .. }
            | Command::ReportShop { .. }
            | Command::ReportIncident { .. }
            | Command::CloseSheet { .. }
            | Command::CorrectLedger { .. }
            | Command::SetDuty { .. }
            | Command::GiveSolidarity
            | Command::DrawSolidarity
            | Command::ReadBrief { .. } => {}
            Command::RequestLeave { request, .. }
            | Command::WithdrawRequest { request }
            | Command::AnswerRequest { request, .. } => touched.requests.push(*request),
            Command::ProposeBlock { block, .. } | Command::EditBlock { block, .. } | Command::WithdrawBlock { block } => {
                touched.blocks.push(*block)
            }
            Command::AnswerEvent { event, .. } => touched.answers = Some(*event),
            Command::ClaimItem { event, .. }
            | Command::ReleaseItem { event, .. }
            | Command::ClaimPost { event, .. }
            | Command::ReleasePost { event, .. } => touched.takes_on = Some(*event),
            Command::OfferCarpool { carpool, event, .. }
            | Command::WithdrawCarpool { carpool, event }
            | Command::ClaimCarpool { carpool, event, .. }
            | Command::ReleaseCarpool { carpool, event } => {
                touched.carpools.push(*carpool);
                touched.takes_on = Some(*event);
            }
            Command::CommentEvent { comment, .. } | Command::RemoveComment { comment, .. } => touched.comments.push(*comment),
            Command::AddEventWalkIn { walk_in, .. } | Command::RemoveEventWalkIn { walk_in, .. } => {
                touched.walk_ins.push(*walk_in)
            }
            Command::AddPhoto { picture, .. } | Command::RemovePhoto { picture, .. } | Command::AskRemoval { picture, .. } => {
                touched.photos.push(*picture)
            }
            Command::TickArrival { .. } => {}
            // Each says all there is to say of its line.
            Command::SetFavourite { .. }
            | Command::PutOnList { .. }
            | Command::TickListItem { .. }
            | Command::RemoveListItem { .. }
            | Command::ClearTicked { .. }
            | Command::ReportMissing { .. }
            | Command::CloseReport { .. } => {}
            Command::Suggest { suggestion, .. }
            | Command::Support { suggestion }
            | Command::Unsupport { suggestion }
            | Command::AnswerSuggestion { suggestion, .. } => touched.suggestions.push(*suggestion),
            Command::AskToJoin { joining, .. }
            | Command::InviteToGroup { joining, .. }
            | Command::AnswerJoining { joining, .. }
            | Command::WithdrawJoining { joining } => touched.joinings.push(*joining),
            // Whatever became of the request: one leaves what one belongs to then.
            Command::LeaveGroup { .. } | Command::RemoveFromGroup { .. } | Command::SetReferent { .. } => {}
            Command::AddPoint { point, .. } | Command::WithdrawPoint { point } => touched.points.push(*point),
            Command::OpenDossier { dossier, .. } => touched.opens = Some(*dossier),
            Command::TakeDossier { dossier, .. } | Command::SetDossierState { dossier, .. } => {
                touched.on_dossier = Some(*dossier);
            }
            Command::LogHours { hours, dossier, .. } | Command::RemoveHours { hours, dossier } => {
                touched.hours = Some(*hours);
                touched.on_dossier = Some(*dossier);
            }
            Command::SetContact { .. } => {}
            Command::AskErasure { erasure, .. } | Command::WithdrawErasure { erasure } => touched.erasures.push(*erasure),
            // Whether one comes, and who votes for one, are one question; to stand is another.
            Command::AnswerAssembly { assembly, .. }
            | Command::GiveProxy { assembly, .. }
            | Command::WithdrawProxy { assembly, .. } => touched.assemblies.push(*assembly),
            Command::Stand { .. } | Command::StandDown { .. } => {}
        }
        touched
    }
}
