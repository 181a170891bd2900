//! Objectives, in sentences.

use chrono::{Datelike, NaiveDate};
use domain::objectives::{Amount, Course, Mistake, Objective, Reached, Source, Way};

use super::catalogue::decimal;
use super::dates::{date_with_year, month as name_of, month_short};
use super::nb;
use super::typography::NO_BREAK;

/// « novembre 2026 »
pub fn month(month: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", name_of(month.month()), month.year())
}

/// « de novembre 2026 », « d’octobre 2026 »
pub fn of_month(of: NaiveDate) -> String {
    let said = month(of);
    if said.starts_with(['a', 'o']) { format!("d’{said}") } else { format!("de {said}") }
}

/// « nov. 26 », under a drawing.
pub fn month_brief(month: NaiveDate) -> String {
    format!("{}{NO_BREAK}{:02}", month_short(month.month()), month.year().rem_euclid(100))
}

/// « 1 234,5 »
pub fn figure(amount: Amount) -> String {
    let hundredths = amount.0.unsigned_abs();
    let sign = if amount.0 < 0 { "−" } else { "" };
    format!("{sign}{}", decimal(hundredths / 100, hundredths % 100, 2))
}

/// « 1 234,5 € »
pub fn with_unit(amount: Amount, unit: &str) -> String {
    format!("{}{NO_BREAK}{unit}", figure(amount))
}

/// As somebody would type it: « 1234,5 ».
pub fn as_typed(amount: Amount) -> String {
    figure(amount).replace('−', "-").replace(super::typography::NARROW, "")
}

/// « Au moins 320 membres »
pub fn target(objective: &Objective) -> String {
    format!("{} {}", way(objective.way), with_unit(objective.target, &objective.unit))
}

pub fn way(way: Way) -> &'static str {
    match way {
        Way::AtLeast => "Au moins",
        Way::AtMost => "Au plus",
    }
}

/// Where its figures come from.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Typed => "Un chiffre par mois, tapé par la personne salariée",
        Source::Members => "Les membres, comptés à la fin de chaque mois",
        Source::Coverage => "Les places tenues des vacations du mois, en pour cent",
        Source::Outings => "Les places prises aux sorties du mois",
    }
}

/// Where it stands, in a sentence.
pub fn standing(course: &Course) -> String {
    let objective = &course.objective;
    let Some((of, amount)) = course.last() else { return "Aucun chiffre pour l’instant.".to_owned() };
    let now = format!("{} en {}", with_unit(amount, &objective.unit), month(of));
    nb(&match course.reached() {
        Reached::Yes => format!("Atteint : {now}."),
        Reached::NotYet | Reached::Unknown => format!("Pas encore : {now}."),
    })
}

/// « de janvier 2026 à décembre 2026 »
pub fn span(objective: &Objective) -> String {
    if objective.from == objective.to {
        return format!("en {}", month(objective.from));
    }
    format!("{} à {}", of_month(objective.from), month(objective.to))
}

/// Which field of a form a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::LabelMissing | Mistake::LabelTooLong { .. } => "label",
        Mistake::MeasureTooLong { .. } => "mesure",
        Mistake::UnitMissing | Mistake::UnitTooLong { .. } => "unite",
        Mistake::SourceMissing | Mistake::SourceFixed => "source",
        Mistake::BadTarget => "cible",
        Mistake::BadFrom => "du",
        Mistake::BadTo | Mistake::Backwards | Mistake::TooManyMonths { .. } => "au",
        Mistake::BadFigure => "chiffre",
        Mistake::BadMonth => "mois",
        Mistake::NoteTooLong { .. } => "note",
        Mistake::WordMissing | Mistake::WordTooLong { .. } => "mot",
        Mistake::Counted | Mistake::Closed | Mistake::Stale { .. } => "",
    }
}

