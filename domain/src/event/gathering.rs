//! An event with everything that people said about it, and what one act changes of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Arrival, Asked, Attendee, BringItem, Carpool, Claims, Comment, Event, HelperPost, Party, Photo, Placed, Standing, WalkedIn,
    What,
};
use crate::id::{CarpoolId, CommentId, MemberId, PictureId, WalkInId};
use crate::order;
use crate::sheet::Said;

/// What a device knows of the parties that it cannot name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Others {
    /// Seats that they have.
    pub seats: u16,
    /// How many parties of them are in line.
    pub waiting: u16,
    /// Somebody was ticked at the door.
    #[serde(default)]
    pub ticked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    pub event: Event,
    /// Of a device: those who are not among `parties`. A server holds everybody.
    pub others: Option<Others>,
    pub parties: BTreeMap<Attendee, Party>,
    pub items: Vec<BringItem>,
    pub carpools: Vec<Carpool>,
    pub posts: Vec<HelperPost>,
    /// Oldest first.
    pub comments: Vec<Comment>,
    /// Oldest first, but for those that were removed.
    pub photos: Vec<Photo>,
    pub arrivals: Vec<Arrival>,
    pub walk_ins: Vec<WalkedIn>,
}

/// What an act changes of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// What somebody answers from here on.
    Answered(Party),
    /// From the line to a seat.
    Promoted {
        who: Attendee,
    },
    /// So much of something is somebody's from here on; nothing of it where it is 0.
    Claimed {
        what: What,
        by: MemberId,
        quantity: u16,
    },
    CarpoolOffered(Carpool),
    CarpoolWithdrawn {
        carpool: CarpoolId,
    },
    Commented(Comment),
    CommentRemoved {
        comment: CommentId,
    },
    PhotoAdded(Photo),
    /// Somebody asks for its removal: it is shown to nobody from here on.
    PhotoHidden {
        picture: PictureId,
        asked: Said,
    },
    PhotoRemoved {
        picture: PictureId,
        said: Said,
    },
    /// Somebody who was expected came, or was ticked by mistake.
    Arrived {
        arrival: Arrival,
        came: bool,
    },
    WalkedIn(WalkedIn),
    WalkInRemoved {
        walk_in: WalkInId,
    },
}

impl Gathering {
    /// An event about which nobody said anything yet.
    pub fn new(event: Event) -> Gathering {
        Gathering {
            event,
            others: None,
            parties: BTreeMap::new(),
            items: Vec::new(),
            carpools: Vec::new(),
            posts: Vec::new(),
            comments: Vec::new(),
            photos: Vec::new(),
            arrivals: Vec::new(),
            walk_ins: Vec::new(),
        }
    }

    /// Seats that are taken.
    pub fn seated(&self) -> u16 {
        let named =
            self.parties.values().filter(|party| party.is_seated()).fold(0u16, |sum, party| sum.saturating_add(party.seats()));
        named.saturating_add(self.others.map_or(0, |others| others.seats))
    }

    /// Seats that are free; none says that there is no end to them.
    pub fn free(&self) -> Option<u16> {
        self.event.terms.capacity.map(|capacity| capacity.saturating_sub(self.seated()))
    }

    /// Whether a party of so many would have seats now.
    pub fn fits(&self, seats: u16) -> bool {
        self.free().is_none_or(|free| seats <= free)
    }

    /// The parties in line, the first one first.
    pub fn line(&self) -> Vec<&Party> {
        let mut line: Vec<&Party> = self.parties.values().filter(|party| party.standing.ticket().is_some()).collect();
        order::by_key(&mut line, |party| party.standing.ticket());
        line
    }

    /// The ticket of whoever comes last into the line.
    pub fn next_ticket(&self) -> u32 {
        let last = self.parties.values().filter_map(|party| party.standing.ticket()).max().unwrap_or(0);
        last.max(self.others.map_or(0, |others| u32::from(others.waiting))).saturating_add(1)
    }

