//! The exchange board: thirty open offers, some of them one tap from closing.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration};
use domain::board::Board;
use domain::decide::{binds_until, exchange_deadline};
use domain::id::{LoopId, MemberId, OfferId, SeatId, ShiftId};
use domain::ledger::EntryKind;
use domain::matching::close_loops;
use domain::members::{Aptitude, Known, Person as Eligible, ShortName};
use domain::notice::Notice;
use domain::rules::Rules;
use domain::shifts::Shift;
use domain::swaps::{Audience, Leg, LoopState, Offer, OfferKind, OfferState, Pattern, PatternWish, SuggestedLoop, Wish, Wishes};
use domain::time::{Days, Instant, paris_minute, plus_days};

use super::cast::{self, CastMember, id_of};
use super::dice::Dice;
use super::past::Past;
use super::people::Person;
use super::roster::Roster;

pub const OPEN: usize = 30;
/// Of the thirty, those that exchange; the story's four are among them.
const EXCHANGES: usize = 12;
/// What is offered starts no sooner than this (hours), so that everything on the board is possible.
const AHEAD_H: i64 = 4 * 24;

const GIVE_NOTES: [&str; 8] = [
    "",
    "Rendez-vous médical",
    "Mon train arrive trop tard",
    "Anniversaire de ma fille",
    "",
    "Je garde mes petits-enfants",
    "Formation ce jour-là",
    "",
];
const EXCHANGE_NOTES: [&str; 4] = ["", "Plutôt en fin de journée", "Je suis souple sur la semaine", ""];

pub struct OnTheBoard {
    pub offers: Vec<Offer>,
    pub suggested: Vec<SuggestedLoop>,
    pub told: Vec<(MemberId, Notice, Instant)>,
    pub board: Board,
}

pub fn offers(roster: &Roster, people: &[Person], past: &Past, rules: &Rules, now: Instant, dice: &mut Dice) -> OnTheBoard {
    let mut at = OnTheBoard {
        offers: Vec::new(),
        suggested: Vec::new(),
        told: Vec::new(),
        board: board(roster, people, past, rules, now),
    };
    stories(&mut at, roster, now);
    let mut places = places(roster, people, now);
    dice.shuffle(&mut places);
    exchanges(&mut at, roster, &mut places, now, dice);
    gifts(&mut at, &places, now, dice);
    at
}

fn board(roster: &Roster, people: &[Person], past: &Past, rules: &Rules, now: Instant) -> Board {
    let mut board = Board::new(rules.clone());
    let ahead = roster.shifts.iter().filter(|shift| shift.ends_at > now);
    board.shifts = ahead.map(|shift| (shift.id, shift.clone())).collect();
    let experienced: BTreeSet<MemberId> =
        past.ledger.iter().filter(|(_, entry)| entry.kind == EntryKind::Done).map(|(member, _)| *member).collect();
    board.people = people
        .iter()
        .map(|person| {
            let aptitude = Aptitude {
                active: true,
                skills: person.skills.clone(),
                leaves: person.leaves.clone(),
                experienced: experienced.contains(&person.id),
            };
            let name = ShortName::new(&person.first, &person.last);
            (person.id, Eligible { id: person.id, name, aptitude: Known::Known(aptitude) })
        })
        .collect();
    board
}

impl OnTheBoard {
    fn open(&mut self, seat: SeatId, member: MemberId, kind: OfferKind, note: &str, created_at: Instant) -> OfferId {
        let id = OfferId(id_of(&format!("offer/{seat}/{member}")));
        let offer = Offer { id, seat, member, kind, note: note.to_owned(), created_at, state: OfferState::Open };
        self.board.offers.insert(id, offer.clone());
        self.offers.push(offer);
        id
    }

    fn exchange(&mut self, seat: SeatId, member: MemberId, wishes: Wishes, note: &str, created_at: Instant) -> OfferId {
        self.open(seat, member, OfferKind::Exchange { wishes }, note, created_at)
    }

    fn give(&mut self, seat: SeatId, member: MemberId, audience: Audience, note: &str, created_at: Instant) {
        if let Audience::Named { members } = &audience {
            let notice = |to: &MemberId| (*to, Notice::SeatOffered { seat, from: member }, created_at);
            self.told.extend(members.iter().map(notice));
        }
        self.open(seat, member, OfferKind::Give { audience }, note, created_at);
    }
}

