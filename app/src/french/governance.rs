//! Who decides, in sentences.

use domain::governance::{
    ConsultationMistake, DecidedBy, DecisionMistake, GovernanceMistake, How, LAPSES_D, Level, Mandate, MandateMistake, Method,
    Stance, Tally,
};
use domain::id::GroupId;
use domain::time::paris_day;

use super::dates::{date_long, date_with_year};
use super::nb;
use super::typography::counted;

/// « Élu·e le 13 juin 2026 (58 voix sur 64) »
pub fn chosen(mandate: &Mandate) -> String {
    let how = match mandate.how {
        How::Elected => "Élu·e",
        How::Coopted => "Choisi·e par le comité",
    };
    let when = mandate.chosen_on.map(|on| format!(" le {}", date_with_year(on))).unwrap_or_default();
    let words = if mandate.words.is_empty() { String::new() } else { format!(" ({})", mandate.words) };
    nb(&format!("{how}{when}{words}"))
}

/// « mandat du 13 juin 2026 au 12 juin 2028 », and why it ended before that.
pub fn mandate(mandate: &Mandate) -> String {
    let from = date_with_year(mandate.from);
    nb(&match &mandate.ended {
        Some(ended) => format!("mandat du {from}, fini le {} : {}", date_with_year(mandate.last_day()), ended.why),
        None => format!("mandat du {from} au {}", date_with_year(mandate.to)),
    })
}

/// « Finit dans 12 jours »
pub fn lapses(days: u64) -> String {
    let days = usize::try_from(days.min(LAPSES_D)).unwrap_or(0);
    if days == 0 { "Finit aujourd’hui".to_owned() } else { format!("Finit dans {}", counted(days, "jour", "jours")) }
}

/// The level, by the word of the co-op.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Operational => "Opérationnelle",
        Level::Tactical => "Tactique",
        Level::Strategic => "Stratégique",
    }
}

/// « Groupe Vie sociale », « Coordination », « Assemblée générale »
pub fn decided_by<'a>(by: DecidedBy, group: impl Fn(GroupId) -> Option<&'a str>) -> String {
    match by {
        DecidedBy::Group(id) => format!("Groupe {}", group(id).unwrap_or("de travail")),
        DecidedBy::Coordination => "Coordination".to_owned(),
        DecidedBy::Assembly => "Assemblée générale".to_owned(),
    }
}

pub fn method(method: Method) -> &'static str {
    match method {
        Method::Consensus => "par consensus",
        Method::Resistance => "au moins de résistance",
        Method::Majority => "à la majorité, à main levée",
        Method::SecretBallot => "à bulletin secret",
    }
}

pub fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Agree => "D’accord",
        Stance::Reserve => "Réserve",
        Stance::Object => "Objection",
    }
}

/// « 41 d’accord, 2 réserves, aucune objection », or which way is kept.
pub fn tally(tally: &Tally) -> String {
    nb(&match tally {
        Tally::Consensus { agree, reserve, object } => {
            let objections = match object {
                0 => "aucune objection".to_owned(),
                some => counted(usize::from(*some), "objection", "objections"),
            };
            format!("{agree} d’accord, {}, {objections}", counted(usize::from(*reserve), "réserve", "réserves"))
        }
        Tally::Resistance { ways } => {
            let kept: Vec<&str> = ways.iter().filter(|way| way.fewest).map(|way| way.label.as_str()).collect();
            match kept.as_slice() {
                [one] => format!("« {one} » rencontre le moins de résistance"),
                _ => "Plusieurs solutions sont à égalité : le comité dit comment on continue".to_owned(),
            }
        }
    })
}

