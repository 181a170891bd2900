//! A table that French spreadsheets open: UTF-8 with its mark, semicolons, and no cell that is run as a formula.

use domain::cell::begins_a_formula;
use domain::import::Table;

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const MARK: &str = "\u{feff}";

/// One line more.
pub fn line(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    text.push_str(&cells.join(";"));
    text.push_str("\r\n");
}

/// The whole of a table.
pub fn written(table: &Table) -> String {
    let mut text = String::from(MARK);
    line(&mut text, &table.header);
    for (_, cells) in &table.rows {
        line(&mut text, cells);
    }
    text
}

/// A cell that begins as a formula is text all the same; a number stays one.
fn quoted(cell: &str) -> String {
    let number = cell.strip_prefix('-').unwrap_or(cell).split_once(',').is_some_and(|(whole, part)| {
        let figures = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        figures(whole) && figures(part)
    });
    let guard = if !number && begins_a_formula(cell) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_never_a_formula_and_a_temperature_stays_a_number() {
        for formula in ["=1+1", "+33 4", "-2+3", "@SUM(A1)", "\t=1", " =1", "-18,5+1", "-=1,5", "＝1+1"] {
            assert!(quoted(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(quoted("-18,5"), "\"-18,5\"");
        assert_eq!(quoted("dit « ça \"va\" »; bien"), "\"dit « ça \"\"va\"\" »; bien\"");
    }
}
