//! Sorties, in sentences.

use chrono::Timelike;
use domain::event::{Changed, Placed};
use domain::time::{Instant, paris_clock, paris_day};

use super::dates::date_short;
use super::typography::counted;

/// « le ven. 4 déc. à 19 h 30 »
pub fn at(at: Instant) -> String {
    format!("le {} à {}", date_short(paris_day(at)), hour(at))
}

/// « 19 h », « 19 h 30 »
fn hour(at: Instant) -> String {
    let clock = paris_clock(at);
    match clock.minute() {
        0 => format!("{} h", clock.hour()),
        minute => format!("{} h {minute:02}", clock.hour()),
    }
}

/// What became otherwise, one thing after the other.
pub fn changed(title: &str, starts_at: Instant, changed: &[Changed]) -> String {
    let said: Vec<String> = changed.iter().map(one).collect();
    format!("« {title} », {} : {}.", at(starts_at), said.join(" ; "))
}

fn one(changed: &Changed) -> String {
    match changed {
        Changed::Title { was, .. } => format!("s’appelait « {was} »"),
        Changed::Start { was, .. } => format!("c’était {}", at(*was)),
        Changed::End { is, .. } => format!("jusqu’à {}", hour(*is)),
        Changed::Place { was, is } => format!("c’est {is}, et non {was}"),
        Changed::Cancelled { word } => format!("n’a pas lieu. {word}"),
        Changed::Back => "a lieu, finalement".to_owned(),
    }
}

pub fn cancelled(title: &str, starts_at: Instant, word: &str) -> String {
    let word = if word.is_empty() { String::new() } else { format!(" « {word} »") };
    format!("« {title} », {}, n’a pas lieu.{word}", at(starts_at))
}

/// Where an answer stands.
pub fn placed(placed: Placed) -> String {
    match placed {
        Placed::Seated { seats } => format!("C’est noté : {} pour toi.", counted(usize::from(seats), "place", "places")),
        Placed::Waiting { at, free: 0 } => format!("C’est complet : tu es sur la liste d’attente, n° {at}."),
        Placed::Waiting { at, free } => format!(
            "Tu es sur la liste d’attente, n° {at} ; {}, pour qui répond en premier.",
            counted(usize::from(free), "place libre", "places libres")
        ),
        Placed::Maybe => "C’est noté : peut-être. Seul un oui garde une place.".to_owned(),
        Placed::No => "C’est noté : tu ne viens pas.".to_owned(),
    }
}
