//! What the machine does, and what it says of what failed.

use domain::brief::NOTHING_PUBLIC;
use domain::notify::{Channel, SWITCHED_OFF};

pub fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Push => "Alertes",
        Channel::Mail => "Mails",
    }
}

/// A periodic job by what it is for; one that this build does not know keeps its own name.
pub fn name(job: &str) -> String {
    let known = match job {
        "generate" => "Préparer les vacations à venir",
        "match" => "Chercher des échanges possibles",
        "purge" => "Oublier ce qui est ancien",
        "mandates" => "Prévenir des mandats qui finissent",
        "dossiers" => "Prévenir des dossiers dont le jour approche",
        "expire" => "Fermer ce dont l’heure est passée",
        "due" => "Regarder ce qui est à faire",
        "brief" => "Faire paraître la brève",
        "push" => "Envoyer les alertes",
        "mail" => "Envoyer les mails",
        "events" => "Faire paraître les sorties, prévenir des changements",
        "register" => "Faire partir qui quitte la coop, noter qui est arrivé",
        "invite" => "Inviter à entrer dans l’application",
        "brief_audience" => "Adresser la brève",
        "brief_mail" => "Envoyer la brève",
        other => other,
    };
    known.to_owned()
}

/// Why something failed, where its words are known; nothing where they are another machine's own.
pub fn why(said: &str) -> Option<String> {
    if let Some(code) = said.strip_prefix("the mail server answered ") {
        return Some(format!("Le serveur de mail répond {code}."));
    }
    let known = match said {
        "the mail server does not answer in time" => "Le serveur de mail ne répond pas à temps.",
        "the mail server broke off" => "Le serveur de mail a coupé.",
        "the address cannot be written to" => "L’adresse n’en est pas une.",
        "no address" => "N’a pas d’adresse e-mail.",
        "the address came back" => "L’adresse nous est revenue.",
        SWITCHED_OFF => "Ne la veut plus par mail.",
        NOTHING_PUBLIC => "Plus rien n’y est pour le public.",
        "sent back" => "Le mail nous est revenu.",
        "the device is gone" => "L’appareil n’existe plus.",
        "no device is left" => "Plus aucun appareil n’affiche d’alertes.",
        "the database cannot answer now" => "La base de données n’a pas répondu.",
        "lost against another act" => "D’autres actions passaient devant.",
        "" => "Sans raison donnée.",
        _ => return None,
    };
    Some(known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_other_side_says_is_told_in_french_where_it_is_known() {
        assert_eq!(why("the mail server answered 451").as_deref(), Some("Le serveur de mail répond 451."));
        assert_eq!(why("the mail server broke off").as_deref(), Some("Le serveur de mail a coupé."));
        assert_eq!(why(SWITCHED_OFF).as_deref(), Some("Ne la veut plus par mail."));
        assert_eq!(why("VapidPkHashMismatch"), None);
        assert_eq!((name("purge").as_str(), name("later").as_str()), ("Oublier ce qui est ancien", "later"));
    }
}
