//! What was done, in a sentence.

use domain::command::Command;
use domain::id::{MemberId, SeatId};
use domain::outcome::Done;
use domain::reason::When;
use domain::sheet::Mishap;
use domain::view::Seen;

use crate::french::assembly::carried;
use crate::french::dates::{date_short, day_and_hours_short};
use crate::french::events;
use crate::french::nb;

/// « C’est fait. La place est à toi : jeu. 26 nov., 12 h – 15 h. »; nothing for what needs no word.
pub fn sentence(command: &Command, done: &Done, seen: Option<Seen<'_>>) -> Option<String> {
    if let Some(closed) = closed_loop(done, seen) {
        return Some(nb(&closed));
    }
    let at = |seat: Option<SeatId>| {
        let when: Option<When> = seat.and_then(|seat| seen?.calendar.shift(seat.shift).map(domain::board::when));
        when.map(|when| format!(" : {}", day_and_hours_short(&when))).unwrap_or_default()
    };
    let said = match command {
        Command::TakeSeat { seat } => format!("La place est à toi{}.", at(Some(*seat))),
        Command::ClaimOffer { .. } => format!("La place est à toi{}.", at(done.seat)),
        Command::MoveSeat { to, .. } => format!("Ta place est déplacée{}.", at(Some(*to))),
        Command::GiveSeat { .. } => "Ta place est proposée. Elle reste la tienne tant que personne ne l’a prise.".to_owned(),
        Command::ExchangeSeat { .. } => "Ta place est proposée à l’échange. Elle reste la tienne jusque-là.".to_owned(),
        Command::SetWishes { .. } => "Tes choix sont à jour.".to_owned(),
        Command::WithdrawOffer { .. } => "Tu gardes ta place.".to_owned(),
        Command::ProposeSwap { .. } => "Ta demande est partie. On te prévient de la réponse.".to_owned(),
        Command::AcceptProposal { .. } | Command::AcceptLoop { .. } => "L’échange est conclu.".to_owned(),
        Command::RefuseProposal { .. } | Command::DeclineLoop { .. } => "C’est noté, rien ne change.".to_owned(),
        Command::WithdrawProposal { .. } => "Ta demande est retirée.".to_owned(),
        Command::Invite { .. } => "Le lien marche. Tu gardes ta place jusqu’à ce qu’il serve.".to_owned(),
        Command::WarnTeam { .. } => "L’équipe est prévenue.".to_owned(),
        Command::CallForHelp { .. } => "L’appel est parti à tous ceux qui peuvent venir.".to_owned(),
        Command::CloseShift { .. } => "La vacation est fermée, tout le monde est prévenu.".to_owned(),
        Command::SetReminders { .. } => "Tes rappels sont à jour.".to_owned(),
        Command::WatchSeats { .. } => "On te prévient dès qu’une place s’ouvre.".to_owned(),
        Command::JoinWaitingList { .. } => "Tu es sur la liste : dès qu’une place se libère, on te la garde.".to_owned(),
        Command::LeaveWaitingList { .. } => "Tu n’es plus sur la liste.".to_owned(),
        Command::RequestLeave { .. } => "Ta demande est chez le bureau. On te prévient de la réponse.".to_owned(),
        Command::WithdrawRequest { .. } => "Ta demande est retirée.".to_owned(),
        Command::AnswerRequest { .. } | Command::CorrectLedger { .. } | Command::SetDuty { .. } => {
            on_still_page(command.kind()).unwrap_or_default().to_owned()
        }
        Command::GiveSolidarity => "Merci : une vacation de plus dans le pot.".to_owned(),
        Command::DrawSolidarity => "Le pot t’a donné une vacation.".to_owned(),
        Command::ProposeBlock { .. } => match done.monday {
            Some(monday) => format!("Ta contribution est proposée pour la brève du {}.", date_short(monday)),
            None => "Ta contribution est proposée.".to_owned(),
        },
        Command::EditBlock { .. } => "Ton texte est enregistré.".to_owned(),
        Command::WithdrawBlock { .. } => "Ta contribution est retirée.".to_owned(),
        Command::AnswerEvent { guests, .. } => {
            return done.answered.map(|placed| nb(&events::placed(placed, 1 + u16::from(*guests), None)));
        }
        Command::OfferCarpool { .. } => "Ta voiture est proposée.".to_owned(),
        Command::AddPhoto { .. } => "Ta photo est ajoutée.".to_owned(),
        Command::AskRemoval { .. } => "Cette photo n’est plus montrée à personne.".to_owned(),
        Command::WithdrawCarpool { .. } => "Le covoiturage est retiré, les passagers sont prévenus.".to_owned(),
        Command::Suggest { .. } => "Ta demande est visible de tous les membres. Approvisionnement y répondra.".to_owned(),
        Command::ReportMissing { .. } => "Merci : Approvisionnement le voit.".to_owned(),
        Command::AnswerSuggestion { .. } => "La réponse est visible de tous les membres.".to_owned(),
        Command::CloseReport { .. } => "Le signalement est clos.".to_owned(),
        Command::AskToJoin { .. } => "Ta demande est chez les référent·es du groupe. On te prévient de la réponse.".to_owned(),
        Command::InviteToGroup { .. } => "L’invitation est partie.".to_owned(),
        Command::AnswerJoining { accepted: true, .. } => "C’est oui : le groupe compte une personne de plus.".to_owned(),
        Command::AnswerJoining { .. } => "La réponse est partie.".to_owned(),
        Command::WithdrawJoining { .. } => "La demande est retirée.".to_owned(),
        Command::LeaveGroup { .. } => "Tu ne fais plus partie du groupe.".to_owned(),
        Command::RemoveFromGroup { .. } => "La personne est prévenue, avec ton mot.".to_owned(),
        Command::AddPoint { .. } => "Ton point est à l’ordre du jour.".to_owned(),
        Command::WithdrawPoint { .. } => "Le point est retiré.".to_owned(),
        Command::OpenDossier { .. } => "Le dossier est au tableau, chez toutes les personnes du groupe.".to_owned(),
        Command::TakeDossier { on: true, .. } => "Tu t’en charges.".to_owned(),
        Command::LogHours { .. } => "Les heures sont notées.".to_owned(),
        Command::RemoveHours { .. } => "Les heures sont retirées.".to_owned(),
        Command::SetContact { .. } => "Ton téléphone, et ce que les autres voient, sont à jour.".to_owned(),
        Command::AskErasure { .. } => "Ta demande est chez Administratif. Rien n’est effacé avant sa réponse.".to_owned(),
        Command::WithdrawErasure { .. } => "Ta demande est retirée, rien n’est effacé.".to_owned(),
        Command::AnswerAssembly { coming: true, .. } => "On t’attend.".to_owned(),
        Command::AnswerAssembly { .. } => "C’est noté : tu ne viens pas. Quelqu’un peut voter pour toi.".to_owned(),
        Command::GiveProxy { .. } => done.carried.as_ref().map_or_else(|| "Le pouvoir est donné.".to_owned(), carried),
        Command::WithdrawProxy { .. } => "Ce pouvoir ne vaut plus, l’autre personne est prévenue.".to_owned(),
        Command::Stand { .. } => "Ta candidature est sur la page de l’assemblée.".to_owned(),
        Command::StandDown { .. } => "Ta candidature est retirée.".to_owned(),
        // The page shows it.
        Command::SetReferent { .. }
        | Command::TakeDossier { .. }
        | Command::SetDossierState { .. }
        | Command::MarkSeen { .. }
        | Command::SetFavourite { .. }
        | Command::PutOnList { .. }
        | Command::TickListItem { .. }
        | Command::RemoveListItem { .. }
        | Command::ClearTicked { .. }
        | Command::Support { .. }
        | Command::Unsupport { .. }
        | Command::ClaimItem { .. }
        | Command::ReleaseItem { .. }
        | Command::ClaimCarpool { .. }
        | Command::ReleaseCarpool { .. }
        | Command::ClaimPost { .. }
        | Command::ReleasePost { .. }
        | Command::CommentEvent { .. }
        | Command::RemoveComment { .. }
        | Command::TickArrival { .. }
        | Command::AddEventWalkIn { .. }
        | Command::RemoveEventWalkIn { .. }
        | Command::RemovePhoto { .. }
        | Command::ReadBrief { .. }
        | Command::SetSwitch { .. }
        | Command::StopWatching { .. }
        | Command::MarkPresence { .. }
        | Command::AddWalkIn { .. }
        | Command::RemoveWalkIn { .. }
        | Command::TickItem { .. }
        | Command::RecordReading { .. }
        | Command::LeaveNote { .. }
        | Command::AcknowledgeNote { .. }
        | Command::ReceiveDelivery { .. }
        | Command::AddDelivery { .. } => return None,
        Command::GiveSeatTo { seat, .. } => format!("La place est donnée{}.", at(Some(*seat))),
        Command::ReportShop { .. } => "Le bureau est prévenu.".to_owned(),
        Command::ReportIncident { what, .. } => match what {
            Mishap::Safety => "Le groupe Distribution et la personne salariée sont prévenus.".to_owned(),
            Mishap::Breakage => "Le groupe Distribution est prévenu.".to_owned(),
            Mishap::Other => "Le bureau est prévenu.".to_owned(),
        },
        Command::CloseSheet { .. } => "La feuille est fermée, les présences sont comptées.".to_owned(),
    };
    Some(nb(&format!("C’est fait. {}", said.replace("..", "."))))
}

/// « Échange conclu : Léa → Karim → toi »
fn closed_loop(done: &Done, seen: Option<Seen<'_>>) -> Option<String> {
    if done.closed_loop.is_empty() {
        return None;
    }
    let Some(seen) = seen else { return Some("C’est fait. L’échange est conclu.".to_owned()) };
    let names: Vec<String> =
        domain::decide::legs_in_order(&done.closed_loop, seen.me.id()).into_iter().map(|member| name(member, seen)).collect();
    Some(format!("Échange conclu : {}", names.join(" → ")))
}

fn name(member: MemberId, seen: Seen<'_>) -> String {
    if member == seen.me.id() { "toi".to_owned() } else { seen.calendar.name(member).first }
}

/// What a still page says of an act that was done there, of which its address names the kind.
pub fn on_still_page(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "answer_request" => "La réponse est partie.",
        "correct_ledger" => "C’est dans son compte.",
        "set_duty" => "C’est noté, à partir du jour choisi.",
        "mark_seen" => "C’est noté, avec ton nom.",
        _ => return None,
    })
}
