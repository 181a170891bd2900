//! La brève: when it came out, what became of it since, what I propose, what is wrong with what was typed.

use chrono::{Datelike, NaiveDate};
use domain::brief::{Block, BlockState, Corrected, Published, SaidMistake, Source};
use domain::catalogue::{Cents, SoldBy, per_measure};
use domain::time::{Instant, paris_day, plus_days};
use domain::view::brief::{EventSince, Listed};

use super::catalogue::{money, per_measure as per_measure_words};
use super::clock::hour;
use super::dates::{date_long, date_short, date_with_year, day_long, moment, weekday_and_hour};
use super::events::at;
use super::nb;
use super::typography::{counted, finished};

/// « La brève du lundi · 23 novembre »; with its year where that is another one.
pub fn of_monday(monday: NaiveDate, now: Instant) -> String {
    let date = if monday.year() == paris_day(now).year() { date_long(monday) } else { date_with_year(monday) };
    nb(&format!("La brève du lundi · {date}"))
}

/// « Brève du 23 nov. », for the way there.
pub fn short(monday: NaiveDate) -> String {
    nb(&format!("Brève du {}", date_short(monday)))
}

/// What an issue is called: its first title, or its day.
pub fn headline(first: Option<&str>, monday: NaiveDate) -> String {
    nb(&first.map_or_else(|| format!("La semaine du {}", date_long(monday)), str::to_owned))
}

/// Said calmly where it came late, or by itself.
pub fn how_it_came(brief: &Published) -> Option<String> {
    let late = brief
        .late
        .then(|| format!("Parue {} à {}, un peu plus tard que d’habitude.", day_long(paris_day(brief.at)), hour(brief.at)));
    let alone = "Cette semaine, la brève n’a pas été relue à temps : voici ce que la coop sait déjà.";
    let said: Vec<String> = brief.automatic.then(|| alone.to_owned()).into_iter().chain(late).collect();
    (!said.is_empty()).then(|| nb(&said.join(" ")))
}

/// « Corrigée le 24 nov. à 9 h 05 : la soupe est vendredi. »
pub fn corrected(corrected: &Corrected, now: Instant) -> String {
    sentence(&format!("Corrigée {} : {}", moment(corrected.at, now), corrected.word.trim_end_matches('.')))
}

pub fn source(source: Source) -> &'static str {
    match source {
        Source::Seats => "Places à prendre",
        Source::Events => "Prochaines sorties",
        Source::Products => "Nouveautés en rayon",
        Source::Anniversaries => "Anniversaires de la coop",
    }
}

/// The end of the address of a live block: `#bloc-places`.
pub fn anchor(source: Source) -> &'static str {
    match source {
        Source::Seats => "places",
        Source::Events => "sorties",
        Source::Products => "nouveautes",
        Source::Anniversaries => "anniversaires",
    }
}

/// « Camille M., 5 ans à la coop »
pub fn anniversary(name: &str, years: u16) -> String {
    nb(&format!("{name}, {} à la coop", counted(usize::from(years), "an", "ans")))
}

/// « Ferme du Mont · 3,20 € », « 4,50 €/kg », as it was when the brief came out.
pub fn novelty(brand: &str, price: Cents, sold_by: SoldBy) -> String {
    let price = per_measure(price, sold_by, None).map_or_else(|| money(price), per_measure_words);
    let brand = Some(brand).filter(|brand| !brand.is_empty());
    nb(&brand.map_or_else(|| price.clone(), |brand| format!("{brand} · {price}")))
}

/// « le ven. 4 déc. à 19 h · À la coop · complet », as it was when the brief came out.
pub fn outing(starts_at: Instant, place: &str, full: bool) -> String {
    let full = if full { " · complet" } else { "" };
    nb(&format!("{} · {place}{full}", at(starts_at)))
}

/// What became of an event since; nothing where it is as it was. `was_full`: when the brief came out.
pub fn outing_since(since: &EventSince, was_full: bool) -> Option<String> {
    let whole = match since {
        EventSince { listed: Listed::Over, .. } => return None,
        EventSince { listed: Listed::NoLonger, .. } => Some("N’est plus annoncée"),
        EventSince { cancelled: true, .. } => Some("Annulée depuis"),
        EventSince { .. } => None,
    };
    if let Some(whole) = whole {
        return Some(nb(whole));
    }
    let seats = match (since.moved.is_none(), since.full, was_full) {
        (true, true, false) => Some("Complet depuis".to_owned()),
        (true, false, true) => Some("Des places se sont libérées depuis".to_owned()),
        _ => None,
    };
    let moved = since.moved.map(|starts_at| format!("Déplacée depuis : {}", at(starts_at)));
    let place = since.place.as_ref().map(|place| format!("À présent : {place}"));
    let said: Vec<String> = [moved, place, seats].into_iter().flatten().collect();
    (!said.is_empty()).then(|| nb(&said.join(" · ")))
}

/// « 2 places », as it was when the brief came out.
pub fn places(seats: usize) -> String {
    counted(seats, "place", "places")
}

