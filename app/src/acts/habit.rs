//! A habit to tick: a weekday, a moment of the day, two dates. Read alike from a form in the
//! browser and from one posted without any script.

use chrono::{NaiveDate, Weekday};
use domain::swaps::Pattern;
use domain::time::{Days, plus_days};

/// A moment of the day, by when a shift starts. Minutes since midnight, the end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub slug: &'static str,
    pub label: &'static str,
    pub from_minute: u16,
    pub to_minute: u16,
}

pub const MOMENTS: [Moment; 4] = [
    Moment { slug: "matin", label: "Le matin", from_minute: 6 * 60, to_minute: 12 * 60 },
    Moment { slug: "midi", label: "À midi", from_minute: 12 * 60, to_minute: 15 * 60 },
    Moment { slug: "apres-midi", label: "L’après-midi", from_minute: 15 * 60, to_minute: 18 * 60 },
    Moment { slug: "soir", label: "Le soir", from_minute: 18 * 60, to_minute: 24 * 60 },
];

/// The habit's four fields; nothing when none says anything. `field` answers with what was typed
/// under `pattern_weekday` (`Mon` to `Sun`), `pattern_moment`, `pattern_from` and `pattern_to`
/// (days in Paris, ends included).
pub fn habit(field: impl Fn(&str) -> Option<String>) -> Option<Pattern> {
    let weekday = field("pattern_weekday").and_then(|day| day.parse::<Weekday>().ok());
    let moment = field("pattern_moment").and_then(|slug| MOMENTS.into_iter().find(|moment| moment.slug == slug));
    let day = |name: &str| field(name).and_then(|day| day.parse::<NaiveDate>().ok());
    let days = match (day("pattern_from"), day("pattern_to")) {
        (None, None) => None,
        (from, to) => {
            let from = from.unwrap_or(NaiveDate::MIN);
            // Open to the end: a year is beyond what can be ticked.
            let to = to.unwrap_or_else(|| if from == NaiveDate::MIN { from } else { plus_days(from, 365) });
            Some(Days { from: from.max(NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()), to })
        }
    };
    // Dates alone would accept every shift between them: that is no habit.
    (weekday.is_some() || moment.is_some()).then(|| Pattern {
        weekday,
        from_minute: moment.map(|moment| moment.from_minute),
        to_minute: moment.map(|moment| moment.to_minute),
        days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Option<Pattern> {
        habit(|name| {
            let known = fields.iter().find(|(known, _)| *known == name);
            known.map(|(_, value)| (*value).to_owned()).filter(|value| !value.is_empty())
        })
    }

    #[test]
    fn a_habit_is_a_day_and_a_moment() {
        let said = read(&[("pattern_weekday", "Thu"), ("pattern_moment", "soir"), ("pattern_from", "")]).unwrap();
        assert_eq!((said.weekday, said.from_minute, said.days), (Some(Weekday::Thu), Some(1080), None));
    }

    #[test]
    fn dates_alone_are_no_habit() {
        assert_eq!(read(&[("pattern_from", "2026-12-07"), ("pattern_to", "2027-01-31")]), None);
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn a_habit_may_have_only_a_beginning() {
        let said = read(&[("pattern_weekday", "Sat"), ("pattern_from", "2026-12-07")]).unwrap();
        assert_eq!(said.days.map(|days| days.from), "2026-12-07".parse().ok());
    }
}
