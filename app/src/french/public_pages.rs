//! The public pages, in words: what they are called, when the shop is open, and what Communication is told.

use domain::public_page::{Live, Mistake, Page, Run};
use domain::shifts::Closure;
use domain::time::Days;
use domain::view::home::OpenToday;

use super::clock::{hour_of, hours_of};
use super::dates::{day_long, weekday};
use super::typography::{NO_BREAK, listed};
use super::{capitalized, nb};

/// What a page is called where one goes to it.
pub const fn name(page: Page) -> &'static str {
    match page {
        Page::Project => "Le projet",
        Page::How => "Comment ça marche",
        Page::FindUs => "Nous trouver",
        Page::Join => "Devenir membre",
        Page::History => "L’histoire",
        Page::Funding => "Le financement",
    }
}

/// « Ouvert aujourd’hui jusqu’à 19 h »
pub fn opening(open: &OpenToday) -> String {
    nb(&match open {
        OpenToday::Open { until } => format!("Ouvert aujourd’hui jusqu’à {}", hour_of(*until)),
        OpenToday::Opens { from, until } => {
            format!("Ouvre aujourd’hui de {} à {}", hour_of(*from), hour_of(*until))
        }
        OpenToday::Closed { why: Some(why) } => format!("Fermé aujourd’hui : {why}"),
        OpenToday::Closed { why: None } => "Fermé pour aujourd’hui".to_owned(),
    })
}

/// « Lundi », « Du mercredi au vendredi »
pub fn days_of(run: &Run) -> String {
    let day = |day: u8| weekday(chrono::Weekday::try_from(day).unwrap_or(chrono::Weekday::Mon));
    match run.to - run.from {
        0 => capitalized(day(run.from)),
        1 => format!("{} et {}", capitalized(day(run.from)), day(run.to)),
        _ => format!("Du {} au {}", day(run.from), day(run.to)),
    }
}

/// « 10 h – 13 h et 15 h – 20 h 30 », « Fermé »
pub fn hours_of_run(run: &Run) -> String {
    let hours: Vec<String> = run.hours.iter().map(|(from, to)| hours_of(*from, *to)).collect();
    if hours.is_empty() { "Fermé".to_owned() } else { listed(&hours, hours.len()) }
}

/// « vendredi 25 décembre : Noël »
pub fn closure(closure: &Closure) -> String {
    let Days { from, to } = closure.days;
    let days = if from == to { day_long(from) } else { format!("du {} au {}", day_long(from), day_long(to)) };
    nb(&format!("{} : {}", capitalized(&days), closure.why))
}

/// « 43 000 € », « 1 234,50 € »
pub fn euros(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let mut grouped = String::with_capacity(whole.len() + 4);
    for (at, figure) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(NO_BREAK);
        }
        grouped.push(figure);
    }
    match cents % 100 {
        0 => format!("{grouped}{NO_BREAK}€"),
        rest => format!("{grouped},{rest:02}{NO_BREAK}€"),
    }
}

/// Which field of the form a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::TitleMissing | Mistake::TitleTooLong { .. } => "title",
        Mistake::DescriptionMissing | Mistake::DescriptionTooLong { .. } => "description",
        Mistake::NothingSaid
        | Mistake::TextTooLong { .. }
        | Mistake::HeadingWithoutWords { .. }
        | Mistake::HeadingTooLong { .. }
        | Mistake::HeadingSkips { .. }
        | Mistake::PieceUnknown { .. }
        | Mistake::PieceAlone { .. }
        | Mistake::PieceTwice { .. }
        | Mistake::AmountsMissing { .. }
        | Mistake::AmountUnreadable { .. } => "text",
        Mistake::StreetMissing => "rue",
        Mistake::TownMissing => "commune",
        Mistake::PostalCodeUnreadable => "code",
        Mistake::MapNotALink => "carte",
        Mistake::EmailUnreadable => "mail",
        Mistake::PhoneUnreadable => "telephone",
        Mistake::Changed | Mistake::NothingToBringBack | Mistake::NoDraft | Mistake::LineTooLong { .. } => "",
    }
}

