//! Why not, in French: one match, a sentence or two with the figures.

use domain::calendar::SkillLabel;
use domain::catalogue::{ListMistake, ReportMistake, SuggestionMistake};
use domain::id::MemberId;
use domain::members::Skill;
use domain::reason::{Reason, When, Who};
use domain::time::{Days, Instant};

use super::brief;
use super::catalogue::{list_mistake, report_mistake, suggestion_mistake};
use super::dates::{date_short, day, day_and_hours, days, moment, since, until};
use super::typography::{capitalized, counted, finished};

/// To whom, and when, a sentence is said.
#[derive(Debug, Clone, Copy)]
pub struct Speaking<'a> {
    /// Who reads it.
    pub me: Option<MemberId>,
    /// The French names of skills; a slug that is not there is shown as it is.
    pub skills: &'a [SkillLabel],
    pub now: Instant,
}

impl Speaking<'_> {
    /// Where neither the reader nor the co-op's words are at hand.
    pub fn at(now: Instant) -> Speaking<'static> {
        Speaking { me: None, skills: &[], now }
    }

    pub(super) fn is_me(&self, who: &Who) -> bool {
        self.me == Some(who.member)
    }

    fn skill(&self, skill: &Skill) -> String {
        let known = self.skills.iter().find(|label| label.skill == *skill);
        known.map_or_else(|| skill.as_str().replace('-', " "), |label| label.label.clone())
    }

    fn until(&self, deadline: Instant) -> String {
        format!("jusqu’{}", until(deadline, self.now))
    }
}

/// What to say to whoever asked.
pub fn sentence(reason: &Reason, to: &Speaking<'_>) -> String {
    finished(&said(reason, to))
}