/// Which field of a form a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &GovernanceMistake) -> &'static str {
    match mistake {
        GovernanceMistake::StartUnreadable | GovernanceMistake::InThePast => "debut",
        GovernanceMistake::EndUnreadable | GovernanceMistake::EndsBeforeStart | GovernanceMistake::TooLong { .. } => "fin",
        GovernanceMistake::PlaceMissing | GovernanceMistake::PlaceTooLong { .. } => "lieu",
        GovernanceMistake::WordMissing | GovernanceMistake::WordTooLong { .. } => "mot",
        GovernanceMistake::MinutesTooLong { .. } => "text",
        GovernanceMistake::BadLength { .. }
        | GovernanceMistake::NotBegun
        | GovernanceMistake::Cancelled
        | GovernanceMistake::Stale { .. } => "",
        GovernanceMistake::Mandate(mistake) => match mistake {
            MandateMistake::NobodyChosen | MandateMistake::SitsAlready { .. } => "qui",
            MandateMistake::BadSeat | MandateMistake::SeatTaken { .. } => "siege",
            MandateMistake::BadDay | MandateMistake::BeginsTooFar => "debut",
            MandateMistake::TooLong { .. } | MandateMistake::EndsBeforeStart => "fin",
            MandateMistake::WordsTooLong { .. } | MandateMistake::WhyMissing => "mot",
            MandateMistake::EndsOutside { .. } => "jour",
            MandateMistake::Over => "",
        },
        GovernanceMistake::Decision(mistake) => match mistake {
            DecisionMistake::TitleMissing | DecisionMistake::TitleTooLong { .. } => "title",
            DecisionMistake::TextTooLong { .. } => "text",
            DecisionMistake::ByMissing => "qui",
            DecisionMistake::MethodMissing => "comment",
            DecisionMistake::BadDay => "jour",
            DecisionMistake::BadUntil | DecisionMistake::UntilBeforeDay => "jusque",
            DecisionMistake::SupersededAlready | DecisionMistake::MayNotSupersede | DecisionMistake::SupersedesLater => {
                "remplace"
            }
        },
        GovernanceMistake::Consultation(mistake) => match mistake {
            ConsultationMistake::TitleMissing | ConsultationMistake::TitleTooLong { .. } => "title",
            ConsultationMistake::TextTooLong { .. } => "text",
            ConsultationMistake::ClosingUnreadable
            | ConsultationMistake::TooShort { .. }
            | ConsultationMistake::TooLong { .. } => "ferme",
            ConsultationMistake::TooFewWays
            | ConsultationMistake::TooManyWays { .. }
            | ConsultationMistake::WayTooLong { .. }
            | ConsultationMistake::TwoAlike => "choix",
            ConsultationMistake::NothingAnswered => "avis",
            ConsultationMistake::WhyMissing | ConsultationMistake::WordTooLong { .. } => "mot",
            ConsultationMistake::BadPoints { .. } => "points",
            ConsultationMistake::Closed { .. } => "",
        },
    }
}

fn longest(cap: usize) -> String {
    format!("C’est trop long : {cap} caractères au plus.")
}

fn text_too_long(cap: usize, long: usize) -> String {
    format!("Le texte est trop long : {long} caractères, {cap} au plus.")
}

pub fn mistake(mistake: &GovernanceMistake) -> String {
    nb(&match mistake {
        GovernanceMistake::StartUnreadable => "Dis quand ça commence : un jour et une heure.".to_owned(),
        GovernanceMistake::EndUnreadable => "Dis quand ça finit : un jour et une heure.".to_owned(),
        GovernanceMistake::EndsBeforeStart => "La fin est avant le début.".to_owned(),
        GovernanceMistake::TooLong { hours } => format!("C’est trop long : {hours} heures au plus."),
        GovernanceMistake::InThePast => "C’est déjà passé, ou déjà commencé : choisis un moment à venir.".to_owned(),
        GovernanceMistake::PlaceMissing => "Dis où c’est.".to_owned(),
        GovernanceMistake::PlaceTooLong { cap } | GovernanceMistake::WordTooLong { cap } => longest(*cap),
        GovernanceMistake::WordMissing => "Dis pourquoi : ce mot part à toutes les personnes attendues.".to_owned(),
        GovernanceMistake::BadLength { cap } => format!("Une durée est un nombre de minutes, de 1 à {cap}, ou rien."),
        GovernanceMistake::NotBegun => {
            "La réunion n’a pas commencé : on note qui est là, et ce qui s’y dit, à partir du début.".to_owned()
        }
        GovernanceMistake::Cancelled => "Cette réunion n’a pas lieu : rien n’y change plus.".to_owned(),
        GovernanceMistake::MinutesTooLong { cap, long } => text_too_long(*cap, *long),
        GovernanceMistake::Stale { .. } => {
            "Quelqu’un l’a changé entre-temps. Ce que tu as écrit est toujours là : regarde ce que c’est devenu, puis enregistre de nouveau."
                .to_owned()
        }
        GovernanceMistake::Mandate(mistake) => of_mandate(mistake),
        GovernanceMistake::Decision(mistake) => of_decision(*mistake),
        GovernanceMistake::Consultation(mistake) => of_consultation(*mistake),
    })
}

