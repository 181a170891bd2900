//! What an act does to what one owes, said before the tap.

use domain::view::choices::Bearing;

use super::dates::date_short;
use super::typography::{counted, finished};

/// How a bearing is shown: as a plain effect, or as one that leaves something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// Something is left to do.
    Less,
}

/// « Il te restera 1 vacation à faire avant le 20 déc. »
pub fn sentence(bearing: &Bearing) -> String {
    let said = match bearing {
        Bearing::Nothing => "Rien à rattraper.".to_owned(),
        Bearing::LeftToDo { shifts, cycle } => {
            format!("Il te restera {}.", to_do(*shifts, cycle.to))
        }
        Bearing::MakesUp { overdue: 1 } => "Compte comme rattrapage : tu n’auras plus de retard.".to_owned(),
        Bearing::MakesUp { overdue } => {
            format!("Compte comme rattrapage : il t’en restera {} à rattraper.", overdue.saturating_sub(1))
        }
        Bearing::CycleDuty { cycle } => format!("Compte comme ta vacation du cycle, jusqu’au {}.", date_short(cycle.to)),
        Bearing::Ahead { shifts: 0 | 1 } => "Compte comme une avance sur le cycle suivant.".to_owned(),
        Bearing::Ahead { shifts } => format!("Compte comme avance : tu en auras {shifts}."),
    };
    finished(&said)
}

/// The same after a verb: « Tu donnes : il te restera 1 vacation à faire avant le 20 déc. »
pub fn after(verb: &str, bearing: &Bearing) -> String {
    let sentence = sentence(bearing);
    let mut letters = sentence.chars();
    let rest: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    super::nb(&format!("{verb} : {rest}"))
}

pub fn tone(bearing: &Bearing) -> Tone {
    match bearing {
        Bearing::LeftToDo { .. } => Tone::Less,
        Bearing::Nothing | Bearing::MakesUp { .. } | Bearing::CycleDuty { .. } | Bearing::Ahead { .. } => Tone::Plain,
    }
}

/// « 1 vacation à faire avant le 20 déc. »
pub fn to_do(shifts: u16, by: chrono::NaiveDate) -> String {
    format!("{} à faire avant le {}", counted(usize::from(shifts), "vacation", "vacations"), date_short(by))
}

#[cfg(test)]
mod tests {
    use domain::time::Days;

    use super::*;

    #[test]
    fn effects_are_said_before_the_tap() {
        let cycle = Days { from: "2026-11-23".parse().unwrap(), to: "2026-12-20".parse().unwrap() };
        let cases = [
            (Bearing::Nothing, "Rien à rattraper."),
            (Bearing::LeftToDo { shifts: 1, cycle }, "Il te restera 1 vacation à faire avant le 20 déc."),
            (Bearing::LeftToDo { shifts: 2, cycle }, "Il te restera 2 vacations à faire avant le 20 déc."),
            (Bearing::MakesUp { overdue: 1 }, "Compte comme rattrapage : tu n’auras plus de retard."),
            (Bearing::MakesUp { overdue: 3 }, "Compte comme rattrapage : il t’en restera 2 à rattraper."),
            (Bearing::CycleDuty { cycle }, "Compte comme ta vacation du cycle, jusqu’au 20 déc."),
            (Bearing::Ahead { shifts: 1 }, "Compte comme une avance sur le cycle suivant."),
            (Bearing::Ahead { shifts: 2 }, "Compte comme avance : tu en auras 2."),
        ];
        for (bearing, wanted) in cases {
            assert_eq!(sentence(&bearing).replace(['\u{a0}', '\u{202f}'], " "), wanted);
        }
        let after = after("Tu donnes", &Bearing::LeftToDo { shifts: 1, cycle });
        assert_eq!(after.replace(['\u{a0}', '\u{202f}'], " "), "Tu donnes : il te restera 1 vacation à faire avant le 20 déc.");
    }
}
