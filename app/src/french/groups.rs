//! Working groups, in sentences.

use domain::groups::{Mistake, REFERENTS};
use domain::reason::{Reason, Who};

use super::dates::since;
use super::nb;
use super::reasons::Speaking;
use super::typography::{counted, listed};

/// Why an act about a group, or about the coordination's agenda, was not done.
pub fn refused(reason: &Reason, to: &Speaking<'_>) -> String {
    match reason {
        Reason::UnknownGroup => "Ce groupe n’existe pas.".into(),
        Reason::AlreadyInGroup { who } if to.is_me(who) => "Tu fais déjà partie de ce groupe.".into(),
        Reason::AlreadyInGroup { who } => format!("{} fait déjà partie du groupe.", who.name),
        Reason::NotInGroup { who } if to.is_me(who) => "Tu ne fais plus partie de ce groupe.".into(),
        Reason::NotInGroup { who } => format!("{} ne fait pas, ou plus, partie du groupe.", who.name),
        Reason::AlreadyAskedToJoin { since: at } => {
            format!("Une demande ou une invitation attend déjà, {}. Une seule suffit.", since(*at, to.now))
        }
        Reason::UnknownJoining => "Cette demande n’existe plus, ou ne te concerne pas.".into(),
        Reason::JoiningClosed => "Cette demande a déjà sa réponse, ou a été retirée.".into(),
        Reason::NotYourGroupToRun { referents } if referents.is_empty() => {
            "C’est à faire dans le groupe : il n’a pas de référent·e, ses membres peuvent s’en occuper.".into()
        }
        Reason::NotYourGroupToRun { referents } => {
            format!("C’est à {} de le faire : {} du groupe.", names(referents), referents_word(referents.len()))
        }
        Reason::IsReferent { who } => {
            format!("{} répond du groupe : il faut d’abord que ce ne soit plus le cas.", who.name)
        }
        Reason::EnoughReferents { referents } => {
            format!("Il y en a déjà {REFERENTS}, c’est le maximum : {}.", names(referents))
        }
        Reason::StepsDownAlone { who } => format!("Il n’y a que {} qui puisse y mettre fin, ou la personne salariée.", who.name),
        Reason::UnknownPoint => "Ce point n’est plus à l’ordre du jour.".into(),
        Reason::NotYourPoint { by } => {
            format!("C’est un point de {} : il n’y a qu’elle ou lui, et le comité, pour le retirer.", by.name)
        }
        Reason::TitleMissing => "Dis en quelques mots de quoi il s’agit.".into(),
        Reason::TooManyPoints { cap } => {
            format!("Tu as déjà {cap} points qui attendent : retires-en un, ou rassemble ce qui va ensemble.")
        }
        Reason::PointSettled { since: at } => {
            format!("La réunion a commencé, {} : ce point n’en bouge plus.", since(*at, to.now))
        }
        _ => "Ce n’est pas possible.".into(),
    }
}

/// Whom to ask.
pub fn who_can(reason: &Reason) -> Option<String> {
    match reason {
        Reason::EnoughReferents { .. } => Some("Une des deux personnes peut laisser sa place, sur la page du groupe.".to_owned()),
        Reason::NotYourGroupToRun { .. } => Some("La page du groupe dit comment les joindre.".to_owned()),
        _ => None,
    }
}

fn names(who: &[Who]) -> String {
    let names: Vec<String> = who.iter().map(|who| who.name.to_string()).collect();
    listed(&names, REFERENTS)
}

fn referents_word(count: usize) -> &'static str {
    if count > 1 { "les deux référent·es" } else { "référent·e" }
}

/// « Il manque une personne référente »
pub fn wanted(lacking: usize) -> Option<String> {
    let said = match lacking {
        0 => return None,
        1 => "Une deuxième personne référente serait bienvenue.",
        _ => "Ce groupe cherche ses référent·es : tant qu’il n’en a pas, tous ses membres s’occupent des demandes.",
    };
    Some(nb(said))
}

/// « 12 membres »
pub fn how_many(members: usize) -> String {
    counted(members, "membre", "membres")
}

/// Which field of a form of the group's pages a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::RoleMissing | Mistake::RoleTooLong { .. } => "role",
        Mistake::PageTooLong { .. } => "page",
        Mistake::CallTooLong { .. } => "appel",
        Mistake::TitleMissing | Mistake::TitleTooLong { .. } => "title",
        Mistake::BadDay => "jour",
        Mistake::MinutesMissing | Mistake::MinutesTooLong { .. } => "text",
        Mistake::OtherMeeting => "reunion",
        Mistake::Stale { .. } => "",
    }
}