fn only(shift: ShiftId, ticked_at: Instant) -> Wishes {
    Wishes { shifts: vec![Wish { shift, ticked_at }], patterns: Vec::new() }
}

/// What is one tap from happening; `cast::STORIES` tells it.
fn stories(at: &mut OnTheBoard, roster: &Roster, now: Instant) {
    let seat = |who: &CastMember| roster.of_cast.get(&who.id()).copied();
    let ago = |hours: i64| now - Duration::hours(hours);
    if let (Some(karim), Some(camille)) = (seat(&cast::KARIM), seat(&cast::CAMILLE)) {
        at.exchange(karim, cast::KARIM.id(), only(camille.shift, ago(20)), "Concert le jeudi soir", ago(20));
    }
    if let (Some(lea), Some(nour), Some(idris)) = (seat(&cast::LEA), seat(&cast::NOUR), seat(&cast::IDRIS)) {
        let leas = at.exchange(lea, cast::LEA.id(), only(nour.shift, ago(30)), "Cours de poterie le lundi", ago(30));
        let nours = at.exchange(nour, cast::NOUR.id(), only(idris.shift, ago(9)), "", ago(9));
        // Two Fridays later would suit him: nobody offers one.
        let later = roster.shift(idris.shift).and_then(|shift| elsewhere(roster, shift));
        let idriss = at.exchange(idris, cast::IDRIS.id(), only(later.unwrap_or(lea.shift), ago(5)), "", ago(5));
        let leg = |offer, who: CastMember, gives, takes| Leg { offer, member: who.id(), gives, takes };
        let legs =
            vec![leg(idriss, cast::IDRIS, idris, lea), leg(leas, cast::LEA, lea, nour), leg(nours, cast::NOUR, nour, idris)];
        let created_at = ago(5);
        let id = LoopId(id_of(&format!("loop/{idris}")));
        let expires_at = lives_until(&at.board, &legs, created_at);
        at.told.push((cast::IDRIS.id(), Notice::LoopSuggested { gives: idris, takes: lea }, created_at));
        let asks = cast::IDRIS.id();
        at.suggested.push(SuggestedLoop { id, legs, asks, created_at, expires_at, state: LoopState::Pending });
    }
    if let Some(hugo) = seat(&cast::HUGO) {
        at.give(hugo, cast::HUGO.id(), Audience::Anyone, "Mon fils est malade", ago(3));
    }
    if let Some(bruno) = seat(&cast::BRUNO) {
        at.give(bruno, cast::BRUNO.id(), Audience::Anyone, "", ago(26));
    }
    if let Some(theo) = seat(&cast::THEO) {
        let members = vec![cast::CAMILLE.id(), cast::ANNE.id()];
        at.give(theo, cast::THEO.id(), Audience::Named { members }, "Réunion pour la fête de la coop", ago(7));
    }
}

/// As long as a proposal lives, as an exchange is possible, and as the others' ticks bind.
fn lives_until(board: &Board, legs: &[Leg], created_at: Instant) -> Instant {
    let life = created_at + Duration::hours(i64::from(board.rules.proposal_life_h));
    let notice = exchange_deadline(board, legs.iter().filter_map(|leg| board.start_of(leg.gives)));
    let bound = legs.iter().skip(1).filter_map(|leg| {
        let wishes = board.offers.get(&leg.offer).and_then(Offer::wishes)?;
        binds_until(&board.rules, wishes, board.shifts.get(&leg.takes.shift)?)
    });
    bound.chain(notice).fold(life, Instant::min)
}

/// A later shift at the same time of the week.
fn elsewhere(roster: &Roster, like: &Shift) -> Option<ShiftId> {
    let minute = paris_minute(like.starts_at);
    let same = |shift: &&Shift| shift.on.weekday() == like.on.weekday() && paris_minute(shift.starts_at) == minute;
    roster.shifts.iter().filter(|shift| shift.on > plus_days(like.on, 13)).find(same).map(|shift| shift.id)
}

