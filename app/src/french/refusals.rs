//! A refusal's title, and who can lift it.

use domain::reason::Reason;
use domain::view::responsible::Responsible;

use super::dates::day_and_hours_short;
use super::nb;

/// Two or three words above the sentence.
pub fn title(reason: &Reason) -> &'static str {
    match reason {
        Reason::AlreadyTaken { .. } | Reason::SeatHeld { .. } => "Déjà prise",
        Reason::SeatKept { .. } => "Place gardée",
        Reason::ShiftClosed { .. } => "Vacation fermée",
        Reason::TooLate { .. } | Reason::TooLateToExchange { .. } | Reason::TooLateToMove { .. } => "Trop tard",
        Reason::TooEarlyToWarn { .. }
        | Reason::TooEarlyToCall { .. }
        | Reason::TooFarAhead { .. }
        | Reason::PhotosNotYet { .. } => "Trop tôt",
        Reason::OfferClosed
        | Reason::OfferExpired { .. }
        | Reason::ProposalClosed
        | Reason::ProposalExpired { .. }
        | Reason::LoopClosed
        | Reason::InvitationExpired { .. }
        | Reason::UnknownOffer
        | Reason::UnknownProposal
        | Reason::UnknownLoop
        | Reason::UnknownNotice
        | Reason::UnknownInvitation
        | Reason::UnknownWatch
        | Reason::UnknownRequest
        | Reason::RequestClosed
        | Reason::UnknownBrief
        | Reason::UnknownBlock
        | Reason::BlockClosed { .. }
        | Reason::ContributionsClosed { .. }
        | Reason::UnknownEvent
        | Reason::EventCancelled { .. }
        | Reason::EventRemoved { .. }
        | Reason::EventOver { .. }
        | Reason::AnswersClosed { .. }
        | Reason::UnknownClaim
        | Reason::UnknownComment
        | Reason::PhotosClosed { .. }
        | Reason::UnknownPhoto
        | Reason::UnknownProduct
        | Reason::UnknownSuggestion
        | Reason::SuggestionAnswered
        | Reason::UnknownGroup
        | Reason::UnknownJoining
        | Reason::JoiningClosed
        | Reason::UnknownPoint
        | Reason::PointSettled { .. }
        | Reason::UnknownDossier
        | Reason::DossierClosed { .. }
        | Reason::UnknownAssembly
        | Reason::AssemblyBegun { .. }
        | Reason::AssemblyOver { .. }
        | Reason::AssemblyCancelled { .. }
        | Reason::UnknownProxy
        | Reason::NotStanding
        | Reason::NotWaiting => "C’est terminé",
        Reason::AlreadyOffered
        | Reason::AlreadyProposed
        | Reason::YourOwnOffer
        | Reason::AlreadyWatched
        | Reason::AlreadyAsked { .. }
        | Reason::AlreadyDriving
        | Reason::YourOwnCarpool
        | Reason::AlreadySuggested { .. }
        | Reason::YourOwnSuggestion
        | Reason::KnownMissing
        | Reason::AlreadyInGroup { .. }
        | Reason::AlreadyAskedToJoin { .. }
        | Reason::DossierHeld { .. }
        | Reason::ErasureAsked { .. }
        | Reason::ProxyGiven { .. }
        | Reason::SignedIn
        | Reason::AlreadyWaiting => "Déjà fait",
        Reason::NothingWished
        | Reason::TooManyWishes { .. }
        | Reason::NoteTooLong { .. }
        | Reason::TooManyNamed { .. }
        | Reason::NobodyNamed
        | Reason::BadReminders { .. }
        | Reason::NothingWatched
        | Reason::TooManyWatches { .. }
        | Reason::DaysBackwards
        | Reason::BadCredit { .. }
        | Reason::SaidBadly { .. }
        | Reason::AnswerFirst
        | Reason::BadQuantity { .. }
        | Reason::MoreChildrenThanGuests
        | Reason::ConsentMissing
        | Reason::TitleMissing
        | Reason::BadDossierDay { .. }
        | Reason::BadHours { .. }
        | Reason::BadPhone
        | Reason::WhyMissing => "Il manque quelque chose",
        Reason::IdReused | Reason::TooOld | Reason::NotUnderstood | Reason::AppTooOld => "À refaire",
        _ => "Pas possible",
    }
}

