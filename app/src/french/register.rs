//! « Membres et parts »: statuses, steps, what was done to an account, and why something is not.

use domain::id::MemberId;
use domain::register::import::NotApproved;
use domain::register::{Alike, Deed, Filter, Mistake, OpenSeat, Paid, Part, RegularSeat, Status, Step};

use super::catalogue::money;
use super::clock::hours_of;
use super::dates::{date_with_year, weekday};
use super::shares::euros;
use super::typography::{NO_BREAK, counted};
use super::{capitalized, import, nb};
use crate::register::form::Why;

/// « n° 0042 »
pub fn number(number: i32) -> String {
    format!("n°{NO_BREAK}{number:04}")
}

pub fn status(status: Status) -> String {
    nb(&match status {
        Status::ToCome { on } => format!("Membre à partir du {}", date_with_year(on)),
        Status::Active => "Membre".to_owned(),
        Status::Leaving { on } => format!("Part le {}", date_with_year(on)),
        Status::Left { on } => format!("Plus membre depuis le {}", date_with_year(on)),
        Status::Merged { .. } => "Fiche réunie à une autre".to_owned(),
        Status::Erased => "Compte effacé".to_owned(),
    })
}

/// What a filter of the list is called.
pub const fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::There => "Membres",
        Filter::Arriving => "Arrivent",
        Filter::Uninsured => "Non assuré·es",
        Filter::ShareDue => "Part à payer",
        Filter::NeverSignedIn => "Jamais entré·es",
        Filter::WithoutAddress => "Sans e-mail",
        Filter::Regular => "Fixes",
        Filter::Floating => "Volant·es",
        Filter::Leaving => "Partent",
        Filter::Left => "Parti·es",
        Filter::ToRefund => "À rembourser",
        Filter::All => "Tout le monde",
    }
}

pub fn paid(paid: Paid) -> String {
    match paid {
        Paid::None => "pas de part".to_owned(),
        Paid::Partly { left } => format!("part : reste {}", euros(left)),
        Paid::Whole => "part payée".to_owned(),
        Paid::ToRefund { cents } => format!("part à rembourser : {}", euros(cents)),
        Paid::Refunded => "part remboursée".to_owned(),
    }
}

/// What a step of the way in is called.
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Presentation => "Réunion d’accueil",
        Step::Request => "Demande d’adhésion",
        Step::Share => "Part sociale",
        Step::Account => "Entrer dans l’application",
        Step::Seat => "Choisir : fixe ou volant·e",
        Step::FirstShift => "Première vacation, avec quelqu’un",
        Step::Skills => "Apprendre une tâche",
    }
}

/// What to do for it, as the newcomer reads it.
pub const fn step_help(step: Step) -> &'static str {
    match step {
        Step::Presentation => "Viens à une présentation publique : on raconte la coop, tu poses tes questions.",
        Step::Request => "Administratif t’inscrit.",
        Step::Share => "Une seule part par membre, en une ou plusieurs fois, au bureau ou par virement.",
        Step::Account => "Tape ton e-mail, reçois un code : pas de mot de passe.",
        Step::Seat => "Une place fixe dans le cycle, ou choisir à chaque cycle.",
        Step::FirstShift => "La première fois, quelqu’un t’attend et te montre.",
        Step::Skills => "La caisse, la réception : tu l’apprends sur place, et c’est noté sur ta fiche.",
    }
}

/// « jeudi de la semaine B, 9 h – 12 h »
pub fn regular_seat(seat: &RegularSeat) -> String {
    let lead = if seat.lead { ", anime" } else { "" };
    nb(&format!("{} de la semaine {}, {}{lead}", weekday(seat.weekday), seat.week.letter(), hours_of(seat.from, seat.to)))
}

/// « Jeudi, semaine B, 9 h – 12 h : 2 places prises sur 5 »
pub fn open_seat(seat: &OpenSeat) -> String {
    let role = if seat.lead { " (animation)" } else { "" };
    let taken = counted(seat.held, "place fixe prise", "places fixes prises");
    nb(&format!(
        "{}, semaine {}, {}{role} : {taken} sur {}",
        capitalized(weekday(seat.weekday)),
        seat.week.letter(),
        hours_of(seat.from, seat.to),
        seat.seats
    ))
}

