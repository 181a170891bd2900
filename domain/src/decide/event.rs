//! Who comes to an event, who brings what, what is said under it, who is there, and the photos of it.

use super::{Decided, Effects, short_note, sure};
use crate::board::Board;
use crate::brief::Picture;
use crate::command::Command;
use crate::effect::Effect;
use crate::eligibility::Missing;
use crate::event::{
    Answer, Arrival, ArrivalWindow, Attendee, COMMENT_CAP, COMMENTS_CAP, COMMENTS_OF_ONE_CAP, Carpool, Change, Claims, Comment,
    DIET_CAP, Gathering, Given, PEOPLE_CAP, PLACE_CAP, Party, Photo, Served, WalkedIn, What, answered, photo_of, photos_left,
    served,
};
use crate::id::{CarpoolId, CommentId, EventId, MemberId, PictureId};
use crate::line::lines;
use crate::notice::Notice;
use crate::outcome::Done;
use crate::reason::Reason;
use crate::sheet::Said;
use crate::time::Instant;

/// The most places that a car has besides its driver's.
const CAR_CAP: u16 = 8;
/// The longest name of somebody who came unannounced, in characters.
const NAME_CAP: u16 = 60;

/// Decides what `command` does to an event.
pub(super) fn of_event(board: &Board, command: &Command, event: EventId, actor: MemberId, now: Instant) -> Decided {
    let gathering = board.events.get(&event).ok_or(Reason::UnknownEvent)?;
    let here = Here { board, gathering, actor, now };
    match command {
        Command::AnswerEvent { answer, guests, children, note, diet, hidden, .. } => {
            let diet = short(diet, DIET_CAP)?;
            let (note, hidden) = (short_note(note)?, *hidden);
            let who = Attendee::Member(actor);
            here.answer(Given { who, answer: *answer, guests: *guests, children: *children, note, diet, hidden })
        }
        Command::ClaimItem { item, quantity, .. } => here.claim(What::Item(*item), *quantity),
        Command::ReleaseItem { item, .. } => here.release(What::Item(*item)),
        Command::ClaimCarpool { carpool, seats, .. } => here.claim(What::Carpool(*carpool), *seats),
        Command::ReleaseCarpool { carpool, .. } => here.release(What::Carpool(*carpool)),
        Command::ClaimPost { post, .. } => here.claim(What::Post(*post), 1),
        Command::ReleasePost { post, .. } => here.release(What::Post(*post)),
        Command::OfferCarpool { carpool, seats, place, note, .. } => here.offer_carpool(*carpool, *seats, place, note),
        Command::WithdrawCarpool { carpool, .. } => here.withdraw_carpool(*carpool),
        Command::CommentEvent { comment, text, .. } => here.comment(*comment, text),
        Command::RemoveComment { comment, .. } => here.remove_comment(*comment),
        Command::TickArrival { who, came, at, .. } => here.tick(*who, *came, *at),
        Command::AddEventWalkIn { walk_in, name, people, .. } => {
            here.at_the_door()?;
            let name = short(name, usize::from(NAME_CAP))?;
            if name.is_empty() {
                return Err(Reason::NothingSaid);
            }
            if !(1..=PEOPLE_CAP).contains(people) {
                return Err(Reason::BadQuantity { most: u16::from(PEOPLE_CAP) });
            }
            if here.gathering.walk_ins.iter().any(|known| known.id == *walk_in) {
                return Err(Reason::IdReused);
            }
            here.sure(vec![Change::WalkedIn(WalkedIn { id: *walk_in, name, people: *people, said: here.said(None) })])
        }
        Command::RemoveEventWalkIn { walk_in, .. } => {
            here.at_the_door()?;
            let known = here.gathering.walk_ins.iter().any(|known| known.id == *walk_in);
            here.sure(if known { vec![Change::WalkInRemoved { walk_in: *walk_in }] } else { Vec::new() })
        }
        Command::AddPhoto { picture, alt, width, height, consent, .. } => {
            let picture = Picture { id: *picture, alt: alt.clone(), width: *width, height: *height };
            here.add_photo(picture, *consent)
        }
        Command::RemovePhoto { picture, .. } => here.remove_photo(*picture),
        Command::AskRemoval { picture, .. } => here.ask_removal(*picture),
        _ => Err(Reason::NotUnderstood),
    }
}

