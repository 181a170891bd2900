//! « À traiter », in sentences: what waits, by when, and who stands in.

use chrono::NaiveDate;
use domain::desk::{Item, Mistake, Urgency, What};

use super::dates::{date_short, date_with_year, day_and_hours_short, days, relative_day};
use super::dossiers::kind;
use super::intents::mishap_word;
use super::nb;
use super::objectives::of_month;
use super::typography::{capitalized, counted};

/// What waits, in a few words; whom it is about stands before it.
pub fn what(item: &Item) -> String {
    let who = item.who.as_ref().map(|person| format!("{} {}", person.first_name, person.last_name)).unwrap_or_default();
    nb(&match &item.what {
        What::LeaveAsked { exemption: true, .. } => format!("{who} demande une dispense"),
        What::LeaveAsked { .. } => format!("{who} demande une pause"),
        What::Behind { overdue, .. } => {
            format!("{who} a {} de retard", counted(usize::from(*overdue), "vacation", "vacations"))
        }
        What::Bounced { .. } => format!("Les mails à {who} reviennent"),
        What::LeadMissing { when } => format!("Personne n’anime, {}", day_and_hours_short(when)),
        What::ImportWaiting { file, .. } => format!("Le fichier de la caisse « {file} » attend d’être approuvé"),
        What::ShopReported { what: domain::sheet::Trouble::TillClosed, when, .. } => {
            format!("Caisse fermée, {}", day_and_hours_short(when))
        }
        What::ShopReported { when, .. } => format!("Magasin fermé, {}", day_and_hours_short(when)),
        What::IncidentReported { what, when, .. } => {
            format!("{}, {}", capitalized(mishap_word(*what)), day_and_hours_short(when))
        }
        What::JoiningLeft { group, .. } => format!("{who} attend une réponse de « {group} »"),
        What::MandateLapses { seat: Some(seat) } => format!("Le mandat de {who} finit (siège {seat})"),
        What::MandateLapses { seat: None } => format!("Le mandat de {who} finit"),
        What::DossierDue { title, kind: of, .. } => format!("{} : {title}", kind(*of)),
        What::FigureMissing { label, month: of, .. } => format!("Le chiffre {} : {label}", of_month(*of)),
        What::ErasureAsked { .. } => format!("{who} demande l’effacement de son compte"),
        What::ShareMissing { .. } => format!("{who} n’a pas de part sociale"),
        What::ShareDue { .. } => format!("La part sociale de {who} n’est pas toute versée"),
        What::RefundDue { .. } => format!("La part sociale de {who} est à rembourser"),
        What::NewcomerStuck { .. } => format!("{who} n’avance plus dans son arrivée"),
        What::MembersWaiting { file, .. } => format!("Le fichier de membres « {file} » attend d’être approuvé"),
    })
}

/// What else there is to know before opening it; nothing where the first words say all.
pub fn more(item: &Item) -> Option<String> {
    let who = item.who.as_ref().map(|person| format!("{} {}", person.first_name, person.last_name)).unwrap_or_default();
    let said = match &item.what {
        What::LeaveAsked { days: of, own, .. } => {
            let own = if *own { ". C’est ta demande, ou celle de ton foyer : quelqu’un d’autre y répond" } else { "" };
            format!("{}{own}", capitalized(&days(*of)))
        }
        What::Behind { .. } => "En parler avec la personne : il y a toujours un moyen".to_owned(),
        What::Bounced { .. } => "Demander la bonne adresse".to_owned(),
        What::LeadMissing { .. } => "Chercher quelqu’un qui anime".to_owned(),
        What::ImportWaiting { .. } | What::MembersWaiting { .. } => return None,
        What::ErasureAsked { own: true, .. } => "C’est ta demande : quelqu’un d’autre y répond".to_owned(),
        What::ErasureAsked { .. } => "La loi donne un mois pour répondre".to_owned(),
        What::ShareMissing { .. } => "Chaque membre en a une : la souscrire ensemble, ou noter son départ".to_owned(),
        What::ShareDue { begun: true, .. } => "Elle peut se verser en plusieurs fois".to_owned(),
        What::ShareDue { .. } => "Rien n’en est versé".to_owned(),
        What::RefundDue { .. } => "Cette personne a quitté la coop".to_owned(),
        What::NewcomerStuck { .. } => "Demander ce qui manque".to_owned(),
        What::ShopReported { note, .. } if note.is_empty() => format!("Signalé par {who}"),
        What::ShopReported { note, .. } => format!("Signalé par {who} : « {note} »"),
        What::IncidentReported { text, .. } => format!("Signalé par {who} : « {text} »"),
        What::JoiningLeft { .. } => "Les référent·es n’ont pas encore répondu".to_owned(),
        What::MandateLapses { .. } => "Chercher des candidatures, avec le comité".to_owned(),
        What::DossierDue { group, .. } => group.clone(),
        What::FigureMissing { .. } => "À taper par la personne salariée".to_owned(),
    };
    Some(nb(&said))
}

/// « aujourd’hui », « en retard de 3 jours », « pour le 14 déc. »
pub fn by(due: NaiveDate, today: NaiveDate) -> String {
    let days = (due - today).num_days();
    nb(&match days {
        ..0 => {
            let late = usize::try_from(-days).unwrap_or(0);
            format!("en retard de {}", counted(late, "jour", "jours"))
        }
        0 => "aujourd’hui".to_owned(),
        1..=7 => format!("{}, le {}", relative_day(due, today), date_short(due)),
        _ => format!("pour le {}", date_short(due)),
    })
}

pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Late => "En retard",
        Urgency::Today => "Aujourd’hui",
        Urgency::Soon => "Dans la semaine",
        Urgency::Later => "Plus tard",
    }
}

/// Who answers for something that its reader cannot open.
pub fn who_can(what: &What) -> &'static str {
    match what {
        What::LeaveAsked { .. }
        | What::Behind { .. }
        | What::Bounced { .. }
        | What::ErasureAsked { .. }
        | What::ShareMissing { .. }
        | What::ShareDue { .. }
        | What::RefundDue { .. }
        | What::NewcomerStuck { .. }
        | What::MembersWaiting { .. } => "Un membre d’Administratif s’en occupe",
        What::LeadMissing { .. } => "Association Alpar cherche aussi",
        What::ImportWaiting { .. } => "Approvisionnement l’approuve",
        What::DossierDue { .. } => "Les membres du groupe s’en occupent",
        What::FigureMissing { .. } => "La personne salariée le tape",
        What::ShopReported { .. } | What::IncidentReported { .. } | What::JoiningLeft { .. } | What::MandateLapses { .. } => "",
    }
}

/// Which field of a form of the desk a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::BadFrom | Mistake::TooLate { .. } => "du",
        Mistake::BadUntil | Mistake::Backwards | Mistake::TooLong { .. } => "jusqu",
        Mistake::EmployeeMissing => "qui",
        Mistake::DeputyMissing | Mistake::DeputyIsEmployee => "suppleance",
        Mistake::WordTooLong { .. } => "mot",
        Mistake::AlreadyAway { .. } | Mistake::Over | Mistake::UnknownThing => "",
    }
}

pub fn mistake(mistake: &Mistake) -> String {
    nb(&match mistake {
        Mistake::BadFrom => "Dis le premier jour.".to_owned(),
        Mistake::BadUntil => "Dis le dernier jour.".to_owned(),
        Mistake::Backwards => "Le dernier jour est déjà passé, ou vient avant le premier.".to_owned(),
        Mistake::TooLong { days } => format!("C’est trop long : {days} jours au plus, à renouveler ensuite."),
        Mistake::TooLate { from } => format!("C’est trop ancien : pas avant le {}.", date_with_year(*from)),
        Mistake::EmployeeMissing => "Choisis la personne salariée qui s’absente.".to_owned(),
        Mistake::DeputyMissing => "Choisis qui la supplée : un membre de la coop.".to_owned(),
        Mistake::DeputyIsEmployee => "Choisis quelqu’un d’autre : une personne salariée lit déjà cette page.".to_owned(),
        Mistake::AlreadyAway { until } => {
            format!("Une absence est déjà notée jusqu’au {} : mets-y fin d’abord.", date_with_year(*until))
        }
        Mistake::Over => "Cette absence est déjà finie.".to_owned(),
        Mistake::UnknownThing => "Ce signalement n’existe pas, ou plus.".to_owned(),
        Mistake::WordTooLong { cap } => format!("C’est trop long : {cap} caractères au plus."),
    })
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "absence" => {
            "C’est noté : tous les membres lisent qui est absent·e et qui supplée, la personne qui supplée est prévenue."
        }
        "retour" => "C’est noté : l’absence est finie, la suppléance aussi.",
        "traite" => "C’est noté comme traité.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::governance::Person;
    use domain::id::MemberId;
    use uuid::Uuid;

    use super::*;

    fn plain(said: &str) -> String {
        said.replace(['\u{a0}', '\u{202f}'], " ")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_deadline_says_how_late_or_how_near_it_is() {
        let today = day("2026-11-24");
        let said = |due: &str| plain(&by(day(due), today));
        assert_eq!(said("2026-11-23"), "en retard de 1 jour");
        assert_eq!(said("2026-11-20"), "en retard de 4 jours");
        assert_eq!(said("2026-11-24"), "aujourd’hui");
        assert_eq!(said("2026-11-26"), "dans 2 jours, le 26 nov.");
        assert_eq!(said("2026-12-14"), "pour le 14 déc.");
    }

    #[test]
    fn what_waits_says_whom_it_is_about() {
        let member = MemberId(Uuid::from_u128(1));
        let who = Person { id: member, first_name: "Nour".to_owned(), last_name: "Lefort".to_owned() };
        let item =
            |what| Item { what, who: Some(who.clone()), since: "2026-11-20T09:00:00Z".parse().unwrap(), due: day("2026-11-27") };
        assert_eq!(plain(&what(&item(What::Behind { member, overdue: 2 }))), "Nour Lefort a 2 vacations de retard");
        assert_eq!(plain(&what(&item(What::ShareMissing { member }))), "Nour Lefort n’a pas de part sociale");
        assert!(more(&item(What::ShareMissing { member })).is_some());
        let joining = What::JoiningLeft { slug: "vie-sociale".to_owned(), group: "Vie sociale".to_owned() };
        assert_eq!(plain(&what(&item(joining))), "Nour Lefort attend une réponse de « Vie sociale »");
    }
}