pub const fn alike(alike: Alike) -> &'static str {
    match alike {
        Alike::Name => "le même nom",
        Alike::Email => "le même prénom et la même adresse e-mail",
        Alike::Phone => "le même prénom et le même téléphone",
    }
}

const fn part(part: Part) -> &'static str {
    match part {
        Part::Name => "le nom",
        Part::Email => "l’adresse e-mail",
        Part::Phone => "le téléphone",
        Part::Address => "l’adresse postale",
        Part::Rhythm => "fixe ou volant·e",
        Part::JoinedOn => "le jour d’adhésion",
        Part::Skills => "les compétences",
        Part::Shown => "ce que les autres voient",
        Part::Photo => "la photo",
        Part::Number => "le numéro",
    }
}

/// « le téléphone, l’adresse postale »
pub fn parts(parts: &[Part]) -> String {
    parts.iter().map(|one| part(*one)).collect::<Vec<_>>().join(", ")
}

/// What was done to an account, as whoever it concerns reads it. A file that has no name is one all the same.
pub fn deed(deed: &Deed) -> String {
    let called = |file: &str| if file.is_empty() { "un fichier".to_owned() } else { format!("le fichier « {file} »") };
    nb(&match deed {
        Deed::Added => "La fiche est créée.".to_owned(),
        Deed::Imported { file } => format!("Repris d’après {}.", called(file)),
        Deed::ImportUndone { file } => format!("Ce que {} avait changé est annulé.", called(file)),
        Deed::Edited { parts: edited } => format!("Changé : {}.", parts(edited)),
        Deed::RegularSeat { given: true } => "Une place fixe est donnée.".to_owned(),
        Deed::RegularSeat { given: false } => "Plus de place fixe : volant·e.".to_owned(),
        Deed::Presented => "Présence à une réunion d’accueil, notée.".to_owned(),
        Deed::Sponsored => "Qui accueille est choisi.".to_owned(),
        Deed::Arrived => "Le parcours d’arrivée est fini.".to_owned(),
        Deed::Invited => "Une invitation à entrer dans l’application est partie par mail.".to_owned(),
        Deed::ShareSubscribed { cents } => format!("Part sociale souscrite : {}.", euros(*cents)),
        Deed::SharePaid { cents } => format!("Paiement noté : {}.", euros(*cents)),
        Deed::PaymentCancelled { cents } => format!("Paiement noté par erreur, annulé : {}.", euros(*cents)),
        Deed::ShareRefunded { cents } => format!("Part remboursée : {}.", euros(*cents)),
        Deed::Insured { year } => format!("Adhésion à l’association pour {year}."),
        Deed::InsuranceTakenBack { year } => format!("Adhésion à l’association pour {year}, notée par erreur, retirée."),
        Deed::Leaving { on } => format!("Départ noté, pour le {}.", date_with_year(*on)),
        Deed::Staying => "Le départ est annulé.".to_owned(),
        Deed::Left => "Plus membre : places libérées, rôles terminés, appareils déconnectés.".to_owned(),
        Deed::Joined { number: goes } => format!("La fiche {} est réunie à celle-ci.", number(*goes)),
        Deed::MergedInto { number: keeps } => format!("Cette fiche est réunie à la {}.", number(*keeps)),
        Deed::DataTaken => "Tes données ont été téléchargées.".to_owned(),
        Deed::ErasureAsked => "L’effacement du compte est demandé.".to_owned(),
        Deed::ErasureWithdrawn => "La demande d’effacement est retirée.".to_owned(),
        Deed::ErasureRefused => "Administratif a répondu non à la demande d’effacement.".to_owned(),
        Deed::Erased => "Le compte est effacé.".to_owned(),
        Deed::DoneForThem { act } => format!("Fait en ton nom : {}.", act_word(act)),
    })
}

