//! « Mon engagement » in sentences: the count as a story, what is asked, what an act would change.

use chrono::NaiveDate;
use domain::ledger::{Counting, CountsAs, Credit, EntryKind, Level, Line, Policy, Standing, ToDo, Told};
use domain::requests::Asked;
use domain::view::what_if::{Tried, WhatIf};

use super::dates::{date_short, day_and_hours_short, days};
use super::standing::level;
use super::typography::{capitalized, counted, finished};
use super::{bearing, nb};

/// « 1 vacation », « une demi-vacation », « 1 vacation et demie », « 2 vacations et 20 min ».
pub fn amount(credit: Credit) -> String {
    let all = credit.0.unsigned_abs();
    let (whole, rest) = (usize::try_from(all / 180).unwrap_or(0), all % 180);
    match (whole, rest) {
        (whole, 0) => counted(whole, "vacation", "vacations"),
        (0, 90) => "une demi-vacation".to_owned(),
        (0, minutes) => format!("{minutes} min de vacation"),
        (whole, 90) => format!("{} et demie", counted(whole, "vacation", "vacations")),
        (whole, minutes) => format!("{} et {minutes} min", counted(whole, "vacation", "vacations")),
    }
}

/// Where the count is after a line: « il te reste 1 vacation à faire », « 1 vacation d’avance », « compte à zéro ».
pub fn left(left: Credit) -> String {
    match left.0 {
        0 => "compte à zéro".to_owned(),
        owed if owed < 0 => nb(&format!("reste {} à faire", amount(left))),
        _ => nb(&format!("{} d’avance", amount(left))),
    }
}

/// A sentence of the story, with its why.
pub fn line(line: &Line) -> String {
    let why = if line.why.is_empty() { String::new() } else { format!(" : « {} »", line.why.trim_end_matches('.')) };
    finished(&capitalized(&format!("{}{why}.", told(&line.told))))
}

fn told(told: &Told) -> String {
    match told {
        Told::CycleBegins { cycle, owed } if owed.is_none() => {
            format!("un cycle commence, jusqu’au {} : rien n’est demandé", date_short(cycle.to))
        }
        Told::CycleBegins { cycle, owed } => {
            format!("un cycle commence : {} à faire avant le {}", amount(*owed), date_short(cycle.to))
        }
        Told::CycleFree { cycle, kind: EntryKind::Exemption } => {
            format!("cycle jusqu’au {} : tu es dispensé·e, rien n’est demandé", date_short(cycle.to))
        }
        Told::CycleFree { cycle, .. } => {
            format!("cycle jusqu’au {} : tu es en pause, rien n’est demandé", date_short(cycle.to))
        }
        Told::Worked { credit, counts_as, shift } => {
            let done = if shift.is_some() { "vacation faite" } else { "travail noté par le bureau" };
            let part = if *credit == Credit::SHIFT { String::new() } else { format!(", {}", amount(*credit)) };
            format!("{done}{part} : {}", counts(*counts_as))
        }
        Told::Excused { credit, .. } if credit.is_none() => "absence excusée : elle reste à faire".to_owned(),
        Told::Excused { credit, .. } => format!("vacation excusée : elle compte comme faite ({})", amount(*credit)),
        Told::Missed { owed, .. } if owed.is_none() => "absence : la vacation reste à faire".to_owned(),
        Told::Missed { owed, .. } => format!("absence : la vacation reste à faire, et {} de plus", amount(*owed)),
        Told::Corrected { credit } if credit.0 < 0 => format!("correction du bureau : {} en moins", amount(*credit)),
        Told::Corrected { credit } => format!("correction du bureau : {} en plus", amount(*credit)),
        Told::Gave { credit } => format!("tu as donné {} au pot solidaire", amount(*credit)),
        Told::Drew { credit } => format!("le pot solidaire t’a donné {}", amount(*credit)),
        Told::Granted { to } => format!("le bureau te laisse jusqu’au {} pour rattraper", date_short(*to)),
        Told::CycleLeft { owed, .. } => format!("fin du cycle : il restait {} à faire", amount(*owed)),
        Told::Saved { credit } => format!("fin du cycle : {} de côté pour plus tard", amount(*credit)),
        Told::FromSavings { credit } => format!("fin du cycle : {} pris sur ce que tu avais de côté", amount(*credit)),
        Told::Lapsed { credit } => format!("fin du cycle : {} d’avance au-delà de ce que la règle garde", amount(*credit)),
        Told::Forgiven { credit } => format!("fin du cycle : {} que la règle ne demande plus", amount(*credit)),
        Told::Became { level: Level::UpToDate } => "tu es de nouveau à jour".to_owned(),
        Told::Became { level: now } => format!("tu passes {}", level(*now).to_lowercase()),
    }
}

fn counts(counts_as: CountsAs) -> &'static str {
    match counts_as {
        CountsAs::MakeUp => "elle rattrape ce qui restait d’avant",
        CountsAs::Cycle => "c’est celle du cycle",
        CountsAs::Advance => "c’est une avance",
    }
}

