//! One shift as a calendar file, for the member's own agenda.

use axum::extract::{Extension, Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use domain::id::ShiftId;
use domain::shifts::Shift;
use domain::time::Instant;

use crate::problem::{self, Problem};
use crate::state::Server;

/// `GET /vacation/{id}/agenda.ics`
pub async fn one_shift(State(server): State<Server>, Extension(who): Extension<SignedIn>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<ShiftId>() else { return problem::NOT_FOUND.into_response() };
    let calendar = match server.shared.calendar(&server.backend, &who).await {
        Ok(calendar) => calendar,
        Err(error) => return Problem::from(error).into_response(),
    };
    let Some(shift) = calendar.shift(id) else { return problem::NOT_FOUND.into_response() };
    let mut response = event(shift, server.backend.now(), &server.config.public_url.origin).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"alpar.ics\""));
    response
}

/// RFC 5545, of which an event needs little. The same shift read again replaces itself.
fn event(shift: &Shift, now: Instant, origin: &str) -> String {
    let stamp = |at: Instant| at.format("%Y%m%dT%H%M%SZ").to_string();
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Alpar//Vacations//FR".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@alpar", shift.id),
        format!("DTSTAMP:{}", stamp(now)),
        format!("DTSTART:{}", stamp(shift.starts_at)),
        format!("DTEND:{}", stamp(shift.ends_at)),
        "SUMMARY:Vacation à l’épicerie Alpar".to_owned(),
        format!("URL:{origin}/vacation/{}", shift.id),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "DESCRIPTION:Vacation demain à l’épicerie".to_owned(),
        "TRIGGER:-P1D".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.map(|line| folded(&line)).concat()
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
}
