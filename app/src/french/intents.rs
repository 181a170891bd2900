//! What was wanted, in French, as « Mes actions » tells it whatever became of it.

use domain::board::Board;
use domain::calendar::Calendar;
use domain::command::Command;
use domain::dossiers::Stage;
use domain::event::Answer;
use domain::id::{MemberId, OfferId, SeatId, ShiftId};
use domain::me::Me;
use domain::notify::{Channel, Topic};
use domain::reason::When;
use domain::sheet::{Arrival, Mishap, Presence, Trouble};
use domain::swaps::Audience;
use domain::time::Days;

use super::dates::{date_short, day_and_hours_short};
use super::dossiers::minutes as duration;
use super::typography::{capitalized, counted};
use super::{nb, topics};

/// Looks up what a command names, on the device, when the act is made.
pub trait Lookup {
    fn when(&self, shift: ShiftId) -> Option<When>;
    /// Somebody's short name.
    fn name(&self, member: MemberId) -> String;
    /// The short name of whoever holds a seat.
    fn holder(&self, seat: SeatId) -> Option<String>;
    fn offer_seat(&self, offer: OfferId) -> Option<SeatId>;
    /// The seats of a proposal: what `from` leaves, what `from` would take.
    fn proposal(&self, id: domain::id::ProposalId) -> Option<(SeatId, SeatId)>;
    /// The shift that a loop gives to its reader.
    fn loop_takes(&self, id: domain::id::LoopId) -> Option<SeatId>;
}

/// The snapshots of this device.
pub struct OnDevice<'a> {
    board: Board,
    me: &'a Me,
}

impl<'a> OnDevice<'a> {
    pub fn new(calendar: &Calendar, me: &'a Me) -> Self {
        Self { board: domain::me::board(calendar, me), me }
    }
}

impl Lookup for OnDevice<'_> {
    fn when(&self, shift: ShiftId) -> Option<When> {
        self.board.when(shift)
    }

    fn name(&self, member: MemberId) -> String {
        self.board.who(member).name.to_string()
    }

    fn holder(&self, seat: SeatId) -> Option<String> {
        let holder = self.board.holder(seat)?;
        Some(self.board.who(holder).name.to_string())
    }

    fn offer_seat(&self, offer: OfferId) -> Option<SeatId> {
        self.board.offers.get(&offer).map(|offer| offer.seat)
    }

    fn proposal(&self, id: domain::id::ProposalId) -> Option<(SeatId, SeatId)> {
        self.board.proposals.get(&id).map(|proposal| (proposal.mine, proposal.theirs))
    }

    fn loop_takes(&self, id: domain::id::LoopId) -> Option<SeatId> {
        self.board.loops.get(&id)?.leg_of(self.me.id()).map(|leg| leg.takes)
    }
}

