//! What an organiser types, from flat fields, and all that is wrong with it.

use serde::{Deserialize, Serialize};

use super::{ALT_CAP, Details, ForWhom, GUESTS_CAP, PLACE_CAP, Partner, Place, Price, RuleMistake, TEXT_CAP, TITLE_CAP, Times};
use crate::brief::{PIXEL_CAP, Picture};
use crate::id::{GroupId, PictureId};
use crate::line::{line, lines};
use crate::time::Instant;

/// The most people that an event may be for, where it says how many.
pub const CAPACITY_CAP: u16 = 2_000;
/// The highest price. Euro cents.
pub const PRICE_CAP: u32 = 50_000;

/// What an event is, when, and for how many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub details: Details,
    pub times: Times,
    /// Seats; as many as come where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u16>,
}

/// What somebody typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub cover: Option<PictureId>,
    pub alt: &'a str,
    /// Pixels.
    pub width: u16,
    pub height: u16,
    pub place: &'a str,
    pub map: &'a str,
    /// On the clocks of Paris: `2026-12-04T19:00`.
    pub starts: &'a str,
    pub ends: &'a str,
    /// Empty: at the start.
    pub closes: &'a str,
    /// Empty: as many as come.
    pub capacity: &'a str,
    /// Empty: none.
    pub guests: &'a str,
    pub children: bool,
    pub public: bool,
    /// Empty, `libre`, or euros: `4`, `4,50`.
    pub price: &'a str,
    pub with_group: Option<GroupId>,
    pub partner: &'a str,
}

/// What is wrong with what was typed, or with what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    TextTooLong {
        cap: usize,
        long: usize,
    },
    AltMissing,
    AltTooLong {
        cap: usize,
    },
    /// Wider or higher than this, in pixels.
    PictureTooLarge {
        cap: u16,
    },
    PlaceMissing,
    PlaceTooLong {
        cap: usize,
    },
    /// A map is a link to the web.
    MapNotALink,
    StartUnreadable,
    EndUnreadable,
    ClosingUnreadable,
    EndsBeforeStart,
    /// Longer than so many days.
    TooLong {
        days: i64,
    },
    ClosesAfterStart,
    /// No whole number from 1 to this.
    CapacityUnreadable {
        cap: u16,
    },
    /// No whole number from 0 to this.
    GuestsUnreadable {
        cap: u8,
    },
    /// Neither empty nor « libre » nor euros up to this many cents.
    PriceUnreadable {
        cap: u32,
    },
    PartnerTooLong {
        cap: usize,
    },
    LabelMissing,
    LabelTooLong {
        cap: usize,
    },
    /// So many things at most.
    TooManyWanted {
        cap: usize,
    },
    /// No whole number from 1 to this.
    QuantityUnreadable {
        cap: u16,
    },
    Rule(RuleMistake),
    /// Somebody changed it in the meantime: as it is now.
    Stale {
        revision: i32,
    },
    /// So many people have a seat already.
    FewerThanSeated {
        seated: u16,
    },
    /// So much of it is claimed already.
    FewerThanClaimed {
        label: String,
        claimed: u16,
    },
    /// It has started, or is over.
    AlreadyStarted,
    /// Cancelling says why.
    WordMissing,
    WordTooLong {
        cap: usize,
    },
    /// It is not a draft any more, or is cancelled: what was asked for is not possible.
    NotNow,
    /// Somebody asked again for the removal of the photo: the page did not show that.
    AskedSince,
    /// No day and hour to come out at.
    PublishingUnreadable,
    /// It comes out before it begins.
    PublishesTooLate,
    /// The hour to come out at is past.
    PublishesInThePast,
    /// It stands alone: there are no others to change with it.
    NoSeries,
    /// Communication makes what is for everybody; its referent, and Vie sociale, the rest too.
    PublicAlone,
    /// Some of the others are made by other people.
    OthersNotTheirs,
    /// Another one of the series refuses it.
    OfAnother {
        starts_at: Instant,
        mistake: Box<Mistake>,
    },
}

