//! The net quantity of a piece, as labels and tills write it.

use super::fault::Reason;
use crate::catalogue::{Measure, Net};
use crate::import::key;

/// What is more is a comma that was lost. In grams or millilitres.
const NET_CAP: u32 = 100_000;
/// More digits are no amount of anything.
const DIGITS_CAP: usize = 9;

/// What a unit is of, and how many grams or millilitres it has.
pub(super) type Unit = (Measure, u64);

/// `kg`, `litres`.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "g" | "gr" | "gramme" | "grammes" => (Measure::Gram, 1),
        "kg" | "kilo" | "kilos" | "kilogramme" | "kilogrammes" => (Measure::Gram, 1000),
        "ml" | "millilitre" | "millilitres" => (Measure::Millilitre, 1),
        "cl" | "centilitre" | "centilitres" => (Measure::Millilitre, 10),
        "dl" | "decilitre" | "decilitres" => (Measure::Millilitre, 100),
        "l" | "lt" | "litre" | "litres" => (Measure::Millilitre, 1000),
        _ => return None,
    })
}

/// `500 g`, `1,5 L`, `6 x 33 cl`; a number alone is of the column's unit. None for `0`, and for what is counted, « 6 pièces ».
pub(super) fn net(cell: &str, column: Option<Unit>) -> Result<Option<Net>, Reason> {
    let cell = cell.trim().to_lowercase();
    if cell.starts_with(['-', '−']) {
        return Err(Reason::Negative);
    }
    let (times, each) = match cell.split_once(['x', '×', '*']) {
        Some((times, each)) => (times.trim(), each.trim()),
        None => ("1", cell.as_str()),
    };
    let ends = each.rfind(|letter: char| letter.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, word) = (each[..ends].trim(), key(&each[ends..]));
    let amount = Amount::of(number).ok_or(Reason::NotAQuantity)?;
    if is_counted(&word) || times.is_empty() && word.is_empty() {
        return Ok(None);
    }
    let times = Amount::of(times).and_then(|times| times.whole(1)).ok_or(Reason::NotAQuantity)?;
    let (of, factor) = match (word.as_str(), column) {
        ("", _) if amount.digits == 0 => return Ok(None),
        ("", None) => return Err(Reason::NoUnit),
        ("", Some(column)) => column,
        (word, _) => unit(word).ok_or(Reason::NotAQuantity)?,
    };
    let amount = amount.whole(factor).ok_or(Reason::NotWhole)?;
    match u32::try_from(amount.saturating_mul(times)) {
        Ok(0) => Err(Reason::Zero),
        Ok(amount) if amount <= NET_CAP => Ok(Some(Net { amount, of })),
        _ => Err(Reason::TooMuch { cap: NET_CAP }),
    }
}

/// Likewise, as somebody types it into a form: with its unit.
pub(in crate::catalogue) fn net_typed(typed: &str) -> Result<Option<Net>, Reason> {
    net(typed, None)
}

fn is_counted(word: &str) -> bool {
    ["u", "uvc", "unite", "unites", "pce", "pces", "pc", "piece", "pieces", "oeuf", "oeufs"].contains(&word)
}

/// Its digits without the comma, and how many of them stand after it.
#[derive(Clone, Copy)]
struct Amount {
    digits: u64,
    places: u32,
}

impl Amount {
    /// `1,5`, `0.375`, `1 500`.
    fn of(number: &str) -> Option<Amount> {
        let (whole, part) = number.split_once([',', '.']).unwrap_or((number, ""));
        let groups: Vec<&str> = whole.split(char::is_whitespace).collect();
        let (first, rest) = groups.split_first()?;
        let even = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
        let digits = groups.concat() + part;
        let read = even && (1..=DIGITS_CAP).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        Some(Amount { digits: digits.parse().ok().filter(|_| read)?, places: u32::try_from(part.len()).ok()? })
    }

    /// `times` as much, where that is a whole number.
    fn whole(self, times: u64) -> Option<u64> {
        let (all, one) = (self.digits.checked_mul(times)?, 10u64.pow(self.places));
        all.is_multiple_of(one).then_some(all / one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_what_the_label_says() {
        let grams = |amount| Ok(Some(Net { amount, of: Measure::Gram }));
        let millilitres = |amount| Ok(Some(Net { amount, of: Measure::Millilitre }));
        let cases = [
            ("500 g", grams(500)),
            ("500G", grams(500)),
            ("0,375 kg", grams(375)),
            ("1 500 g", grams(1500)),
            ("1,5 L", millilitres(1500)),
            ("75 cl", millilitres(750)),
            ("33,3cl", millilitres(333)),
            ("6 x 33 cl", millilitres(1980)),
            ("6x33cl", millilitres(1980)),
            ("4 × 125 g", grams(500)),
            ("0", Ok(None)),
            ("0,00", Ok(None)),
            ("6 pièces", Ok(None)),
            ("x6", Ok(None)),
            ("6 œufs", Ok(None)),
            ("500", Err(Reason::NoUnit)),
            ("0 g", Err(Reason::Zero)),
            ("0,5 g", Err(Reason::NotWhole)),
            ("-5 g", Err(Reason::Negative)),
            ("500 kg", Err(Reason::TooMuch { cap: NET_CAP })),
            ("6 33 cl", Err(Reason::NotAQuantity)),
            ("un peu", Err(Reason::NotAQuantity)),
            ("500 gallons", Err(Reason::NotAQuantity)),
            ("1,5 x 33 cl", Err(Reason::NotAQuantity)),
            ("99999999999 g", Err(Reason::NotAQuantity)),
            ("x", Err(Reason::NotAQuantity)),
        ];
        for (typed, wanted) in cases {
            assert_eq!(net(typed, None), wanted, "{typed}");
        }
    }

    #[test]
    fn a_number_alone_is_of_the_columns_unit() {
        assert_eq!(net("0,5", unit("kg")), Ok(Some(Net { amount: 500, of: Measure::Gram })));
        assert_eq!(net("75 cl", unit("kg")), Ok(Some(Net { amount: 750, of: Measure::Millilitre })));
    }
}
