//! Assemblies, in sentences.

use domain::assembly::{Attendance, Channel, Kind, Majority, Role, Tally, Terms, Verdict, Way};
use domain::outcome::Carried;
use domain::reason::Reason;
use domain::time::{Instant, paris_day};

use super::clock::hour;
use super::dates::{day_long, since};
use super::reasons::Speaking;
use super::typography::counted;
use super::{capitalized, nb};

/// « Assemblée générale ordinaire »
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Ordinary => "Assemblée générale ordinaire",
        Kind::Extraordinary => "Assemblée générale extraordinaire",
    }
}

/// « Vendredi 4 décembre à 19 h 30 »
pub fn when(at: Instant) -> String {
    nb(&capitalized(&format!("{} à {}", day_long(paris_day(at)), hour(at))))
}

/// What somebody does there, as a label.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Chair => "Présidence de séance",
        Role::Secretary => "Secrétariat",
        Role::Teller => "Scrutin",
    }
}

/// What I do there, after « tu ».
fn to_do(role: Role) -> &'static str {
    match role {
        Role::Chair => "présides la séance : tu l’ouvres, tu ouvres et clos chaque vote",
        Role::Secretary => "tiens le secrétariat : tu la prépares avec le comité, et tu en écris le procès-verbal",
        Role::Teller => "tiens le scrutin : tu accueilles à l’entrée, et tu comptes les votes",
    }
}

/// « À main levée », « Élection, 12 sièges »
pub fn way(way: Way) -> String {
    match way {
        Way::Hands => "À main levée".to_owned(),
        Way::Secret => "À bulletin secret".to_owned(),
        Way::Election { seats } => nb(&format!("Élection à bulletin secret, {}", counted(usize::from(seats), "siège", "sièges"))),
    }
}

/// What it takes, where that is said of a resolution.
pub fn majority(majority: Majority) -> &'static str {
    match majority {
        Majority::Simple => "à la majorité des voix pour et contre",
        Majority::TwoThirds => "aux deux tiers des voix pour et contre",
    }
}

pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Hands => "À main levée",
        Channel::App => "Dans l’app",
        Channel::Paper => "Sur papier",
    }
}

fn figure(figure: u32) -> usize {
    usize::try_from(figure).unwrap_or(usize::MAX)
}

/// « 12 voix »
pub fn voices(count: u32) -> String {
    counted(figure(count), "voix", "voix")
}

/// « 12 personnes présentes, 3 représentées »
pub fn there(attendance: &Attendance) -> String {
    let present = counted(figure(attendance.present), "personne présente", "personnes présentes");
    nb(&format!("{present}, {}", counted(figure(attendance.represented), "représentée", "représentées")))
}

/// « 15 voix sur 60 : le quorum, 12 voix, est atteint. »
pub fn quorum(attendance: &Attendance, terms: &Terms) -> String {
    let (there, needed) = (voices(attendance.voices()), voices(terms.needed(attendance.called)));
    nb(&if terms.quorum == 0 {
        format!("{there} sur {} : en deuxième convocation, elle décide quel que soit le nombre.", attendance.called)
    } else if attendance.is_enough(terms) {
        format!("{there} sur {} : le quorum, {needed}, est atteint.", attendance.called)
    } else {
        format!("{there} sur {} : il en faut {} pour décider.", attendance.called, terms.needed(attendance.called))
    })
}

/// What the quorum is, before anybody is there.
pub fn quorum_rule(terms: &Terms, called: u32) -> String {
    nb(&match terms.quorum {
        0 => "En deuxième convocation, elle décide quel que soit le nombre.".to_owned(),
        percent => format!(
            "Elle décide si {percent} % des membres sont présents ou représentés : {} sur {called}.",
            voices(terms.needed(called))
        ),
    })
}