/// Ordinary seats that their holders may offer; the stories' shifts stay out of it.
fn places(roster: &Roster, people: &[Person], now: Instant) -> Vec<(SeatId, MemberId)> {
    let from = now + Duration::hours(AHEAD_H);
    let to = now + Duration::days(33);
    let kept: BTreeSet<ShiftId> = roster.of_cast.values().map(|seat| seat.shift).collect();
    let ordinary: BTreeSet<MemberId> =
        people.iter().filter(|person| !person.in_cast && !person.newcomer).map(|person| person.id).collect();
    roster
        .shifts
        .iter()
        .filter(|shift| shift.starts_at >= from && shift.starts_at <= to && !kept.contains(&shift.id))
        .flat_map(|shift| shift.seat_ids().zip(&shift.seats))
        .filter(|(_, seat)| !seat.lead)
        .filter_map(|(id, seat)| Some((id, seat.holder?)))
        .filter(|(_, holder)| ordinary.contains(holder))
        .collect()
}

/// Exchanges whose wishes close no loop yet; the places they use are taken off the list.
fn exchanges(at: &mut OnTheBoard, roster: &Roster, places: &mut Vec<(SeatId, MemberId)>, now: Instant, dice: &mut Dice) {
    let mut exchanges = at.offers.iter().filter(|offer| offer.wishes().is_some()).count();
    while exchanges < EXCHANGES {
        let Some((seat, member)) = places.pop() else { return };
        if at.offers.iter().any(|offer| offer.member == member) {
            continue;
        }
        let created_at = now - Duration::hours(2 + i64::try_from(dice.below(140)).unwrap_or(0));
        let Some(wishes) = wishes(roster, seat, member, created_at, now, dice) else { continue };
        let note = dice.pick(&EXCHANGE_NOTES).copied().unwrap_or_default();
        let id = at.exchange(seat, member, wishes, note, created_at);
        if close_loops(&at.board, None, now).loops.is_empty() {
            exchanges += 1;
        } else {
            at.board.offers.remove(&id);
            at.offers.pop();
        }
    }
}

/// A few shifts, or a pattern with its dates.
fn wishes(roster: &Roster, seat: SeatId, member: MemberId, ticked_at: Instant, now: Instant, dice: &mut Dice) -> Option<Wishes> {
    let mine = roster.shift(seat.shift)?;
    let kept: BTreeSet<ShiftId> = roster.of_cast.values().map(|seat| seat.shift).collect();
    let around: Vec<&Shift> = roster
        .shifts
        .iter()
        .filter(|shift| shift.starts_at > now + Duration::hours(AHEAD_H) && shift.on <= plus_days(mine.on, 21))
        .filter(|shift| shift.on != mine.on && !kept.contains(&shift.id) && shift.seat_of(member).is_none())
        .collect();
    let mut wishes = Wishes::default();
    if dice.percent(30) {
        let like = dice.pick(&around)?;
        let minute = paris_minute(like.starts_at);
        let days = Some(Days { from: plus_days(like.on, 1), to: plus_days(like.on, 28) });
        let pattern = Pattern { weekday: Some(like.on.weekday()), from_minute: Some(minute), to_minute: Some(minute + 60), days };
        wishes.patterns.push(PatternWish { pattern, ticked_at });
    } else {
        let mut ticked: BTreeSet<ShiftId> = BTreeSet::new();
        for _ in 0..3 + dice.below(5) {
            ticked.insert(dice.pick(&around)?.id);
        }
        wishes.shifts = ticked.into_iter().map(|shift| Wish { shift, ticked_at }).collect();
    }
    Some(wishes)
}

fn gifts(at: &mut OnTheBoard, places: &[(SeatId, MemberId)], now: Instant, dice: &mut Dice) {
    for (seat, member) in places {
        if at.offers.len() >= OPEN {
            return;
        }
        if at.offers.iter().any(|offer| offer.member == *member) {
            continue;
        }
        let created_at = now - Duration::hours(1 + i64::try_from(dice.below(120)).unwrap_or(0));
        let note = dice.pick(&GIVE_NOTES).copied().unwrap_or_default();
        at.give(*seat, *member, Audience::Anyone, note, created_at);
    }
}
