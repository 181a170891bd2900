//! What people are told, in sentences.

use domain::catalogue::Verdict;
use domain::id::{MemberId, SeatId, ShiftId};
use domain::notice::Notice;
use domain::sheet::{Mishap, Trouble};
use domain::shifts::Treatment;
use domain::swaps::Leg;
use domain::view::home::SpokenOf;

use super::dates::{date_long, date_short, day_and_hours_short, iso_day, until_day};
use super::typography::{capitalized, finished};

/// How a notice is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done: fir green.
    Done,
    /// Something is proposed or said: lake blue.
    Info,
    /// Something is lost or closed: beetroot.
    Refused,
}

/// A notice, ready for its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// « Échange fait. »
    pub title: &'static str,
    pub sentence: String,
    pub tone: Tone,
    /// The icon's name.
    pub icon: &'static str,
    /// Where to go from it.
    pub link: String,
}

/// What the notice says to `me`.
pub fn told(notice: &Notice, spoken: &SpokenOf, me: MemberId) -> Told {
    let words = Words { spoken };
    let (title, tone, icon) = heading(notice);
    Told { title, sentence: finished(&words.said(notice, me)), tone, icon, link: link(notice, me) }
}

fn heading(notice: &Notice) -> (&'static str, Tone, &'static str) {
    match notice {
        Notice::SeatClaimed { .. } => ("Ta place est prise.", Tone::Done, "check"),
        Notice::LoopClosed { .. } | Notice::SwapAccepted { .. } => ("Échange fait.", Tone::Done, "check"),
        Notice::ProposalReceived { .. } => ("On te propose un échange.", Tone::Info, "arrow-left-right"),
        Notice::LoopSuggested { .. } => ("Échange possible.", Tone::Info, "arrow-left-right"),
        Notice::SeatOffered { .. } => ("On te propose une place.", Tone::Info, "hand-heart"),
        Notice::TeamChanged { .. } => ("Ton équipe change.", Tone::Info, "users"),
        Notice::ProposalRefused { .. } => ("Pas cette fois.", Tone::Info, "info"),
        Notice::ProposalClosed { .. } => ("Plus possible.", Tone::Info, "info"),
        Notice::OfferExpired { .. } => ("Personne n’a pris ta place.", Tone::Refused, "hourglass"),
        Notice::TeamWarned { .. } => ("Il manquera quelqu’un.", Tone::Refused, "circle-alert"),
        Notice::ShiftClosed { .. } => ("Vacation fermée.", Tone::Refused, "snowflake"),
        Notice::WishClosed { .. } => ("Une vacation cochée est fermée.", Tone::Info, "snowflake"),
        Notice::Reminder { .. } => ("Ta vacation approche.", Tone::Info, "clock"),
        Notice::UrgentCall { .. } => ("Il manque du monde.", Tone::Refused, "circle-alert"),
        Notice::LeadMissing { .. } => ("Personne pour animer.", Tone::Refused, "circle-alert"),
        Notice::NotSeenYet { .. } => ("Pas encore vu.", Tone::Info, "users"),
        Notice::SeatOpened { .. } => ("Une place s’ouvre.", Tone::Info, "hand-heart"),
        Notice::ShopReported { what: Trouble::TillClosed, .. } => ("Caisse fermée.", Tone::Refused, "store"),
        Notice::ShopReported { .. } => ("Magasin fermé.", Tone::Refused, "store"),
        Notice::IncidentReported { what: Mishap::Safety, .. } => ("Sécurité.", Tone::Refused, "circle-alert"),
        Notice::IncidentReported { what: Mishap::Breakage, .. } => ("Panne ou casse.", Tone::Info, "store"),
        Notice::IncidentReported { .. } => ("Un incident.", Tone::Info, "info"),
        Notice::RequestReceived { .. } => ("Une demande attend.", Tone::Info, "info"),
        Notice::RequestAnswered { .. } => ("Le bureau t’a répondu.", Tone::Info, "info"),
        Notice::SeatHeld { .. } => ("C’est ton tour.", Tone::Done, "hand-heart"),
        Notice::BriefWanted { .. } => ("La brève se prépare.", Tone::Info, "newspaper"),
        Notice::BriefToReview { .. } => ("Qui relit la brève ?", Tone::Info, "newspaper"),
        Notice::BriefMissed { .. } => ("La brève n’est pas partie.", Tone::Refused, "circle-alert"),
        Notice::BriefOut { .. } => ("La brève est là.", Tone::Done, "newspaper"),
        Notice::BlockRefused { .. } => ("Ton texte ne paraît pas.", Tone::Info, "info"),
        Notice::BlockKept { .. } => ("Ton texte paraît plus tard.", Tone::Info, "info"),
        Notice::EventChanged { .. } => ("Une sortie change.", Tone::Info, "party-popper"),
        Notice::EventCancelled { .. } => ("Une sortie est annulée.", Tone::Refused, "party-popper"),
        Notice::EventPromoted { .. } => ("Tu as ta place.", Tone::Done, "party-popper"),
        Notice::EventSeatsFree { .. } => ("De la place se libère.", Tone::Info, "hand-heart"),
        Notice::EventReminder { .. } => ("Ta sortie approche.", Tone::Info, "clock"),
        Notice::CarpoolWithdrawn { .. } => ("Plus de covoiturage.", Tone::Refused, "users"),
        Notice::EventWord { .. } => ("Un mot pour ta sortie.", Tone::Info, "party-popper"),
        Notice::PhotoPutBack { .. } => ("Une photo est remise.", Tone::Info, "info"),
        Notice::SuggestionAnswered { verdict: Verdict::Yes, .. } => ("C’est oui.", Tone::Done, "wheat"),
        Notice::SuggestionAnswered { .. } => ("Approvisionnement répond.", Tone::Info, "wheat"),
        Notice::JoinAsked { .. } => ("Quelqu’un voudrait venir.", Tone::Info, "users"),
        Notice::JoinAnswered { accepted: true, .. } => ("C’est oui.", Tone::Done, "check"),
        Notice::JoinAnswered { .. } => ("Pas cette fois.", Tone::Info, "info"),
        Notice::GroupInvited { .. } => ("Un groupe t’invite.", Tone::Info, "hand-heart"),
        Notice::GroupLeft { .. } => ("Ton groupe change.", Tone::Info, "users"),
        Notice::RemovedFromGroup { .. } => ("Tu n’es plus dans ce groupe.", Tone::Refused, "info"),
        Notice::ReferentNamed { .. } => ("Tu réponds d’un groupe.", Tone::Done, "users"),
        Notice::ReferentWanted { .. } => ("Personne ne répond du groupe.", Tone::Refused, "circle-alert"),
        Notice::MandatesLapse { .. } => ("Des mandats finissent.", Tone::Info, "clock"),
        Notice::MeetingSet { .. } => ("Réunion de coordination.", Tone::Info, "calendar-days"),
        Notice::MeetingCancelled { .. } => ("Pas de coordination.", Tone::Refused, "calendar-x"),
        Notice::DossierHanded { .. } => ("Un dossier est pour toi.", Tone::Info, "list-checks"),
        Notice::DossierDue { .. } => ("Un dossier arrive à son jour.", Tone::Info, "clock"),
        Notice::Deputised { .. } => ("Tu supplées.", Tone::Info, "id-card"),
        Notice::ObjectiveSet { .. } => ("Un objectif est fixé.", Tone::Info, "scale"),
        Notice::DoneForYou { .. } => ("Fait à ta place.", Tone::Info, "info"),
        Notice::AssemblyConvoked { .. } => ("Assemblée générale.", Tone::Info, "megaphone"),
        Notice::AssemblyOff { .. } => ("Pas d’assemblée.", Tone::Refused, "calendar-x"),
        Notice::AssemblyRole { .. } => ("Un rôle à l’assemblée.", Tone::Info, "users"),
        Notice::ProxyGiven { .. } => ("Un pouvoir est donné.", Tone::Info, "handshake"),
        Notice::ProxyEnded { .. } => ("Un pouvoir ne vaut plus.", Tone::Refused, "handshake"),
    }
}