/// Tells whoever was served: they have their seats, or may take what is free.
pub fn tell_served(gathering: &Gathering, served: &Served) -> Vec<Effect> {
    let (event, terms) = (gathering.event.id, &gathering.event.terms);
    let (title, starts_at) = (terms.details.title.clone(), terms.times.starts_at);
    let promoted = served.promoted.iter().filter_map(|who| match who {
        Attendee::Member(member) => Some(*member),
        Attendee::Visitor(_) => None,
    });
    let promoted = promoted.map(|member| (member, Notice::EventPromoted { event, title: title.clone(), starts_at }));
    let free = gathering.free().unwrap_or(u16::MAX);
    let offered = served.offered.iter().map(|who| match who {
        Attendee::Member(member) => {
            Effect::Told { member: *member, notice: Notice::EventSeatsFree { event, title: title.clone(), starts_at, free } }
        }
        Attendee::Visitor(visitor) => Effect::SeatFreeFor { event, visitor: *visitor },
    });
    promoted.map(|(member, notice)| Effect::Told { member, notice }).chain(offered).collect()
}

/// An act about one event.
struct Here<'a> {
    board: &'a Board,
    gathering: &'a Gathering,
    actor: MemberId,
    now: Instant,
}

impl Here<'_> {
    fn effect(&self, change: Change) -> Effect {
        Effect::EventChanged { event: self.gathering.event.id, change }
    }

    fn sure(&self, changes: Vec<Change>) -> Decided {
        sure(changes.into_iter().map(|change| self.effect(change)).collect())
    }

    /// The actor, and when: never later than now, nor before the list at the door was open.
    fn said(&self, at: Option<Instant>) -> Said {
        let opens = ArrivalWindow::of(&self.gathering.event.terms.times).from;
        let at = at.filter(|at| (opens..=self.now).contains(at));
        Said { by: self.actor, at: at.unwrap_or(self.now) }
    }

    /// It is to take place, and is not over.
    fn is_on(&self) -> Result<(), Reason> {
        self.gathering.event.state.is_open()?;
        let ends_at = self.gathering.event.terms.times.ends_at;
        if self.now < ends_at { Ok(()) } else { Err(Reason::EventOver { since: ends_at }) }
    }

    fn answer(&self, given: Given) -> Decided {
        let mut after = self.gathering.clone();
        let mut list = Vec::new();
        if let Some(party) = answered(self.gathering, &given, self.now)? {
            let freed = self.gathering.parties.get(&given.who).map_or(0, seats_of) > seats_of(&party);
            let leaves = party.standing.answer() == Answer::No;
            self.change(&mut after, &mut list, Change::Answered(party));
            if leaves {
                self.leave(&mut after, &mut list);
            }
            // Whoever is new in line may be the first that fits what no one before them does.
            let served = served(&after, self.now);
            for change in served.changes() {
                self.change(&mut after, &mut list, change);
            }
            let mut told = served;
            told.promoted.retain(|who| *who != given.who);
            if !freed {
                told.offered.clear();
            }
            list.extend(tell_served(&after, &told));
        }
        let placed = after.placed(given.who);
        // A device sees only part of the line.
        let missing =
            if self.gathering.others.is_some() && given.answer == Answer::Yes { vec![Missing::Unseen] } else { Vec::new() };
        Ok((Effects { list, done: Done { answered: placed, ..Done::default() } }, missing))
    }

    fn change(&self, after: &mut Gathering, list: &mut Vec<Effect>, change: Change) {
        after.apply(&change);
        list.push(self.effect(change));
    }

    /// Whoever does not come takes nothing on, and drives nobody.
    fn leave(&self, after: &mut Gathering, list: &mut Vec<Effect>) {
        for (what, _) in after.claimed_by(self.actor) {
            self.change(after, list, Change::Claimed { what, by: self.actor, quantity: 0 });
        }
        let driven: Vec<Carpool> = after.carpools.iter().filter(|carpool| carpool.driver == self.actor).cloned().collect();
        for carpool in driven {
            list.extend(self.without_lift(&carpool));
            self.change(after, list, Change::CarpoolWithdrawn { carpool: carpool.id });
        }
    }

    fn without_lift(&self, carpool: &Carpool) -> Vec<Effect> {
        let (event, terms) = (self.gathering.event.id, &self.gathering.event.terms);
        let notice =
            |by| Notice::CarpoolWithdrawn { event, title: terms.details.title.clone(), starts_at: terms.times.starts_at, by };
        let riders = carpool.claims.by.keys().filter(|rider| **rider != self.actor);
        riders.map(|rider| Effect::Told { member: *rider, notice: notice(carpool.driver) }).collect()
    }

    fn claim(&self, what: What, quantity: u16) -> Decided {
        self.is_on()?;
        self.comes()?;
        let claims = self.gathering.claims(what).ok_or(Reason::UnknownClaim)?;
        if quantity == 0 {
            return Err(Reason::BadQuantity { most: claims.of });
        }
        if let What::Carpool(carpool) = what
            && self.gathering.carpools.iter().any(|known| known.id == carpool && known.driver == self.actor)
        {
            return Err(Reason::YourOwnCarpool);
        }
        let mine = claims.by(self.actor);
        let left = claims.left().saturating_add(mine);
        if quantity > left {
            return Err(Reason::TooFewLeft { left });
        }
        let mut changes = Vec::new();
        // Nobody sits in two cars.
        if matches!(what, What::Carpool(_)) {
            changes.extend(self.out_of_cars(Some(what)));
        }
        if quantity != mine {
            changes.push(Change::Claimed { what, by: self.actor, quantity });
        }
        self.sure(changes)
    }

    fn out_of_cars(&self, but: Option<What>) -> Vec<Change> {
        let claimed = self.gathering.claimed_by(self.actor).into_iter();
        let others = claimed.filter(|(what, _)| matches!(what, What::Carpool(_)) && Some(*what) != but);
        others.map(|(what, _)| Change::Claimed { what, by: self.actor, quantity: 0 }).collect()
    }

    fn release(&self, what: What) -> Decided {
        self.is_on()?;
        let claims = self.gathering.claims(what).ok_or(Reason::UnknownClaim)?;
        let held = claims.by(self.actor) > 0;
        self.sure(if held { vec![Change::Claimed { what, by: self.actor, quantity: 0 }] } else { Vec::new() })
    }

    /// The actor said that they come, or may.
    fn comes(&self) -> Result<(), Reason> {
        let cares = self.gathering.party_of(self.actor).is_some_and(Party::cares);
        if cares { Ok(()) } else { Err(Reason::AnswerFirst) }
    }

    fn offer_carpool(&self, id: CarpoolId, seats: u16, place: &str, note: &str) -> Decided {
        self.is_on()?;
        self.comes()?;
        if self.gathering.carpools.iter().any(|known| known.id == id) {
            return Err(Reason::IdReused);
        }
        if self.gathering.carpools.iter().any(|known| known.driver == self.actor) {
            return Err(Reason::AlreadyDriving);
        }
        if !(1..=CAR_CAP).contains(&seats) {
            return Err(Reason::BadQuantity { most: CAR_CAP });
        }
        let place = short(place, PLACE_CAP)?;
        if place.is_empty() {
            return Err(Reason::NothingSaid);
        }
        let carpool = Carpool { id, driver: self.actor, place, note: short_note(note)?, claims: Claims::of(seats) };
        let mut changes = self.out_of_cars(None);
        changes.push(Change::CarpoolOffered(carpool));
        self.sure(changes)
    }

    fn withdraw_carpool(&self, id: CarpoolId) -> Decided {
        let carpool = self.gathering.carpools.iter().find(|known| known.id == id).ok_or(Reason::UnknownClaim)?;
        if carpool.driver != self.actor && !self.organises() {
            return Err(Reason::NotYourCarpool { driver: self.board.who(carpool.driver) });
        }
        let mut list = self.without_lift(carpool);
        list.push(self.effect(Change::CarpoolWithdrawn { carpool: id }));
        sure(list)
    }

    /// Also once it is over, or does not take place: « merci », « dommage ».
    fn comment(&self, id: CommentId, text: &str) -> Decided {
        match self.gathering.event.state.is_open() {
            Ok(()) | Err(Reason::EventCancelled { .. }) => {}
            Err(reason) => return Err(reason),
        }
        let text = lines(text);
        if text.is_empty() {
            return Err(Reason::NothingSaid);
        }
        if text.chars().count() > COMMENT_CAP {
            return Err(Reason::NoteTooLong { cap: u16::try_from(COMMENT_CAP).unwrap_or(u16::MAX) });
        }
        if self.gathering.comments.iter().any(|known| known.id == id) {
            return Err(Reason::IdReused);
        }
        if self.gathering.comments.len() >= COMMENTS_CAP {
            return Err(Reason::TooManyComments { cap: u16::try_from(COMMENTS_CAP).unwrap_or(u16::MAX) });
        }
        if self.gathering.comments.iter().filter(|known| known.by == self.actor).count() >= COMMENTS_OF_ONE_CAP {
            return Err(Reason::TooManyOfYourComments { cap: u16::try_from(COMMENTS_OF_ONE_CAP).unwrap_or(u16::MAX) });
        }
        self.sure(vec![Change::Commented(Comment { id, by: self.actor, at: self.now, text })])
    }

    fn remove_comment(&self, id: CommentId) -> Decided {
        let comment = self.gathering.comments.iter().find(|known| known.id == id).ok_or(Reason::UnknownComment)?;
        if comment.by != self.actor && !self.organises() {
            return Err(Reason::NotYourComment { by: self.board.who(comment.by) });
        }
        self.sure(vec![Change::CommentRemoved { comment: id }])
    }

    fn add_photo(&self, picture: Picture, consent: bool) -> Decided {
        photos_left(self.gathering, self.actor, self.organises(), self.now)?;
        let picture = photo_of(picture, consent)?;
        if self.gathering.photo(picture.id).is_some() {
            return Err(Reason::IdReused);
        }
        self.sure(vec![Change::PhotoAdded(Photo { picture, by: self.actor, at: self.now, sent: false, asked: None })])
    }

    fn remove_photo(&self, picture: PictureId) -> Decided {
        let photo = self.gathering.photo(picture).ok_or(Reason::UnknownPhoto)?;
        if photo.by != self.actor && !self.organises() {
            return Err(Reason::NotYourPhoto);
        }
        self.sure(vec![Change::PhotoRemoved { picture, said: self.said(None) }])
    }

    /// Whatever the hour, and whoever asks: nobody has to be shown.
    fn ask_removal(&self, picture: PictureId) -> Decided {
        let photo = self.gathering.photo(picture).ok_or(Reason::UnknownPhoto)?;
        if photo.by == self.actor {
            return self.remove_photo(picture);
        }
        let hides = Change::PhotoHidden { picture, asked: self.said(None) };
        self.sure(if photo.is_hidden() { Vec::new() } else { vec![hides] })
    }

    fn organises(&self) -> bool {
        self.board.organises.contains(&self.gathering.event.id)
    }

    /// An organiser, around the event's time.
    fn at_the_door(&self) -> Result<(), Reason> {
        if !self.organises() {
            return Err(Reason::NotAllowed);
        }
        self.gathering.event.state.is_open()?;
        let window = ArrivalWindow::of(&self.gathering.event.terms.times);
        if self.now < window.from {
            Err(Reason::SheetTooEarly { from: window.from })
        } else if window.is_open(self.now) {
            Ok(())
        } else {
            Err(Reason::SheetOver { until: window.until })
        }
    }

    fn tick(&self, who: Attendee, came: bool, at: Option<Instant>) -> Decided {
        self.at_the_door()?;
        if !self.gathering.parties.contains_key(&who) {
            return Err(Reason::NotExpected);
        }
        let known = self.gathering.arrivals.iter().any(|known| known.who == who);
        let arrival = Arrival { who, said: self.said(at) };
        self.sure(if known == came { Vec::new() } else { vec![Change::Arrived { arrival, came }] })
    }
}

fn seats_of(party: &Party) -> u16 {
    if party.is_seated() { party.seats() } else { 0 }
}

fn short(text: &str, cap: usize) -> Result<String, Reason> {
    let text = text.trim();
    if text.chars().count() > cap {
        return Err(Reason::NoteTooLong { cap: u16::try_from(cap).unwrap_or(u16::MAX) });
    }
    Ok(text.to_owned())
}
