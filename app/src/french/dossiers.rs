//! Dossiers, in sentences.

use chrono::NaiveDate;
use domain::dossiers::{Kind, Mistake, Part, REMIND_D, Stage};
use domain::reason::Reason;

use super::catalogue::grouped;
use super::dates::{date_short, date_with_year, relative_day, since};
use super::nb;
use super::reasons::Speaking;
use super::typography::NO_BREAK;

/// Why an act about a dossier was not done.
pub fn refused(reason: &Reason, to: &Speaking<'_>) -> String {
    match reason {
        Reason::UnknownDossier => "Ce dossier n’est plus là, ou il est à un groupe dont tu ne fais pas partie.".into(),
        Reason::NotYourBoard => "Les dossiers d’un groupe sont à ses membres : tu n’en fais pas, ou plus, partie.".into(),
        Reason::DossierHeld { by } => {
            format!("{} s’en charge déjà. Le groupe peut le donner à quelqu’un d’autre, avec le réseau.", by.name)
        }
        Reason::NotHolding => "Ce n’est pas, ou plus, toi qui t’en charges.".into(),
        Reason::DossierClosed { since: at } => format!("Ce dossier est clos {}. Rouvre-le d’abord.", since(*at, to.now)),
        Reason::BoardFull { cap } => {
            format!("Ce groupe a déjà {cap} dossiers ouverts, c’est le maximum : termine ou abandonne d’abord ceux qui le sont.")
        }
        Reason::BadDossierDay { from, to: last } => {
            format!("Choisis un jour entre le {} et le {}.", date_with_year(*from), date_with_year(*last))
        }
        Reason::BadHours { most } => format!("Dis combien de temps : {} au plus dans une journée.", minutes(u32::from(*most))),
        Reason::NotAVolunteer => "Des heures se notent pour une jeune ou un jeune volontaire.".into(),
        _ => "Ce n’est pas possible.".into(),
    }
}

/// Whom to ask.
pub fn who_can(reason: &Reason) -> Option<String> {
    match reason {
        Reason::UnknownDossier | Reason::NotYourBoard => {
            Some("La page du groupe dit qui en répond, et comment le rejoindre.".to_owned())
        }
        Reason::DossierHeld { by } => Some(format!("{} peut le laisser, sur la page du dossier.", by.name)),
        _ => None,
    }
}

/// « 45 min », « 3 h », « 3 h 30 »
pub fn minutes(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => format!("{rest}{NO_BREAK}min"),
        (hours, 0) => format!("{hours}{NO_BREAK}h"),
        (hours, rest) => format!("{hours}{NO_BREAK}h{NO_BREAK}{rest:02}"),
    }
}

/// What a dossier is about.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Task => "Chose à faire",
        Kind::Partner => "Partenaire",
        Kind::Volunteer => "Jeune volontaire",
        Kind::Grant => "Subvention",
        Kind::Press => "Presse",
        Kind::Lead => "Piste de fournisseur",
        Kind::Material => "Demande de matériel",
        Kind::Software => "Logiciel ou service",
    }
}

/// Several of them, as a filter says it.
pub fn kinds(kind: Kind) -> &'static str {
    match kind {
        Kind::Task => "Choses à faire",
        Kind::Partner => "Partenaires",
        Kind::Volunteer => "Jeunes volontaires",
        Kind::Grant => "Subventions",
        Kind::Press => "Presse",
        Kind::Lead => "Pistes de fournisseurs",
        Kind::Material => "Demandes de matériel",
        Kind::Software => "Logiciels et services",
    }
}

/// What stands before the line that is of its kind alone; nothing where it has none.
pub fn about(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Partner => Some("Ce qu’on fait ensemble"),
        Kind::Grant => Some("Qui finance"),
        Kind::Press => Some("Journal, radio ou site"),
        Kind::Lead => Some("Ce qu’on y trouve"),
        Kind::Material => Some("Pour qui"),
        Kind::Task | Kind::Volunteer | Kind::Software => None,
    }
}

pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::ToDo => "À faire",
        Stage::UnderWay => "En cours",
        Stage::Done => "Fait",
        Stage::Dropped => "Abandonné",
    }
}

/// « Pour le 14 déc. (dans 6 jours) », « En retard : c’était pour le 2 nov. (il y a 3 jours) »
pub fn due(due: NaiveDate, today: NaiveDate, late: bool) -> String {
    let near = (due - today).num_days().abs() <= i64::try_from(REMIND_D).unwrap_or(0);
    let how = if near { format!(" ({})", relative_day(due, today)) } else { String::new() };
    let day = if chrono::Datelike::year(&due) == chrono::Datelike::year(&today) { date_short(due) } else { date_with_year(due) };
    nb(&if late { format!("En retard : c’était pour le {day}{how}") } else { format!("Pour le {day}{how}") })
}

/// « 12 000 € »
pub fn euros(amount: u32) -> String {
    format!("{}{NO_BREAK}€", grouped(u64::from(amount)))
}

/// Which field of a dossier's form a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::KindMissing | Mistake::KindFixed => "sorte",
        Mistake::TitleMissing | Mistake::TitleTooLong { .. } => "title",
        Mistake::TextTooLong { .. } => "text",
        Mistake::BadDue { .. } => "echeance",
        Mistake::TooLong { part, .. } => match part {
            Part::Name => "contact",
            Part::Phone => "tel",
            Part::Mail => "mail",
            Part::About => "a-propos",
            Part::Paper => "pieces",
        },
        Mistake::BadMail => "mail",
        Mistake::BadLink => "lien",
        Mistake::TooManyPapers { .. } => "pieces",
        Mistake::BadAmount { .. } => "montant",
        Mistake::BadQuantity { .. } => "quantite",
        Mistake::BadFrom => "du",
        Mistake::BadTo | Mistake::Backwards => "au",
        Mistake::HolderElsewhere => "qui",
        Mistake::TutorUnknown => "tuteur",
        Mistake::BoardFull { .. } | Mistake::Closed | Mistake::Stale { .. } => "",
    }
}

pub fn mistake(mistake: &Mistake) -> String {
    let longest = |cap: &usize| format!("C’est trop long : {cap} caractères au plus.");
    nb(&match mistake {
        Mistake::KindMissing => "Dis de quelle sorte de dossier il s’agit.".to_owned(),
        Mistake::KindFixed => {
            "Des heures y sont notées : ce dossier reste celui d’une jeune ou d’un jeune volontaire.".to_owned()
        }
        Mistake::TitleMissing => "Dis en quelques mots de quoi il s’agit.".to_owned(),
        Mistake::TitleTooLong { cap } | Mistake::TooLong { cap, part: Part::Name | Part::Phone | Part::Mail | Part::About } => {
            longest(cap)
        }
        Mistake::TooLong { cap, part: Part::Paper } => format!("Une ligne est trop longue : {cap} caractères au plus."),
        Mistake::TextTooLong { cap, long } => format!("Le texte est trop long : {long} caractères, {cap} au plus."),
        Mistake::BadDue { from, to } => {
            format!("Choisis un jour entre le {} et le {}, ou aucun.", date_with_year(*from), date_with_year(*to))
        }
        Mistake::BadMail => "Ce n’est pas une adresse de mail : il y manque peut-être une lettre, ou le @.".to_owned(),
        Mistake::BadLink => "L’adresse d’un site commence par https:// ou http://".to_owned(),
        Mistake::TooManyPapers { cap } => format!("C’est trop de pièces : {cap} au plus."),
        Mistake::BadAmount { cap } => format!("Un montant est un nombre entier d’euros, {} au plus, ou rien.", euros(*cap)),
        Mistake::BadQuantity { cap } => format!("Dis combien : un nombre entier, de 1 à {cap}."),
        Mistake::BadFrom | Mistake::BadTo => "Écris un jour, ou rien.".to_owned(),
        Mistake::Backwards => "Le dernier jour vient avant le premier.".to_owned(),
        Mistake::HolderElsewhere => "Qui s’en charge fait partie du groupe, ou est la personne salariée.".to_owned(),
        Mistake::TutorUnknown => "La personne qui accompagne est membre de la coop : choisis-la dans la liste.".to_owned(),
        Mistake::BoardFull { cap } => {
            format!("Ce groupe a déjà {cap} dossiers ouverts, c’est le maximum : termine ou abandonne d’abord ceux qui le sont.")
        }
        Mistake::Closed => "Ce dossier est clos : rouvre-le d’abord, sur sa page.".to_owned(),
        Mistake::Stale { .. } => {
            "Quelqu’un l’a changé entre-temps. Ce que tu as écrit est toujours là : regarde ce que c’est devenu, puis enregistre de nouveau."
                .to_owned()
        }
    })
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "ouvrir" => "Le dossier est ouvert, chez toutes les personnes du groupe.",
        "ecrire" => "Le dossier est à jour, chez toutes les personnes du groupe.",
        _ => return None,
    })
}