pub fn mistake(mistake: &Mistake) -> String {
    nb(&match mistake {
        Mistake::LabelMissing => "Dis ce qu’il s’agit d’atteindre, en une phrase.".to_owned(),
        Mistake::LabelTooLong { cap }
        | Mistake::MeasureTooLong { cap }
        | Mistake::UnitTooLong { cap }
        | Mistake::NoteTooLong { cap }
        | Mistake::WordTooLong { cap } => format!("C’est trop long : {cap} caractères au plus."),
        Mistake::UnitMissing => "Dis en quoi ça se compte : €, jours, personnes…".to_owned(),
        Mistake::SourceMissing => "Dis d’où viennent les chiffres.".to_owned(),
        Mistake::SourceFixed => "Des chiffres sont déjà tapés : les suivants le sont aussi.".to_owned(),
        Mistake::BadTarget | Mistake::BadFigure => "Écris un nombre, avec deux décimales au plus : 320 ou 12,5.".to_owned(),
        Mistake::BadFrom => "Choisis le premier mois.".to_owned(),
        Mistake::BadTo => "Choisis le dernier mois.".to_owned(),
        Mistake::Backwards => "Le dernier mois vient avant le premier.".to_owned(),
        Mistake::TooManyMonths { cap } => format!("C’est trop long : {cap} mois au plus."),
        Mistake::BadMonth => "Choisis un mois de l’objectif qui a déjà commencé.".to_owned(),
        Mistake::Counted => "Les chiffres de cet objectif se comptent tout seuls : il n’y a rien à taper.".to_owned(),
        Mistake::WordMissing => "Dis pourquoi l’objectif s’arrête.".to_owned(),
        Mistake::Closed => "Cet objectif est clos : rien n’y change plus.".to_owned(),
        Mistake::Stale { .. } => {
            "Quelqu’un l’a changé entre-temps. Ce que tu as écrit est toujours là : regarde ce que c’est devenu, puis enregistre de nouveau."
                .to_owned()
        }
    })
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "fixer" => "L’objectif est fixé, la personne salariée est prévenue.",
        "changer" => "L’objectif est changé.",
        "clore" => "L’objectif est clos. Ses chiffres restent.",
        "chiffre" => "Le chiffre est noté.",
        _ => return None,
    })
}

/// « Clos le 3 novembre 2026 : … »
pub fn closed(objective: &Objective) -> Option<String> {
    objective.closed.as_ref().map(|closed| nb(&format!("Clos le {} : {}", date_with_year(closed.on), closed.word)))
}

#[cfg(test)]
mod tests {
    use domain::id::ObjectiveId;
    use domain::objectives::Figure;
    use uuid::Uuid;

    use super::*;

    fn plain(said: &str) -> String {
        said.replace(['\u{a0}', '\u{202f}'], " ")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn course(figures: &[Option<i64>]) -> Course {
        let objective = Objective {
            id: ObjectiveId(Uuid::from_u128(1)),
            label: "Plus de membres".to_owned(),
            measure: String::new(),
            unit: "membres".to_owned(),
            source: Source::Typed,
            way: Way::AtLeast,
            target: Amount::whole(320),
            from: day("2026-09-01"),
            to: day("2026-12-01"),
            closed: None,
            revision: 1,
        };
        let months = domain::objectives::months(objective.from, objective.to);
        let figure = |(month, amount): (NaiveDate, &Option<i64>)| Figure {
            month,
            amount: amount.map(Amount::whole),
            note: String::new(),
            by: None,
        };
        Course { figures: months.into_iter().zip(figures).map(figure).collect(), objective }
    }

    #[test]
    fn a_figure_is_written_as_people_write_it() {
        let said = |hundredths| plain(&figure(Amount(hundredths)));
        assert_eq!([32_000, 1_250, 123_456_700, -350, 5].map(said), ["320", "12,5", "1 234 567", "−3,5", "0,05"]);
        assert_eq!(as_typed(Amount(-123_450)), "-1234,5");
        assert_eq!(Amount::parse(&as_typed(Amount(-123_450))), Some(Amount(-123_450)));
    }

    #[test]
    fn it_says_where_it_stands_and_by_which_month() {
        assert_eq!(standing(&course(&[])), "Aucun chiffre pour l’instant.");
        assert_eq!(plain(&standing(&course(&[Some(300), Some(311), None]))), "Pas encore : 311 membres en octobre 2026.");
        assert_eq!(plain(&standing(&course(&[Some(300), Some(324)]))), "Atteint : 324 membres en octobre 2026.");
        assert_eq!(plain(&target(&course(&[]).objective)), "Au moins 320 membres");
        assert_eq!(plain(&span(&course(&[]).objective)), "de septembre 2026 à décembre 2026");
        assert_eq!(plain(&of_month(day("2026-10-01"))), "d’octobre 2026");
    }
}
