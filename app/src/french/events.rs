//! Sorties, in sentences.

use chrono::{Datelike, NaiveDate, Timelike};
use domain::event::{Answer, Changed, Placed, Price, Times};
use domain::members::ShortName;
use domain::reason::When;
use domain::time::{Instant, paris_clock, paris_day, plus_days};
use domain::view::event::Album;

use super::dates::{day_long, day_short, relative_day, until};
use super::typography::{NO_BREAK, counted, finished, listed};
use super::{capitalized, clock, nb};

/// What ends so early belongs to the evening before. Hours, on Paris clocks.
const NIGHT_ENDS: u32 = 6;

/// « le ven. 4 déc. à 19 h 30 »
pub fn at(at: Instant) -> String {
    format!("le {} à {}", day_short(paris_day(at)), hour(at))
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

/// Where the answer of a party of so many stands; `left` seats are free, where that is known.
pub fn placed(placed: Placed, party: u16, left: Option<u16>) -> String {
    match placed {
        Placed::Seated { seats } => format!("C’est noté : {} pour toi.", counted(usize::from(seats), "place", "places")),
        Placed::Waiting { at, free: 0 } => {
            let why = match left {
                Some(left) if (1..party).contains(&left) => {
                    format!("Il reste {}, pas assez pour vous {party}", counted(usize::from(left), "place", "places"))
                }
                None if party > 1 => format!("Il n’y a pas assez de places pour vous {party}"),
                _ => "C’est complet".to_owned(),
            };
            format!("{why} : tu es sur la liste d’attente, n° {at}.")
        }
        Placed::Waiting { at, free } => format!(
            "Tu es sur la liste d’attente, n° {at} ; {}, pour qui répond en premier.",
            counted(usize::from(free), "place libre", "places libres")
        ),
        Placed::Maybe => "C’est noté : peut-être. Seul un oui garde une place.".to_owned(),
        Placed::No => "C’est noté : tu ne viens pas.".to_owned(),
    }
}

/// Where an answer will stand, as far as this device can tell: it has not left it.
pub fn expected(placed: Placed) -> String {
    const THEN: &str = "dès que ta réponse est partie";
    match placed {
        Placed::Seated { seats } => {
            let seats = counted(usize::from(seats), "place", "places");
            format!("Sans doute {seats} pour toi : c’est confirmé {THEN}.")
        }
        Placed::Waiting { at, .. } => format!("Sans doute la liste d’attente, n° {at} : c’est confirmé {THEN}."),
        Placed::Maybe => format!("Peut-être : c’est noté {THEN}. Seul un oui garde une place."),
        Placed::No => format!("Tu ne viens pas : c’est noté {THEN}."),
    }
}

/// « Demain, de 19 h à 22 h », « Jeudi 3 décembre, de 19 h à 22 h », « Du vendredi 4 décembre, 18 h, au dimanche 6… »
pub fn when(times: &Times, now: Instant) -> String {
    let (first, last) = (paris_day(times.starts_at), paris_day(times.ends_at));
    let today = paris_day(now);
    let night = last == plus_days(first, 1) && paris_clock(times.ends_at).hour() < NIGHT_ENDS;
    let (from, to) = (clock::hour(times.starts_at), clock::hour(times.ends_at));
    let said = if first == last || night {
        format!("{}, de {from} à {to}", day_said(first, today))
    } else {
        format!("du {}, {from}, au {}, {to}", dated(first, today), dated(last, today))
    };
    nb(&capitalized(&said))
}

fn day_said(on: NaiveDate, today: NaiveDate) -> String {
    match (on - today).num_days() {
        -1..=1 => relative_day(on, today),
        _ => dated(on, today),
    }
}

fn dated(on: NaiveDate, today: NaiveDate) -> String {
    if on.year() == today.year() { day_long(on) } else { format!("{}{NO_BREAK}{}", day_long(on), on.year()) }
}

/// « Gratuit », « Prix libre », « 4,50 € par personne »
pub fn price(price: Price) -> String {
    match price {
        Price::Free => "Gratuit".to_owned(),
        Price::Open => "Prix libre".to_owned(),
        Price::Fixed { cents } if cents % 100 == 0 => nb(&format!("{} € par personne", cents / 100)),
        Price::Fixed { cents } => nb(&format!("{},{:02} € par personne", cents / 100, cents % 100)),
    }
}

/// « 8 viennent, 4 places libres », « Complet : 12 viennent, 2 réponses en attente »
pub fn how_many(seats: u16, free: Option<u16>, waiting: u16) -> String {
    let come = match seats {
        0 => "personne pour l’instant".to_owned(),
        1 => format!("1{NO_BREAK}personne vient"),
        seats => format!("{seats}{NO_BREAK}viennent"),
    };
    let waits = |said: String| match waiting {
        0 => said,
        waiting => format!("{said}, {} en attente", counted(usize::from(waiting), "réponse", "réponses")),
    };
    nb(&capitalized(&match free {
        None => come,
        Some(0) => waits(format!("complet : {come}")),
        Some(free) => waits(format!("{come}, {}", counted(usize::from(free), "place libre", "places libres"))),
    }))
}

/// How my answer stands, in two or three words.
pub fn standing(placed: Placed) -> String {
    match placed {
        Placed::Seated { seats: 1 } => "Tu viens".to_owned(),
        Placed::Seated { seats } => format!("Vous venez à{NO_BREAK}{seats}"),
        Placed::Waiting { at, .. } => format!("Liste d’attente, n°{NO_BREAK}{at}"),
        Placed::Maybe => "Peut-être".to_owned(),
        Placed::No => "Tu ne viens pas".to_owned(),
    }
}

/// How it will stand, while it has not left this device: what depends on others is not sure yet.
pub fn likely(placed: Placed) -> String {
    match placed {
        Placed::Seated { .. } | Placed::Waiting { .. } => format!("{}, sans doute", standing(placed)),
        Placed::Maybe | Placed::No => standing(placed),
    }
}

/// How it stood, once the event is over: what was said, not who came.
pub fn stood(placed: Placed) -> &'static str {
    match placed {
        Placed::Seated { .. } => "Tu avais dit oui",
        Placed::Waiting { .. } => "Tu étais en liste d’attente",
        Placed::Maybe => "Tu avais dit peut-être",
        Placed::No => "Tu avais dit non",
    }
}