fn of_mandate(mistake: &MandateMistake) -> String {
    match mistake {
        MandateMistake::NobodyChosen => "Choisis un membre de la coop.".to_owned(),
        MandateMistake::BadSeat => "Choisis un siège, de 1 à 12.".to_owned(),
        MandateMistake::BadDay => "Écris un jour.".to_owned(),
        MandateMistake::BeginsTooFar => {
            "Un mandat commence le jour de l’assemblée qui élit, ou dans l’année qui suit.".to_owned()
        }
        MandateMistake::SeatTaken { until, .. } => {
            format!("Ce siège est pris jusqu’au {} : la liste dit par qui.", date_with_year(*until))
        }
        MandateMistake::SitsAlready { until, .. } => {
            format!("Cette personne est déjà au comité jusqu’au {}.", date_with_year(*until))
        }
        MandateMistake::TooLong { days } => {
            format!("Sans élection, c’est jusqu’à la prochaine assemblée générale : {days} jours au plus.")
        }
        MandateMistake::EndsBeforeStart => "La fin est avant le début.".to_owned(),
        MandateMistake::WordsTooLong { cap } => longest(*cap),
        MandateMistake::WhyMissing => "Dis pourquoi ce mandat finit plus tôt.".to_owned(),
        MandateMistake::Over => "Ce mandat est déjà fini.".to_owned(),
        MandateMistake::EndsOutside { from, to } => {
            format!("Ce mandat va du {} au {} : choisis un jour entre les deux.", date_with_year(*from), date_with_year(*to))
        }
    }
}

fn of_decision(mistake: DecisionMistake) -> String {
    match mistake {
        DecisionMistake::TitleMissing => "Dis ce qui est décidé, en une phrase.".to_owned(),
        DecisionMistake::TitleTooLong { cap } => longest(cap),
        DecisionMistake::TextTooLong { cap, long } => text_too_long(cap, long),
        DecisionMistake::ByMissing => "Dis qui a décidé.".to_owned(),
        DecisionMistake::MethodMissing => "Dis comment.".to_owned(),
        DecisionMistake::BadDay => "Dis quel jour : aujourd’hui ou avant.".to_owned(),
        DecisionMistake::BadUntil => "Écris un jour, ou rien : elle vaut alors jusqu’à la suivante.".to_owned(),
        DecisionMistake::UntilBeforeDay => "Elle finirait avant d’être prise.".to_owned(),
        DecisionMistake::SupersededAlready => "Cette décision-là est déjà remplacée par une autre.".to_owned(),
        DecisionMistake::MayNotSupersede => {
            "Un groupe ne défait que ses propres décisions, la coordination celles des groupes et les siennes.".to_owned()
        }
        DecisionMistake::SupersedesLater => "Elle est plus ancienne que celle qu’elle remplacerait.".to_owned(),
    }
}

