//! One event on a screen: what it is, who comes, who brings what, what is said under it, who is there, and its photos.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Seen;
use super::events::{MyAnswer, clash, free, is_open, my_answer};
use crate::brief::Picture;
use crate::event::{
    ArrivalList, ArrivalWindow, Claims, Details, Events, Partner, Photo, Shown, State, Times, What, photos_left, seen_by,
};
use crate::groups::Groups;
use crate::id::{CarpoolId, CommentId, EventId, GroupId, MemberId};
use crate::members::ShortName;
use crate::reason::{Reason, When};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    pub as_of: Instant,
    pub now: Instant,
    /// `None` where it is not among those that a device keeps.
    pub known: Option<KnownEvent>,
}

/// What stays while the page is open, and what moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownEvent {
    pub id: EventId,
    pub details: Details,
    pub times: Times,
    pub capacity: Option<u16>,
    pub state: State,
    /// Its description, safe to show as it is.
    pub html: String,
    /// Whose it is, where the groups are known.
    pub group: Option<String>,
    /// Who makes it with them.
    pub with: Option<String>,
    pub organises: bool,
    pub moving: Moving,
}

/// What changes under an open page, which follows it by itself: what is being typed there stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    pub mine: Option<MyAnswer>,
    /// Answers may be given, and changed.
    pub open: bool,
    /// It takes place, and is not over: things may be taken on.
    pub on: bool,
    pub seats: u16,
    pub free: Option<u16>,
    pub waiting: u16,
    pub maybe: u16,
    pub children: u16,
    /// My shifts that it runs into, unless I said no.
    pub clash: Vec<When>,
    /// Those who come and do not mind being named.
    pub coming: Vec<ShortName>,
    pub items: Vec<Thing>,
    pub cars: Vec<Car>,
    pub posts: Vec<Thing>,
    pub comments: Vec<Word>,
    /// Oldest first; mine also while only this device has them.
    pub photos: Vec<Shot>,
    pub album: Album,
    /// A word of the organisers, once it is over.
    pub thanks: Option<String>,
    /// The list at the door, where I keep it and it may be written.
    pub door: Option<ArrivalList>,
}

/// Something that is shared out like seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    pub what: What,
    pub label: String,
    pub of: u16,
    pub left: u16,
    /// So much of it I have taken on.
    pub mine: u16,
    /// Others who have, and how much.
    pub by: Vec<(ShortName, u16)>,
    /// By people who are not named.
    pub unnamed: u16,
}

/// A lift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Car {
    pub id: CarpoolId,
    pub driver: ShortName,
    /// I drive it.
    pub own: bool,
    pub note: String,
    /// From where, and its places.
    pub places: Thing,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    pub id: CommentId,
    pub by: ShortName,
    pub at: Instant,
    pub text: String,
    /// It is mine, or I organise the event.
    pub removable: bool,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    pub picture: Picture,
    pub by: ShortName,
    /// Its bytes have left the device that added it.
    pub sent: bool,
    /// It is mine, or I organise the event.
    pub removable: bool,
}

/// Whether I may add photos.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Album {
    /// It has not begun, or does not take place.
    #[default]
    NotYet,
    /// So many more.
    Open {
        left: u16,
    },
    /// It is for those who were there.
    OfOthers,
    /// I have added all that one person may.
    Mine,
    /// There is no more room for anybody's.
    Full,
    Closed,
}

/// The event of that id, as a page shows it.
pub fn event(seen: Seen<'_>, events: &Events, groups: Option<&Groups>, id: EventId) -> EventView {
    let known = events.find(id).map(|shown| {
        let Shown { event, html, .. } = shown;
        let named = |group: GroupId| {
            let found = groups.and_then(|groups| groups.groups.iter().find(|known| known.id == group));
            found.map(|group| group.name.clone())
        };
        let with = match &event.terms.details.with {
            Some(Partner::Group(group)) => named(*group),
            Some(Partner::Outside(name)) => Some(name.clone()),
            None => None,
        };
        KnownEvent {
            id,
            details: event.terms.details.clone(),
            times: event.terms.times,
            capacity: event.terms.capacity,
            state: event.state.clone(),
            html: html.clone(),
            group: named(event.group),
            with,
            organises: seen.me.organises(&shown.event),
            moving: moving_of(seen, events, shown),
        }
    });
    EventView { as_of: events.as_of.min(seen.me.as_of), now: seen.now, known }
}

