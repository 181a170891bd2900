//! Days, and moments near now. Days are days in Paris.

use chrono::{Datelike, NaiveDate, Timelike, Weekday};
use domain::reason::When;
use domain::time::{Days, Instant, paris_day};

use super::clock::{hour, hours};
use super::typography::NO_BREAK;

/// « samedi ».
pub const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "lundi",
        Weekday::Tue => "mardi",
        Weekday::Wed => "mercredi",
        Weekday::Thu => "jeudi",
        Weekday::Fri => "vendredi",
        Weekday::Sat => "samedi",
        Weekday::Sun => "dimanche",
    }
}

/// « sam. ».
pub const fn weekday_short(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "lun.",
        Weekday::Tue => "mar.",
        Weekday::Wed => "mer.",
        Weekday::Thu => "jeu.",
        Weekday::Fri => "ven.",
        Weekday::Sat => "sam.",
        Weekday::Sun => "dim.",
    }
}

/// « novembre », from 1 to 12.
pub const fn month(number: u32) -> &'static str {
    match number {
        1 => "janvier",
        2 => "février",
        3 => "mars",
        4 => "avril",
        5 => "mai",
        6 => "juin",
        7 => "juillet",
        8 => "août",
        9 => "septembre",
        10 => "octobre",
        11 => "novembre",
        _ => "décembre",
    }
}

/// « nov. », from 1 to 12; the short months have no point.
pub const fn month_short(number: u32) -> &'static str {
    match number {
        1 => "janv.",
        2 => "févr.",
        7 => "juil.",
        9 => "sept.",
        10 => "oct.",
        11 => "nov.",
        12 => "déc.",
        whole => month(whole),
    }
}

/// « 28 », « 1er ».
pub fn day_number(on: NaiveDate) -> String {
    match on.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    }
}

/// « 28 nov. ».
pub fn date_short(on: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", day_number(on), month_short(on.month()))
}

/// « 28 novembre ».
pub fn date_long(on: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", day_number(on), month(on.month()))
}

/// « 14 juin 2027 ».
pub fn date_with_year(on: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", date_long(on), on.year())
}

/// « sam. 28 nov. ».
pub fn day_short(on: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", weekday_short(on.weekday()), date_short(on))
}

/// « samedi 28 nov. », for a heading.
pub fn day(on: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", weekday(on.weekday()), date_short(on))
}

/// « samedi 28 novembre ».
pub fn day_long(on: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", weekday(on.weekday()), date_long(on))
}

/// « jeudi 3 déc., 18 h – 21 h ».
pub fn day_and_hours(when: &When) -> String {
    format!("{}, {}", day(paris_day(when.starts_at)), hours(when.starts_at, when.ends_at))
}

/// « jeu. 3 déc., 18 h – 21 h ».
pub fn day_and_hours_short(when: &When) -> String {
    format!("{}, {}", day_short(paris_day(when.starts_at)), hours(when.starts_at, when.ends_at))
}

/// « jeudi 26, 12 h »: what was wanted, near now.
pub fn day_and_start(when: &When) -> String {
    let on = paris_day(when.starts_at);
    format!("{}{NO_BREAK}{}, {}", weekday(on.weekday()), day_number(on), hour(when.starts_at))
}

/// « mer. 9 h »: a deadline within the week.
pub fn weekday_and_hour(at: Instant) -> String {
    format!("{}{NO_BREAK}{}", weekday_short(paris_day(at).weekday()), hour(at))
}

/// « Semaine du 23 ».
pub fn week_title(monday: NaiveDate) -> String {
    format!("Semaine du{NO_BREAK}{}", day_number(monday))
}

/// « Semaine du 23 novembre ».
pub fn week_title_long(monday: NaiveDate) -> String {
    format!("Semaine du{NO_BREAK}{}", date_long(monday))
}

/// « du 23 nov. au 20 déc. », or « le 23 nov. » for one day.
pub fn days(range: Days) -> String {
    if range.from == range.to {
        return format!("le {}", date_short(range.from));
    }
    format!("du {} au {}", date_short(range.from), date_short(range.to))
}

/// « aujourd’hui », « demain », « dans 5 jours », « hier », « il y a 3 jours ».
pub fn relative_day(on: NaiveDate, today: NaiveDate) -> String {
    match (on - today).num_days() {
        -1 => "hier".to_owned(),
        0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        days if days > 0 => format!("dans {days}{NO_BREAK}jours"),
        days => format!("il y a {}{NO_BREAK}jours", -days),
    }
}

