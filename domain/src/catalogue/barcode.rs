//! What is printed on a product.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An EAN-8 or EAN-13 whose check digit is right; a UPC-A is the EAN-13 with a leading 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Barcode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarcodeMistake {
    NotDigits,
    /// Neither 8 nor 12 nor 13.
    Length,
    /// Or nothing but zeros.
    CheckDigit,
}

impl Barcode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a shop gave it for itself: 02, 04 and 20 to 29, and of the short ones 0 and 2. Elsewhere it is something else.
    pub fn is_in_store(&self) -> bool {
        match self.0.len() {
            8 => self.0.starts_with(['0', '2']),
            _ => ["02", "04", "2"].iter().any(|prefix| self.0.starts_with(prefix)),
        }
    }

    /// The code of so many digits and the one that checks them.
    pub fn closing(digits: &str) -> Result<Barcode, BarcodeMistake> {
        if !are_digits(digits) {
            return Err(BarcodeMistake::NotDigits);
        }
        format!("{digits}{}", check_digit(digits)).parse()
    }
}

impl fmt::Display for Barcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Barcode {
    type Err = BarcodeMistake;

    /// As it is printed or typed, « 3 760012 345671 ».
    fn from_str(typed: &str) -> Result<Self, BarcodeMistake> {
        let mut digits: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
        if !are_digits(&digits) {
            return Err(BarcodeMistake::NotDigits);
        }
        if digits.len() == 12 {
            digits.insert(0, '0');
        }
        if digits.len() != 8 && digits.len() != 13 {
            return Err(BarcodeMistake::Length);
        }
        let (body, check) = digits.split_at(digits.len() - 1);
        if check != check_digit(body).to_string() || digits.bytes().all(|digit| digit == b'0') {
            return Err(BarcodeMistake::CheckDigit);
        }
        // No EAN-13 begins like this: it is an EAN-8 that a till filled up.
        if digits.len() == 13 && digits.starts_with("00000") {
            digits.replace_range(..5, "");
        }
        Ok(Barcode(digits))
    }
}

impl TryFrom<String> for Barcode {
    type Error = BarcodeMistake;

    fn try_from(text: String) -> Result<Self, BarcodeMistake> {
        text.parse()
    }
}

impl fmt::Display for BarcodeMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BarcodeMistake::NotDigits => "a barcode is digits alone",
            BarcodeMistake::Length => "a barcode has 8, 12 or 13 digits",
            BarcodeMistake::CheckDigit => "the last digit does not check the others",
        })
    }
}

impl std::error::Error for BarcodeMistake {}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digit that closes these: from the right they count thrice and once in turn, up to the next ten.
fn check_digit(digits: &str) -> u32 {
    let weighed = digits.bytes().rev().enumerate().map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 3 } else { 1 });
    (10 - weighed.sum::<u32>() % 10) % 10
}