fn link(notice: &Notice, me: MemberId) -> String {
    let shift = |id: ShiftId| format!("/vacation/{id}");
    match notice {
        Notice::ProposalReceived { .. } | Notice::LoopSuggested { .. } => "/echanges".to_owned(),
        Notice::LoopClosed { legs } => {
            legs.iter().find(|leg| leg.member == me).map_or_else(|| "/vacations/miennes".to_owned(), |leg| shift(leg.takes.shift))
        }
        Notice::SwapAccepted { got, .. } => shift(got.shift),
        Notice::SeatClaimed { seat, .. } | Notice::OfferExpired { seat } | Notice::SeatOffered { seat, .. } => shift(seat.shift),
        Notice::SeatHeld { seat, .. } => format!("/vacation/{}?feuille=prendre&place={}", seat.shift, seat.position),
        Notice::ProposalRefused { mine, .. } | Notice::ProposalClosed { mine, .. } => shift(mine.shift),
        Notice::TeamChanged { shift: id, .. }
        | Notice::TeamWarned { shift: id, .. }
        | Notice::ShiftClosed { shift: id, .. }
        | Notice::WishClosed { shift: id, .. }
        | Notice::Reminder { shift: id }
        | Notice::UrgentCall { shift: id, .. }
        | Notice::LeadMissing { shift: id, .. }
        | Notice::NotSeenYet { shift: id, .. }
        | Notice::SeatOpened { shift: id }
        | Notice::ShopReported { shift: id, .. }
        | Notice::IncidentReported { shift: id, .. } => shift(*id),
        Notice::RequestReceived { .. } => "/bureau/demandes".to_owned(),
        Notice::RequestAnswered { .. } => "/moi/engagement".to_owned(),
        Notice::BriefWanted { .. } => "/breve/proposer".to_owned(),
        Notice::DoneForYou { .. } => "/moi/journal".to_owned(),
        Notice::BriefToReview { monday, .. } | Notice::BriefMissed { monday } => {
            format!("/communication/breve?lundi={}", iso_day(*monday))
        }
        Notice::BriefOut { monday } => format!("/breve/{}", iso_day(*monday)),
        Notice::BlockRefused { block, .. } | Notice::BlockKept { block, .. } => format!("/breve/proposer/{block}"),
        Notice::EventChanged { event, .. }
        | Notice::EventCancelled { event, .. }
        | Notice::EventPromoted { event, .. }
        | Notice::EventSeatsFree { event, .. }
        | Notice::EventReminder { event, .. }
        | Notice::CarpoolWithdrawn { event, .. }
        | Notice::EventWord { event, .. }
        | Notice::PhotoPutBack { event, .. } => format!("/sortie/{event}"),
        Notice::SuggestionAnswered { .. } => "/envies".to_owned(),
        Notice::JoinAsked { group, .. }
        | Notice::JoinAnswered { group, .. }
        | Notice::GroupInvited { group, .. }
        | Notice::GroupLeft { group, .. }
        | Notice::RemovedFromGroup { group, .. }
        | Notice::ReferentNamed { group, .. }
        | Notice::ReferentWanted { group, .. } => format!("/groupe/{group}"),
        Notice::MandatesLapse { .. } => "/comite".to_owned(),
        Notice::MeetingSet { .. } | Notice::MeetingCancelled { .. } => "/coordination".to_owned(),
        Notice::DossierHanded { dossier, .. } | Notice::DossierDue { dossier, .. } => format!("/dossier/{dossier}"),
        Notice::Deputised { .. } => "/bureau/a-traiter".to_owned(),
        Notice::ObjectiveSet { objective, .. } => format!("/objectifs/{objective}"),
        Notice::AssemblyConvoked { .. } | Notice::AssemblyOff { .. } | Notice::AssemblyRole { .. } => "/ag".to_owned(),
        Notice::ProxyGiven { .. } | Notice::ProxyEnded { .. } => "/ag/pouvoir".to_owned(),
    }
}

