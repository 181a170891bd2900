//! What was typed, as it is kept: a line, or lines.

/// What stands between words of one line; a space that does not break stays.
const BREAKS: [char; 9] = [' ', '\n', '\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// One line: no break, no control character, one space between words.
pub(crate) fn line(typed: &str) -> String {
    let shown = typed.chars().filter(|letter| letter.is_whitespace() || !letter.is_control()).collect::<String>();
    shown.split(BREAKS).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Lines as they were typed, whatever ends them on this device; without control characters, which nothing shows.
pub(crate) fn lines(typed: &str) -> String {
    let even = typed.replace("\r\n", "\n").replace('\r', "\n");
    even.chars().filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control()).collect::<String>().trim().to_owned()
}