/// What a « oui » comes to, said before it is given.
pub fn effect(free: Option<u16>, waiting: u16) -> String {
    nb(&match free {
        None => "Un oui compte une place pour toi, et une par personne que tu amènes.".to_owned(),
        Some(0) => format!(
            "C’est complet : un oui t’inscrit sur la liste d’attente, sans doute au n°{NO_BREAK}{}. Rien d’autre ne change.",
            waiting.saturating_add(1)
        ),
        Some(free) => format!("Un oui prend une place pour toi, et une par personne que tu amènes. Il en reste{NO_BREAK}{free}."),
    })
}

/// « Tu as une vacation ce jour-là, de 18 h à 21 h. »
pub fn clash(when: &When) -> String {
    nb(&format!("Tu as une vacation à ce moment-là, de {} à {}.", clock::hour(when.starts_at), clock::hour(when.ends_at)))
}

/// « Tu peux changer ta réponse jusqu’à demain, 12 h. »
pub fn changeable(closes_at: Instant, now: Instant, answered: bool) -> String {
    let act = if answered { "changer ta réponse" } else { "répondre" };
    finished(&format!("Tu peux {act} jusqu’{}.", until(closes_at, now)))
}

/// Who comes: first names, and how many come along or keep their name to themselves.
pub fn coming(names: &[ShortName], seats: u16, children: u16, maybe: u16) -> String {
    let first: Vec<String> = names.iter().map(|name| name.first.clone()).collect();
    let unnamed = usize::from(seats).saturating_sub(names.len());
    let named = listed(&first, first.len());
    let mut said = match (first.is_empty(), unnamed) {
        (true, 0) => "Personne n’a encore dit oui.".to_owned(),
        (true, unnamed) => format!("{} sans nom.", counted(unnamed, "personne", "personnes")),
        (false, 0) => format!("{named}."),
        (false, unnamed) => format!("{named}, et {} avec eux ou sans nom.", counted(unnamed, "personne", "personnes")),
    };
    if children > 0 {
        said.push_str(&format!(" Dont {}.", counted(usize::from(children), "enfant", "enfants")));
    }
    if maybe > 0 {
        said.push_str(&format!(" {} peut-être.", counted(usize::from(maybe), "réponse", "réponses")));
    }
    nb(&said)
}

/// « 2 sur 3 : Léa G. (2), toi (1) »
pub fn shared(of: u16, left: u16, mine: u16, by: &[(ShortName, u16)], unnamed: u16) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut push = |who: String, quantity: u16| {
        parts.push(if quantity > 1 { format!("{who} ({quantity})") } else { who });
    };
    if mine > 0 {
        push("toi".to_owned(), mine);
    }
    for (name, quantity) in by {
        push(name.to_string(), *quantity);
    }
    if unnamed > 0 {
        push("sans nom".to_owned(), unnamed);
    }
    let taken = of.saturating_sub(left);
    let who = if parts.is_empty() { String::new() } else { format!(" : {}", parts.join(", ")) };
    nb(&format!("{taken} sur {of}{who}"))
}

/// What an album says of itself.
pub fn album(album: Album, none: bool) -> String {
    let empty = if none { "Pas encore de photo. " } else { "" };
    let said = match album {
        Album::Open { left } if left < 5 => format!("Tu peux encore en ajouter{NO_BREAK}{left}."),
        Album::Open { .. } => "Ajoute les tiennes : les membres les voient, personne d’autre.".to_owned(),
        Album::OfOthers => "Elles sont de celles et ceux qui y étaient.".to_owned(),
        Album::Mine => "Tu as ajouté toutes celles que tu peux : retires-en une pour en ajouter une autre.".to_owned(),
        Album::Full => "Il n’y a plus de place pour d’autres.".to_owned(),
        Album::Closed => "On les ajoutait dans les 30 jours d’après.".to_owned(),
        Album::NotYet => String::new(),
    };
    nb(&format!("{empty}{said}"))
}

/// What is wanted, for « Mes actions ».
pub fn intent(answer: Answer, title: &str, guests: u8) -> String {
    nb(&match (answer, guests) {
        (Answer::Yes, 0) => format!("Dire oui à « {title} »"),
        (Answer::Yes, guests) => format!("Dire oui à « {title} », {}", counted(1 + usize::from(guests), "place", "places")),
        (Answer::Maybe, _) => format!("Dire peut-être à « {title} »"),
        (Answer::No, _) => format!("Dire que tu ne viens pas à « {title} »"),
    })
}

#[cfg(test)]
#[path = "events_tests.rs"]
mod tests;