/// An act by its kind, without a capital or a point: « prendre une place ». One that this build does not know is said as such.
pub fn act_word(kind: &str) -> &'static str {
    match kind {
        "take_seat" => "prendre une place",
        "give_seat" => "proposer ta place",
        "exchange_seat" => "proposer ta place à l’échange",
        "set_wishes" => "changer tes choix d’échange",
        "withdraw_offer" => "garder ta place",
        "claim_offer" => "prendre une place proposée",
        "move_seat" => "déplacer ta place",
        "propose_swap" => "proposer un échange",
        "accept_proposal" | "accept_loop" => "accepter un échange",
        "refuse_proposal" | "decline_loop" => "refuser un échange",
        "withdraw_proposal" => "retirer une demande d’échange",
        "warn_team" => "prévenir l’équipe que tu ne viens pas",
        "join_waiting_list" => "t’inscrire sur une liste d’attente",
        "leave_waiting_list" => "quitter une liste d’attente",
        "request_leave" => "demander une pause ou une dispense",
        "withdraw_request" => "retirer une demande",
        "answer_event" => "répondre à une sortie",
        "set_switch" | "set_reminders" => "changer tes alertes",
        "set_contact" => "changer ton téléphone",
        "ask_erasure" => "demander l’effacement de ton compte",
        "withdraw_erasure" => "retirer ta demande d’effacement",
        "ask_to_join" => "demander à rejoindre un groupe",
        "answer_joining" => "répondre à l’invitation d’un groupe",
        "withdraw_joining" => "retirer ta demande à un groupe",
        "leave_group" => "quitter un groupe",
        "add_point" => "ajouter un point à l’ordre du jour",
        "withdraw_point" => "retirer un point de l’ordre du jour",
        "answer_assembly" => "dire si tu viens à l’assemblée",
        "give_proxy" => "donner ton pouvoir",
        "withdraw_proxy" => "retirer un pouvoir",
        "stand" => "être candidat·e au comité",
        "stand_down" => "retirer ta candidature",
        _ => "une action",
    }
}

/// Which field of the form it belongs to; none where it is of the whole.
pub fn field_of(why: &Why) -> &'static str {
    match why {
        Why::Mistake(mistake) => field_of_mistake(mistake),
        Why::File(_) => "fichier",
        Why::NotApproved(_) | Why::NotUndone(_) => "",
    }
}

fn field_of_mistake(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::FirstNameMissing => "first_name",
        Mistake::LastNameMissing | Mistake::NameTooLong { .. } => "last_name",
        Mistake::EmailUnreadable => "email",
        Mistake::PhoneUnreadable => "phone",
        Mistake::AddressTooLong { .. } => "address",
        Mistake::RhythmMissing => "rhythm",
        Mistake::UnknownSkill => "skills",
        Mistake::DayMissing | Mistake::DayTooEarly { .. } | Mistake::DayTooLate { .. } => "on",
        Mistake::TextMissing | Mistake::TextTooLong { .. } => "text",
        Mistake::AmountUnreadable
        | Mistake::AmountMissing
        | Mistake::AmountTooLarge { .. }
        | Mistake::PaidTooMuch { .. }
        | Mistake::RefundTooLarge { .. } => "amount",
        Mistake::HowMissing => "how",
        Mistake::KindMissing => "kind",
        Mistake::YearUnreadable | Mistake::AlreadyInsured { .. } => "year",
        Mistake::UnknownSeat | Mistake::SeatTaken | Mistake::SameTeam | Mistake::SeatNeedsSkill { .. } => "place",
        _ => "",
    }
}

/// Why it was not done: one sentence, or one for each thing to answer first.
pub fn sentences(why: &Why) -> Vec<String> {
    match why {
        Why::Mistake(one) => vec![nb(&mistake(one))],
        Why::File(why) => vec![import::refused(*why)],
        Why::NotApproved(NotApproved::Open(all)) => {
            vec![nb(&format!("À dire d’abord, ci-dessous : {}.", counted(all.len(), "question", "questions")))]
        }
        Why::NotApproved(NotApproved::Otherwise) => vec![nb(
            "Le registre ou les réponses ont changé depuis que tu as vu ces différences : les voici comme elles sont maintenant.",
        )],
        Why::NotApproved(NotApproved::Unread) => {
            vec![nb("Ce fichier ne se lit pas encore en entier : corrige d’abord ce qui suit.")]
        }
        Why::NotApproved(NotApproved::Undone) => {
            vec![nb("Cet import a été annulé depuis : pour l’appliquer, envoie le fichier de nouveau.")]
        }
        Why::NotUndone(why) => vec![import::not_undone(*why)],
    }
}

fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::FirstNameMissing => "Écris le prénom.".to_owned(),
        Mistake::LastNameMissing => "Écris le nom.".to_owned(),
        Mistake::NameTooLong { cap } | Mistake::AddressTooLong { cap } => {
            format!("C’est trop long : {cap} caractères au plus.")
        }
        Mistake::EmailUnreadable => "Cette adresse e-mail ne se lit pas : par exemple marie@exemple.fr, ou rien.".to_owned(),
        Mistake::PhoneUnreadable => {
            "Ce téléphone ne se lit pas : dix chiffres, ou « + » et l’indicatif du pays, ou rien.".to_owned()
        }
        Mistake::RhythmMissing => "Dis si c’est fixe ou volant·e.".to_owned(),
        Mistake::UnknownSkill => "Cette compétence n’existe pas dans la coop.".to_owned(),
        Mistake::Stale { .. } => {
            "Quelqu’un a changé cette fiche entre-temps. Sous ce que tu as écrit, « Maintenant » dit ce que c’est : choisis, puis \
             enregistre de nouveau."
                .to_owned()
        }
        Mistake::UnknownMember => "Il n’y a personne sous ce numéro.".to_owned(),
        Mistake::DayMissing => "Choisis un jour.".to_owned(),
        Mistake::DayTooEarly { first } => format!("Pas avant le {}.", date_with_year(*first)),
        Mistake::DayTooLate { last } => format!("Pas après le {}.", date_with_year(*last)),
        Mistake::TextMissing => "Écris quelques mots.".to_owned(),
        Mistake::TextTooLong { cap, long } => format!("C’est trop long : {long} caractères, {cap} au plus."),
        Mistake::AmountUnreadable => "Écris un montant : 100 ou 12,50.".to_owned(),
        Mistake::AmountMissing => "Écris un nombre, plus que zéro.".to_owned(),
        Mistake::AmountTooLarge { cap } => format!("C’est plus que {} : est-ce une faute de frappe ?", euros(*cap)),
        Mistake::HowMissing => "Dis comment l’argent est passé.".to_owned(),
        Mistake::KindMissing => "Dis d’où vient l’argent.".to_owned(),
        Mistake::AlreadyHasShare { since } => format!(
            "Une part par membre, exactement : la sienne est souscrite depuis le {}. Ajoute plutôt un paiement à celle-ci.",
            date_with_year(*since)
        ),
        Mistake::NoShare => "Il n’y a pas de part : souscris-la d’abord.".to_owned(),
        Mistake::PaidTooMuch { left } => format!("C’est plus que ce qui reste à payer : {}.", money(*left)),
        Mistake::AlreadyCancelled => "Ce paiement est déjà annulé.".to_owned(),
        Mistake::RefundNotDue => "On rembourse une part après le départ : note d’abord le départ.".to_owned(),
        Mistake::AlreadyRefunded { on } => format!("Cette part est remboursée depuis le {}.", date_with_year(*on)),
        Mistake::RefundTooLarge { paid } => format!("C’est plus que ce qui a été versé : {}.", money(*paid)),
        Mistake::YearUnreadable => "Choisis une année.".to_owned(),
        Mistake::AlreadyInsured { year } => format!("L’adhésion à l’association pour {year} est déjà notée."),
        Mistake::UnknownSeat => "Cette place fixe n’existe plus.".to_owned(),
        Mistake::SeatTaken => "Quelqu’un a cette place fixe : choisis-en une autre.".to_owned(),
        Mistake::SameTeam => "Une seule place par équipe.".to_owned(),
        Mistake::SeatNeedsSkill { skill } => {
            format!("Cette place demande une compétence (« {skill} ») : ajoute-la à la fiche une fois apprise.")
        }
        Mistake::NotThere => "Cette personne n’est plus dans ce cas : la page a changé.".to_owned(),
        Mistake::AlreadyLeaving { on } => {
            format!("Le départ est déjà noté, pour le {}. Annule-le pour changer de jour.", date_with_year(*on))
        }
        Mistake::NotLeaving => "Aucun départ n’est noté.".to_owned(),
        Mistake::LastOfOffice => {
            "Personne ne tiendrait plus le bureau : fais d’abord entrer quelqu’un dans Administratif et financier.".to_owned()
        }
        Mistake::SamePerson => "Il faut deux personnes différentes.".to_owned(),
        Mistake::BothHaveShares => {
            "Les deux fiches ont une part payée : rembourse d’abord celle qui est en trop, puis réunis-les.".to_owned()
        }
        Mistake::NotYourself => "C’est ton propre compte : quelqu’un d’autre du bureau s’en occupe.".to_owned(),
        Mistake::NobodyToInvite => "Il n’y a personne à inviter : ils et elles sont entré·es, ou un mail attend déjà.".to_owned(),
        Mistake::UnknownRequest => "Cette demande n’existe plus.".to_owned(),
        Mistake::RequestClosed => "Cette demande a déjà sa réponse, ou a été retirée.".to_owned(),
        Mistake::RefundFirst { paid } => {
            format!("Il reste {} de part à rembourser : note le départ, rembourse, puis efface.", euros(*paid))
        }
    }
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "ajouter" => "La fiche est créée. La suite est sur son parcours d’arrivée.",
        "modifier" => "C’est enregistré.",
        "place" => "C’est noté. Les vacations déjà au planning restent comme elles sont, les libres sont prises.",
        "presente" | "marraine" => "C’est noté.",
        "arrive" => "C’est noté : le parcours d’arrivée est fini.",
        "reglages" => "C’est enregistré.",
        "souscrire" => "La part est souscrite. Note maintenant ce qui est payé.",
        "payer" => "Le paiement est noté.",
        "annuler-paiement" => "Le paiement est annulé, il reste lisible.",
        "rembourser" => "La part est remboursée.",
        "assurer" => "L’adhésion à l’association est notée.",
        "retirer-annee" => "L’adhésion de cette année est retirée.",
        "partir" => "Le départ est noté. Les places d’après sont libres, leurs équipes le savent.",
        "rester" => "Le départ est annulé.",
        "inviter" => "L’invitation part par mail.",
        "vagues" => "Les invitations sont prêtes, une vague par jour à 10 h.",
        "annuler-vagues" => "Ce qui n’était pas parti ne part pas.",
        "adresse" => "C’est noté : cette adresse est partagée.",
        "reunir" => "Les deux fiches n’en font plus qu’une.",
        "refuser-effacement" => "La réponse est notée, la personne la lit sur sa page.",
        "effacer" => "Le compte est effacé.",
        "financement" => "C’est ajouté.",
        "retirer-financement" => "C’est retiré.",
        "choisir" => "C’est noté : on t’attend.",
        "photo" => "Ta photo est à jour.",
        "colonnes" => "Le fichier est relu avec ces colonnes.",
        "reponses" => "C’est noté.",
        "appliquer" => "C’est appliqué, en entier.",
        "defaire" => "L’import est annulé : tout est comme avant.",
        _ => return None,
    })
}

/// « 3 membres trouvés »
pub fn found(found: usize) -> String {
    if found == 0 { nb("Personne ne répond à cette recherche") } else { counted(found, "personne", "personnes") }
}

/// The address of somebody's card.
pub fn card_of(member: MemberId) -> String {
    format!("{}/{member}", crate::register::form::MEMBERS)
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Cents;

    use super::*;

    #[test]
    fn a_second_share_is_refused_with_what_to_do_instead() {
        let since = "2024-03-02".parse().unwrap();
        let said = sentences(&Why::Mistake(Mistake::AlreadyHasShare { since })).join(" ").replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            said,
            "Une part par membre, exactement : la sienne est souscrite depuis le 2 mars 2024. Ajoute plutôt un paiement à celle-ci."
        );
        assert_eq!(paid(Paid::Partly { left: Cents(5_000) }).replace(['\u{a0}', '\u{202f}'], " "), "part : reste 50 €");
    }

    #[test]
    fn every_step_and_filter_has_its_words() {
        for one in Step::ALL {
            assert!(!step(one).is_empty() && !step_help(one).is_empty());
        }
        for one in Filter::ALL {
            assert!(!filter(one).is_empty());
        }
    }
}
