//! Why a form about an assembly was not done, in sentences.

use domain::assembly::AssemblyMistake;
use domain::time::{Instant, paris_day};

use super::assembly::voices;
use super::clock::hour;
use super::dates::{date_long, date_with_year};
use super::reasons::{Speaking, sentence};
use super::typography::counted;
use super::{governance, nb};

/// Which field of a form a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &AssemblyMistake) -> &'static str {
    match mistake {
        AssemblyMistake::TitleMissing | AssemblyMistake::TitleTooLong { .. } => "title",
        AssemblyMistake::StartUnreadable | AssemblyMistake::InThePast => "debut",
        AssemblyMistake::PlaceMissing | AssemblyMistake::PlaceTooLong { .. } => "lieu",
        AssemblyMistake::TextTooLong { .. } | AssemblyMistake::DocumentEmpty | AssemblyMistake::MinutesTooLong { .. } => "text",
        AssemblyMistake::BadNotice { .. } => "preavis",
        AssemblyMistake::BadQuorum => "quorum",
        AssemblyMistake::BadQuorumExtra => "quorum-extra",
        AssemblyMistake::BadProxies { .. } => "pouvoirs",
        AssemblyMistake::NoFirst => "seconde",
        AssemblyMistake::BadLink => "href",
        AssemblyMistake::WayMissing | AssemblyMistake::OneElection => "comment",
        AssemblyMistake::BadSeats { .. } => "sieges",
        AssemblyMistake::WordTooLong { .. } | AssemblyMistake::WhyMissing => "mot",
        AssemblyMistake::UnknownNumber | AssemblyMistake::AlreadySignedIn | AssemblyMistake::VoiceCarried { .. } => "carte",
        AssemblyMistake::Governance(mistake) => governance::field_of(mistake),
        _ => "",
    }
}

fn longest(cap: usize) -> String {
    format!("C’est trop long : {cap} caractères au plus.")
}

fn text_too_long(cap: usize, long: usize) -> String {
    format!("Le texte est trop long : {long} caractères, {cap} au plus.")
}

pub fn mistake(mistake: &AssemblyMistake) -> String {
    nb(&match mistake {
        AssemblyMistake::Refused(reason) => sentence(reason, &Speaking::at(Instant::default())),
        AssemblyMistake::Governance(mistake) => governance::mistake(mistake),
        _ => prepared(mistake).or_else(|| sitting(mistake)).unwrap_or_else(|| counting(mistake)),
    })
}

