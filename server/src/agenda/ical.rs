//! RFC 5545, of which a shift needs little. The libraries that write it stamp a time zone as if it
//! were an event, which strict readers refuse (`docs/decisions/012`).

use std::fmt::Write;

use backend::agenda::Event;
use backend::event::Dated;
use chrono::NaiveDateTime;
use domain::time::{Instant, paris_clock, paris_day};

/// What a reader is to do with the whole (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Publish,
    Cancel,
}

/// The rules of Paris since 1996, which every reader finds beside the events.
const PARIS: &str = "BEGIN:VTIMEZONE\r
TZID:Europe/Paris\r
BEGIN:DAYLIGHT\r
DTSTART:19960331T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
TZNAME:CEST\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
TZNAME:CET\r
END:STANDARD\r
END:VTIMEZONE\r
";

/// A calendar of shifts. The same shift read again replaces itself: its UID stays, its sequence grows.
pub fn calendar(events: &[Event], method: Method, origin: &str) -> String {
    whole(events, &[], "Mes vacations Alpar", method, origin)
}

/// A calendar of shifts and of events, with its name.
pub fn whole(shifts: &[Event], events: &[Dated], name: &str, method: Method, origin: &str) -> String {
    let mut text = String::new();
    let mut line = |content: &str| text.push_str(&folded(content));
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Alpar//Vacations//FR");
    line("CALSCALE:GREGORIAN");
    line(match method {
        Method::Publish => "METHOD:PUBLISH",
        Method::Cancel => "METHOD:CANCEL",
    });
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    line("X-WR-TIMEZONE:Europe/Paris");
    line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    line("X-PUBLISHED-TTL:PT1H");
    text.push_str(PARIS);
    for event in shifts {
        shift(&mut text, event, origin);
    }
    for event in events {
        outing(&mut text, event, origin);
    }
    text.push_str("END:VCALENDAR\r\n");
    text
}

fn shift(text: &mut String, event: &Event, origin: &str) {
    let mut said = String::new();
    if let Some(lead) = &event.lead {
        let _ = write!(said, "Animée par {lead}. ");
    }
    if let Some(task) = &event.task {
        let _ = write!(said, "Ta place : {}. ", task.to_lowercase());
    }
    said.push_str("Si tu ne peux pas venir, dis-le dans Alpar.");
    let link = format!("{origin}/vacation/{}", event.shift_id);
    let changed = event.changed_at.unwrap_or(event.starts_at - chrono::Duration::days(56));
    let mut line = |content: &str| text.push_str(&folded(content));
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@alpar", event.shift_id));
    line(&format!("SEQUENCE:{}", event.sequence));
    line(&format!("DTSTAMP:{}", utc(changed)));
    line(&format!("LAST-MODIFIED:{}", utc(changed)));
    line(&format!("DTSTART;TZID=Europe/Paris:{}", wall(event.starts_at)));
    line(&format!("DTEND;TZID=Europe/Paris:{}", wall(event.ends_at)));
    line(if event.stands { "STATUS:CONFIRMED" } else { "STATUS:CANCELLED" });
    line("SUMMARY:Vacation à l’épicerie Alpar");
    line(&format!("DESCRIPTION:{}", escaped(&said)));
    line("LOCATION:Épicerie Alpar\\, Meythet");
    line(&format!("URL:{link}"));
    line("END:VEVENT");
}

/// What is announced, for whoever notes it. Its UID is the event's own, in the file and in the feed alike.
fn outing(text: &mut String, event: &Dated, origin: &str) {
    let status = match (event.stands, event.sure) {
        (false, _) => "CANCELLED",
        (true, true) => "CONFIRMED",
        (true, false) => "TENTATIVE",
    };
    let map = event.map.as_deref().map(|map| format!("Plan : {map}\n")).unwrap_or_default();
    let said = format!("{map}Ta réponse se change dans Alpar.");
    let mut line = |content: &str| text.push_str(&folded(content));
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@alpar", event.event_id));
    line(&format!("SEQUENCE:{}", event.sequence));
    line(&format!("DTSTAMP:{}", utc(event.changed_at)));
    line(&format!("LAST-MODIFIED:{}", utc(event.changed_at)));
    line(&format!("DTSTART;TZID=Europe/Paris:{}", wall(event.starts_at)));
    line(&format!("DTEND;TZID=Europe/Paris:{}", wall(event.ends_at)));
    line(&format!("STATUS:{status}"));
    line(&format!("SUMMARY:{}", escaped(&event.title)));
    line(&format!("DESCRIPTION:{}", escaped(&said)));
    line(&format!("LOCATION:{}", escaped(&event.place)));
    line(&format!("URL:{origin}/sortie/{}", event.event_id));
    line("END:VEVENT");
}

fn utc(at: Instant) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// On Paris clocks.
fn wall(at: Instant) -> String {
    NaiveDateTime::new(paris_day(at), paris_clock(at)).format("%Y%m%dT%H%M%S").to_string()
}

fn escaped(text: &str) -> String {
    let breaks = |letter: char| letter != '\n' && (letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}'));
    let text = text.replace("\r\n", "\n").replace(breaks, " ");
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Lines end after 75 bytes and go on after a space, never inside a character.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 4);
    let mut width = 0;
    for character in line.chars() {
        if width + character.len_utf8() > 74 {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(character);
        width += character.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let line = format!("SUMMARY:{}", "é".repeat(60));
        let folded = folded(&line);
        assert!(folded.lines().all(|part| part.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn a_name_with_signs_stays_one_value() {
        assert_eq!(escaped("Léa; a, b\\c\nd"), "Léa\\; a\\, b\\\\c\\nd");
        assert_eq!(escaped("a\r\nb\u{b}c\u{85}d\u{2028}e\u{2029}f\u{7}g"), "a\\nb c d e f g");
    }
}