/// « Depuis, 2 places ont été prises. »; nothing where none was.
pub fn taken_since(taken: usize) -> Option<String> {
    let said = match taken {
        0 => return None,
        1 => "Depuis, 1 place a été prise.".to_owned(),
        taken => format!("Depuis, {taken} places ont été prises."),
    };
    Some(nb(&said))
}

/// « Pour celle du 30 nov., tu peux écrire jusqu’à dim. 18 h. » Its contributions close on the eve of its Monday.
pub fn open_until(closes_at: Instant) -> String {
    let monday = plus_days(paris_day(closes_at), 1);
    sentence(&format!("Pour celle du {}, tu peux écrire jusqu’à {}", date_short(monday), weekday_and_hour(closes_at)))
}

/// For which issue something is written now, and until when.
pub fn collecting(monday: NaiveDate, closes_at: Instant, now: Instant) -> String {
    sentence(&if now < closes_at {
        format!(
            "Tu écris pour la brève du {}. Ce que tu envoies avant {} en fait partie",
            day_long(monday),
            weekday_and_hour(closes_at)
        )
    } else {
        format!("La brève du {} est bouclée : ce que tu envoies maintenant est pour la suivante", day_long(monday))
    })
}

/// « Brouillon gardé sur ce téléphone à 14 h 02 »
pub fn draft_kept(at: Instant) -> String {
    nb(&format!("Brouillon gardé sur ce téléphone à {}", hour(at)))
}

/// How far a contribution is: a word, and a sentence.
pub fn state(block: &Block, collecting: Option<NaiveDate>, answered_by: Option<&str>) -> (&'static str, String) {
    let (word, said) = match &block.state {
        BlockState::Proposed if collecting.is_some_and(|monday| block.monday > monday) => {
            ("Pour la semaine suivante", format!("Communication la garde pour le lundi {}", date_short(block.monday)))
        }
        BlockState::Proposed if block.ready => {
            ("Prête", format!("Communication la prend pour le lundi {}", date_short(block.monday)))
        }
        BlockState::Proposed => {
            ("Proposée", "Dis « prêt » quand elle est finie : c’est le signe qu’on peut la prendre".to_owned())
        }
        BlockState::Refused { word, .. } => {
            let who = answered_by.unwrap_or("Communication");
            ("Pas retenue", if word.is_empty() { format!("Répondu par {who}") } else { format!("{who} : « {word} »") })
        }
        BlockState::Withdrawn { .. } => ("Retirée", "Tu l’as reprise".to_owned()),
        BlockState::Published { .. } => ("Publiée", format!("Dans la brève du {}", date_short(block.monday))),
    };
    (word, sentence(&said))
}

/// How many answers a search has.
pub fn found(count: usize) -> String {
    match count {
        0 => "Rien dans les brèves de ce téléphone.".to_owned(),
        count => nb(&format!("{} dans les brèves de ce téléphone.", counted(count, "passage", "passages"))),
    }
}

/// A whole sentence; a date's own point ends it too.
fn sentence(said: &str) -> String {
    finished(&format!("{said}."))
}

/// « Il manque un titre. »
pub fn mistake(mistake: &SaidMistake) -> String {
    match mistake {
        SaidMistake::TitleMissing => "Il manque un titre.".into(),
        SaidMistake::TitleWithoutWords => "Le titre n’a pas de mots : on ne peut pas le lire à voix haute.".into(),
        SaidMistake::TitleTooLong { cap } => format!("Le titre est trop long : {cap} caractères au plus."),
        SaidMistake::NothingSaid => "Il manque un texte, ou une image.".into(),
        SaidMistake::TextTooLong { cap, long } => {
            format!("Le texte est trop long : {long} caractères, et {cap} au plus. Coupe-le en deux.")
        }
        SaidMistake::AltMissing => "Dis en quelques mots ce que montre l’image, pour qui ne la voit pas.".into(),
        SaidMistake::AltTooLong { cap } => format!("La description de l’image est trop longue : {cap} caractères au plus."),
        SaidMistake::PictureTooLarge { cap } => {
            format!("L’image est trop grande : {cap} pixels de côté au plus. Choisis-la de nouveau.")
        }
        SaidMistake::LinkNotAllowed => {
            "Ce lien ne marche pas : une adresse commence par https://, mailto: ou, dans l’application, par /.".into()
        }
        SaidMistake::LinkWithoutWords => "Il manque les mots du lien : où mène-t-il ?".into(),
        SaidMistake::LinkTooLong { cap } => format!("Le lien est trop long : {cap} caractères au plus."),
    }
}

/// The field that a mistake stands beside.
pub fn field_of(mistake: &SaidMistake) -> &'static str {
    match mistake {
        SaidMistake::TitleMissing | SaidMistake::TitleWithoutWords | SaidMistake::TitleTooLong { .. } => "title",
        SaidMistake::NothingSaid | SaidMistake::TextTooLong { .. } => "text",
        SaidMistake::AltMissing | SaidMistake::AltTooLong { .. } | SaidMistake::PictureTooLarge { .. } => "alt",
        SaidMistake::LinkNotAllowed => "href",
        SaidMistake::LinkWithoutWords | SaidMistake::LinkTooLong { .. } => "label",
    }
}

#[cfg(test)]
#[path = "brief_tests.rs"]
mod tests;
