//! What the scales print: an article of this shop, and how much of it there is or what that costs.
//!
//! Thirteen digits: the prefix (02, 20 to 29), the article, in some shops a digit that checks the value, the value in cents or grams,
//! and the check digit. Which of them a prefix has is up to each shop (GS1 leaves it to them), so it is a setting.

use serde::{Deserialize, Serialize};

use super::{Barcode, BarcodeMistake, Cents, Mistake, Product};
use crate::import::key;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carries {
    /// Cents.
    Price,
    /// Grams.
    Weight,
}

/// What the codes of one prefix say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WeighedRule {
    /// 2 is « 02 »; 20 to 29.
    pub prefix: u8,
    pub carries: Carries,
    /// How many digits the article has; the value has the rest of ten.
    pub article: u8,
    /// Whether one of these ten, between the two, checks the value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verified: bool,
}

/// How the scales of a shop are set unless it says otherwise: « 02 » and « 23 » carry a price, « 21 » a weight (the last two as in
/// Odoo's own nomenclature). No rule says what the others of 20 to 29 carry: GS1 leaves them to each shop, and tills disagree (SAP's
/// examples have a price under 21 and 28, and a weight under 27). A label of those is its article without what it carries
/// ([`Scanned::may_be_of`]) until the group says how its scales are set: no amount is better than a wrong one.
pub const USUAL_SCALES: [WeighedRule; 3] = [
    WeighedRule { prefix: 2, carries: Carries::Price, article: 5, verified: false },
    WeighedRule { prefix: 21, carries: Carries::Weight, article: 5, verified: false },
    WeighedRule { prefix: 23, carries: Carries::Price, article: 5, verified: false },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carried {
    Price(Cents),
    /// Grams.
    Weight(u32),
}

/// What a code turns out to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scanned {
    Product(Barcode),
    Weighed {
        /// The article's own code: the same with nothing weighed.
        barcode: Barcode,
        article: String,
        carried: Carried,
    },
}

/// The digits before the value, as most scales are set.
const PREFIX_AND_ARTICLE: usize = 7;

/// The digits of such a code.
struct Parts<'a> {
    article: &'a str,
    verifier: &'a str,
    value: &'a str,
}

/// What a catalogue has that says nothing of its scales.
pub(super) fn usual_scales() -> Vec<WeighedRule> {
    USUAL_SCALES.to_vec()
}

/// How scales are set, as somebody types it, a prefix on a line: « 21 poids 5 », the prefix, what it carries and how many digits the
/// article has; « 20 prix 5 vérifié » where a digit checks the value. Nothing is the usual.
pub fn scales_typed(typed: &str) -> Result<Vec<WeighedRule>, Mistake> {
    let mut rules: Vec<WeighedRule> = Vec::new();
    for (line, said) in (1..).zip(typed.lines()).filter(|(_, said)| !said.trim().is_empty()) {
        let rule = WeighedRule::read(said).filter(|rule| rules.iter().all(|known| known.prefix != rule.prefix));
        rules.push(rule.ok_or(Mistake::Scales { line })?);
    }
    Ok(if rules.is_empty() { usual_scales() } else { rules })
}

impl WeighedRule {
    fn read(line: &str) -> Option<WeighedRule> {
        let said = key(line);
        let words: Vec<&str> = said.split(' ').collect();
        let (prefix, carries, article, verified) = match words.as_slice() {
            [prefix, carries, article] => (prefix, carries, article, false),
            [prefix, carries, article, "verifie"] => (prefix, carries, article, true),
            _ => return None,
        };
        let carries = match *carries {
            "prix" => Carries::Price,
            "poids" => Carries::Weight,
            _ => return None,
        };
        let rule = WeighedRule { prefix: prefix.parse().ok()?, carries, article: article.parse().ok()?, verified };
        rule.is_sound().then_some(rule)
    }

    /// As somebody would have typed it.
    pub fn typed(self) -> String {
        let carries = match self.carries {
            Carries::Price => "prix",
            Carries::Weight => "poids",
        };
        format!("{:02} {carries} {}{}", self.prefix, self.article, if self.verified { " vérifié" } else { "" })
    }

    /// Whether a shop may be set so.
    pub fn is_sound(self) -> bool {
        let value = 10 - i16::from(self.article) - i16::from(self.verified);
        (self.prefix == 2 || (20..=29).contains(&self.prefix))
            && (3..=7).contains(&self.article)
            && (!self.verified || (4..=5).contains(&value))
    }

