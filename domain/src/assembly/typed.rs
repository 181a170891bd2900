//! What those who prepare an assembly type, and all that is wrong with it.

use std::collections::BTreeSet;

use super::{AssemblyMistake, Kind, Majority, SEATS_CAP, Way};
use crate::event::typed_instant;
use crate::governance::PLACE_CAP;
use crate::id::{AssemblyId, MemberId};
use crate::line::{line, lines};
use crate::procedures::Fields;
use crate::time::Instant;

/// The longest title, in characters: that of a decision, which a resolution becomes.
const TITLE_CAP: usize = 160;
/// The longest agenda, in characters of Markdown.
pub const AGENDA_CAP: usize = 6_000;
/// The longest text of a resolution, in characters of Markdown: that of a decision.
const TEXT_CAP: usize = 4_000;
/// The longest text of a document, in characters of Markdown.
const DOCUMENT_CAP: usize = 20_000;
/// The longest address of a document, in characters.
const HREF_CAP: usize = 500;
/// The most documents.
pub const DOCUMENTS_CAP: usize = 12;
/// The most things on which one assembly votes.
pub const RESOLUTIONS_CAP: usize = 30;
/// The longest words of a candidate, in characters.
pub const WORDS_CAP: usize = 800;
/// The longest minutes, in characters of Markdown.
pub const MINUTES_CAP: usize = 60_000;
/// So many tellers count, at least.
pub const TELLERS: usize = 2;
/// The most tellers.
const TELLERS_CAP: usize = 12;

fn title_of(fields: &Fields, mistakes: &mut Vec<AssemblyMistake>) -> String {
    let title = line(fields.one("title"));
    if !title.chars().any(char::is_alphanumeric) {
        mistakes.push(AssemblyMistake::TitleMissing);
    } else if title.chars().count() > TITLE_CAP {
        mistakes.push(AssemblyMistake::TitleTooLong { cap: TITLE_CAP });
    }
    title
}

fn text_of(fields: &Fields, cap: usize, mistakes: &mut Vec<AssemblyMistake>) -> String {
    let text = lines(fields.one("text"));
    let long = text.chars().count();
    if long > cap {
        mistakes.push(AssemblyMistake::TextTooLong { cap, long });
    }
    text
}

/// An assembly as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenAssembly {
    pub kind: Kind,
    pub title: String,
    pub starts_at: Instant,
    pub place: String,
    /// « L’ordre du jour »: Markdown. It may come later, before members are called.
    pub agenda: String,
    /// The one to which too few had come.
    pub second_of: Option<AssemblyId>,
}

impl WrittenAssembly {
    pub fn read(fields: &Fields, now: Instant) -> Result<WrittenAssembly, Vec<AssemblyMistake>> {
        let mut mistakes = Vec::new();
        let title = title_of(fields, &mut mistakes);
        let starts_at = typed_instant(fields.one("debut"));
        match starts_at {
            None => mistakes.push(AssemblyMistake::StartUnreadable),
            Some(at) if at <= now => mistakes.push(AssemblyMistake::InThePast),
            Some(_) => {}
        }
        let place = line(fields.one("lieu"));
        if !place.chars().any(char::is_alphanumeric) {
            mistakes.push(AssemblyMistake::PlaceMissing);
        } else if place.chars().count() > PLACE_CAP {
            mistakes.push(AssemblyMistake::PlaceTooLong { cap: PLACE_CAP });
        }
        let agenda = text_of(fields, AGENDA_CAP, &mut mistakes);
        let kind = Kind::parse(fields.one("nature")).unwrap_or_default();
        let second_of = fields.one("seconde").parse::<AssemblyId>().ok();
        match starts_at {
            Some(starts_at) if mistakes.is_empty() => Ok(WrittenAssembly { kind, title, starts_at, place, agenda, second_of }),
            _ => Err(mistakes),
        }
    }
}

/// Something to read before it, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDocument {
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Where it leads, outside of the app.
    pub href: String,
}