/// Looks up names and dates; what the planning no longer holds has a plain word instead.
struct Words<'a> {
    spoken: &'a SpokenOf,
}

impl Words<'_> {
    fn who(&self, member: MemberId) -> String {
        self.spoken.people.get(&member).map_or_else(|| "quelqu’un".to_owned(), ToString::to_string)
    }

    fn when(&self, shift: ShiftId) -> String {
        self.spoken.shifts.get(&shift).map_or_else(|| "une vacation passée".to_owned(), day_and_hours_short)
    }

    fn at(&self, seat: SeatId) -> String {
        self.when(seat.shift)
    }

    fn said(&self, notice: &Notice, me: MemberId) -> String {
        match notice {
            Notice::SeatClaimed { seat, by } => {
                format!("{} prend ta place, {} : tu n’as plus à venir.", capitalized(&self.who(*by)), self.at(*seat))
            }
            Notice::LoopClosed { legs } => self.loop_closed(legs, me),
            Notice::SwapAccepted { gave, got, with } => {
                format!("Tu viens {} à la place de {} ({}).", self.at(*got), self.at(*gave), self.who(*with))
            }
            Notice::ProposalReceived { mine, theirs, from } => format!(
                "{} te propose un échange : tu laisses {}, tu prends {}.",
                capitalized(&self.who(*from)),
                self.at(*theirs),
                self.at(*mine)
            ),
            Notice::ProposalRefused { mine, theirs, by } => format!(
                "{} garde sa place, {}. Tu gardes la tienne, {}.",
                capitalized(&self.who(*by)),
                self.at(*theirs),
                self.at(*mine)
            ),
            Notice::ProposalClosed { mine, theirs } => {
                format!("L’échange de {} contre {} ne peut plus se faire.", self.at(*mine), self.at(*theirs))
            }
            Notice::OfferExpired { seat } => format!("{} : ta place est restée la tienne.", capitalized(&self.at(*seat))),
            Notice::SeatOffered { seat, from } => {
                format!("{} te propose sa place, {}.", capitalized(&self.who(*from)), self.at(*seat))
            }
            Notice::LoopSuggested { gives, takes } => {
                format!("Tu laisses {}, tu prends {} : il ne manque que ton oui.", self.at(*gives), self.at(*takes))
            }
            Notice::TeamChanged { shift, left, joined } => self.team_changed(*shift, *left, *joined),
            Notice::TeamWarned { shift, by, note } => {
                let note = if note.is_empty() { String::new() } else { format!(" « {note} »") };
                format!("{} ne peut pas venir {}.{note}", capitalized(&self.who(*by)), self.when(*shift))
            }
            Notice::ShiftClosed { shift, why, treatment } => {
                format!("{} : « {} » {}", capitalized(&self.when(*shift)), ended(why), treated(*treatment))
            }
            Notice::WishClosed { shift, why } => {
                format!("{} : « {} » Tes autres choix restent cochés.", capitalized(&self.when(*shift)), ended(why))
            }
            Notice::Reminder { shift } => {
                format!("{}. Si tu ne peux pas venir, dis-le dès maintenant.", capitalized(&self.when(*shift)))
            }
            Notice::UrgentCall { shift, by, note } => {
                let note = if note.is_empty() { String::new() } else { format!(" « {note} »") };
                format!("{} cherche quelqu’un pour {}.{note}", capitalized(&self.who(*by)), self.when(*shift))
            }
            Notice::ShopReported { shift, by, note, .. } => {
                let note = if note.is_empty() { String::new() } else { format!(" « {note} »") };
                format!("{} le signale, {}.{note}", capitalized(&self.who(*by)), self.when(*shift))
            }
            Notice::IncidentReported { shift, by, text, .. } => {
                format!("{} le signale, {} : « {text} »", capitalized(&self.who(*by)), self.when(*shift))
            }
            Notice::RequestReceived { from, .. } => {
                format!("{} attend une réponse du bureau.", capitalized(&self.who(*from)))
            }
            Notice::BriefWanted { monday, until } => format!(
                "C’est le moment d’écrire pour celle du {} : elle prend les textes {}.",
                date_short(*monday),
                until_day(*until)
            ),
            Notice::BriefToReview { monday, by } => {
                let asked = by.map(|by| format!("{} le demande. ", capitalized(&self.who(by)))).unwrap_or_default();
                format!("{asked}Celle du {} attend d’être relue et approuvée.", date_long(*monday))
            }
            Notice::BriefMissed { monday } => {
                format!("Celle du {} attend : publie-la maintenant, ou laisse-la de côté.", date_short(*monday))
            }
            Notice::BriefOut { monday } => format!("Celle du {}, à lire quand tu veux, même sans réseau.", date_long(*monday)),
            Notice::BlockRefused { title, word, .. } => format!("« {title} » : « {} »", ended(word)),
            Notice::BlockKept { title, monday, .. } => format!("« {title} » est gardé pour la brève du {}.", date_short(*monday)),
            Notice::EventChanged { title, starts_at, changed, .. } => super::events::changed(title, *starts_at, changed),
            Notice::EventCancelled { title, starts_at, word, .. } => super::events::cancelled(title, *starts_at, word),
            Notice::EventPromoted { title, starts_at, .. } => {
                format!("« {title} », {} : une place s’est libérée, elle est à toi.", super::events::at(*starts_at))
            }
            Notice::EventSeatsFree { title, starts_at, free, .. } => {
                let free = super::typography::counted(usize::from(*free), "place libre", "places libres");
                format!("« {title} », {} : {free}, pour qui répond en premier.", super::events::at(*starts_at))
            }
            Notice::EventReminder { title, starts_at, place, .. } => {
                format!(
                    "« {title} », {}, {place}. Si tu ne viens pas, dis-le : quelqu’un attend peut-être.",
                    super::events::at(*starts_at)
                )
            }
            Notice::CarpoolWithdrawn { title, starts_at, by, .. } => format!(
                "« {title} », {} : {} ne propose plus de places dans sa voiture.",
                super::events::at(*starts_at),
                self.who(*by)
            ),
            Notice::EventWord { title, text, .. } => format!("« {title} » : « {} »", ended(text)),
            Notice::PhotoPutBack { title, word, .. } => format!(
                "« {title} » : la photo dont tu avais demandé le retrait est de nouveau montrée. « {} » Tu peux le redemander.",
                ended(word)
            ),
            Notice::SuggestionAnswered { text, verdict, why, .. } => {
                let why = if why.is_empty() { String::new() } else { format!(" « {} »", ended(why)) };
                format!("Tu aimerais trouver « {text} » : {}.{why}", super::catalogue::verdict(*verdict))
            }
            Notice::JoinAsked { name, from, .. } => format!("{} voudrait rejoindre « {name} ».", capitalized(&self.who(*from))),
            Notice::JoinAnswered { name, who, accepted, word, .. } => {
                let whose = *who == me;
                let said = match (*accepted, whose) {
                    (true, true) => format!("Tu fais partie de « {name} »."),
                    (true, false) => format!("{} rejoint « {name} ».", capitalized(&self.who(*who))),
                    (false, true) => format!("« {name} » a répondu à ta demande."),
                    (false, false) => format!("{} ne rejoint pas « {name} ».", capitalized(&self.who(*who))),
                };
                format!("{said}{}", in_words(word))
            }
            Notice::GroupInvited { name, by, word, .. } => {
                format!("{} t’invite à rejoindre « {name} ».{}", capitalized(&self.who(*by)), in_words(word))
            }
            Notice::GroupLeft { name, who, .. } => format!("{} quitte « {name} ».", capitalized(&self.who(*who))),
            Notice::RemovedFromGroup { name, by, word, .. } => {
                format!("{} te retire de « {name} ».{}", capitalized(&self.who(*by)), in_words(word))
            }
            Notice::ReferentNamed { name, by, .. } => {
                format!("{} a noté que tu réponds de « {name} ».", capitalized(&self.who(*by)))
            }
            Notice::ReferentWanted { name, .. } => {
                format!("« {name} » cherche quelqu’un : d’ici là, tous ses membres s’occupent des demandes.")
            }
            Notice::MandatesLapse { on, members } => {
                let names: Vec<String> = members.iter().map(|member| self.who(*member)).collect();
                let names = capitalized(&super::typography::listed(&names, 4));
                format!("Le {} : {names}. C’est le moment de chercher des candidatures.", super::dates::date_with_year(*on))
            }
            Notice::MeetingSet { starts_at, place, .. } => {
                format!("{}, {place}. L’ordre du jour est ouvert.", capitalized(&super::events::at(*starts_at)))
            }
            Notice::MeetingCancelled { starts_at, word, .. } => {
                format!("Celle prévue {} n’a pas lieu.{}", super::events::at(*starts_at), in_words(word))
            }
            Notice::DossierHanded { title, by, .. } => {
                format!("{} te confie « {title} ».", capitalized(&self.who(*by)))
            }
            Notice::DossierDue { title, on, .. } => {
                format!("« {title} » est pour le {}.", super::dates::date_with_year(*on))
            }
            Notice::Deputised { employee, from, until, .. } => format!(
                "{} s’absente {}. D’ici son retour tu lis « À traiter », et tu reçois ce qui y arrive.",
                capitalized(&self.who(*employee)),
                super::dates::days(domain::time::Days { from: *from, to: *until })
            ),
            Notice::ObjectiveSet { label, by, .. } => {
                format!("{}, pour le comité : « {} »", capitalized(&self.who(*by)), ended(label))
            }
            Notice::DoneForYou { by, act, .. } => {
                format!("{} l’a fait en ton nom : {}.", capitalized(&self.who(*by)), super::register::act_word(act))
            }
            Notice::AssemblyConvoked { title, starts_at, place, .. } => {
                format!("« {title} », {}, {place}. Dis si tu viens, ou donne ton pouvoir.", super::events::at(*starts_at))
            }
            Notice::AssemblyOff { title, starts_at, word, .. } => {
                format!("« {title} », prévue {}, n’a pas lieu.{}", super::events::at(*starts_at), in_words(word))
            }
            Notice::AssemblyRole { starts_at, role, .. } => super::assembly::named(*role, &super::events::at(*starts_at)),
            Notice::ProxyGiven { starts_at, from, to, .. } => self.proxy_given(*from, *to, &super::events::at(*starts_at), me),
            Notice::ProxyEnded { starts_at, from, to, by, .. } => {
                self.proxy_ended((*from, *to), *by, &super::events::at(*starts_at), me)
            }
            Notice::RequestAnswered { .. } => "La réponse à ta demande est dans « Mon engagement ».".to_owned(),
            Notice::LeadMissing { shift, within_h } => format!(
                "{} : la place d’animation est libre, à moins de {} du début.",
                capitalized(&self.when(*shift)),
                super::typography::counted(usize::from(*within_h), "heure", "heures")
            ),
            Notice::NotSeenYet { shift, who } => {
                format!("{} n’a pas encore vu que sa place a changé, {}.", capitalized(&self.who(*who)), self.when(*shift))
            }
            Notice::SeatOpened { shift } => {
                format!("{} : une place que tu guettes est à prendre.", capitalized(&self.when(*shift)))
            }
            Notice::SeatHeld { seat, until } => {
                format!("Une place est libre {} : elle est gardée pour toi {}.", self.at(*seat), super::dates::until_day(*until))
            }
        }
    }

    fn loop_closed(&self, legs: &[Leg], me: MemberId) -> String {
        let Some(mine) = legs.iter().find(|leg| leg.member == me) else {
            return "Un échange s’est fait dans ton équipe.".to_owned();
        };
        let others: Vec<String> = legs.iter().filter(|leg| leg.member != me).map(|leg| self.who(leg.member)).collect();
        let others = super::typography::listed(&others, 4);
        format!("Tu viens {} à la place de {} ({others}).", self.at(mine.takes), self.at(mine.gives))
    }

    fn proxy_given(&self, from: MemberId, to: MemberId, when: &str, me: MemberId) -> String {
        if to == me {
            format!(
                "{} te confie sa voix pour l’assemblée, {when} : tu votes aussi pour cette personne.",
                capitalized(&self.who(from))
            )
        } else {
            format!("{} vote pour toi à l’assemblée, {when}. Si tu viens, ta voix te revient.", capitalized(&self.who(to)))
        }
    }

    fn proxy_ended(&self, (from, to): (MemberId, MemberId), by: MemberId, when: &str, me: MemberId) -> String {
        if to == me {
            format!("{} reprend sa voix pour l’assemblée, {when} : tu ne la portes plus.", capitalized(&self.who(from)))
        } else if by == from {
            format!("Ton pouvoir pour l’assemblée, {when}, est retiré : {} ne vote plus pour toi.", self.who(to))
        } else {
            format!(
                "{} ne peut pas porter ta voix à l’assemblée, {when}. Viens, ou donne-la à quelqu’un d’autre.",
                capitalized(&self.who(to))
            )
        }
    }

    fn team_changed(&self, shift: ShiftId, left: Option<MemberId>, joined: Option<MemberId>) -> String {
        let when = capitalized(&self.when(shift));
        match (left, joined) {
            (Some(left), Some(joined)) => format!("{when} : {} vient à la place de {}.", self.who(joined), self.who(left)),
            (None, Some(joined)) => format!("{when} : {} rejoint l’équipe.", self.who(joined)),
            (Some(left), None) => format!("{when} : {} ne vient plus, sa place est libre.", self.who(left)),
            (None, None) => format!("{when} : l’équipe a changé."),
        }
    }
}

/// What somebody wrote, after a sentence; nothing where they wrote nothing.
fn in_words(word: &str) -> String {
    if word.trim().is_empty() { String::new() } else { format!(" « {} »", ended(word)) }
}

/// Somebody's words with their point: « Neige. »
fn ended(words: &str) -> String {
    let words = words.trim();
    let point = if words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{words}{point}")
}

/// What a closed shift counts as.
fn treated(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Excused => "Elle compte comme faite.",
        Treatment::Displaced => "Choisis une autre date quand tu veux.",
        Treatment::Due => "Elle reste à faire.",
    }
}

#[cfg(test)]
#[path = "notices_tests.rs"]
mod tests;
