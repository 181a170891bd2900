//! Who is missing where, and who is to be expected.

use domain::coverage::{Called, Forecast, Gaps, Lack, MIN_PAST, Need, Slot};
use domain::time::Instant;

use super::clock::hour_of_minute;
use super::dates::{moment, weekday};
use super::typography::{NO_BREAK, capitalized, counted, finished, listed, nb};

/// What a shift lacks, in a few words each, the most urgent first.
pub fn lacks(gaps: &Gaps, labels: &[String]) -> Vec<(Lack, String)> {
    let lead = match gaps.lead {
        0 => None,
        1 => Some("Animation".to_owned()),
        more => Some(format!("{more}{NO_BREAK}animations")),
    };
    let skills = gaps.skills.iter().zip(labels).map(|((_, count), label)| format!("{count}{NO_BREAK}{label}"));
    let minimum = (gaps.minimum > 0).then(|| nb(&format!("{} pour tenir le minimum", gaps.minimum)));
    let wished = (gaps.wished > 0).then(|| nb(&format!("{} en renfort", gaps.wished)));
    let first = lead.map(|said| (Lack::Lead, said)).into_iter().chain(skills.map(|said| (Lack::Skill, said)));
    let then = minimum.map(|said| (Lack::Minimum, said)).into_iter().chain(wished.map(|said| (Lack::Wished, said)));
    first.chain(then).collect()
}

/// « 4 places tenues sur 6, dont 1 à reprendre »
pub fn held(gaps: &Gaps) -> String {
    let held = counted(usize::from(gaps.held), "place tenue", "places tenues");
    let given = if gaps.given == 0 { String::new() } else { format!(", dont {} à reprendre", gaps.given) };
    nb(&format!("{held} sur {}{given}", gaps.seats))
}

/// Who has heard that nobody leads.
pub fn step(step_h: Option<u16>) -> String {
    nb(match step_h {
        None => "L’alerte part 48 h avant : personne n’est encore prévenu.",
        Some(0..=3) => "Alerte à 3 h : les animateurs et animatrices, Association Alpar et la personne salariée sont prévenus.",
        Some(4..=24) => "Alerte à 24 h : les animateurs et animatrices, et Association Alpar, sont prévenus.",
        Some(_) => "Alerte à 48 h : les animateurs et animatrices sont prévenus.",
    })
}

/// « Dernier appel : Solène R., hier à 18 h 12. »
pub fn called(called: &Called, now: Instant) -> String {
    finished(&format!("Dernier appel : {}, {}.", called.by, moment(called.at, now)))
}

pub fn forecast(forecast: Forecast) -> String {
    match forecast {
        Forecast::TooLittle { known } => {
            let known = counted(usize::from(known), "vacation comparable", "vacations comparables");
            nb(&format!("Pas assez d’historique pour prévoir : {known}, il en faut {MIN_PAST}."))
        }
        Forecast::Expected { likely, low, high, from } => {
            let people = counted(usize::from(likely), "personne", "personnes");
            let range = if low == high { String::new() } else { format!(", entre {low} et {high}") };
            nb(&format!("Prévision : {people}{range}, d’après {from} vacations du même jour à la même heure."))
        }
    }
}

/// « 3 caisse, 2 animation et 4 places pour tout le monde »
pub fn by_skill(skills: &[(String, u16)], plain: u16) -> String {
    let mut parts: Vec<String> = skills.iter().map(|(label, count)| format!("{count}{NO_BREAK}{label}")).collect();
    if plain > 0 {
        parts.push(format!("{} pour tout le monde", counted(usize::from(plain), "place", "places")));
    }
    nb(&listed(&parts, parts.len()))
}

/// « Jeudi, 18 h : 5 places »
pub fn slot(slot: &Slot) -> String {
    let when = format!("{}, {}", capitalized(weekday(slot.weekday)), hour_of_minute(slot.minute));
    nb(&format!("{when} : {}", counted(usize::from(slot.lacking), "place", "places")))
}

/// What somebody is called for.
pub fn need(need: &Need, label: &str) -> String {
    match need {
        Need::Lead => "Pour animer".to_owned(),
        Need::Skill(_) => nb(&format!("Pour la place « {label} »")),
        Need::Anybody => "Pour une place libre".to_owned(),
    }
}

/// How often they come at that time.
pub fn habit(times: u16) -> Option<String> {
    match times {
        0 => None,
        1 | 2 => Some(nb("Est déjà venu·e à ce moment de la semaine")),
        _ => Some(nb(&format!("Vient souvent à ce moment de la semaine : {times} fois en six mois"))),
    }
}

/// « 83 % », « – » where nothing is known.
pub fn percent(figure: Option<u32>) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure}{NO_BREAK}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace(['\u{202f}', '\u{a0}'], " ")
    }

    #[test]
    fn a_forecast_says_its_range_and_on_how_much_it_rests() {
        let expected = |low, high| plain(&forecast(Forecast::Expected { likely: 4, low, high, from: 12 }));
        assert_eq!(expected(3, 5), "Prévision : 4 personnes, entre 3 et 5, d’après 12 vacations du même jour à la même heure.");
        assert_eq!(expected(4, 4), "Prévision : 4 personnes, d’après 12 vacations du même jour à la même heure.");
        let little = forecast(Forecast::TooLittle { known: 1 });
        assert_eq!(plain(&little), "Pas assez d’historique pour prévoir : 1 vacation comparable, il en faut 4.");
    }

    #[test]
    fn what_is_missing_is_summed_in_a_sentence() {
        let skills = [("caisse".to_owned(), 3), ("animation".to_owned(), 2)];
        assert_eq!(plain(&by_skill(&skills, 4)), "3 caisse, 2 animation et 4 places pour tout le monde");
        assert_eq!(plain(&by_skill(&skills[..1], 0)), "3 caisse");
        let thursday = Slot { weekday: chrono::Weekday::Thu, minute: 18 * 60, lacking: 5 };
        assert_eq!(plain(&slot(&thursday)), "Jeudi, 18 h : 5 places");
    }

    #[test]
    fn each_step_of_the_alert_says_who_has_heard() {
        let said = [None, Some(48), Some(24), Some(3)].map(|reached| plain(&step(reached)));
        assert!(said[0].contains("personne n’est encore prévenu"));
        assert!(said[1].starts_with("Alerte à 48 h") && !said[1].contains("Association"));
        assert!(said[2].starts_with("Alerte à 24 h") && said[2].contains("Association Alpar"));
        assert!(said[3].starts_with("Alerte à 3 h") && said[3].contains("salariée"));
    }
}