impl WrittenDocument {
    pub fn read(fields: &Fields) -> Result<WrittenDocument, Vec<AssemblyMistake>> {
        let mut mistakes = Vec::new();
        let title = title_of(fields, &mut mistakes);
        let text = text_of(fields, DOCUMENT_CAP, &mut mistakes);
        let typed = line(fields.one("href"));
        let link = prose::Link::parse(&typed).filter(|link| link.is_external() && typed.len() <= HREF_CAP);
        if link.is_none() && !typed.is_empty() {
            mistakes.push(AssemblyMistake::BadLink);
        }
        if text.is_empty() && typed.is_empty() {
            mistakes.push(AssemblyMistake::DocumentEmpty);
        }
        let href = link.map(|link| link.as_str().to_owned()).unwrap_or_default();
        if mistakes.is_empty() { Ok(WrittenDocument { title, text, href }) } else { Err(mistakes) }
    }
}

/// Something to vote on, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenResolution {
    pub title: String,
    /// Markdown.
    pub text: String,
    pub way: Way,
    pub majority: Majority,
}

impl WrittenResolution {
    pub fn read(fields: &Fields) -> Result<WrittenResolution, Vec<AssemblyMistake>> {
        let mut mistakes = Vec::new();
        let title = title_of(fields, &mut mistakes);
        let text = text_of(fields, TEXT_CAP, &mut mistakes);
        let way = match fields.one("comment") {
            "hands" => Some(Way::Hands),
            "secret" => Some(Way::Secret),
            "election" => {
                let seats = fields.one("sieges").parse::<u8>().ok().filter(|seats| (1..=SEATS_CAP).contains(seats));
                if seats.is_none() {
                    mistakes.push(AssemblyMistake::BadSeats { most: SEATS_CAP });
                }
                seats.map(|seats| Way::Election { seats })
            }
            _ => {
                mistakes.push(AssemblyMistake::WayMissing);
                None
            }
        };
        let majority = Majority::parse(fields.one("majorite")).unwrap_or_default();
        match way {
            Some(way) if mistakes.is_empty() => Ok(WrittenResolution { title, text, way, majority }),
            _ => Err(mistakes),
        }
    }
}

/// Who keeps it, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRoles {
    pub chair: Option<MemberId>,
    pub secretary: Option<MemberId>,
    pub tellers: BTreeSet<MemberId>,
}

impl WrittenRoles {
    /// Some may still be missing: it is when it opens that they must be there.
    pub fn read(fields: &Fields) -> Result<WrittenRoles, Vec<AssemblyMistake>> {
        let (chair, secretary) =
            (fields.one("preside").parse::<MemberId>().ok(), fields.one("secretaire").parse::<MemberId>().ok());
        let tellers: BTreeSet<MemberId> = crate::order::set(fields.all("scrutateur").filter_map(|id| id.parse().ok()));
        let mut mistakes = Vec::new();
        if chair.is_some() && chair == secretary || [chair, secretary].into_iter().flatten().any(|who| tellers.contains(&who)) {
            mistakes.push(AssemblyMistake::RolesAlike);
        }
        if tellers.len() > TELLERS_CAP {
            mistakes.push(AssemblyMistake::TooMany { cap: TELLERS_CAP });
        }
        if mistakes.is_empty() { Ok(WrittenRoles { chair, secretary, tellers }) } else { Err(mistakes) }
    }

    /// What is missing to open.
    pub fn lacks(chair: usize, secretary: usize, tellers: usize) -> Vec<AssemblyMistake> {
        let mut lacking = Vec::new();
        if chair == 0 || secretary == 0 {
            lacking.push(AssemblyMistake::RoleMissing);
        }
        if tellers < TELLERS {
            lacking.push(AssemblyMistake::TellersMissing { least: TELLERS });
        }
        lacking
    }
}

/// The number on somebody's card, typed or read from its QR: « 217 », « 0217 », « alpar:0217 ».
pub fn number_of(typed: &str) -> Option<i32> {
    let typed = typed.trim();
    let digits = typed.strip_prefix("alpar:").unwrap_or(typed).trim();
    let figures = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    figures.then(|| digits.parse().ok()).flatten()
}