fn said(reason: &Reason, to: &Speaking<'_>) -> String {
    match reason {
        Reason::UnknownShift => "Cette vacation n’existe pas, ou n’existe plus.".into(),
        Reason::UnknownSeat => "Cette place n’existe pas, ou n’existe plus.".into(),
        Reason::UnknownOffer => "Cette proposition n’existe plus, ou n’est pas pour toi.".into(),
        Reason::UnknownProposal => "Cette demande d’échange n’existe plus.".into(),
        Reason::UnknownLoop => "Cet échange n’est plus possible.".into(),
        Reason::UnknownMember => "Cette personne n’est pas, ou n’est plus, membre de la coop.".into(),
        Reason::UnknownNotice => "Ce message n’existe plus.".into(),
        Reason::UnknownInvitation => "Ce lien ne mène à aucune place.".into(),
        Reason::ShiftClosed { when, why } => format!("La vacation de {} est fermée{}.", day_and_hours(when), quoted(why)),
        Reason::NotYourSeat { holder: Some(who), .. } => format!("Ce n’est pas ta place : {} l’a maintenant.", who.name),
        Reason::NotYourSeat { holder: None, .. } => "Cette place n’est plus à toi : elle est libre.".into(),
        Reason::NotYourOffer => "Cette proposition est celle de quelqu’un d’autre.".into(),
        Reason::NotYourProposal => "Cette demande d’échange ne te concerne pas.".into(),
        Reason::NotYourLoop => "Cet échange attend la réponse de quelqu’un d’autre.".into(),
        Reason::NotForYou { holder } => {
            format!("{} propose sa place à d’autres personnes.", holder.name)
        }
        Reason::YourOwnOffer => "C’est ta propre place : tu l’as déjà.".into(),
        Reason::AlreadyTaken { by, at } => taken(by.as_ref(), *at, to),
        Reason::SeatHeld { by, offered: true } => {
            format!("{} a encore cette place, mais cherche quelqu’un.", by.name)
        }
        Reason::SeatHeld { by, .. } if to.is_me(by) => "Cette place est déjà la tienne.".into(),
        Reason::SeatHeld { by, .. } => format!("{} a déjà cette place.", by.name),
        Reason::SeatFree { when } => {
            format!("Personne n’a cette place, {} : il n’y a rien à échanger, tu peux la prendre.", day_and_hours(when))
        }
        Reason::AlreadyOffered => "Ta place est déjà proposée : garde-la, ou modifie tes choix.".into(),
        Reason::OfferClosed => "Cette proposition est terminée.".into(),
        Reason::OfferExpired { at } => {
            format!("Cette proposition a pris fin {}.", moment(*at, to.now))
        }
        Reason::ExchangeOnly { holder } => {
            format!("{} ne donne pas sa place, mais l’échange : propose une des tiennes.", holder.name)
        }
        Reason::AlreadyProposed => "Tu as déjà proposé cet échange : la réponse n’est pas encore arrivée.".into(),
        Reason::ProposalClosed => "Cette demande d’échange est terminée.".into(),
        Reason::ProposalExpired { at } => format!("Cette demande d’échange a pris fin {}.", moment(*at, to.now)),
        Reason::LoopClosed => "Cet échange est terminé : il est fait, ou n’est plus possible.".into(),
        Reason::InvitationExpired { at } => format!("Ce lien a pris fin {}.", moment(*at, to.now)),
        Reason::TooLate { deadline } => format!("C’était possible {}.", to.until(*deadline)),
        Reason::TooLateToExchange { deadline, notice_h } => format!(
            "Trop tard pour échanger : c’était possible {} ({} avant la première des deux vacations).",
            to.until(*deadline),
            notice(*notice_h)
        ),
        Reason::TooLateToMove { deadline, notice_h } => format!(
            "Trop tard pour déplacer : c’était possible {} ({} avant la vacation).",
            to.until(*deadline),
            notice(*notice_h)
        ),
        Reason::TooEarlyToCall { from } => {
            format!("On appelle du renfort à partir de la veille, le {}.", date_short(domain::time::paris_day(*from)))
        }
        Reason::NobodyMissing { .. } => "Toutes les places de cette vacation sont prises.".into(),
        Reason::TooEarlyToWarn { exchange_until } => {
            format!(
                "Tu peux encore échanger ta place {}. Si personne ne vient, préviens l’équipe ensuite.",
                to.until(*exchange_until)
            )
        }
        Reason::TooFarAhead { weeks } => {
            format!("C’est trop loin : on coche jusqu’à {weeks} semaines à l’avance.")
        }
        Reason::LegImpossible { who, when, why } => leg(who, when, why, to),
        Reason::OtherCannot { who } => {
            format!("{} ne peut pas venir à cette vacation-là.", who.name)
        }
        Reason::NotActive
        | Reason::MissingSkill { .. }
        | Reason::AlreadyOnShift { .. }
        | Reason::Overlaps { .. }
        | Reason::OnLeave { .. }
        | Reason::TooManyThatDay { .. }
        | Reason::TooManyThatCycle { .. } => of_person(reason, "Tu as", "Tu ne peux pas", to),
        Reason::FirstTimerAlone { when } => format!(
            "{}, l’équipe n’aurait que des personnes qui débutent : il en faut une qui a déjà fait une vacation.",
            capitalized(&day_and_hours(when))
        ),
        Reason::LeadNeeded { when } => {
            format!("{}, il ne resterait personne pour animer la vacation.", capitalized(&day_and_hours(when)))
        }
        Reason::TeamTooSmall { when, left, minimum } => format!(
            "{}, l’équipe ne serait plus que de {} ; il en faut {minimum}.",
            capitalized(&day_and_hours(when)),
            counted(usize::from(*left), "personne", "personnes")
        ),
        Reason::NothingWished => "Coche au moins une vacation, ou une habitude, qui t’irait.".into(),
        Reason::TooManyWishes { cap } => format!("C’est trop de choix à la fois : {cap} au plus."),
        Reason::NoteTooLong { cap } => format!("Ton mot est trop long : {cap} caractères au plus."),
        Reason::TooManyNamed { cap } => {
            format!("C’est trop de monde à la fois : {cap} personnes au plus.")
        }
        Reason::NobodyNamed => "Nomme au moins une personne.".into(),
        Reason::SameShift => "Les deux places sont sur la même vacation : choisis-en une autre.".into(),
        Reason::BadSecret => "Ce lien n’est pas le bon, ou a déjà servi.".into(),
        Reason::WhyMissing => "Dis pourquoi, en quelques mots.".into(),
        Reason::CannotBeSwitchedOff => "Ce qui change tes vacations, il faut que tu le saches : ça ne se coupe pas.".into(),
        Reason::BadReminders { cap } => format!("Au plus {cap} rappels, d’une heure à quatorze jours avant."),
        Reason::NothingWatched => "Dis au moins un jour, un moment ou une compétence.".into(),
        Reason::AlreadyWatched => "Tu guettes déjà ces places.".into(),
        Reason::TooManyWatches { cap } => format!("Tu guettes déjà {cap} sortes de places : enlèves-en une d’abord."),
        Reason::UnknownWatch => "Tu ne guettes plus ces places.".into(),
        Reason::SeatKept { until } => format!(
            "Cette place est gardée jusqu’{} pour la personne suivante sur la liste d’attente.",
            super::dates::until(*until, to.now)
        ),
        Reason::AlreadyWaiting => "Tu es déjà sur la liste d’attente.".into(),
        Reason::NotWaiting => "Tu n’es plus sur la liste d’attente.".into(),
        Reason::NotAllowed => "Cette action est réservée à d’autres rôles de la coop.".into(),
        Reason::PrerequisiteRefused => "Une action d’avant, dont celle-ci dépend, n’a pas été possible.".into(),
        Reason::IdReused => "Cette demande est déjà partie une fois. Refais-la depuis la vacation.".into(),
        Reason::TooOld => "Cette demande est trop ancienne : refais-la depuis la vacation.".into(),
        Reason::NotUnderstood => "Cette demande n’a pas pu être lue. Recharge la page et recommence.".into(),
        Reason::SheetTooEarly { from } => format!("C’est possible à partir de {}.", moment(*from, to.now)),
        Reason::SheetOver { until } => {
            format!("La feuille se tenait {}. Pour corriger, demande au bureau.", to.until(*until))
        }
        Reason::NotOnSheet { who } => format!("{} n’a pas de place sur cette vacation.", who.name),
        Reason::UnknownItem => "Cette ligne n’est plus sur la feuille : la liste a changé.".into(),
        Reason::NothingSaid => "Écris un mot pour l’équipe suivante.".into(),
        Reason::BadReading => "Cette température est impossible : relis le thermomètre.".into(),
        Reason::UnknownRequest => "Cette demande n’existe plus, ou n’est pas la tienne.".into(),
        Reason::RequestClosed => "Cette demande a déjà sa réponse, ou a été retirée.".into(),
        Reason::AlreadyAsked { from, to: last } => format!(
            "Tu as déjà une demande qui attend, {}. Retire-la d’abord, ou attends la réponse.",
            days(Days { from: *from, to: *last })
        ),
        Reason::DaysBackwards => "Le dernier jour vient avant le premier : échange-les.".into(),
        Reason::DaysTooEarly { from } => format!("Le premier jour peut être le {} au plus tôt.", date_short(*from)),
        Reason::DaysTooLong { .. } => "C’est trop long : deux ans au plus, à redemander ensuite.".into(),
        Reason::NotYourself => "C’est ton propre engagement : quelqu’un d’autre du bureau s’en occupe.".into(),
        Reason::BadCredit { most } => format!("Dis combien de vacations : au moins une demi, {most} au plus."),
        Reason::SharesAlready { who } => format!("{} partage déjà son engagement avec quelqu’un.", who.name),
        Reason::NoPot => "La coop n’a pas de pot solidaire en ce moment.".into(),
        Reason::NothingAhead { .. } => "On ne donne que ce qu’on a d’avance : il te faut au moins une vacation d’avance.".into(),
        Reason::NothingOwed => "Tu n’as rien à faire en ce moment : le pot est pour qui a du mal à suivre.".into(),
        Reason::DrawnEnough { a_year } => {
            format!("Le pot aide {a_year} fois par an, et c’est fait. Parles-en au bureau : il y a d’autres moyens.")
        }
        Reason::PotTooLow { .. } => "Il ne reste plus assez dans le pot. Parles-en au bureau : il y a d’autres moyens.".into(),
        Reason::UnknownBrief => "Cette brève n’est pas encore sortie.".into(),
        Reason::UnknownBlock => "Cette contribution n’existe plus.".into(),
        Reason::NotYourBlock { by } => {
            format!("C’est la contribution de {} : il n’y a qu’elle ou lui, et Communication, pour la changer.", by.name)
        }
        Reason::NotYourGroup => "On écrit au nom d’un groupe dont on fait partie : choisis l’un des tiens.".into(),
        Reason::SaidBadly { mistakes } => mistakes.iter().map(brief::mistake).collect::<Vec<_>>().join(" "),
        Reason::BlockClosed { since: at } => format!("Cette contribution ne change plus, {}.", since(*at, to.now)),
        Reason::ContributionsClosed { since: at, monday } => format!(
            "Les contributions à la brève du {} sont closes {}. Pour changer la tienne, écris à Communication.",
            date_short(*monday),
            since(*at, to.now)
        ),
        Reason::TooManyBlocks { cap } => {
            format!("Cette brève est pleine : {cap} contributions au plus. Propose la tienne la semaine prochaine.")
        }
        Reason::UnknownEvent => "Cette sortie n’existe pas, ou n’existe plus.".into(),
        Reason::EventNotOut => "Cette sortie n’est pas encore annoncée.".into(),
        Reason::EventCancelled { word, .. } => format!("Cette sortie n’a pas lieu{}.", quoted(word)),
        Reason::EventRemoved { since: at } => format!("Cette date n’est plus au programme {}.", since(*at, to.now)),
        Reason::EventOver { .. } => "Cette sortie est passée.".into(),
        Reason::AnswersClosed { since: at } => {
            format!("Les réponses sont closes {}. Écris à qui organise.", since(*at, to.now))
        }
        Reason::TooManyGuests { cap: 0 } => "Cette sortie est pour toi : on n’y amène personne.".into(),
        Reason::TooManyGuests { cap } => {
            format!("Tu peux amener {} au plus.", counted(usize::from(*cap), "personne", "personnes"))
        }
        Reason::NoChildren => "Cette sortie n’est pas prévue pour les enfants.".into(),
        Reason::MoreChildrenThanGuests => "Les enfants comptent parmi les personnes que tu amènes : il y en a trop.".into(),
        Reason::EventFull { left: 0 } => "Il ne reste plus de place : tu gardes les tiennes.".into(),
        Reason::EventFull { left } => {
            format!("Il ne reste que {} : tu gardes les tiennes.", counted(usize::from(*left), "place", "places"))
        }
        Reason::AnswerFirst => "Dis d’abord si tu viens, oui ou peut-être.".into(),
        Reason::UnknownClaim => "Ce n’est plus sur la liste.".into(),
        Reason::TooFewLeft { left: 0 } => "Quelqu’un a été plus rapide : il n’en reste plus.".into(),
        Reason::TooFewLeft { left } => format!("Il n’en reste que {left}."),
        Reason::BadQuantity { most } => format!("Dis combien : au moins 1, {most} au plus."),
        Reason::YourOwnCarpool => "C’est ta voiture : ta place y est déjà.".into(),
        Reason::AlreadyDriving => "Tu proposes déjà une voiture pour cette sortie.".into(),
        Reason::NotYourCarpool { driver } => format!("C’est la voiture de {}.", driver.name),
        Reason::UnknownComment => "Ce commentaire n’est plus là.".into(),
        Reason::NotYourComment { by } => {
            format!("C’est le commentaire de {} : il n’y a qu’elle ou lui, et qui organise, pour le retirer.", by.name)
        }
        Reason::TooManyComments { cap } => format!("Cette sortie a déjà {cap} commentaires : c’est le maximum."),
        Reason::TooManyOfYourComments { cap } => {
            format!("Tu as déjà écrit {cap} commentaires ici : c’est le maximum. Retires-en un pour en écrire un autre.")
        }
        Reason::NotExpected => "Cette personne n’a pas répondu : ajoute-la aux arrivées sans réponse.".into(),
        Reason::PhotosNotYet { from } => format!("Les photos s’ajoutent à partir de {}.", moment(*from, to.now)),
        Reason::PhotosClosed { since: at } => format!("Les photos de cette sortie sont closes {}.", since(*at, to.now)),
        Reason::WasNotThere => {
            "Les photos d’une sortie sont de celles et ceux qui y étaient : confie les tiennes à qui organise.".into()
        }
        Reason::ConsentMissing => {
            "Demande d’abord aux personnes que l’on reconnaît si elles sont d’accord, puis coche la case.".into()
        }
        Reason::TooManyPhotos { cap } => {
            format!(
                "Tu as déjà ajouté {cap} photos de cette sortie : c’est le maximum. Retires-en une pour en ajouter une autre."
            )
        }
        Reason::AlbumFull { cap } => format!("Cette sortie a déjà {cap} photos : c’est le maximum."),
        Reason::UnknownPhoto => "Cette photo n’est plus là.".into(),
        Reason::NotYourPhoto => "Ce n’est pas ta photo. Tu peux demander son retrait : elle n’est alors plus montrée.".into(),
        Reason::UnknownProduct => "Ce produit n’est plus au catalogue.".into(),
        Reason::UnknownSuggestion => "Cette demande n’est plus là.".into(),
        Reason::ListFull { cap } => list_mistake(ListMistake::ListFull { cap: usize::from(*cap) }),
        Reason::TooManyFavourites { cap } => list_mistake(ListMistake::TooManyFavourites { cap: usize::from(*cap) }),
        Reason::AlreadySuggested { suggestion } => {
            suggestion_mistake(SuggestionMistake::AlreadySuggested { suggestion: *suggestion })
        }
        Reason::TooManySuggestions { cap } => suggestion_mistake(SuggestionMistake::TooManyOpen { cap: usize::from(*cap) }),
        Reason::YourOwnSuggestion => suggestion_mistake(SuggestionMistake::YourOwn),
        Reason::SuggestionAnswered => suggestion_mistake(SuggestionMistake::AlreadyAnswered),
        Reason::KnownMissing => report_mistake(ReportMistake::KnownMissing),
        Reason::BadReportDay { from, to } => report_mistake(ReportMistake::BadDay { from: *from, to: *to }),
        Reason::TooManyReports { cap } => report_mistake(ReportMistake::TooMany { cap: usize::from(*cap) }),
        Reason::UnknownGroup
        | Reason::AlreadyInGroup { .. }
        | Reason::NotInGroup { .. }
        | Reason::AlreadyAskedToJoin { .. }
        | Reason::UnknownJoining
        | Reason::JoiningClosed
        | Reason::NotYourGroupToRun { .. }
        | Reason::IsReferent { .. }
        | Reason::EnoughReferents { .. }
        | Reason::StepsDownAlone { .. }
        | Reason::UnknownPoint
        | Reason::NotYourPoint { .. }
        | Reason::TitleMissing
        | Reason::TooManyPoints { .. }
        | Reason::PointSettled { .. } => super::groups::refused(reason, to),
        Reason::UnknownDossier
        | Reason::NotYourBoard
        | Reason::DossierHeld { .. }
        | Reason::NotHolding
        | Reason::DossierClosed { .. }
        | Reason::BoardFull { .. }
        | Reason::BadDossierDay { .. }
        | Reason::BadHours { .. }
        | Reason::NotAVolunteer => super::dossiers::refused(reason, to),
        Reason::ErasureAsked { at } => {
            format!("Tu l’as déjà demandé {} : Administratif va répondre.", moment(*at, to.now))
        }
        Reason::BadPhone => "Ce numéro de téléphone ne se lit pas : dix chiffres, ou « + » et l’indicatif du pays.".into(),
        Reason::UnknownAssembly
        | Reason::AssemblyBegun { .. }
        | Reason::AssemblyOver { .. }
        | Reason::AssemblyCancelled { .. }
        | Reason::NotCalled { .. }
        | Reason::ProxyGiven { .. }
        | Reason::ProxyToYourself
        | Reason::SignedIn
        | Reason::CarriesProxies { .. }
        | Reason::HolderAway { .. }
        | Reason::HolderNotComing { .. }
        | Reason::HolderFull { .. }
        | Reason::UnknownProxy
        | Reason::NoElection
        | Reason::NotStanding => super::assembly::refused(reason, to),
        Reason::AppTooOld => "Cette version de l’application est trop ancienne. Recharge la page et recommence.".into(),
    }
}

