//! Where one is with one's shifts, in one line.

use domain::ledger::{Level, Standing};
use domain::reason::When;
use domain::time::paris_day;

use super::bearing::to_do;
use super::dates::{date_short, day_and_hours_short};
use super::nb;
use super::typography::{counted, finished};

/// How the line is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Done,
    Alert,
    Late,
}

/// « À jour », « En alerte », « En retard ».
pub fn level(level: Level) -> &'static str {
    match level {
        Level::UpToDate => "À jour",
        Level::Alert => "En alerte",
        Level::Late => "En retard",
    }
}

pub fn tone(standing: &Standing) -> Tone {
    match standing.level {
        Level::UpToDate => Tone::Done,
        Level::Alert => Tone::Alert,
        Level::Late => Tone::Late,
    }
}

/// « À jour · prochaine à faire avant le 20 déc. »
pub fn headline(standing: &Standing) -> String {
    let rest = match (standing.level, standing.to_do) {
        (Level::UpToDate, 0) if standing.ahead > 0 => {
            format!("{} d’avance", counted(usize::from(standing.ahead), "vacation", "vacations"))
        }
        (Level::UpToDate, 0) => format!("rien à faire avant le {}", date_short(standing.cycle.to)),
        (Level::UpToDate, 1) => format!("prochaine à faire avant le {}", date_short(standing.cycle.to)),
        (_, shifts) => to_do(shifts, standing.cycle.to),
    };
    nb(&format!("{} · {rest}", level(standing.level)))
}

/// What to do about it, with the shift that already counts: « Celle de sam. 28 nov. compte pour ce cycle. »
pub fn explanation(standing: &Standing, next: Option<&When>) -> String {
    let owed = match (standing.overdue, standing.to_do) {
        (0, 0) if standing.ahead > 0 => "Tu as de l’avance : rien à faire pour ce cycle.".to_owned(),
        (0, 0) => "Ta vacation de ce cycle est faite.".to_owned(),
        (0, shifts) => format!("Tu as {}.", to_do(shifts, standing.cycle.to)),
        (overdue, shifts) => {
            format!("Il te reste {}, dont {} des cycles d’avant.", to_do(shifts, standing.cycle.to), overdue)
        }
    };
    let counts = match next {
        Some(when) if standing.to_do > 0 && standing.cycle.contains(paris_day(when.starts_at)) => {
            format!(" Celle de {} compte pour ce cycle.", day_and_hours_short(when))
        }
        None if standing.to_do > 0 => " Choisis-en une dans Vacations.".to_owned(),
        _ => String::new(),
    };
    finished(&format!("{owed}{counts}"))
}

/// « À jour jusqu’au 20 déc. », on the card.
pub fn on_card(standing: &Standing) -> String {
    match standing.level {
        Level::UpToDate => format!("À jour jusqu’au {}", date_short(standing.cycle.to)),
        behind => format!("{}, {}", level(behind), to_do(standing.to_do, standing.cycle.to)),
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Days;

    use super::*;

    fn standing(level: Level, to_do: u16, ahead: u16, overdue: u16) -> Standing {
        let cycle = Days { from: "2026-11-23".parse().unwrap(), to: "2026-12-20".parse().unwrap() };
        Standing { level, to_do, ahead, overdue, ..Standing::clear(cycle) }
    }

    #[test]
    fn one_line_says_where_one_is() {
        let cases = [
            (standing(Level::UpToDate, 1, 0, 0), "À jour · prochaine à faire avant le 20 déc."),
            (standing(Level::UpToDate, 0, 0, 0), "À jour · rien à faire avant le 20 déc."),
            (standing(Level::UpToDate, 0, 1, 0), "À jour · 1 vacation d’avance"),
            (standing(Level::Alert, 2, 0, 1), "En alerte · 2 vacations à faire avant le 20 déc."),
            (standing(Level::Late, 3, 0, 2), "En retard · 3 vacations à faire avant le 20 déc."),
        ];
        for (standing, wanted) in cases {
            assert_eq!(headline(&standing).replace(['\u{a0}', '\u{202f}'], " "), wanted);
        }
    }

    #[test]
    fn the_explanation_says_what_to_do() {
        let said = explanation(&standing(Level::Alert, 2, 0, 1), None).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            said,
            "Il te reste 2 vacations à faire avant le 20 déc., dont 1 des cycles d’avant. Choisis-en une dans Vacations."
        );
        let next = When {
            shift: domain::id::ShiftId(uuid::Uuid::nil()),
            starts_at: "2026-11-28T08:00:00Z".parse().unwrap(),
            ends_at: "2026-11-28T11:00:00Z".parse().unwrap(),
        };
        let said = explanation(&standing(Level::UpToDate, 1, 0, 0), Some(&next)).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said, "Tu as 1 vacation à faire avant le 20 déc. Celle de sam. 28 nov., 9 h – 12 h compte pour ce cycle.");
    }
}