fn of_consultation(mistake: ConsultationMistake) -> String {
    match mistake {
        ConsultationMistake::TitleMissing => "Pose la question en une phrase.".to_owned(),
        ConsultationMistake::TitleTooLong { cap }
        | ConsultationMistake::WayTooLong { cap }
        | ConsultationMistake::WordTooLong { cap } => longest(cap),
        ConsultationMistake::TextTooLong { cap, long } => text_too_long(cap, long),
        ConsultationMistake::ClosingUnreadable => "Dis jusqu’à quand on répond : un jour et une heure.".to_owned(),
        ConsultationMistake::TooShort { hours } => format!("Laisse au moins {hours} heures pour répondre."),
        ConsultationMistake::TooLong { days } => format!("C’est trop long : {days} jours au plus."),
        ConsultationMistake::TooFewWays => "Écris au moins deux solutions, une par ligne.".to_owned(),
        ConsultationMistake::TooManyWays { cap } => format!("{cap} solutions au plus."),
        ConsultationMistake::TwoAlike => "Deux solutions sont les mêmes.".to_owned(),
        ConsultationMistake::NothingAnswered => "Choisis une réponse.".to_owned(),
        ConsultationMistake::WhyMissing => {
            "Une réserve ou une objection dit pourquoi : c’est ce qui permet d’avancer.".to_owned()
        }
        ConsultationMistake::BadPoints { most } => format!("Donne à chaque solution un nombre de 0 à {most}."),
        ConsultationMistake::Closed { since } => {
            format!("Cette consultation est close depuis le {}.", date_long(paris_day(since)))
        }
    }
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "reunion" => "La réunion est annoncée : le comité et les référent·es sont prévenus.",
        "deplacer" => "La réunion est changée : les personnes attendues sont prévenues.",
        "annuler" => "La réunion est annulée, ses points attendent la suivante.",
        "ordre" => "L’ordre du jour est enregistré.",
        "presences" => "Les présences sont notées.",
        "compte-rendu" => "Le compte rendu est enregistré, et lisible de tous les membres.",
        "decision" => "La décision est au registre.",
        "elire" | "coopter" => "Le mandat est enregistré.",
        "finir" => "La fin du mandat est notée. Les droits qui vont avec s’arrêtent ce jour-là.",
        "consulter" => "La consultation est ouverte.",
        "clore" => "La consultation est close.",
        "repondre" => "Ta réponse est enregistrée. Tu peux la changer jusqu’à la clôture.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::governance::WayCounted;
    use domain::id::MemberId;

    use super::*;

    fn plain(said: &str) -> String {
        said.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn a_mandate_says_how_and_when_it_came() {
        let day = |text: &str| text.parse().unwrap();
        let mut of = Mandate {
            member: MemberId(uuid::Uuid::nil()),
            from: day("2026-06-13"),
            to: day("2028-06-12"),
            seat: Some(3),
            how: How::Elected,
            chosen_on: Some(day("2026-06-13")),
            words: "58 voix sur 64".to_owned(),
            ended: None,
        };
        assert_eq!(plain(&chosen(&of)), "Élu·e le 13 juin 2026 (58 voix sur 64)");
        assert_eq!(plain(&mandate(&of)), "mandat du 13 juin 2026 au 12 juin 2028");
        of.end(day("2027-02-01"), "Déménagement", day("2027-01-20")).unwrap();
        assert_eq!(plain(&mandate(&of)), "mandat du 13 juin 2026, fini le 31 janvier 2027 : Déménagement");
    }

    #[test]
    fn a_tally_says_what_it_comes_to() {
        assert_eq!(
            plain(&tally(&Tally::Consensus { agree: 41, reserve: 2, object: 0 })),
            "41 d’accord, 2 réserves, aucune objection"
        );
        let way = |label: &str, points, fewest| WayCounted { label: label.to_owned(), points, fewest };
        let ways = vec![way("Lundi matin", 12, true), way("Lundi soir", 40, false)];
        assert_eq!(plain(&tally(&Tally::Resistance { ways })), "« Lundi matin » rencontre le moins de résistance");
        let ways = vec![way("Lundi matin", 12, true), way("Lundi soir", 12, true)];
        assert!(tally(&Tally::Resistance { ways }).contains("égalité"));
    }
}