/// What keeps one person from a seat: `has` is « Tu as » or « Hugo V. a », `cannot` « Tu ne peux
/// pas » or « Hugo V. ne peut pas ».
fn of_person(reason: &Reason, has: &str, cannot: &str, to: &Speaking<'_>) -> String {
    match reason {
        Reason::NotActive => {
            format!("{cannot} prendre de vacation tant que l’adhésion n’est pas active.")
        }
        Reason::MissingSkill { skill } if *skill == Skill::lead() => {
            format!("{cannot} prendre cette place : elle est pour quelqu’un qui anime la vacation.")
        }
        Reason::MissingSkill { skill } => {
            format!("{cannot} prendre cette place : elle demande la compétence « {} ».", to.skill(skill))
        }
        Reason::AlreadyOnShift { when } => format!("{has} déjà une place {}.", day_and_hours(when)),
        Reason::Overlaps { with } => {
            format!("{has} déjà une place {} : les deux vacations se chevauchent.", day_and_hours(with))
        }
        Reason::OnLeave { from, to: last } => format!("{has} une pause {}.", days(Days { from: *from, to: *last })),
        Reason::TooManyThatDay { has: held, cap, on } => format!(
            "{has} déjà {} {} ; on en fait {cap} par jour au plus.",
            counted(usize::from(*held), "vacation", "vacations"),
            day(*on)
        ),
        Reason::TooManyThatCycle { has: held, cap, from, to: last } => format!(
            "{has} déjà {} dans le cycle du {} au {} ; on en fait {cap} par cycle au plus.",
            counted(usize::from(*held), "vacation", "vacations"),
            date_short(*from),
            date_short(*last)
        ),
        other => said(other, to),
    }
}