/// What to do by when.
pub fn to_do(todo: &ToDo) -> String {
    let by = match todo.by {
        Some(by) => format!(" avant le {}", date_short(by)),
        None => ", dès que tu peux".to_owned(),
    };
    let what = match todo.counts_as {
        CountsAs::MakeUp => "à rattraper",
        CountsAs::Cycle | CountsAs::Advance => "à faire",
    };
    finished(&capitalized(&format!("{} {what}{by}.", amount(todo.credit))))
}

/// What is asked, in two or three sentences.
pub fn policy(policy: &Policy) -> Vec<String> {
    let due = if policy.due.is_none() {
        "Rien n’est demandé pour l’instant.".to_owned()
    } else {
        let counting = match policy.counting {
            Counting::Shift => "quelle que soit sa durée".to_owned(),
            Counting::Minutes { a_shift } => format!("comptée à la minute ({a_shift} min pour une vacation)"),
        };
        format!("On te demande {} tous les 28 jours, {counting}.", amount(policy.due))
    };
    let absence = match policy.absence.owed {
        0 => "Une absence ne laisse rien à faire.".to_owned(),
        1 => "Une absence laisse la vacation à faire.".to_owned(),
        owed => format!("Une absence laisse {} à faire.", counted(usize::from(owed), "vacation", "vacations")),
    };
    let alert = match policy.alarm.alert_d {
        Some(days) => format!(
            "Ce qui reste d’un cycle fini met en alerte pendant {} ; ensuite tu es en retard.",
            counted(usize::from(days), "jour", "jours")
        ),
        None => {
            format!("Ce qui reste d’un cycle fini met en alerte ; à partir de {}, en retard.", amount(policy.alarm.late_from))
        }
    };
    [due, absence, alert].iter().map(|said| finished(said)).collect()
}

/// « À partir du 1 janv. : … »
pub fn coming(from: NaiveDate, next: &Policy) -> String {
    nb(&format!("À partir du {} : {}", date_short(from), policy(next).join(" ")))
}

/// « Si tu donnes sam. 28 nov., 9 h – 12 h »
pub fn what_if(what: WhatIf, when: &domain::reason::When) -> String {
    let verb = match what {
        WhatIf::Give(_) => "Si quelqu’un prend ta place",
        WhatIf::Take(_) => "Si tu prends une place",
        WhatIf::Miss(_) => "Si tu ne viens pas, sans remplaçant·e,",
    };
    nb(&format!("{verb} {}", day_and_hours_short(when)))
}

/// Where one would be at the end of the cycle.
pub fn at_the_end(standing: &Standing) -> String {
    let rest = match (standing.to_do, standing.ahead) {
        (0, 0) => "rien à faire".to_owned(),
        (0, ahead) => format!("{} d’avance", counted(usize::from(ahead), "vacation", "vacations")),
        (to_do, _) => bearing::to_do(to_do, standing.cycle.to),
    };
    nb(&format!("{} · {rest}", level(standing.level)))
}

/// What it comes to, in one sentence.
pub fn comes_to(tried: &Tried) -> String {
    let (before, after) = (&tried.before.exact, &tried.after.exact);
    let counts_as = tried.counts_as.map(|as_what| match as_what {
        CountsAs::MakeUp => "Elle compte comme rattrapage. ",
        CountsAs::Cycle => "Elle compte comme ta vacation du cycle. ",
        CountsAs::Advance => "Elle compte comme avance. ",
    });
    let change = (after.ahead - after.to_do) - (before.ahead - before.to_do);
    let said = match change.0 {
        0 => "Ton compte ne change pas.".to_owned(),
        less if less < 0 => format!("Ton compte baisse de {}.", amount(change)),
        _ => format!("Ton compte monte de {}.", amount(change)),
    };
    finished(&format!("{}{said}", counts_as.unwrap_or_default()))
}

/// « Pause », « Congé parental »…
pub fn asked(what: Asked) -> &'static str {
    match what {
        Asked::Pause => "Pause",
        Asked::Parental => "Congé parental",
        Asked::Illness => "Maladie",
        Asked::Exemption => "Dispense",
    }
}

/// « Pause, du 21 déc. au 17 janv. »
pub fn request(what: Asked, between: domain::time::Days) -> String {
    nb(&format!("{}, {}", asked(what), days(between)))
}

/// « 3 h », « 2 h 30 »
pub fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => nb(&format!("{hours} h")),
        (hours, rest) => nb(&format!("{hours} h {rest:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vacations_are_counted_as_people_say_them() {
        let cases = [
            (180, "1 vacation"),
            (-360, "2 vacations"),
            (90, "une demi-vacation"),
            (270, "1 vacation et demie"),
            (200, "1 vacation et 20 min"),
            (45, "45 min de vacation"),
        ];
        for (credit, wanted) in cases {
            assert_eq!(amount(Credit(credit)).replace(['\u{a0}', '\u{202f}'], " "), wanted);
        }
    }

    #[test]
    fn a_line_says_what_and_why() {
        let on = "2026-11-28".parse().unwrap();
        let told = Told::Corrected { credit: Credit(-90) };
        let said = line(&Line { on, told, why: "reprise du cahier.".into(), left: Credit(-90) });
        let said = said.replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said, "Correction du bureau : une demi-vacation en moins : « reprise du cahier ».");
        assert_eq!(hours(150).replace(['\u{a0}', '\u{202f}'], " "), "2 h 30");
    }
}