    fn parts(self, code: &str) -> Option<Parts<'_>> {
        let rest = code.strip_prefix(format!("{:02}", self.prefix).as_str())?;
        if !self.is_sound() || code.len() != 13 {
            return None;
        }
        let (article, rest) = rest.split_at_checked(usize::from(self.article))?;
        let (verifier, rest) = rest.split_at_checked(usize::from(self.verified))?;
        let (value, _) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        Some(Parts { article, verifier, value })
    }
}

impl Scanned {
    /// As it is printed or typed.
    pub fn read(code: &str, rules: &[WeighedRule]) -> Result<Scanned, BarcodeMistake> {
        Scanned::of(code.parse()?, rules)
    }

    /// A code of the shop that no rule knows is a product's like any other, and so is one that carries nothing.
    pub fn of(barcode: Barcode, rules: &[WeighedRule]) -> Result<Scanned, BarcodeMistake> {
        let known = rules.iter().find_map(|rule| Some((rule, rule.parts(barcode.as_str())?)));
        let Some((rule, Parts { article, verifier, value })) = known else { return Ok(Scanned::Product(barcode)) };
        if rule.verified && verifier_of(value).map(|digit| digit.to_string()).as_deref() != Some(verifier) {
            return Err(BarcodeMistake::CheckDigit);
        }
        let amount: u32 = value.parse().map_err(|_| BarcodeMistake::NotDigits)?;
        if amount == 0 {
            return Ok(Scanned::Product(barcode));
        }
        let empty = "0".repeat(verifier.len() + value.len());
        Ok(Scanned::Weighed {
            barcode: Barcode::closing(&format!("{:02}{article}{empty}", rule.prefix))?,
            article: article.to_owned(),
            carried: match rule.carries {
                Carries::Price => Carried::Price(Cents(i64::from(amount))),
                Carries::Weight => Carried::Weight(amount),
            },
        })
    }

    /// The code that its product has.
    pub fn barcode(&self) -> &Barcode {
        match self {
            Scanned::Product(barcode) | Scanned::Weighed { barcode, .. } => barcode,
        }
    }

    /// Whether it may be a label of this product from scales that no rule knows: what the product's own code has before its zeros,
    /// a prefix and an article, stands before its value.
    pub fn may_be_of(&self, product: &Product) -> bool {
        let label = match self {
            Scanned::Product(label) if label.is_in_store() => label.as_str(),
            _ => return false,
        };
        product.barcodes.iter().map(Barcode::as_str).any(|own| {
            let both = own.bytes().zip(label.bytes());
            (own.len(), label.len()) == (13, 13)
                && both.take(PREFIX_AND_ARTICLE).all(|(own, label)| own == label)
                && own.bytes().take(12).skip(PREFIX_AND_ARTICLE).all(|digit| digit == b'0')
        })
    }

    /// Whether it is a code of this product, in whose stead a till may keep one of its labels.
    pub fn is_of(&self, product: &Product, rules: &[WeighedRule]) -> bool {
        product.barcodes.iter().any(|own| {
            own == self.barcode()
                || own.is_in_store() && Scanned::of(own.clone(), rules).is_ok_and(|scanned| scanned.barcode() == self.barcode())
        })
    }
}

// The products of a digit and its weight that GS1 names « 2− », « 3 », « 5− » and « 5+ »: without, or with, their tens.
const TWO_MINUS: [u8; 10] = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const THREE: [u8; 10] = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const FIVE_MINUS: [u8; 10] = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];
const FIVE_PLUS: [u8; 10] = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];

/// The digit that checks a value of four or five: GS1 General Specifications, « price or weight check digit » (7.9).
fn verifier_of(value: &str) -> Option<u8> {
    let digits: Vec<usize> = value.bytes().map(|byte| usize::from(byte - b'0')).collect();
    match *digits.as_slice() {
        [a, b, c, d] => Some((TWO_MINUS[a] + TWO_MINUS[b] + THREE[c] + FIVE_MINUS[d]) * 3 % 10),
        [a, b, c, d, e] => {
            let sum = FIVE_PLUS[a] + TWO_MINUS[b] + FIVE_MINUS[c] + FIVE_PLUS[d] + TWO_MINUS[e];
            let rest = (10 - sum % 10) % 10;
            FIVE_MINUS.iter().zip(0..).find_map(|(product, digit)| (*product == rest).then_some(digit))
        }
        _ => None,
    }
}