pub fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::TitleMissing => "Donne un titre à la page.".to_owned(),
        Mistake::TitleTooLong { cap } => format!("Le titre est trop long : {cap} caractères au plus."),
        Mistake::DescriptionMissing => "Dis en une phrase de quoi parle la page.".to_owned(),
        Mistake::DescriptionTooLong { cap } => format!("La description est trop longue : {cap} caractères au plus."),
        Mistake::NothingSaid => "Écris quelque chose : une page vide n’aide personne.".to_owned(),
        Mistake::TextTooLong { cap, long } => {
            format!("Le texte a {long} caractères : {cap} au plus. Fais-en deux pages, ou raccourcis-le.")
        }
        Mistake::HeadingWithoutWords { line } => format!("Ligne {line} : ce titre est vide."),
        Mistake::HeadingTooLong { line, cap } => format!("Ligne {line} : ce titre est trop long, {cap} caractères au plus."),
        Mistake::HeadingSkips { line } => {
            format!("Ligne {line} : ce sous-titre n’a pas de titre au-dessus de lui. Mets un « # » de moins.")
        }
        Mistake::PieceUnknown { line, name } => {
            format!("Ligne {line} : « [[{name}]] » ne veut rien dire ici. Tu peux écrire {}.", pieces())
        }
        Mistake::PieceAlone { line, name } => {
            format!("Ligne {line} : « [[{name}]] » demande un titre au-dessus de lui, sur une ligne qui commence par « # ».")
        }
        Mistake::PieceTwice { line, name } => format!("Ligne {line} : « [[{name}]] » est déjà plus haut."),
        Mistake::AmountsMissing { line } => {
            format!("Ligne {line} : « [[montants]] » dessine le tableau qui suit, et il n’y en a pas.")
        }
        Mistake::AmountUnreadable { line } => {
            format!("Ligne {line} : la dernière case du tableau est un montant en euros, comme 15 658 €.")
        }
        Mistake::Changed => {
            "Quelqu’un a publié une autre version entre-temps. La tienne est gardée : compare les deux, puis garde la tienne ou oublie-la."
                .to_owned()
        }
        Mistake::NothingToBringBack => "C’est déjà ce que tout le monde lit.".to_owned(),
        Mistake::NoDraft => "Tu n’as pas de texte en attente : il est déjà publié, ou oublié.".to_owned(),
        Mistake::StreetMissing => "Écris la rue et le numéro.".to_owned(),
        Mistake::TownMissing => "Écris la commune.".to_owned(),
        Mistake::LineTooLong { cap } => format!("Une ligne est trop longue : {cap} caractères au plus."),
        Mistake::PostalCodeUnreadable => "Un code postal a cinq chiffres.".to_owned(),
        Mistake::MapNotALink => "Le plan est une adresse du web : https://…".to_owned(),
        Mistake::EmailUnreadable => "Ce n’est pas une adresse e-mail.".to_owned(),
        Mistake::PhoneUnreadable => "Ce n’est pas un numéro de téléphone : 04 50 00 00 00.".to_owned(),
    }
}

/// « [[organisation]], [[groupes]] … et [[montants]] »
pub fn pieces() -> String {
    let names = Live::ALL.iter().map(|live| live.name()).chain([domain::public_page::AMOUNTS]);
    let names: Vec<String> = names.map(|name| format!("[[{name}]]")).collect();
    listed(&names, names.len())
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "texte" => "C’est enregistré, pour toi seul·e. Rien n’est publié.",
        "publier" => "C’est publié : tout le monde lit cette version.",
        "revenir" => "La version d’avant est de retour : tout le monde la lit.",
        "garder" => "C’est noté : ton texte part de la version d’aujourd’hui. Publie-le quand il est prêt.",
        "oublier" => "Ton texte en attente est oublié.",
        "lieu" => "L’adresse est enregistrée : toutes les pages la disent.",
        _ => return None,
    })
}

#[cfg(test)]
#[path = "public_pages_tests.rs"]
mod tests;
