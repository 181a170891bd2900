//! Photos of an event: by those who were there, and shown while nobody asks for their removal.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{ALT_CAP, Attendee, Gathering, Party, Times};
use crate::brief::{PIXEL_CAP, Picture, SaidMistake};
use crate::id::MemberId;
use crate::line::line;
use crate::reason::Reason;
use crate::time::Instant;

/// The most photos of an event that one person adds.
pub const PHOTOS_OF_ONE_CAP: u16 = 20;
/// The most photos of an event.
pub const PHOTOS_CAP: u16 = 200;
/// They are added until so long after the end. Days.
const OPEN_D: i64 = 30;

/// A photo; its picture names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    pub picture: Picture,
    pub by: MemberId,
    pub at: Instant,
    /// Its bytes have come: until then only whoever added it sees it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sent: bool,
    /// Somebody asked for its removal, which its organisers alone know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

/// Somebody asked for the removal of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub by: MemberId,
    pub at: Instant,
    /// The organisers have put it back since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub put_back: bool,
}

impl Photo {
    /// Shown to nobody but the organisers, until they settle it.
    pub fn is_hidden(&self) -> bool {
        self.asked.is_some_and(|asked| !asked.put_back)
    }
}

/// When photos are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoWindow {
    pub from: Instant,
    /// Inclusive.
    pub until: Instant,
}

impl PhotoWindow {
    pub fn of(times: &Times) -> PhotoWindow {
        PhotoWindow { from: times.starts_at, until: times.ends_at + Duration::days(OPEN_D) }
    }
}

/// Whether somebody was there: ticked at the door, where anybody was; otherwise whoever has a seat.
pub fn was_there(gathering: &Gathering, who: Attendee) -> bool {
    let ticked = !gathering.arrivals.is_empty() || gathering.others.is_some_and(|others| others.ticked);
    if ticked {
        gathering.arrivals.iter().any(|arrival| arrival.who == who)
    } else {
        gathering.parties.get(&who).is_some_and(Party::is_seated)
    }
}

/// Everybody of those who answered who was there.
pub fn who_came(gathering: &Gathering) -> Vec<Attendee> {
    gathering.parties.keys().copied().filter(|who| was_there(gathering, *who)).collect()
}

/// How many photos `member` may add now; or why none. Whoever organises need not have been there.
pub fn photos_left(gathering: &Gathering, member: MemberId, organises: bool, now: Instant) -> Result<u16, Reason> {
    gathering.event.state.is_open()?;
    let window = PhotoWindow::of(&gathering.event.terms.times);
    if now < window.from {
        return Err(Reason::PhotosNotYet { from: window.from });
    }
    if now > window.until {
        return Err(Reason::PhotosClosed { since: window.until });
    }
    if !organises && !was_there(gathering, Attendee::Member(member)) {
        return Err(Reason::WasNotThere);
    }
    let own = gathering.photos.iter().filter(|photo| photo.by == member).count();
    let left = |cap: u16, count: usize| cap.saturating_sub(u16::try_from(count).unwrap_or(u16::MAX));
    match (left(PHOTOS_OF_ONE_CAP, own), left(PHOTOS_CAP, gathering.photos.len())) {
        (_, 0) => Err(Reason::AlbumFull { cap: PHOTOS_CAP }),
        (0, _) => Err(Reason::TooManyPhotos { cap: PHOTOS_OF_ONE_CAP }),
        (own, all) => Ok(own.min(all)),
    }
}

/// A picture as it is added: with what it shows in words, and the yes of those whom one recognises on it.
pub fn photo_of(picture: Picture, consent: bool) -> Result<Picture, Reason> {
    let alt = line(&picture.alt);
    let small = |side: u16| (1..=PIXEL_CAP).contains(&side);
    let mistake = if !alt.chars().any(char::is_alphanumeric) {
        Some(SaidMistake::AltMissing)
    } else if alt.chars().count() > ALT_CAP {
        Some(SaidMistake::AltTooLong { cap: ALT_CAP })
    } else if !small(picture.width) || !small(picture.height) {
        Some(SaidMistake::PictureTooLarge { cap: PIXEL_CAP })
    } else {
        None
    };
    match mistake {
        Some(mistake) => Err(Reason::SaidBadly { mistakes: vec![mistake] }),
        None if !consent => Err(Reason::ConsentMissing),
        None => Ok(Picture { alt, ..picture }),
    }
}