/// Whose part of a swap or a loop has become impossible, and why.
fn leg(who: &Who, when: &When, why: &Reason, to: &Speaking<'_>) -> String {
    let mine = to.is_me(who);
    let name = who.name.to_string();
    let seat = if mine { "Ta place".to_owned() } else { format!("La place de {name}") };
    let why = match why {
        Reason::OtherCannot { .. } if mine => "tu ne peux pas prendre celle que l’échange te donne.".to_owned(),
        Reason::OtherCannot { .. } => {
            format!("{name} ne peut pas prendre celle que l’échange lui donne.")
        }
        why if mine => uncapitalized(&of_person(why, "tu as", "tu ne peux pas", to)),
        why => of_person(why, &format!("{name} a"), &format!("{name} ne peut pas"), to),
    };
    let why = if starts_with_name(&why, &name) { why } else { uncapitalized(&why) };
    format!("{seat}, {}, n’est plus disponible : {why} Rien n’a bougé.", day_and_hours(when))
}

fn taken(by: Option<&Who>, at: Option<Instant>, to: &Speaking<'_>) -> String {
    let at = at.map(|at| format!(" {}", moment(at, to.now))).unwrap_or_default();
    match by {
        Some(who) if to.is_me(who) => format!("Tu l’as déjà prise{at}."),
        Some(who) => format!("{} l’a prise{at}.", who.name),
        None => format!("Quelqu’un l’a prise avant toi{at}."),
    }
}

/// « 48 h », « 7 jours ».
fn notice(hours: u16) -> String {
    if hours > 48 && hours.is_multiple_of(24) { counted(usize::from(hours / 24), "jour", "jours") } else { format!("{hours} h") }
}

fn quoted(why: &str) -> String {
    match why.trim().trim_end_matches('.') {
        "" => String::new(),
        why => format!(" : « {why} »"),
    }
}

/// Somebody's name keeps its capital inside a sentence.
fn starts_with_name(sentence: &str, name: &str) -> bool {
    !name.is_empty() && sentence.starts_with(name)
}

fn uncapitalized(sentence: &str) -> String {
    let names = [
        "Quelqu’un",
        "Personne",
        "Cette",
        "Ce ",
        "Cet ",
        "C’est",
        "C’était",
        "La ",
        "Trop",
        "Tu ",
        "Lundi",
        "Mardi",
        "Mercredi",
        "Jeudi",
        "Vendredi",
        "Samedi",
        "Dimanche",
    ];
    if !names.iter().any(|start| sentence.starts_with(start)) {
        return sentence.to_owned();
    }
    let mut letters = sentence.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

#[cfg(test)]
#[path = "reasons_tests.rs"]
mod tests;