/// « Prendre la place de Hugo V., jeu. 26 nov., 12 h – 15 h ».
pub fn intent(command: &Command, known: &impl Lookup) -> String {
    let on = |shift: ShiftId| known.when(shift).map(|when| format!(", {}", day_and_hours_short(&when))).unwrap_or_default();
    let at = |seat: SeatId| on(seat.shift);
    let bare =
        |seat: SeatId| known.when(seat.shift).map_or_else(|| "une autre vacation".to_owned(), |when| day_and_hours_short(&when));
    let holder = |seat: SeatId| known.holder(seat).unwrap_or_else(|| "quelqu’un".to_owned());
    let offered = |offer: OfferId| known.offer_seat(offer).map(at).unwrap_or_default();
    let said = match command {
        Command::TakeSeat { seat } => format!("Prendre une place{}", at(*seat)),
        Command::GiveSeat { seat, audience: Audience::Named { members }, .. } => {
            format!("Donner ta place à {}{}", counted(members.len(), "personne", "personnes"), at(*seat))
        }
        Command::GiveSeat { seat, .. } => format!("Donner ta place{}", at(*seat)),
        Command::ExchangeSeat { seat, .. } => format!("Proposer ta place à l’échange{}", at(*seat)),
        Command::SetWishes { offer, .. } => format!("Changer tes choix{}", offered(*offer)),
        Command::WithdrawOffer { offer } => format!("Garder ta place{}", offered(*offer)),
        Command::ClaimOffer { offer, instead_of, .. } => {
            let taken = known.offer_seat(*offer).map_or_else(
                || "Prendre la place proposée".to_owned(),
                |seat| format!("Prendre la place de {}{}", holder(seat), at(seat)),
            );
            let instead = instead_of.map(|seat| format!(", à la place de {}", bare(seat))).unwrap_or_default();
            format!("{taken}{instead}")
        }
        Command::MoveSeat { from, to } => format!("Déplacer ta place : {} au lieu de {}", bare(*to), bare(*from)),
        Command::ProposeSwap { mine, theirs, .. } => {
            format!("Proposer un échange à {} : {} contre {}", holder(*theirs), bare(*mine), bare(*theirs))
        }
        Command::AcceptProposal { proposal } => known.proposal(*proposal).map_or_else(
            || "Accepter l’échange".to_owned(),
            |(theirs, mine)| format!("Échange avec {} : {} contre {}", holder(theirs), bare(theirs), bare(mine)),
        ),
        Command::RefuseProposal { proposal } => known
            .proposal(*proposal)
            .map_or_else(|| "Refuser l’échange".to_owned(), |(theirs, _)| format!("Refuser l’échange avec {}", holder(theirs))),
        Command::WithdrawProposal { proposal } => known.proposal(*proposal).map_or_else(
            || "Retirer ta demande d’échange".to_owned(),
            |(_, theirs)| format!("Retirer ta demande d’échange à {}", holder(theirs)),
        ),
        Command::AcceptLoop { lacking } => known.loop_takes(*lacking).map_or_else(
            || "Accepter l’échange possible".to_owned(),
            |seat| format!("Accepter l’échange possible : {}", bare(seat)),
        ),
        Command::DeclineLoop { .. } => "Laisser passer l’échange possible".to_owned(),
        Command::Invite { seat, .. } => {
            format!("Inviter quelqu’un à prendre ta place{}", at(*seat))
        }
        Command::WarnTeam { seat, .. } => format!("Prévenir l’équipe{}", at(*seat)),
        Command::MarkSeen { .. } => "Marquer un message comme vu".to_owned(),
        Command::SetSwitch { topic, channel, on } => switched(*topic, *channel, *on),
        Command::SetReminders { .. } => "Changer tes rappels".to_owned(),
        Command::CallForHelp { shift, .. } => format!("Appeler du renfort{}", on(*shift)),
        Command::WatchSeats { shift: Some(shift), .. } => format!("Guetter une place{}", on(*shift)),
        Command::WatchSeats { .. } => "Guetter une place".to_owned(),
        Command::StopWatching { .. } => "Ne plus guetter".to_owned(),
        Command::JoinWaitingList { shift } => format!("T’inscrire sur la liste d’attente{}", on(*shift)),
        Command::LeaveWaitingList { shift } => format!("Quitter la liste d’attente{}", on(*shift)),
        Command::CloseShift { shift, .. } => format!("Fermer la vacation{}", on(*shift)),
        Command::MarkPresence { shift, member, presence, .. } => {
            format!("{} : {}{}", known.name(*member), presence_word(*presence), on(*shift))
        }
        Command::AddWalkIn { shift, member: Some(member), .. } => format!("{} est là aussi{}", known.name(*member), on(*shift)),
        Command::AddWalkIn { shift, name, .. } => format!("{name} est là aussi{}", on(*shift)),
        Command::RemoveWalkIn { shift, .. } => format!("Retirer quelqu’un de la feuille{}", on(*shift)),
        Command::GiveSeatTo { seat, member } => format!("Donner une place à {}{}", known.name(*member), at(*seat)),
        Command::TickItem { shift, done: true, .. } => format!("Cocher une tâche{}", on(*shift)),
        Command::TickItem { shift, .. } => format!("Décocher une tâche{}", on(*shift)),
        Command::RecordReading { shift, tenths, .. } => {
            format!("Noter {}{}", super::degrees::degrees(*tenths), on(*shift))
        }
        Command::LeaveNote { shift, .. } => format!("Laisser un mot à l’équipe suivante{}", on(*shift)),
        Command::AcknowledgeNote { shift, .. } => format!("Marquer un mot de la relève comme vu{}", on(*shift)),
        Command::ReportShop { shift, what: Trouble::TillClosed, .. } => format!("Signaler la caisse fermée{}", on(*shift)),
        Command::ReportShop { shift, .. } => format!("Signaler le magasin fermé{}", on(*shift)),
        Command::ReceiveDelivery { shift, state, .. } => {
            format!("Noter une livraison « {} »{}", arrival_word(*state), on(*shift))
        }
        Command::AddDelivery { shift, supplier, .. } => format!("Noter la livraison de {supplier}{}", on(*shift)),
        Command::ReportIncident { shift, what, .. } => format!("Signaler : {}{}", mishap_word(*what), on(*shift)),
        Command::CloseSheet { shift } => format!("Fermer la feuille du jour{}", on(*shift)),
        Command::RequestLeave { what, from, to, .. } => {
            format!("Demander au bureau : {}", super::commitment::request(*what, Days { from: *from, to: *to }))
        }
        Command::WithdrawRequest { .. } => "Retirer ta demande au bureau".to_owned(),
        Command::AnswerRequest { granted: true, .. } => "Accorder une demande".to_owned(),
        Command::AnswerRequest { .. } => "Refuser une demande".to_owned(),
        Command::CorrectLedger { member, .. } => format!("Corriger le compte de {}", known.name(*member)),
        Command::SetDuty { member, .. } => format!("Changer l’engagement de {}", known.name(*member)),
        Command::GiveSolidarity => "Donner une vacation au pot solidaire".to_owned(),
        Command::DrawSolidarity => "Demander une vacation au pot solidaire".to_owned(),
        Command::ProposeBlock { title, .. } => format!("Proposer « {title} » pour la brève"),
        Command::EditBlock { title, .. } => format!("Changer « {title} » pour la brève"),
        Command::WithdrawBlock { .. } => "Retirer ta contribution à la brève".to_owned(),
        Command::ReadBrief { .. } => "Marquer la brève comme lue".to_owned(),
        Command::AnswerEvent { answer: Answer::Yes, guests, .. } => {
            format!("Dire oui à une sortie, {}", counted(1 + usize::from(*guests), "place", "places"))
        }
        Command::AnswerEvent { answer: Answer::Maybe, .. } => "Dire peut-être à une sortie".to_owned(),
        Command::AnswerEvent { answer: Answer::No, .. } => "Dire que tu ne viens pas à une sortie".to_owned(),
        Command::ClaimItem { .. } => "Apporter quelque chose à une sortie".to_owned(),
        Command::ReleaseItem { .. } => "Ne plus apporter quelque chose à une sortie".to_owned(),
        Command::OfferCarpool { seats, .. } => {
            format!("Proposer {} dans ta voiture", counted(usize::from(*seats), "place", "places"))
        }
        Command::WithdrawCarpool { .. } => "Retirer un covoiturage".to_owned(),
        Command::ClaimCarpool { .. } => "Prendre une place dans une voiture".to_owned(),
        Command::ReleaseCarpool { .. } => "Rendre une place dans une voiture".to_owned(),
        Command::ClaimPost { .. } => "Donner un coup de main à une sortie".to_owned(),
        Command::ReleasePost { .. } => "Ne plus donner ce coup de main".to_owned(),
        Command::CommentEvent { .. } => "Écrire sous une sortie".to_owned(),
        Command::RemoveComment { .. } => "Retirer un commentaire".to_owned(),
        Command::TickArrival { came: true, .. } => "Noter une arrivée".to_owned(),
        Command::TickArrival { .. } => "Corriger une arrivée".to_owned(),
        Command::AddEventWalkIn { name, .. } => format!("Ajouter {name} aux arrivées"),
        Command::RemoveEventWalkIn { .. } => "Retirer une arrivée".to_owned(),
        Command::AddPhoto { .. } => "Ajouter une photo d’une sortie".to_owned(),
        Command::RemovePhoto { .. } => "Retirer une photo d’une sortie".to_owned(),
        Command::AskRemoval { .. } => "Demander le retrait d’une photo".to_owned(),
        Command::SetFavourite { on: true, .. } => "Mettre un produit en favori".to_owned(),
        Command::SetFavourite { on: false, .. } => "Enlever un produit des favoris".to_owned(),
        Command::PutOnList { text, .. } if !text.is_empty() => format!("Sur ma liste : {text}"),
        Command::PutOnList { .. } => "Mettre un produit sur ma liste".to_owned(),
        Command::TickListItem { done: true, .. } => "Cocher une ligne de ma liste".to_owned(),
        Command::TickListItem { done: false, .. } => "Décocher une ligne de ma liste".to_owned(),
        Command::RemoveListItem { .. } => "Enlever une ligne de ma liste".to_owned(),
        Command::ClearTicked { .. } => "Effacer ce qui est coché".to_owned(),
        Command::Suggest { text, .. } => format!("J’aimerais trouver : {text}"),
        Command::Support { .. } => "Dire « moi aussi » à une demande".to_owned(),
        Command::Unsupport { .. } => "Ne plus demander un produit".to_owned(),
        Command::AnswerSuggestion { .. } => "Répondre à une demande".to_owned(),
        Command::ReportMissing { .. } => "Signaler un produit absent du rayon".to_owned(),
        Command::CloseReport { .. } => "Clore un signalement".to_owned(),
        Command::AskToJoin { .. } => "Demander à rejoindre un groupe".to_owned(),
        Command::InviteToGroup { member, .. } => format!("Inviter {} dans un groupe", known.name(*member)),
        Command::AnswerJoining { accepted: true, .. } => "Dire oui pour un groupe".to_owned(),
        Command::AnswerJoining { .. } => "Dire non pour un groupe".to_owned(),
        Command::WithdrawJoining { .. } => "Retirer une demande pour un groupe".to_owned(),
        Command::LeaveGroup { .. } => "Quitter un groupe".to_owned(),
        Command::RemoveFromGroup { member, .. } => format!("Retirer {} d’un groupe", known.name(*member)),
        Command::SetReferent { member, on: true, .. } => format!("Noter que {} répond du groupe", known.name(*member)),
        Command::SetReferent { member, .. } => format!("Noter que {} ne répond plus du groupe", known.name(*member)),
        Command::AddPoint { title, .. } => format!("Ajouter « {title} » à l’ordre du jour"),
        Command::WithdrawPoint { .. } => "Retirer un point de l’ordre du jour".to_owned(),
        Command::OpenDossier { title, .. } => format!("Ouvrir le dossier « {title} »"),
        Command::TakeDossier { on: true, .. } => "Prendre un dossier en charge".to_owned(),
        Command::TakeDossier { .. } => "Ne plus s’occuper d’un dossier".to_owned(),
        Command::SetDossierState { state, .. } => match state {
            Stage::ToDo => "Remettre un dossier à faire".to_owned(),
            Stage::UnderWay => "Commencer un dossier".to_owned(),
            Stage::Done => "Noter un dossier comme fait".to_owned(),
            Stage::Dropped => "Abandonner un dossier".to_owned(),
        },
        Command::LogHours { day, minutes, .. } => {
            format!("Noter {} de volontariat, le {}", duration(u32::from(*minutes)), date_short(*day))
        }
        Command::RemoveHours { .. } => "Retirer des heures de volontariat".to_owned(),
        Command::SetContact { .. } => "Changer ton téléphone, et ce que les autres voient de toi".to_owned(),
        Command::AskErasure { .. } => "Demander l’effacement de ton compte".to_owned(),
        Command::WithdrawErasure { .. } => "Retirer ta demande d’effacement".to_owned(),
        Command::AnswerAssembly { coming: true, .. } => "Dire que tu viens à l’assemblée".to_owned(),
        Command::AnswerAssembly { .. } => "Dire que tu ne viens pas à l’assemblée".to_owned(),
        Command::GiveProxy { to, .. } => format!("Donner ton pouvoir à {}", known.name(*to)),
        Command::WithdrawProxy { .. } => "Retirer un pouvoir".to_owned(),
        Command::Stand { .. } => "Être candidat·e au comité".to_owned(),
        Command::StandDown { .. } => "Retirer ta candidature".to_owned(),
    };
    nb(&capitalized(&said))
}