    /// Where the answer of `who` stands. A device tells the place of somebody who has just come into the line as far as it
    /// can: last.
    pub fn placed(&self, who: Attendee) -> Option<Placed> {
        let party = self.parties.get(&who)?;
        Some(match party.standing {
            Standing::Seated => Placed::Seated { seats: party.seats() },
            Standing::Waiting { ticket } => {
                let before = self.line().iter().filter(|other| other.standing.ticket() < Some(ticket)).count();
                let others = self.others.map_or(0, |others| others.waiting);
                let at = u16::try_from(before).unwrap_or(u16::MAX).saturating_add(others).saturating_add(1);
                Placed::Waiting { at, free: self.free().filter(|free| party.seats() <= *free).unwrap_or(0) }
            }
            Standing::Maybe => Placed::Maybe,
            Standing::No => Placed::No,
        })
    }

    pub fn party_of(&self, member: MemberId) -> Option<&Party> {
        self.parties.get(&Attendee::Member(member))
    }

    pub fn photo(&self, picture: PictureId) -> Option<&Photo> {
        self.photos.iter().find(|known| known.picture.id == picture)
    }

    pub fn claims(&self, what: What) -> Option<&Claims> {
        match what {
            What::Item(item) => self.items.iter().find(|known| known.id == item).map(|known| &known.claims),
            What::Carpool(carpool) => self.carpools.iter().find(|known| known.id == carpool).map(|known| &known.claims),
            What::Post(post) => self.posts.iter().find(|known| known.id == post).map(|known| &known.claims),
        }
    }

    pub fn claims_mut(&mut self, what: What) -> Option<&mut Claims> {
        match what {
            What::Item(item) => self.items.iter_mut().find(|known| known.id == item).map(|known| &mut known.claims),
            What::Carpool(carpool) => self.carpools.iter_mut().find(|known| known.id == carpool).map(|known| &mut known.claims),
            What::Post(post) => self.posts.iter_mut().find(|known| known.id == post).map(|known| &mut known.claims),
        }
    }

    /// Everything that is shared out here.
    pub fn things(&self) -> Vec<(What, &Claims)> {
        let items = self.items.iter().map(|item| (What::Item(item.id), &item.claims));
        let carpools = self.carpools.iter().map(|carpool| (What::Carpool(carpool.id), &carpool.claims));
        let posts = self.posts.iter().map(|post| (What::Post(post.id), &post.claims));
        items.chain(carpools).chain(posts).collect()
    }

    /// What a member has taken on.
    pub fn claimed_by(&self, member: MemberId) -> Vec<(What, u16)> {
        self.things().into_iter().filter_map(|(what, claims)| claims.by.get(&member).map(|claimed| (what, *claimed))).collect()
    }

    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Answered(party) => drop(self.parties.insert(party.who, party.clone())),
            Change::Promoted { who } => {
                if let Some(party) = self.parties.get_mut(who) {
                    party.standing = Standing::Seated;
                }
            }
            Change::Claimed { what, by, quantity } => {
                if let Some(claims) = self.claims_mut(*what) {
                    claims.set(*by, *quantity);
                }
            }
            Change::CarpoolOffered(carpool) => self.carpools.push(carpool.clone()),
            Change::CarpoolWithdrawn { carpool } => self.carpools.retain(|known| known.id != *carpool),
            Change::Commented(comment) => self.comments.push(comment.clone()),
            Change::CommentRemoved { comment } => self.comments.retain(|known| known.id != *comment),
            Change::PhotoAdded(photo) => self.photos.push(photo.clone()),
            Change::PhotoHidden { picture, asked } => {
                if let Some(photo) = self.photos.iter_mut().find(|known| known.picture.id == *picture) {
                    photo.asked = Some(Asked { by: asked.by, at: asked.at, put_back: false });
                }
            }
            Change::PhotoRemoved { picture, .. } => self.photos.retain(|known| known.picture.id != *picture),
            Change::Arrived { arrival, came } => {
                self.arrivals.retain(|known| known.who != arrival.who);
                if *came {
                    self.arrivals.push(arrival.clone());
                }
            }
            Change::WalkedIn(walked_in) => self.walk_ins.push(walked_in.clone()),
            Change::WalkInRemoved { walk_in } => self.walk_ins.retain(|known| known.id != *walk_in),
        }
    }
}
