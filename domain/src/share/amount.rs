//! Money as people type it: « 100 », « 1 500,50 € ».

use crate::catalogue::Cents;
use crate::register::Mistake;

/// The highest amount that is let in: a hundred million euros.
pub const AMOUNT_CAP: Cents = Cents(10_000_000_000);

/// From nothing up to the cap, to the cent.
pub fn amount(typed: &str) -> Result<Cents, Mistake> {
    let bare = typed.trim();
    let bare = bare.strip_suffix('€').or_else(|| bare.strip_suffix("EUR")).or_else(|| bare.strip_suffix("euros")).unwrap_or(bare);
    let bare: String = bare.chars().filter(|letter| !letter.is_whitespace() && *letter != '\'' && *letter != '’').collect();
    let (whole, decimals) = match bare.rsplit_once([',', '.']) {
        Some((whole, decimals)) => (whole, decimals),
        None => (bare.as_str(), ""),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // « 1.500 » is as much one euro and a half as fifteen hundred: nobody is taken at one of the two.
    if bare.is_empty() || whole.is_empty() || !are_digits(whole) || !are_digits(decimals) || decimals.len() > 2 {
        return Err(Mistake::AmountUnreadable);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > 9 {
        return Err(Mistake::AmountTooLarge { cap: AMOUNT_CAP });
    }
    let number = |digits: &str| digits.bytes().fold(0_i64, |number, digit| 10 * number + i64::from(digit - b'0'));
    let cents = Cents(100 * number(whole) + if decimals.len() == 1 { 10 * number(decimals) } else { number(decimals) });
    if cents > AMOUNT_CAP { Err(Mistake::AmountTooLarge { cap: AMOUNT_CAP }) } else { Ok(cents) }
}

/// More than nothing.
pub fn typed_amount(typed: &str) -> Result<Cents, Mistake> {
    let cents = amount(typed)?;
    if cents == Cents::ZERO { Err(Mistake::AmountMissing) } else { Ok(cents) }
}