/// Who can lift the refusal, or help where nobody can.
pub fn who_can(reason: &Reason) -> Option<String> {
    let office = "Les référent·es d’Administratif et financier peuvent";
    let said = match reason {
        Reason::NotActive => format!("{office} réactiver l’adhésion."),
        Reason::MissingSkill { .. } => {
            format!("{office} ajouter une compétence, une fois apprise.")
        }
        Reason::OnLeave { .. } => format!("{office} changer les dates de pause."),
        Reason::TooManyThatDay { .. } | Reason::TooManyThatCycle { .. } => {
            format!("{office} lever cette limite.")
        }
        Reason::TooLate { .. } | Reason::TooLateToExchange { .. } | Reason::TooLateToMove { .. } => {
            "L’animateur·rice de la vacation, ou le bureau, peut t’aider à trouver quelqu’un.".to_owned()
        }
        Reason::LeadNeeded { .. } => {
            "Donne ou échange ta place avec quelqu’un qui anime ; Association Alpar peut t’aider.".to_owned()
        }
        Reason::FirstTimerAlone { .. } | Reason::TeamTooSmall { .. } => {
            "Association Alpar, qui veille aux équipes, peut chercher du renfort.".to_owned()
        }
        Reason::AnswersClosed { .. }
        | Reason::EventFull { .. }
        | Reason::TooManyGuests { .. }
        | Reason::EventCancelled { .. }
        | Reason::TooManyComments { .. }
        | Reason::PhotosClosed { .. }
        | Reason::WasNotThere
        | Reason::AlbumFull { .. } => "Qui organise la sortie peut t’en dire plus.".to_owned(),
        Reason::ShiftClosed { .. } => "Le bureau l’a fermée, et peut t’en dire plus.".to_owned(),
        Reason::NotForYou { holder } => format!("{} peut te la proposer par ton nom.", holder.name),
        Reason::InvitationExpired { .. } | Reason::BadSecret | Reason::UnknownInvitation => {
            "La personne qui t’a donné le lien peut en faire un autre.".to_owned()
        }
        Reason::NotAllowed => "Le bureau (Administratif et financier, ou la personne salariée) peut le faire.".to_owned(),
        Reason::LegImpossible { why, .. } => {
            return who_can(why).filter(|_| matches!(**why, Reason::ShiftClosed { .. }));
        }
        Reason::NotYourself | Reason::DrawnEnough { .. } | Reason::PotTooLow { .. } | Reason::DaysTooEarly { .. } => {
            "Les membres d’Administratif et financier, ou la personne salariée, peuvent t’aider.".to_owned()
        }
        _ => super::groups::who_can(reason)
            .or_else(|| super::dossiers::who_can(reason))
            .or_else(|| super::assembly::who_can(reason))?,
    };
    Some(nb(&said))
}

/// Who comes as things stand, where the reason does not say it already.
pub fn responsible_now(reason: &Reason, responsible: &Responsible) -> Option<String> {
    let named = matches!(reason, Reason::AlreadyTaken { .. } | Reason::SeatHeld { .. } | Reason::NotYourSeat { .. });
    let said = match responsible {
        Responsible::Me(when) => format!("C’est toujours toi qu’on attend : {}.", day_and_hours_short(when)),
        Responsible::Somebody(..) | Responsible::Nobody(_) if named => return None,
        Responsible::Somebody(name, when) => format!("C’est {name} qui vient : {}.", day_and_hours_short(when)),
        Responsible::Nobody(when) => format!("La place est libre : {}.", day_and_hours_short(when)),
    };
    Some(nb(&said.replace("..", ".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_somebody_who_can_lift_it() {
        let on = "2026-11-23".parse().unwrap();
        let reason = Reason::TooManyThatDay { has: 2, cap: 2, on };
        assert_eq!(who_can(&reason).as_deref(), Some("Les référent·es d’Administratif et financier peuvent lever cette limite."));
        assert_eq!(who_can(&Reason::AlreadyTaken { by: None, at: None }), None);
        for reason in [Reason::WasNotThere, Reason::AlbumFull { cap: 200 }, Reason::TooManyComments { cap: 500 }] {
            assert_eq!(who_can(&reason).as_deref(), Some("Qui organise la sortie peut t’en dire plus."), "{reason:?}");
        }
    }
}
