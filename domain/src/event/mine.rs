//! What a device knows: its member's own answers beside what everybody sees.

use serde::{Deserialize, Serialize};

use super::{Arrival, Attendee, Change, Claim, Events, Gathering, Others, Party, Placed, Shown};
use crate::board::Board;
use crate::id::{EventId, MemberId};
use crate::me::Me;
use crate::sheet::Said;
use crate::time::Instant;

/// What I answered to an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub event: EventId,
    pub party: Party,
    /// My place in line, from 1, where I wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u16>,
    /// What I have taken on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// I was ticked at the door.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub arrived: bool,
}

/// Lays what a device knows of events on its board.
pub fn lay_on(board: &mut Board, events: &Events, me: &Me) {
    for shown in &events.events {
        let id = shown.event.id;
        if me.organises(&shown.event) {
            board.organises.insert(id);
        }
        board.events.insert(id, seen_by(shown, me));
    }
}

/// An event as the device of `me` knows it.
pub(crate) fn seen_by(shown: &Shown, me: &Me) -> Gathering {
    let mut gathering = Gathering {
        items: shown.items.clone(),
        carpools: shown.carpools.clone(),
        posts: shown.posts.clone(),
        comments: shown.comments.clone(),
        photos: shown.photos.clone(),
        others: Some(Others { seats: shown.seats, waiting: shown.waiting, ticked: shown.ticked }),
        ..Gathering::new(shown.event.clone())
    };
    if let Some(mine) = me.answers.iter().find(|mine| mine.event == shown.event.id) {
        let party = &mine.party;
        let seats = if party.is_seated() { party.seats() } else { 0 };
        // Those before me in line: where I am last, all the others.
        let waiting = mine.at.map_or(shown.waiting, |at| at.saturating_sub(1));
        gathering.others = Some(Others { seats: shown.seats.saturating_sub(seats), waiting, ticked: shown.ticked });
        for claim in &mine.claims {
            if let Some(claims) = gathering.claims_mut(claim.what) {
                claims.reveal(me.id(), claim.quantity);
            }
        }
        gathering.parties.insert(party.who, party.clone());
        if mine.arrived {
            // When, and by whom, is the business of those who keep the door.
            let said = Said { by: me.id(), at: Instant::default() };
            gathering.arrivals.push(Arrival { who: party.who, said });
        }
    }
    if let Some(list) = me.arrivals.iter().find(|list| list.event == shown.event.id) {
        gathering.arrivals.clone_from(&list.arrivals);
        gathering.walk_ins.clone_from(&list.walk_ins);
        for expected in &list.expected {
            gathering.parties.entry(expected.who).or_insert_with(|| expected_party(expected, &mut gathering.others));
        }
    }
    gathering
}

/// Whoever keeps the door knows who comes; they are no longer among the others.
fn expected_party(expected: &super::Expected, others: &mut Option<Others>) -> Party {
    if let Some(others) = others {
        others.seats = others.seats.saturating_sub(expected.seats);
    }
    Party {
        who: expected.who,
        standing: super::Standing::Seated,
        guests: u8::try_from(expected.seats.saturating_sub(1)).unwrap_or(u8::MAX),
        children: expected.children,
        note: expected.note.clone(),
        diet: expected.diet.clone(),
        hidden: false,
        // The list at the door does not say when.
        answered_at: Instant::default(),
    }
}

/// Lays one change of an event over what a device shows of it: `after` is the event once it has taken effect.
pub fn mine_after(after: &Gathering, change: &Change, events: &mut Events, me: &mut Me) {
    let id = after.event.id;
    let who = Attendee::Member(me.id());
    let waited = me.answers.iter().any(|mine| mine.event == id && mine.party.standing.ticket().is_some());
    if let Some(shown) = events.events.iter_mut().find(|shown| shown.event.id == id) {
        show(after, shown, me.id(), waited);
    }
    match change {
        Change::Answered(party) if party.who == who => {
            let at = match after.placed(who) {
                Some(Placed::Waiting { at, .. }) => Some(at),
                _ => None,
            };
            answer(me, id, party, at);
        }
        Change::Claimed { what, by, quantity } if *by == me.id() => {
            if let Some(mine) = me.answers.iter_mut().find(|mine| mine.event == id) {
                mine.claims.retain(|claim| claim.what != *what);
                if *quantity > 0 {
                    mine.claims.push(Claim { what: *what, quantity: *quantity });
                }
            }
        }
        Change::Arrived { .. } | Change::WalkedIn(_) | Change::WalkInRemoved { .. } => {
            if let Some(list) = me.arrivals.iter_mut().find(|list| list.event == id) {
                list.arrivals.clone_from(&after.arrivals);
                list.walk_ins.clone_from(&after.walk_ins);
            }
        }
        _ => {}
    }
}

fn answer(me: &mut Me, event: EventId, party: &Party, at: Option<u16>) {
    match me.answers.iter_mut().find(|mine| mine.event == event) {
        Some(mine) => (mine.party, mine.at) = (party.clone(), at),
        None => me.answers.push(Mine { event, party: party.clone(), at, claims: Vec::new(), arrived: false }),
    }
}

/// What everybody would see of it.
fn show(after: &Gathering, shown: &mut Shown, me: MemberId, waited: bool) {
    let mine = after.party_of(me);
    shown.seats = after.seated();
    let waits = mine.is_some_and(|mine| mine.standing.ticket().is_some());
    shown.waiting = match (waited, waits) {
        (false, true) => shown.waiting.saturating_add(1),
        (true, false) => shown.waiting.saturating_sub(1),
        _ => shown.waiting,
    };
    shown.coming.retain(|member| *member != me);
    if mine.is_some_and(|mine| mine.is_seated() && !mine.hidden) {
        shown.coming.push(me);
    }
    shown.items.clone_from(&after.items);
    shown.carpools.clone_from(&after.carpools);
    shown.posts.clone_from(&after.posts);
    shown.comments.clone_from(&after.comments);
    shown.photos = after.photos.iter().filter(|photo| !photo.is_hidden()).cloned().collect();
}
