//! A cell of a table that somebody brings in, read as a person means it: without the guards that spreadsheets add, and never as
//! a formula.

use crate::line;

/// Why a cell is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoilt {
    /// A spreadsheet would run it.
    Formula,
    /// Letters were lost on the way here, « CafÃ© ».
    Garbled,
    TooLong,
}

/// What a spreadsheet takes for a formula, its wide forms included.
pub const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

pub fn begins_a_formula(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(FORMULA)
}

/// Without the mark that says « this is a text »: what a spreadsheet and our own tables put before what looks like a formula.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| begins_a_formula(rest)).unwrap_or(cell)
}

/// Empty, or a stroke that says so: « - », « / ».
pub fn is_nothing(cell: &str) -> bool {
    unguarded(cell).trim().chars().all(|letter| ['-', '–', '—', '/', '.'].contains(&letter))
}

/// One line of at most `cap` characters, one space between words; empty where nothing is said.
pub fn line(cell: &str, cap: usize) -> Result<String, Spoilt> {
    let bare = unguarded(cell);
    let line = one_line(bare);
    // What is not seen before it hides none.
    if bare.len() == cell.len() && (begins_a_formula(cell) || begins_a_formula(&line)) {
        return Err(Spoilt::Formula);
    }
    if is_garbled(cell) {
        return Err(Spoilt::Garbled);
    }
    if line.chars().count() > cap { Err(Spoilt::TooLong) } else { Ok(line) }
}

/// One space between words; nothing that is not seen.
pub fn one_line(cell: &str) -> String {
    line::line(&seen(cell).chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect::<String>())
}

/// Without what nobody sees: what an address book puts around a number, what a page on the web leaves in an address.
pub fn seen(cell: &str) -> String {
    cell.chars().filter(|letter| !is_unseen(*letter)).collect()
}

/// Marks of direction, joiners and spaces without width.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What Windows-1252 has where Latin-1 has nothing.
const LATER: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/// A letter that was lost, or two that were one in UTF-8: « Ã© », « Å“ », « â€™ ».
pub fn is_garbled(cell: &str) -> bool {
    let was_one = |(first, second): (char, char)| match first {
        'Â' | 'Ã' => ('\u{80}'..='\u{bf}').contains(&second) || LATER.contains(second),
        'Å' => ['“', '’'].contains(&second),
        'â' => second == '€',
        _ => false,
    };
    cell.contains('\u{fffd}') || cell.chars().zip(cell.chars().skip(1)).any(was_one)
}
