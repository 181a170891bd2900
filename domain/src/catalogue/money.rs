//! Money and rates, whole numbers throughout.

use serde::{Deserialize, Serialize};

/// The highest price that is let in.
pub const PRICE_CAP: Cents = Cents(1_000_000);
/// The highest rate that is let in: 100 %.
pub const RATE_CAP: Rate = Rate(10_000);
/// The margin until somebody sets another.
pub const MARGIN: Rate = Rate(2_000);
/// The rates of the French VAT, and none.
pub const VAT_RATES: [Rate; 5] = [Rate(0), Rate(210), Rate(550), Rate(1_000), Rate(2_000)];

/// An amount of money, in cents of a euro.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

/// A share, in hundredths of a per cent: 5,5 % is 550.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(pub u16);

/// What is wrong with an amount or a rate that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountMistake {
    Unreadable,
    /// It has more than two decimals that count.
    TooPrecise,
    Negative,
    /// More than `PRICE_CAP`, or `RATE_CAP`.
    AboveCap,
}

impl Cents {
    pub const ZERO: Cents = Cents(0);

    pub fn checked_add(self, other: Cents) -> Option<Cents> {
        self.0.checked_add(other.0).map(Cents)
    }

    pub fn checked_sub(self, other: Cents) -> Option<Cents> {
        self.0.checked_sub(other.0).map(Cents)
    }

    pub fn checked_mul(self, times: i64) -> Option<Cents> {
        self.0.checked_mul(times).map(Cents)
    }

    /// What was let in is under the cap: the sum never comes near the end of the numbers, and stops there otherwise.
    pub(super) fn plus(self, other: Cents) -> Cents {
        Cents(self.0.saturating_add(other.0))
    }

    /// « 3,50 », « 3.5 € », « 1 234,50 »: from nothing up to the cap.
    pub fn parse(typed: &str) -> Result<Cents, AmountMistake> {
        let read = Read::of(bare(typed, &EUROS))?;
        if read.is_cut() { Err(AmountMistake::TooPrecise) } else { capped(read.hundredths) }
    }

    /// Likewise, to the nearest cent: a till may keep a purchase price to a tenth of one, « 2,3456 ».
    pub fn parse_to_the_cent(typed: &str) -> Result<Cents, AmountMistake> {
        let read = Read::of(bare(typed, &EUROS))?;
        capped(read.hundredths + i64::from(read.rounds_up()))
    }
}

impl Rate {
    /// Its share of an amount, to the cent, half a cent up.
    pub fn of(self, amount: Cents) -> Cents {
        Cents(scaled(amount.0, i64::from(self.0), 10_000))
    }

    /// « 5,5 % », « 20 », « 5.5 »: up to the cap.
    pub fn parse(typed: &str) -> Result<Rate, AmountMistake> {
        let read = Read::of(bare(typed, &["%"]))?;
        if read.is_cut() {
            return Err(AmountMistake::TooPrecise);
        }
        let rate = u16::try_from(read.hundredths).map(Rate).map_err(|_| AmountMistake::AboveCap)?;
        if rate > RATE_CAP { Err(AmountMistake::AboveCap) } else { Ok(rate) }
    }
}

/// `amount` × `by` ÷ `over`, half up, exactly: the whole part and the rest are taken apart, so that nothing overflows on the way.
/// `over` is positive, `by` is not negative, and both are below 2³².
pub(super) fn scaled(amount: i64, by: i64, over: i64) -> i64 {
    let (whole, rest) = (amount.div_euclid(over), amount.rem_euclid(over));
    whole.saturating_mul(by).saturating_add((2 * rest * by + over).div_euclid(2 * over))
}

/// What may stand beside an amount.
const EUROS: [&str; 4] = ["€", "euros", "euro", "EUR"];

fn capped(cents: i64) -> Result<Cents, AmountMistake> {
    if cents > PRICE_CAP.0 { Err(AmountMistake::AboveCap) } else { Ok(Cents(cents)) }
}

/// Without its unit.
fn bare<'a>(typed: &'a str, units: &[&str]) -> &'a str {
    let typed = typed.trim();
    let without = |unit: &&str| typed.strip_suffix(*unit).or_else(|| typed.strip_prefix(*unit));
    units.iter().find_map(without).unwrap_or(typed).trim()
}

/// A number as people and tills write it.
struct Read<'a> {
    /// As far as two decimals.
    hundredths: i64,
    /// The decimals after these.
    beyond: &'a str,
}

impl<'a> Read<'a> {
    fn of(typed: &'a str) -> Result<Read<'a>, AmountMistake> {
        let (negative, typed) = match typed.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, typed),
        };
        let (whole, decimals) = match typed.split_once([',', '.']) {
            Some((_, "")) => return Err(AmountMistake::Unreadable),
            Some(parts) => parts,
            None => (typed, ""),
        };
        let whole = ungrouped(whole).ok_or(AmountMistake::Unreadable)?;
        if (whole.is_empty() && decimals.is_empty()) || !are_digits(decimals) {
            return Err(AmountMistake::Unreadable);
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 12 {
            return Err(AmountMistake::AboveCap);
        }
        let (kept, beyond) = decimals.split_at(decimals.len().min(2));
        let decimals = if kept.len() == 1 { 10 * number(kept) } else { number(kept) };
        let read = Read { hundredths: 100 * number(whole) + decimals, beyond };
        if negative && (read.hundredths > 0 || read.is_cut()) { Err(AmountMistake::Negative) } else { Ok(read) }
    }

    /// Whether something is lost with the decimals after two.
    fn is_cut(&self) -> bool {
        self.beyond.bytes().any(|digit| digit != b'0')
    }

    fn rounds_up(&self) -> bool {
        self.beyond.starts_with(['5', '6', '7', '8', '9'])
    }
}

/// « 1 234 » in its digits alone; what stands between them keeps them in threes.
fn ungrouped(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(|letter: char| letter.is_whitespace() || ['\'', '’'].contains(&letter)).collect();
    let (first, rest) = groups.split_first()?;
    let even = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    (even && groups.iter().all(|group| are_digits(group))).then(|| groups.concat())
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Of digits alone, a few of them.
fn number(digits: &str) -> i64 {
    digits.bytes().fold(0, |number, digit| 10 * number + i64::from(digit - b'0'))
}