/// Of what is prepared.
fn prepared(mistake: &AssemblyMistake) -> Option<String> {
    Some(match mistake {
        AssemblyMistake::TitleMissing => "Donne un titre.".to_owned(),
        AssemblyMistake::TitleTooLong { cap }
        | AssemblyMistake::PlaceTooLong { cap }
        | AssemblyMistake::WordTooLong { cap } => longest(*cap),
        AssemblyMistake::StartUnreadable => "Dis quand elle commence : un jour et une heure.".to_owned(),
        AssemblyMistake::InThePast => "C’est déjà passé : choisis un moment à venir.".to_owned(),
        AssemblyMistake::PlaceMissing => "Dis où elle se tient.".to_owned(),
        AssemblyMistake::AgendaMissing => {
            "L’ordre du jour est vide : il part avec la convocation, et ne change plus ensuite.".to_owned()
        }
        AssemblyMistake::TextTooLong { cap, long } | AssemblyMistake::MinutesTooLong { cap, long } => {
            text_too_long(*cap, *long)
        }
        AssemblyMistake::BadNotice { most } => format!("Le préavis est un nombre de jours, de 1 à {most}."),
        AssemblyMistake::BadQuorum | AssemblyMistake::BadQuorumExtra => {
            "Le quorum est un nombre de 1 à 100, en pourcentage des membres.".to_owned()
        }
        AssemblyMistake::BadProxies { most } => format!("C’est un nombre de pouvoirs, de 0 à {most}."),
        AssemblyMistake::NoFirst => {
            "On convoque une deuxième fois ce qui n’a pas pu décider, faute de quorum : une assemblée close sans vote, de la même \
             nature."
                .to_owned()
        }
        AssemblyMistake::DocumentEmpty => "Écris un texte, ou donne une adresse.".to_owned(),
        AssemblyMistake::BadLink => "Cette adresse ne se lit pas : elle commence par https://".to_owned(),
        AssemblyMistake::TooMany { cap } => format!("C’est le maximum : {cap}."),
        AssemblyMistake::WayMissing => "Dis comment on vote.".to_owned(),
        AssemblyMistake::BadSeats { most } => format!("Dis combien de sièges sont à pourvoir, de 1 à {most}."),
        AssemblyMistake::OneElection => "Il y a déjà une élection à cette assemblée : une seule, avec tous ses sièges.".to_owned(),
        AssemblyMistake::RoleMissing => "Il manque la présidence ou le secrétariat de séance : le comité les nomme.".to_owned(),
        AssemblyMistake::RolesAlike => {
            "Une personne n’a qu’un rôle : présidence, secrétariat et scrutin sont tenus par des personnes différentes.".to_owned()
        }
        AssemblyMistake::NamedByCommittee => {
            "La présidence et le secrétariat de séance sont nommés par le comité ; le secrétariat nomme le scrutin.".to_owned()
        }
        AssemblyMistake::TellersMissing { least } => {
            format!("Il faut au moins {least} personnes au scrutin : leurs comptages doivent dire la même chose.")
        }
        AssemblyMistake::TooSoon { notice_d, first } => format!(
            "Le préavis est de {} : convoquée aujourd’hui, elle peut se tenir à partir du {}.",
            counted(usize::from(*notice_d), "jour", "jours"),
            date_with_year(*first)
        ),
        AssemblyMistake::AlreadyConvoked => {
            "Les membres sont convoqués : la date, l’ordre du jour et ce qui est mis au vote ne changent plus. Pour changer, annule, \
             et convoque de nouveau."
                .to_owned()
        }
        AssemblyMistake::NotConvoked => "Les membres ne sont pas encore convoqués.".to_owned(),
        AssemblyMistake::Cancelled => "Cette assemblée n’a pas lieu : rien n’y change plus.".to_owned(),
        AssemblyMistake::Begun => "L’assemblée a commencé : elle se clôt, elle ne s’annule plus.".to_owned(),
        AssemblyMistake::NobodyChosen => "Choisis quelqu’un dans la liste.".to_owned(),
        AssemblyMistake::Stale { .. } => {
            "Quelqu’un l’a changé entre-temps. Ce que tu as écrit est toujours là : regarde ce que c’est devenu, puis enregistre de \
             nouveau."
                .to_owned()
        }
        _ => return None,
    })
}

/// Of how it sits.
fn sitting(mistake: &AssemblyMistake) -> Option<String> {
    Some(match mistake {
        AssemblyMistake::NotToday { on } => format!("C’est le {} qu’elle se tient, pas avant ni après.", date_long(*on)),
        AssemblyMistake::NotOpen => "L’assemblée n’est pas ouverte : la présidence ou le secrétariat l’ouvre.".to_owned(),
        AssemblyMistake::Over { at } => {
            format!("L’assemblée est close depuis le {}, {}.", date_long(paris_day(*at)), hour(*at))
        }
        AssemblyMistake::NoQuorum { voices: there, needed } => format!(
            "Le quorum n’est pas atteint : {} pour {needed} qu’il faut. Attends du monde, ou clos l’assemblée et convoque une deuxième \
             fois.",
            voices(*there)
        ),
        AssemblyMistake::OtherVote => "Un autre vote est en cours : un à la fois.".to_owned(),
        AssemblyMistake::VoteNotOpen => "Ce vote n’est pas ouvert, ou vient d’être clos : rien n’a été compté.".to_owned(),
        AssemblyMistake::VoteBegun => "Ce vote a déjà été ouvert.".to_owned(),
        AssemblyMistake::VoteUnsettled => {
            "Un vote n’est pas fini : il reste à le clore, à le compter, ou à tirer au sort.".to_owned()
        }
        AssemblyMistake::NoCandidates => "Personne n’est candidat : note d’abord les candidatures.".to_owned(),
        AssemblyMistake::UnknownNumber => "Aucun membre n’a ce numéro : regarde sa carte, ou cherche son nom.".to_owned(),
        AssemblyMistake::NotCalled => {
            "Cette personne n’est pas sur la liste des membres convoqués : elle a rejoint la coop après, et n’a pas de voix."
                .to_owned()
        }
        AssemblyMistake::AlreadySignedIn => "Cette personne a déjà signé : elle est là.".to_owned(),
        AssemblyMistake::NotSignedIn => {
            "Cette personne n’a pas signé la feuille d’émargement : on l’accueille à l’entrée, puis elle vote.".to_owned()
        }
        AssemblyMistake::VoiceCarried { by } => {
            format!("{by} est là, et porte cette voix : depuis l’ouverture, un pouvoir ne se retire plus.")
        }
        _ => return None,
    })
}