/// « incomplète »
pub fn arrival_word(arrival: Arrival) -> &'static str {
    match arrival {
        Arrival::Complete => "complète",
        Arrival::Partial => "incomplète",
        Arrival::Refused => "refusée",
        Arrival::NotCome => "pas venue",
    }
}

/// « panne ou casse »
pub fn mishap_word(what: Mishap) -> &'static str {
    match what {
        Mishap::Safety => "sécurité",
        Mishap::Breakage => "panne ou casse",
        Mishap::Other => "autre chose",
    }
}

/// « absent·e »
pub fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "présent·e",
        Presence::Late => "en retard",
        Presence::Absent => "absent·e",
        Presence::Excused => "excusé·e",
        Presence::Replaced => "remplacé·e",
    }
}

fn switched(topic: Topic, channel: Channel, on: bool) -> String {
    let how = match channel {
        Channel::Push => "sur tes appareils",
        Channel::Mail => "par mail",
    };
    let word = if on { "Recevoir" } else { "Ne plus recevoir" };
    format!("{word} « {} » {how}", topics::name(topic))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    struct Hugo;

    impl Lookup for Hugo {
        fn when(&self, shift: ShiftId) -> Option<When> {
            let (from, to) = match shift.0.as_u128() {
                1 => ("2026-11-26T11:00:00Z", "2026-11-26T14:00:00Z"),
                _ => ("2026-11-28T08:00:00Z", "2026-11-28T11:00:00Z"),
            };
            Some(When { shift, starts_at: from.parse().unwrap(), ends_at: to.parse().unwrap() })
        }

        fn name(&self, _: MemberId) -> String {
            "Hugo V.".to_owned()
        }

        fn holder(&self, _: SeatId) -> Option<String> {
            Some("Hugo V.".to_owned())
        }

        fn offer_seat(&self, _: OfferId) -> Option<SeatId> {
            Some(seat(1))
        }

        fn proposal(&self, _: domain::id::ProposalId) -> Option<(SeatId, SeatId)> {
            Some((seat(1), seat(2)))
        }

        fn loop_takes(&self, _: domain::id::LoopId) -> Option<SeatId> {
            None
        }
    }

    fn seat(number: u128) -> SeatId {
        SeatId::new(ShiftId(Uuid::from_u128(number)), 3)
    }

    #[test]
    fn an_intent_says_what_was_wanted() {
        let offer = OfferId(Uuid::nil());
        let cases = [
            (Command::TakeSeat { seat: seat(1) }, "Prendre une place, jeu. 26 nov., 12 h – 15 h"),
            (
                Command::ClaimOffer { offer, instead_of: None, secret: None },
                "Prendre la place de Hugo V., jeu. 26 nov., 12 h – 15 h",
            ),
            (
                Command::ClaimOffer { offer, instead_of: Some(seat(2)), secret: None },
                "Prendre la place de Hugo V., jeu. 26 nov., 12 h – 15 h, à la place de sam. 28 nov., 9 h – 12 h",
            ),
            (
                Command::MoveSeat { from: seat(2), to: seat(1) },
                "Déplacer ta place : jeu. 26 nov., 12 h – 15 h au lieu de sam. 28 nov., 9 h – 12 h",
            ),
            (
                Command::AcceptProposal { proposal: domain::id::ProposalId(Uuid::nil()) },
                "Échange avec Hugo V. : jeu. 26 nov., 12 h – 15 h contre sam. 28 nov., 9 h – 12 h",
            ),
            (Command::WithdrawOffer { offer }, "Garder ta place, jeu. 26 nov., 12 h – 15 h"),
        ];
        for (command, wanted) in cases {
            assert_eq!(intent(&command, &Hugo).replace(['\u{a0}', '\u{202f}'], " "), wanted);
        }
    }
}
