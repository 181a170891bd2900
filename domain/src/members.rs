//! Members: names, skills, and what each may do because of what they are.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::time::Days;

/// Something one has learnt and a seat may ask for, by its slug (`caisse`, `ouverture`…).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Skill(String);

impl Skill {
    /// The skill that qualifies for the lead's seat.
    pub const LEAD: &'static str = "animation";

    /// A slug: 1 to 40 small letters, digits or hyphens.
    pub fn parse(text: &str) -> Option<Skill> {
        let fits =
            (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Skill(text.to_owned()))
    }

    pub fn lead() -> Skill {
        Skill(Self::LEAD.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Skill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name as co-workers see it: first name and initial, « Camille M. ».
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ShortName {
    #[serde(rename = "f")]
    pub first: String,
    /// The family name's first letter, without a point.
    #[serde(rename = "i")]
    pub initial: String,
}

impl ShortName {
    pub fn new(first: &str, last: &str) -> Self {
        Self { first: first.to_owned(), initial: last.chars().take(1).flat_map(char::to_uppercase).collect() }
    }

    /// « CM », what a seat shows.
    pub fn initials(&self) -> String {
        let first = self.first.chars().next();
        first.into_iter().flat_map(char::to_uppercase).chain(self.initial.chars()).collect()
    }
}

impl fmt::Display for ShortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.initial.is_empty() { f.write_str(&self.first) } else { write!(f, "{} {}.", self.first, self.initial) }
    }
}

/// Whether a member works a recurring seat or books each cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// « fixe »
    Regular,
    /// « volant »
    Floating,
}

/// A fact about somebody that a server always knows and a browser may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known<T> {
    Known(T),
    Unknown,
}

impl<T> Known<T> {
    pub fn get(&self) -> Option<&T> {
        match self {
            Known::Known(fact) => Some(fact),
            Known::Unknown => None,
        }
    }
}

/// An e-mail address as it is kept and compared: trimmed, small letters, with one `@` inside.
pub fn email_address(typed: &str) -> Option<String> {
    let email = typed.trim().to_lowercase();
    let (name, domain) = email.split_once('@')?;
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c));
    let fits = !name.is_empty() && domain.contains('.') && !domain.contains('@') && email.len() <= 254;
    let whole = !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains("..");
    (plain && fits && whole).then_some(email)
}

/// What may stand between the digits of a phone number, beside spaces.
const BETWEEN_DIGITS: [char; 7] = ['.', '-', '/', '(', ')', '_', '‑'];

/// A phone number as it is kept: a French one in pairs, « 06 12 34 56 78 », another one behind its « + ». A spreadsheet that took
/// it for a number has lost its first zero, which comes back.
pub fn phone_number(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace() && !BETWEEN_DIGITS.contains(c)).collect();
    let abroad = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"));
    let digits = abroad.unwrap_or(&bare);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let french = if abroad.is_some() { digits.strip_prefix("33") } else { Some(digits) };
    match french.map(|national| national.strip_prefix('0').unwrap_or(national)) {
        Some(nine) if nine.len() == 9 && !nine.starts_with('0') => Some(in_pairs(&format!("0{nine}"))),
        None if (8..=15).contains(&digits.len()) => Some(format!("+{digits}")),
        _ => None,
    }
}

/// Of digits alone.
fn in_pairs(digits: &str) -> String {
    let mut spaced = String::with_capacity(digits.len() * 3 / 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            spaced.push(' ');
        }
        spaced.push(digit);
    }
    spaced
}

/// What decides whether somebody may hold a seat, and is nobody else's business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aptitude {
    /// Still a member, with work allowed.
    pub active: bool,
    pub skills: BTreeSet<Skill>,
    /// Days of leave, ends included, in Paris.
    pub leaves: Vec<Days>,
    /// Has worked at least one shift: no longer a first-timer.
    pub experienced: bool,
}

impl Aptitude {
    /// Shows a first-timer how it goes: has worked, or may lead. Where a co-op begins nobody has worked.
    pub fn guides(&self) -> bool {
        self.experienced || self.skills.iter().any(|skill| skill.as_str() == Skill::LEAD)
    }
}

/// Somebody as the rules see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: MemberId,
    pub name: ShortName,
    pub aptitude: Known<Aptitude>,
}

/// What the signed-in person may do beyond a member's acts, from groups, mandates and employment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// Active member of Administratif et financier, or the employee.
    pub office: bool,
    pub employee: bool,
    /// Qualified to lead a shift.
    pub lead: bool,
    pub committee: bool,
    /// Slugs of the working groups one belongs to.
    pub groups: Vec<String>,
    /// Slugs of the working groups one is referent of.
    pub referent_of: Vec<String>,
    /// Makes the Monday brief: active member of Communication, or the employee.
    #[serde(default)]
    pub edits_brief: bool,
    /// Stands in for the employee, who is away: reads what waits for the office.
    #[serde(default)]
    pub stands_in: bool,
}

impl Rights {
    /// Answers for who comes: Association Alpar, whoever may lead, the employee, the office.
    pub fn covers(&self) -> bool {
        self.office || self.employee || self.lead || self.groups.iter().any(|group| group == crate::coverage::ASSOCIATION)
    }

    /// Keeps the ranges: Approvisionnement, and the employee.
    pub fn keeps_catalogue(&self) -> bool {
        self.employee || self.groups.iter().any(|group| group == crate::catalogue::SUPPLY)
    }

    /// Keeps the procedures and reads the records: Distribution, and the office.
    pub fn keeps_procedures(&self) -> bool {
        self.office || self.groups.iter().any(|group| group == "distribution")
    }
}