/// A moment to come, after « jusqu’ » or « avant »: « à 18 h », « à demain, 9 h »,
/// « au jeudi 26, 9 h », « au jeudi 3 déc., 9 h ».
pub fn until(at: Instant, now: Instant) -> String {
    let (on, today) = (paris_day(at), paris_day(now));
    match (on - today).num_days() {
        0 => format!("à {}", hour(at)),
        1 => format!("à demain, {}", hour(at)),
        -1 => format!("à hier, {}", hour(at)),
        _ => format!("au {}", day_and_hour(at, now)),
    }
}

/// « jeudi 26, 9 h » in the month of now, « jeudi 3 déc., 9 h » in another.
pub fn day_and_hour(at: Instant, now: Instant) -> String {
    let (on, today) = (paris_day(at), paris_day(now));
    let same_month = (on.year(), on.month()) == (today.year(), today.month());
    if same_month {
        format!("{}{NO_BREAK}{}, {}", weekday(on.weekday()), day_number(on), hour(at))
    } else {
        format!("{}, {}", day(on), hour(at))
    }
}

/// An answer's deadline: « aujourd’hui, 18 h », « demain, 9 h », « mer. 9 h », « 3 déc., 9 h ».
pub fn answer_by(at: Instant, now: Instant) -> String {
    let (on, today) = (paris_day(at), paris_day(now));
    match (on - today).num_days() {
        0 | 1 => format!("{}, {}", relative_day(on, today), hour(at)),
        2..=6 => weekday_and_hour(at),
        _ => format!("{}, {}", date_short(on), hour(at)),
    }
}

/// When something happened: « à 15 h 31 », « hier à 18 h 12 », « le 12 nov. à 19 h 40 ».
pub fn moment(at: Instant, now: Instant) -> String {
    let (on, today) = (paris_day(at), paris_day(now));
    match (today - on).num_days() {
        0 => format!("à {}", hour(at)),
        1 => format!("hier à {}", hour(at)),
        _ => format!("le {} à {}", date_short(on), hour(at)),
    }
}

/// « jusqu’au 29 nov. à 14 h »: whenever it is read.
pub fn until_day(at: Instant) -> String {
    format!("jusqu’au {} à {}", date_short(paris_day(at)), hour(at))
}

/// How long ago: « à l’instant », « il y a 12 min », « il y a 2 h », « hier à 18 h 12 »…
pub fn ago(at: Instant, now: Instant) -> String {
    let minutes = (now - at).num_minutes();
    let today = paris_day(at) == paris_day(now);
    match minutes {
        ..1 => "à l’instant".to_owned(),
        1..60 => format!("il y a {minutes}{NO_BREAK}min"),
        _ if today => format!("il y a {}{NO_BREAK}h", minutes / 60),
        _ => moment(at, now),
    }
}

/// « données de 14 h 02 », « données d’hier, 18 h 40 », « données du 21 nov., 18 h 40 ».
pub fn data_of(as_of: Instant, now: Instant) -> String {
    let (on, today) = (paris_day(as_of), paris_day(now));
    match (today - on).num_days() {
        0 => format!("données de {}", hour(as_of)),
        1 => format!("données d’hier, {}", hour(as_of)),
        _ => format!("données du {}, {}", date_short(on), hour(as_of)),
    }
}

/// « depuis 14 h 02 », « depuis hier, 14 h 02 ».
pub fn since(at: Instant, now: Instant) -> String {
    let (on, today) = (paris_day(at), paris_day(now));
    match (today - on).num_days() {
        0 => format!("depuis {}", hour(at)),
        1 => format!("depuis hier, {}", hour(at)),
        _ => format!("depuis le {}, {}", date_short(on), hour(at)),
    }
}

/// « 2026-11-28 », for links and `<time datetime>`.
pub fn iso_day(on: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", on.year(), on.month(), on.day())
}

/// « 2026-11-28T08:00:00Z », for `<time datetime>`.
pub fn iso(at: Instant) -> String {
    let (on, clock) = (at.date_naive(), at.time());
    format!("{}T{:02}:{:02}:{:02}Z", iso_day(on), clock.hour(), clock.minute(), clock.second())
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