pub fn mistake(mistake: &Mistake) -> String {
    let longest = |cap: &usize| format!("C’est trop long : {cap} caractères au plus.");
    nb(&match mistake {
        Mistake::RoleMissing => "Dis à quoi sert le groupe.".to_owned(),
        Mistake::RoleTooLong { cap } | Mistake::CallTooLong { cap } | Mistake::TitleTooLong { cap } => longest(cap),
        Mistake::PageTooLong { cap, long } | Mistake::MinutesTooLong { cap, long } => {
            format!("Le texte est trop long : {long} caractères, {cap} au plus.")
        }
        Mistake::TitleMissing => "Donne un titre.".to_owned(),
        Mistake::BadDay => "Dis quel jour c’était : aujourd’hui ou avant.".to_owned(),
        Mistake::MinutesMissing => "Écris ce qui s’est dit.".to_owned(),
        Mistake::OtherMeeting => "Cette réunion n’est pas de ce groupe : choisis-en une de la liste, ou aucune.".to_owned(),
        Mistake::Stale { .. } => {
            "Quelqu’un l’a changé entre-temps. Ce que tu as écrit est toujours là : regarde ce que c’est devenu, puis enregistre de nouveau."
                .to_owned()
        }
    })
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "page" => "La page du groupe est à jour, chez tout le monde.",
        "compte-rendu" => "Le compte rendu est sur la page du groupe.",
        _ => return None,
    })
}

/// What an act was, after a name: « Théo M. a accueilli », and about whom.
pub fn act(what: &str, about: Option<&str>, own: bool) -> String {
    let whom = about.unwrap_or("quelqu’un");
    match what {
        "demander" => "a demandé à venir".to_owned(),
        "inviter" => format!("a invité {whom}"),
        "refuser" if own => "a décliné l’invitation".to_owned(),
        "refuser" => format!("a répondu non à {whom}"),
        "rejoindre" if own => "a rejoint le groupe".to_owned(),
        "rejoindre" => format!("a accueilli {whom}"),
        "quitter" => "a quitté le groupe".to_owned(),
        "retirer" => format!("a retiré {whom} du groupe"),
        "nommer" if own => "répond du groupe".to_owned(),
        "nommer" => format!("a noté que {whom} répond du groupe"),
        "rendre" if own => "ne répond plus du groupe".to_owned(),
        "rendre" => format!("a noté que {whom} ne répond plus du groupe"),
        "page" => "a changé la page".to_owned(),
        "compte-rendu" => "a écrit un compte rendu".to_owned(),
        _ => "a changé quelque chose".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::id::MemberId;
    use domain::members::ShortName;
    use uuid::Uuid;

    use super::*;
    use crate::french::refusals::title;

    fn who(number: u128, first: &str) -> Who {
        Who { member: MemberId(Uuid::from_u128(number)), name: ShortName::new(first, "Blanc") }
    }

    #[test]
    fn a_refusal_says_who_can_do_it_and_the_figures() {
        let to = Speaking::at("2026-11-24T09:00:00Z".parse().unwrap());
        let said = |reason: Reason| refused(&reason, &to).replace(['\u{a0}', '\u{202f}'], " ");
        let two = vec![who(1, "Théo"), who(2, "Léa")];
        assert_eq!(
            said(Reason::EnoughReferents { referents: two.clone() }),
            "Il y en a déjà 2, c’est le maximum : Théo B. et Léa B.."
        );
        assert_eq!(
            said(Reason::NotYourGroupToRun { referents: two }),
            "C’est à Théo B. et Léa B. de le faire : les deux référent·es du groupe."
        );
        assert!(said(Reason::NotYourGroupToRun { referents: Vec::new() }).contains("n’a pas de référent·e"));
        assert_eq!(title(&Reason::JoiningClosed), "C’est terminé");
    }

    #[test]
    fn an_act_is_told_with_whom_it_is_about() {
        assert_eq!(act("rejoindre", Some("Nour L."), false), "a accueilli Nour L.");
        assert_eq!(act("rejoindre", Some("Nour L."), true), "a rejoint le groupe");
        assert_eq!(act("page", None, false), "a changé la page");
    }
}