/// « 34 pour, 5 contre, 3 abstentions »; of an election, how many ballots.
pub fn tally(tally: &Tally) -> String {
    nb(&match tally {
        Tally::Resolution { yes, no, abstain } => {
            format!("{yes} pour, {no} contre, {}", counted(figure(*abstain), "abstention", "abstentions"))
        }
        Tally::Election { ballots, blank, .. } => {
            format!("{}, dont {}", counted(figure(*ballots), "bulletin", "bulletins"), counted(figure(*blank), "blanc", "blancs"))
        }
    })
}

/// « Adoptée », « 11 élu·es, 1 siège à tirer au sort »
pub fn verdict(verdict: &Verdict) -> String {
    nb(&match verdict {
        Verdict::Adopted => "Adoptée".to_owned(),
        Verdict::Rejected => "Rejetée".to_owned(),
        Verdict::Elected { elected, left, .. } => {
            let elected = counted(elected.len(), "personne élue", "personnes élues");
            match left {
                0 => elected,
                left => format!("{elected}, {} à tirer au sort", counted(usize::from(*left), "siège", "sièges")),
            }
        }
    })
}

/// « Karim B. porte ta voix : 1 pouvoir sur 2. »
pub fn carried(carried: &Carried) -> String {
    let Carried { by, voices, cap } = carried;
    nb(&format!("{} porte ta voix : {} sur {cap}.", by.name, counted(usize::from(*voices), "pouvoir", "pouvoirs")))
}

/// How many voices somebody may carry.
pub fn cap(most: u8) -> String {
    nb(&match most {
        0 => "Personne ne vote pour quelqu’un d’autre : les pouvoirs ne sont pas prévus.".to_owned(),
        1 => "Chaque membre porte un pouvoir au plus, en plus de sa voix.".to_owned(),
        most => format!("Chaque membre porte {most} pouvoirs au plus, en plus de sa voix."),
    })
}

/// Why an act about an assembly was not done.
pub fn refused(reason: &Reason, to: &Speaking<'_>) -> String {
    match reason {
        Reason::UnknownAssembly => "Cette assemblée n’existe pas, ou n’est pas encore convoquée.".into(),
        Reason::AssemblyBegun { since: at } => {
            format!("L’assemblée siège {} : qui vote pour qui ne change plus.", since(*at, to.now))
        }
        Reason::AssemblyOver { since: at } => format!("L’assemblée est finie {}.", since(*at, to.now)),
        Reason::AssemblyCancelled { word } => format!("Cette assemblée n’a pas lieu : « {} »", word.trim()),
        Reason::NotCalled { who } if to.is_me(who) => {
            "Tu as rejoint la coop après la convocation : tu n’as pas de voix à cette assemblée-là. Tu peux y assister.".into()
        }
        Reason::NotCalled { who } => {
            format!("{} n’est pas sur la liste des membres convoqués : il n’y a pas de voix à porter, ni à donner.", who.name)
        }
        Reason::ProxyGiven { to: holder } if to.is_me(holder) => "Ce pouvoir t’est déjà donné.".into(),
        Reason::ProxyGiven { to: holder } => {
            format!("{} porte déjà cette voix : il faut d’abord retirer ce pouvoir.", holder.name)
        }
        Reason::ProxyToYourself => "On ne se donne pas un pouvoir à soi-même.".into(),
        Reason::SignedIn => "La feuille d’émargement dit que cette personne est là : elle vote elle-même.".into(),
        Reason::CarriesProxies { count } => {
            let carried = counted(usize::from(*count), "pouvoir", "pouvoirs");
            format!("Qui porte {carried} vient, et vote : on ne donne pas le sien. Rends d’abord ce qu’on t’a confié.")
        }
        Reason::HolderAway { who } if to.is_me(who) => {
            "Tu as donné ton pouvoir : tu ne peux pas porter celui de quelqu’un.".into()
        }
        Reason::HolderAway { who } => format!("{} ne vient pas, et a donné son propre pouvoir.", who.name),
        Reason::HolderNotComing { who } if to.is_me(who) => {
            "Tu as dit que tu ne viens pas : dis d’abord « je viens » pour porter la voix de quelqu’un.".into()
        }
        Reason::HolderNotComing { who } => format!("{} a dit ne pas venir : choisis quelqu’un d’autre.", who.name),
        Reason::HolderFull { who, cap: 0 } => {
            format!("À cette assemblée, personne ne vote pour quelqu’un d’autre : {} ne peut pas porter ta voix.", who.name)
        }
        Reason::HolderFull { who, cap } => {
            let held = counted(usize::from(*cap), "pouvoir", "pouvoirs");
            format!("{} porte déjà {held}, c’est le maximum.", who.name)
        }
        Reason::UnknownProxy => "Ce pouvoir n’existe plus : il a été retiré, ou la personne est venue.".into(),
        Reason::NoElection => "Cette assemblée n’élit personne.".into(),
        Reason::NotStanding => "Il n’y a pas, ou plus, de candidature à retirer.".into(),
        _ => "Ce n’est pas possible.".into(),
    }
}

