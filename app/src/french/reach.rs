//! Why somebody is not reached, and what still arrives.

use domain::notify::Channel;
use domain::reach::Why;
use domain::time::Instant;

use super::dates::since;
use super::nb;

pub fn why(why: &Why, now: Instant) -> String {
    let said = match why {
        Why::NotSeen { since: at } => format!("Pas encore vu, {}.", since(*at, now)),
        Why::Bounced { at } => format!("Ses mails nous reviennent {} : adresse à corriger par Administratif.", since(*at, now)),
        Why::Failing { by: Channel::Mail, since: at } => format!("Les mails n’arrivent pas, {}.", since(*at, now)),
        Why::Failing { by: Channel::Push, since: at } => format!("Les alertes n’arrivent pas, {}.", since(*at, now)),
        Why::NeverSignedIn => "N’a jamais ouvert l’application, ou il y a longtemps.".to_owned(),
        Why::NoDevice => "N’a pas d’alertes sur son téléphone.".to_owned(),
    };
    nb(&said)
}

pub fn ways(ways: &[Channel]) -> &'static str {
    match (ways.contains(&Channel::Push), ways.contains(&Channel::Mail)) {
        (true, true) => "Alertes et mails lui arrivent.",
        (true, false) => "Seules les alertes lui arrivent.",
        (false, true) => "Seuls les mails lui arrivent.",
        (false, false) => "Rien de ce qu’on envoie ne lui arrive.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::paris_instant;

    #[test]
    fn each_reason_is_a_sentence() {
        let at = |day: &str| paris_instant(day.parse().unwrap(), "14:05:00".parse().unwrap());
        let (before, now) = (at("2026-11-28"), at("2026-12-01"));
        let said: Vec<String> = [
            Why::NotSeen { since: before },
            Why::Bounced { at: before },
            Why::Failing { by: Channel::Mail, since: before },
            Why::Failing { by: Channel::Push, since: before },
            Why::NeverSignedIn,
            Why::NoDevice,
        ]
        .iter()
        .map(|reason| why(reason, now).replace(['\u{a0}', '\u{202f}'], " "))
        .collect();
        assert_eq!(
            said,
            [
                "Pas encore vu, depuis le 28 nov., 14 h 05.",
                "Ses mails nous reviennent depuis le 28 nov., 14 h 05 : adresse à corriger par Administratif.",
                "Les mails n’arrivent pas, depuis le 28 nov., 14 h 05.",
                "Les alertes n’arrivent pas, depuis le 28 nov., 14 h 05.",
                "N’a jamais ouvert l’application, ou il y a longtemps.",
                "N’a pas d’alertes sur son téléphone.",
            ]
        );
    }
}
