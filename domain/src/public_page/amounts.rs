//! Amounts that a page's own table says, to be drawn beside it.

/// The name that asks for the drawing.
pub const AMOUNTS: &str = "montants";
/// No source of the co-op's money is larger. Euro cents.
const CENTS_CAP: i64 = 100_000_000_000;

/// A row of such a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    pub label: String,
    /// Euro cents, never below nought.
    pub cents: i64,
}

pub(super) fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The amounts of a table's rows, its head left out; or the row, from 0, whose last cell is no amount. A table without rows
/// says none.
pub(super) fn amounts(rows: &[&str]) -> Result<Vec<Amount>, usize> {
    let cells = |row: &str| -> Vec<String> {
        let inside = row.trim().trim_start_matches('|').trim_end_matches('|');
        inside.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let is_rule =
        |row: &str| cells(row).iter().all(|cell| !cell.is_empty() && cell.chars().all(|sign| matches!(sign, '-' | ':')));
    // What stands above the rule is the table's head.
    let first = rows.iter().position(|row| is_rule(row)).map_or(0, |rule| rule + 1);
    rows.iter()
        .enumerate()
        .skip(first)
        .map(|(at, row)| {
            let cells = cells(row);
            let label = cells.first().filter(|label| cells.len() > 1 && !label.is_empty()).cloned();
            label.zip(cells.last().and_then(|cell| cents(cell))).map(|(label, cents)| Amount { label, cents }).ok_or(at)
        })
        .collect()
}

/// « 15 658 € », « 1 234,50 »: whatever spaces stand between the figures.
fn cents(typed: &str) -> Option<i64> {
    let bare: String = typed.trim().trim_end_matches('€').chars().filter(|sign| !sign.is_whitespace()).collect();
    let (euros, rest) = bare.split_once([',', '.']).unwrap_or((&bare, ""));
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || euros.len() > 10 || rest.len() > 2 || !figures(euros) || !figures(rest) {
        return None;
    }
    let cents = euros.parse::<i64>().ok()? * 100 + format!("{rest:0<2}").parse::<i64>().ok()?;
    (cents <= CENTS_CAP).then_some(cents)
}