/// What an act was, after a name: « Théo M. s’en charge ».
pub fn act(what: &str) -> &'static str {
    match what {
        "ouvrir" => "a ouvert le dossier",
        "ecrire" => "a changé le dossier",
        "prendre" => "s’en charge",
        "rendre" => "ne s’en charge plus",
        "reprendre" => "l’a remis à faire",
        "commencer" => "l’a commencé",
        "finir" => "l’a noté comme fait",
        "abandonner" => "l’a abandonné",
        "heures" => "a noté des heures",
        "heures-retirer" => "a retiré des heures",
        _ => "a changé quelque chose",
    }
}

#[cfg(test)]
mod tests {
    use domain::id::MemberId;
    use domain::members::ShortName;
    use domain::reason::Who;
    use uuid::Uuid;

    use super::*;

    fn plain(said: &str) -> String {
        said.replace(['\u{a0}', '\u{202f}'], " ")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn time_and_money_are_said_as_people_say_them() {
        assert_eq!([45, 60, 125, 720].map(|some| plain(&minutes(some))), ["45 min", "1 h", "2 h 05", "12 h"]);
        assert_eq!([0, 950, 12_000, 1_234_567].map(|some| plain(&euros(some))), ["0 €", "950 €", "12 000 €", "1 234 567 €"]);
    }

    #[test]
    fn a_day_says_how_near_it_is() {
        let today = day("2026-11-24");
        let said = |due_on: &str| plain(&due(day(due_on), today, day(due_on) < today));
        assert_eq!(said("2026-11-24"), "Pour le 24 nov. (aujourd’hui)");
        assert_eq!(said("2026-11-30"), "Pour le 30 nov. (dans 6 jours)");
        assert_eq!(said("2026-12-24"), "Pour le 24 déc.");
        assert_eq!(said("2027-03-01"), "Pour le 1er mars 2027");
        assert_eq!(said("2026-11-22"), "En retard : c’était pour le 22 nov. (il y a 2 jours)");
    }

    #[test]
    fn a_refusal_says_who_has_it_and_the_figures() {
        let to = Speaking::at("2026-11-24T09:00:00Z".parse().unwrap());
        let by = Who { member: MemberId(Uuid::from_u128(1)), name: ShortName::new("Théo", "Morin") };
        let held = Reason::DossierHeld { by };
        assert!(refused(&held, &to).starts_with("Théo M. s’en charge déjà."));
        assert!(who_can(&held).unwrap().starts_with("Théo M. peut le laisser"));
        assert!(plain(&refused(&Reason::BadHours { most: 720 }, &to)).contains("12 h au plus"));
        assert!(refused(&Reason::BoardFull { cap: 150 }, &to).contains("150 dossiers ouverts"));
    }

    #[test]
    fn every_act_of_a_dossier_has_its_words() {
        for what in ["ouvrir", "ecrire", "prendre", "rendre", "reprendre", "commencer", "finir", "abandonner", "heures"] {
            assert_ne!(act(what), "a changé quelque chose", "{what}");
        }
    }
}
