//! Where the shop is, and how the public reaches it.

use serde::{Deserialize, Serialize};

use super::said::{Mistake, has_words};
use crate::line;
use crate::procedures::Fields;

/// The longest line of the address, in characters; the longest link to a map, in bytes.
pub const PLACE_CAP: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// « 7, rue du Vieux Moulin »
    pub street: String,
    /// What helps to find it: « Zone Actigone ».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    pub town: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// A link to a map, `http` or `https`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// What the public may write to, and call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Place {
    /// From `rue`, `quartier`, `code`, `commune`, `region`, `carte`, `mail` and `telephone`.
    pub fn read(fields: &Fields) -> Result<Place, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut one = |name: &'static str, missing: Option<Mistake>| {
            let said = line::line(fields.one(name));
            match missing {
                Some(missing) if !has_words(&said) => mistakes.push(missing),
                _ if said.chars().count() > PLACE_CAP => mistakes.push(Mistake::LineTooLong { cap: PLACE_CAP }),
                _ => {}
            }
            said
        };
        let street = one("rue", Some(Mistake::StreetMissing));
        let area = one("quartier", None);
        let postal_code = one("code", None);
        let town = one("commune", Some(Mistake::TownMissing));
        let region = one("region", None);
        let (map, email, phone) = (one("carte", None), one("mail", None), one("telephone", None));
        let five = postal_code.len() == 5 && postal_code.bytes().all(|byte| byte.is_ascii_digit());
        if !postal_code.is_empty() && !five {
            mistakes.push(Mistake::PostalCodeUnreadable);
        }
        let link = prose::Link::parse(&map).filter(prose::Link::is_external);
        if !map.is_empty() && link.is_none() {
            mistakes.push(Mistake::MapNotALink);
        }
        if !email.is_empty() && (email.contains('?') || !prose::is_link(&format!("mailto:{email}"))) {
            mistakes.push(Mistake::EmailUnreadable);
        }
        if !phone.is_empty() && !is_phone(&phone) {
            mistakes.push(Mistake::PhoneUnreadable);
        }
        let some = |text: String| (!text.is_empty()).then_some(text);
        let map = link.map(|link| link.to_string());
        let place = Place { street, area, postal_code, town, region, map, email: some(email), phone: some(phone) };
        if mistakes.is_empty() { Ok(place) } else { Err(mistakes) }
    }

    /// As it stands on an envelope, line by line.
    pub fn lines(&self) -> Vec<String> {
        let town = [self.postal_code.as_str(), self.town.as_str()];
        let town = town.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        [self.street.clone(), self.area.clone(), town].into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// Where a map shows it: the link that was typed, or a search for the address.
    pub fn map_link(&self) -> String {
        match &self.map {
            Some(map) => map.clone(),
            None => format!("https://www.openstreetmap.org/search?query={}", escaped(&format!("{}, {}", self.street, self.town))),
        }
    }

    /// The figures of the telephone number alone, as a link calls it.
    pub fn calls(&self) -> Option<String> {
        let phone = self.phone.as_ref()?;
        Some(phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect())
    }
}

/// « 04 50 00 00 00 », « +33 4 50 00 00 00 »
fn is_phone(text: &str) -> bool {
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (6..=15).contains(&figures) && rest.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '.' | '-' | '\u{a0}'))
}

/// As an address writes any text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
