//! What is wrong with a field of the rules, and what to type instead. Said on the server.

use domain::ledger::Counting;
use domain::ledger::settings::Mistake;

use super::dates::{date_with_year, day_long};
use super::nb;
use super::policy::vacations;

pub fn sentence(mistake: Mistake) -> String {
    let amount = |credit| vacations(credit, Counting::Shift);
    nb(&match mistake {
        Mistake::Missing => "Il manque une réponse ici.".to_owned(),
        Mistake::NotANumber => "Ce n’est pas un nombre : écris par exemple 1 ou 1,5.".to_owned(),
        Mistake::NotADate => "Ce n’est pas une date : écris par exemple 18/01/2027.".to_owned(),
        Mistake::NotOffered => "Cette réponse n’est pas possible : choisis-en une autre.".to_owned(),
        Mistake::NotByTheClock => "Ici on compte des vacations, pas des heures : écris par exemple 1 ou 1,5.".to_owned(),
        Mistake::NotWhole => "Ça ne tombe pas juste : écris plutôt 0,5, 0,25 ou 1/3.".to_owned(),
        Mistake::Negative => "C’est en dessous de zéro : écris 0 ou plus.".to_owned(),
        Mistake::Least(least) => format!("C’est trop peu : au moins {least}."),
        Mistake::Most(most) => format!("C’est trop : au plus {most}."),
        Mistake::LeastAmount(least) if least.0 <= 1 => "C’est trop peu : plus que zéro.".to_owned(),
        Mistake::LeastAmount(least) => format!("C’est trop peu : au moins {}.", amount(least)),
        Mistake::MostAmount(most) => format!("C’est trop : au plus {}.", amount(most)),
        Mistake::TooLong(most) => format!("C’est trop long : {most} caractères au plus."),
        Mistake::TooMany(most) => format!("Il y en a trop : {most} au plus."),
        Mistake::Reversed => "La fin vient avant le début : inverse les deux dates.".to_owned(),
        Mistake::FarAway => "Vérifie l’année : elle est trop loin.".to_owned(),
        Mistake::TooEarly(from) => {
            format!("Ce qui est déjà compté ne change pas : au plus tôt le {}.", day_long(from))
        }
        Mistake::LateBeforeAlert => "Le retard viendrait avant l’alerte : écris au moins autant que pour l’alerte.".to_owned(),
    })
}

/// Of the two dates of a light time, said of the second.
pub fn of_field(field: &str, mistake: Mistake) -> String {
    match mistake {
        Mistake::Most(_) if field.starts_with("light_to") => nb("C’est trop long : un an au plus."),
        Mistake::NotADate | Mistake::FarAway if field == "from" => {
            let example = chrono::NaiveDate::from_ymd_opt(2027, 1, 18).map(date_with_year).unwrap_or_default();
            nb(&format!("Vérifie la date : par exemple le {example}."))
        }
        mistake => sentence(mistake),
    }
}