/// What moves under the page of an event.
pub fn moving(seen: Seen<'_>, events: &Events, id: EventId) -> Option<Moving> {
    events.find(id).map(|shown| moving_of(seen, events, shown))
}

fn moving_of(seen: Seen<'_>, events: &Events, shown: &Shown) -> Moving {
    let (id, times) = (shown.event.id, &shown.event.terms.times);
    let (me, organises) = (seen.me.id(), seen.me.organises(&shown.event));
    let name = |member: MemberId| name(seen, events, member);
    // What I have taken on without being named is known by what is mine.
    let claimed = |what: What| {
        let mine = seen.me.answers.iter().find(|mine| mine.event == id);
        mine.and_then(|mine| mine.claims.iter().find(|claim| claim.what == what)).map_or(0, |claim| claim.quantity)
    };
    let thing = |what: What, label: &str, claims: &Claims| {
        let named = claims.by(me);
        let mine = if named > 0 { named } else { claimed(what) };
        let unnamed = if named > 0 { claims.unnamed } else { claims.unnamed.saturating_sub(mine) };
        let others = claims.by.iter().filter(|(member, _)| **member != me);
        let by = others.map(|(member, quantity)| (name(*member), *quantity)).collect();
        Thing { what, label: label.to_owned(), of: claims.of, left: claims.left(), mine, by, unnamed }
    };
    let car = |carpool: &crate::event::Carpool| Car {
        id: carpool.id,
        driver: name(carpool.driver),
        own: carpool.driver == me,
        note: carpool.note.clone(),
        places: thing(What::Carpool(carpool.id), &carpool.place, &carpool.claims),
    };
    let word = |comment: &crate::event::Comment| Word {
        id: comment.id,
        by: name(comment.by),
        at: comment.at,
        text: comment.text.clone(),
        removable: comment.by == me || organises,
    };
    let shot = |photo: &Photo| Shot {
        picture: photo.picture.clone(),
        by: name(photo.by),
        sent: photo.sent,
        removable: photo.by == me || organises,
    };
    let is_at_door = shown.event.state.is_published() && ArrivalWindow::of(times).is_open(seen.now);
    Moving {
        mine: my_answer(seen, shown),
        open: is_open(seen, shown),
        on: shown.event.state.is_published() && seen.now < times.ends_at,
        seats: shown.seats,
        free: free(shown),
        waiting: shown.waiting,
        maybe: shown.maybe,
        children: shown.children,
        clash: clash(seen, shown),
        coming: shown.coming.iter().map(|member| name(*member)).collect(),
        items: shown.items.iter().map(|item| thing(What::Item(item.id), &item.label, &item.claims)).collect(),
        cars: shown.carpools.iter().map(car).collect(),
        posts: shown.posts.iter().map(|post| thing(What::Post(post.id), &post.label, &post.claims)).collect(),
        comments: shown.comments.iter().map(word).collect(),
        photos: shown.photos.iter().filter(|photo| photo.sent || photo.by == me).map(shot).collect(),
        album: album(seen, shown, organises),
        thanks: shown.thanks.clone(),
        door: seen.me.arrivals.iter().find(|list| is_at_door && list.event == id).cloned(),
    }
}

fn album(seen: Seen<'_>, shown: &Shown, organises: bool) -> Album {
    if seen.now < shown.event.terms.times.starts_at {
        return Album::NotYet;
    }
    match photos_left(&seen_by(shown, seen.me), seen.me.id(), organises, seen.now) {
        Ok(left) => Album::Open { left },
        Err(Reason::WasNotThere) => Album::OfOthers,
        Err(Reason::TooManyPhotos { .. }) => Album::Mine,
        Err(Reason::AlbumFull { .. }) => Album::Full,
        Err(Reason::PhotosClosed { .. }) => Album::Closed,
        Err(_) => Album::NotYet,
    }
}

fn name(seen: Seen<'_>, events: &Events, member: MemberId) -> ShortName {
    let people: &BTreeMap<MemberId, ShortName> = &events.people;
    if member == seen.me.id() {
        return seen.me.profile.name();
    }
    people.get(&member).cloned().unwrap_or_else(|| seen.calendar.name(member))
}