/// What to do instead, or whom to ask.
pub fn who_can(reason: &Reason) -> Option<String> {
    let said = match reason {
        Reason::HolderFull { cap: 1.., .. } | Reason::HolderAway { .. } => "Demande à un autre membre qui vient.",
        Reason::HolderNotComing { .. } => "Si ça change, cette personne dit « je viens » sur la page de l’assemblée.",
        Reason::NotCalled { .. } => "Le comité tient la liste des membres convoqués.",
        Reason::AssemblyBegun { .. } => "Sur place, demande à la présidence ou au secrétariat de séance.",
        Reason::ProxyGiven { .. } => "Tant que l’assemblée n’est pas ouverte, un pouvoir se retire sur la page « Ton pouvoir ».",
        _ => return None,
    };
    Some(said.to_owned())
}

/// « Le comité t’a confié… »: what a notice says of a role.
pub fn named(role: Role, when: &str) -> String {
    format!("À l’assemblée générale, {when}, tu {}.", to_do(role))
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "prevoir" => "L’assemblée est prévue. Personne n’est encore convoqué.",
        "changer" => "C’est enregistré.",
        "annuler" => "L’assemblée n’a pas lieu. Les membres convoqués sont prévenus.",
        "roles" => "C’est enregistré : les personnes nommées sont prévenues.",
        "regles" => "Les règles sont enregistrées. Elles valent pour les assemblées prévues à partir de maintenant.",
        "document" => "Le document est enregistré.",
        "retirer-document" => "Le document est retiré.",
        "resolution" => "La résolution est enregistrée.",
        "retirer-resolution" => "La résolution est retirée.",
        "convoquer" => "Tous les membres sont convoqués : les mails partent, les lettres sont à imprimer.",
        "imprimer" => "Les lettres sont notées comme imprimées.",
        "remettre" => "C’est noté comme remis en main propre.",
        "candidature" => "La candidature est notée.",
        "retrait" => "La candidature est retirée.",
        "ouvrir" => "L’assemblée est ouverte. Les pouvoirs ne changent plus.",
        "fermer" => "L’assemblée est close.",
        "ouvrir-vote" => "Le vote est ouvert.",
        "clore-vote" => "Le vote est clos.",
        "proclamer" => "Le résultat est proclamé, chez tout le monde.",
        "pouvoir" => "Le pouvoir est noté, et les deux personnes prévenues.",
        "rendre" => "Le pouvoir est retiré, et les deux personnes prévenues.",
        "partir" => "Le départ est noté.",
        "bulletins" => "Les bulletins papier sont notés : ces voix ne peuvent plus voter dans l’app.",
        "compter" => "Ton comptage est noté.",
        "tirer" => "Ton constat du tirage au sort est noté.",
        "proces-verbal" => "Le procès-verbal est enregistré, et lisible de tous les membres.",
        "inscrire" => "Les résolutions adoptées sont au registre des décisions.",
        "installer" => "Les mandats sont enregistrés.",
        _ => return None,
    })
}

#[cfg(test)]
#[path = "assembly_tests.rs"]
mod tests;