/// Of how it votes and counts, and of what it leaves.
fn counting(mistake: &AssemblyMistake) -> String {
    match mistake {
        AssemblyMistake::ByHands => "On vote à main levée, sur place.".to_owned(),
        AssemblyMistake::NothingChosen => "Choisis une réponse pour chaque voix que tu votes.".to_owned(),
        AssemblyMistake::TooManyNames { most } => {
            format!("Un bulletin porte {} au plus.", counted(usize::from(*most), "nom", "noms"))
        }
        AssemblyMistake::UnknownCandidate => "Un des noms n’est pas, ou plus, candidat : relis la liste.".to_owned(),
        AssemblyMistake::NotYourVoice => {
            "Tu ne portes pas, ou plus, l’une de ces voix : ce pouvoir a été retiré. Rien n’est voté.".to_owned()
        }
        AssemblyMistake::AlreadyVoted => "Cette voix a déjà voté : une fois, et une seule.".to_owned(),
        AssemblyMistake::OnPaper => "Cette voix a reçu un bulletin papier : elle vote avec lui.".to_owned(),
        AssemblyMistake::BadFigures => {
            "Ces chiffres ne vont pas ensemble : des nombres entiers, pas plus de voix que de bulletins, pas plus de noms qu’un \
             bulletin n’en porte."
                .to_owned()
        }
        AssemblyMistake::MoreThanVoices { voices: most, said } => {
            format!("Le comptage dit {said}, et il n’y en a que {most} : recomptez.")
        }
        AssemblyMistake::CountsMissing { least } => {
            format!("Il manque un comptage : {least} personnes du scrutin comptent, chacune de son côté.")
        }
        AssemblyMistake::CountsDiffer => "Les comptages ne disent pas la même chose : recomptez.".to_owned(),
        AssemblyMistake::NothingToCount => "Il n’y a rien à compter maintenant.".to_owned(),
        AssemblyMistake::TellerStands => "On ne compte pas une élection où l’on est candidat·e.".to_owned(),
        AssemblyMistake::NoTie => "Il n’y a pas d’égalité à départager.".to_owned(),
        AssemblyMistake::BadDraw { left } => {
            format!("Coche {} parmi les personnes à égalité.", counted(usize::from(*left), "personne", "personnes"))
        }
        AssemblyMistake::WhyMissing => "Dis comment le tirage a été fait, et devant qui.".to_owned(),
        AssemblyMistake::NothingAdopted => "Aucune résolution n’a été adoptée.".to_owned(),
        AssemblyMistake::NobodyElected => "Personne n’a été élu.".to_owned(),
        AssemblyMistake::SeatsMissing { free, elected } => format!(
            "{} pour {} : les mandats en cours d’autres personnes tiennent les autres. Coche « Finir les mandats des sortant·es », ou \
             finis d’abord ceux qu’il faut.",
            counted(*free, "siège libre", "sièges libres"),
            counted(*elected, "personne élue", "personnes élues")
        ),
        _ => "Ce n’est pas possible.".to_owned(),
    }
}