impl Terms {
    /// What was announced, or all that is wrong with it.
    pub fn read(typed: Typed<'_>) -> Result<Terms, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let title = line(typed.title);
        if !title.chars().any(char::is_alphanumeric) {
            mistakes.push(Mistake::TitleMissing);
        } else if title.chars().count() > TITLE_CAP {
            mistakes.push(Mistake::TitleTooLong { cap: TITLE_CAP });
        }
        let text = lines(typed.text);
        let long = text.chars().count();
        if long > TEXT_CAP {
            mistakes.push(Mistake::TextTooLong { cap: TEXT_CAP, long });
        }
        let cover = typed.cover.map(|id| cover(id, typed, &mut mistakes));
        let place = place(typed, &mut mistakes);
        let times = Times::read(typed.starts, typed.ends, typed.closes);
        let capacity = number(typed.capacity, 1, u32::from(CAPACITY_CAP));
        if capacity.is_err() {
            mistakes.push(Mistake::CapacityUnreadable { cap: CAPACITY_CAP });
        }
        let guests = number(typed.guests, 0, u32::from(GUESTS_CAP));
        if guests.is_err() {
            mistakes.push(Mistake::GuestsUnreadable { cap: GUESTS_CAP });
        }
        let price = price(typed.price).unwrap_or_else(|| {
            mistakes.push(Mistake::PriceUnreadable { cap: PRICE_CAP });
            Price::Free
        });
        let with = with(typed, &mut mistakes);
        let details = Details {
            title,
            text,
            cover,
            place,
            guests: guests.ok().flatten().and_then(|guests| u8::try_from(guests).ok()).unwrap_or(0),
            children: typed.children,
            for_whom: if typed.public { ForWhom::Public } else { ForWhom::Members },
            price,
            with,
        };
        let capacity = capacity.ok().flatten().and_then(|seats| u16::try_from(seats).ok());
        match times {
            Ok(times) if mistakes.is_empty() => Ok(Terms { details, times, capacity }),
            Ok(_) => Err(mistakes),
            Err(untimely) => {
                mistakes.extend(untimely);
                Err(mistakes)
            }
        }
    }
}

fn cover(id: PictureId, typed: Typed<'_>, mistakes: &mut Vec<Mistake>) -> Picture {
    let alt = line(typed.alt);
    if !alt.chars().any(char::is_alphanumeric) {
        mistakes.push(Mistake::AltMissing);
    } else if alt.chars().count() > ALT_CAP {
        mistakes.push(Mistake::AltTooLong { cap: ALT_CAP });
    }
    if !(1..=PIXEL_CAP).contains(&typed.width) || !(1..=PIXEL_CAP).contains(&typed.height) {
        mistakes.push(Mistake::PictureTooLarge { cap: PIXEL_CAP });
    }
    Picture { id, alt, width: typed.width, height: typed.height }
}

fn place(typed: Typed<'_>, mistakes: &mut Vec<Mistake>) -> Place {
    let name = line(typed.place);
    if !name.chars().any(char::is_alphanumeric) {
        mistakes.push(Mistake::PlaceMissing);
    } else if name.chars().count() > PLACE_CAP {
        mistakes.push(Mistake::PlaceTooLong { cap: PLACE_CAP });
    }
    let map = typed.map.trim();
    let link = prose::Link::parse(map).filter(|link| link.is_external() && map.len() <= PLACE_CAP);
    if link.is_none() && !map.is_empty() {
        mistakes.push(Mistake::MapNotALink);
    }
    Place { name, map: link.map(|link| link.to_string()) }
}

fn with(typed: Typed<'_>, mistakes: &mut Vec<Mistake>) -> Option<Partner> {
    let partner = line(typed.partner);
    if partner.chars().count() > PLACE_CAP {
        mistakes.push(Mistake::PartnerTooLong { cap: PLACE_CAP });
    }
    match typed.with_group {
        Some(group) => Some(Partner::Group(group)),
        None => (!partner.is_empty()).then_some(Partner::Outside(partner)),
    }
}

/// A word to those who answered: why it does not take place, what to bring along. `cap` in characters.
pub fn word_of(typed: &str, cap: usize) -> Result<String, Mistake> {
    let word = lines(typed);
    if word.is_empty() {
        Err(Mistake::WordMissing)
    } else if word.chars().count() > cap {
        Err(Mistake::WordTooLong { cap })
    } else {
        Ok(word)
    }
}

/// Nothing where nothing was typed; otherwise a whole number within bounds, written in digits alone.
pub(super) fn number(typed: &str, from: u32, to: u32) -> Result<Option<u32>, ()> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let digits = typed.len() <= 9 && typed.bytes().all(|byte| byte.is_ascii_digit());
    match typed.parse() {
        Ok(read) if digits && (from..=to).contains(&read) => Ok(Some(read)),
        _ => Err(()),
    }
}

/// `4`, `4,5`, `4.50 €`; nothing and 0 are free.
fn price(typed: &str) -> Option<Price> {
    let typed = typed.trim().trim_end_matches('€').trim();
    if typed.is_empty() {
        return Some(Price::Free);
    }
    if ["libre", "prix libre"].contains(&typed.to_lowercase().as_str()) {
        return Some(Price::Open);
    }
    let (euros, rest) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || euros.len() > 5 || rest.len() > 2 || !digits(euros) || !digits(rest) {
        return None;
    }
    let cents = euros.parse::<u32>().ok()? * 100 + format!("{rest:0<2}").parse::<u32>().ok()?;
    match cents {
        0 => Some(Price::Free),
        cents => (cents <= PRICE_CAP).then_some(Price::Fixed { cents }),
    }
}
