//! Who has a seat: the answer to an event, the line of those who wait, and what becomes of a seat that comes free.

use chrono::Duration;

use super::{Answer, Attendee, Change, Gathering, Party, Standing};
use crate::reason::Reason;
use crate::time::Instant;

/// Until so long before the start, a seat that comes free goes to the first party in line that fits: they have the time to
/// hear of it. Later, it is for whoever of the line takes it first. Hours.
pub const HANDED_H: i64 = 24;

/// What somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub who: Attendee,
    pub answer: Answer,
    /// How many come along; children among them.
    pub guests: u8,
    pub children: u8,
    pub note: String,
    pub diet: String,
    pub hidden: bool,
}

/// What an answer comes to; the same as before changes nothing. Whoever waits is not served by this: [`served`] does that
/// once the answer counts.
pub fn answered(gathering: &Gathering, given: &Given, now: Instant) -> Result<Option<Party>, Reason> {
    match named_otherwise(gathering, given) {
        Some(party) => Ok(Some(party)),
        None => given_anew(gathering, given, now),
    }
}

/// Whether one is named is one's own business at any time, and moves nobody: what one had answered, where that alone is
/// otherwise.
fn named_otherwise(gathering: &Gathering, given: &Given) -> Option<Party> {
    let party = gathering.parties.get(&given.who)?;
    let comes = given.answer != Answer::No;
    let same = party.standing.answer() == given.answer
        && (!comes || (party.guests, party.children) == (given.guests, given.children))
        && (&party.note, &party.diet) == (&given.note, &given.diet);
    (same && party.hidden != given.hidden).then(|| Party { hidden: given.hidden, ..party.clone() })
}

fn given_anew(gathering: &Gathering, given: &Given, now: Instant) -> Result<Option<Party>, Reason> {
    gathering.event.state.is_open()?;
    let (details, times) = (&gathering.event.terms.details, &gathering.event.terms.times);
    let before = gathering.parties.get(&given.who);
    if now >= times.ends_at {
        return Err(Reason::EventOver { since: times.ends_at });
    }
    let (guests, children) = if given.answer == Answer::No { (0, 0) } else { (given.guests, given.children) };
    if children > guests {
        return Err(Reason::MoreChildrenThanGuests);
    }
    let party = |standing| Party {
        who: given.who,
        standing,
        guests,
        children,
        note: given.note.clone(),
        diet: given.diet.clone(),
        hidden: given.hidden,
        answered_at: now,
    };
    let standing = match given.answer {
        Answer::No => Standing::No,
        Answer::Maybe => Standing::Maybe,
        Answer::Yes => standing(gathering, given.who, 1 + u16::from(guests), now)?,
    };
    // Whoever has more already, because more was allowed then, may keep that.
    let known = |count: fn(&Party) -> u8| before.filter(|party| party.standing.answer() != Answer::No).map_or(0, count);
    if guests > details.guests.max(known(|party| party.guests)) {
        return Err(Reason::TooManyGuests { cap: details.guests });
    }
    if children > 0 && !details.children && children > known(|party| party.children) {
        return Err(Reason::NoChildren);
    }
    let party = party(standing);
    if now > times.closes_at && !may_still(before, &party) {
        return Err(Reason::AnswersClosed { since: times.closes_at });
    }
    let same = before.is_some_and(|before| Party { answered_at: before.answered_at, ..party.clone() } == *before);
    Ok((!same).then_some(party))
}

/// After the closing time: whoever has a seat or waits for one may give it up, and whoever waits may take one that is free.
fn may_still(before: Option<&Party>, party: &Party) -> bool {
    let gives_up = |before: &Party| before.standing.answer() == Answer::Yes && party.standing == Standing::No;
    let takes = |before: &Party| before.standing.ticket().is_some() && party.is_seated() && party.guests <= before.guests;
    before.is_some_and(|before| gives_up(before) || takes(before))
}

/// What a « oui » for so many seats comes to.
fn standing(gathering: &Gathering, who: Attendee, seats: u16, now: Instant) -> Result<Standing, Reason> {
    let before = gathering.parties.get(&who);
    if let Some(capacity) = gathering.event.terms.capacity
        && seats > capacity
        && before.is_none_or(|before| seats > before.seats())
    {
        return Err(Reason::TooManyGuests { cap: u8::try_from(capacity.saturating_sub(1)).unwrap_or(u8::MAX) });
    }
    match before.map(|before| before.standing) {
        // What one has one keeps: a party that grows beyond what is free stays as it was.
        Some(Standing::Seated) => {
            let has = before.map_or(0, Party::seats);
            let more = seats.saturating_sub(has);
            if gathering.fits(more) {
                Ok(Standing::Seated)
            } else {
                Err(Reason::EventFull { left: gathering.free().unwrap_or(0) })
            }
        }
        Some(Standing::Waiting { ticket }) => {
            let takes = gathering.fits(seats) && (is_late(gathering, now) || goes_before(gathering, ticket, seats));
            Ok(if takes { Standing::Seated } else { Standing::Waiting { ticket } })
        }
        _ if gathering.fits(seats) && nobody_else(gathering) => Ok(Standing::Seated),
        _ => Ok(Standing::Waiting { ticket: gathering.next_ticket() }),
    }
}

/// Whether seats that come free are for whoever of the line takes them first.
pub fn is_late(gathering: &Gathering, now: Instant) -> bool {
    gathering.event.terms.times.starts_at - now <= Duration::hours(HANDED_H)
}

/// Whether nobody before this ticket would have a seat first.
fn goes_before(gathering: &Gathering, ticket: u32, seats: u16) -> bool {
    let before = gathering.line().into_iter().filter(|party| party.standing.ticket() < Some(ticket));
    gathering.fits(seats) && before.into_iter().all(|party| !gathering.fits(party.seats()))
}

/// Whether no party in line fits: what is free is for whoever comes.
fn nobody_else(gathering: &Gathering) -> bool {
    let named = gathering.line().into_iter().all(|party| !gathering.fits(party.seats()));
    // A device does not know how large the parties of the others are.
    named && gathering.others.is_none_or(|others| others.waiting == 0 || gathering.event.terms.capacity.is_none())
}

/// What becomes of free seats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Served {
    /// From the line to their seats, in its order.
    pub promoted: Vec<Attendee>,
    /// Who of the line may take what is free.
    pub offered: Vec<Attendee>,
}

/// Serves the line: in its order while there is time, each party that fits; later, free seats are offered to all that fit.
/// A device serves nobody: it does not see the line.
pub fn served(gathering: &Gathering, now: Instant) -> Served {
    let mut served = Served::default();
    if gathering.others.is_some() || !gathering.event.state.is_published() || now >= gathering.event.terms.times.ends_at {
        return served;
    }
    let in_order = !is_late(gathering, now) || gathering.event.terms.capacity.is_none();
    let mut free = gathering.free();
    for party in gathering.line() {
        if free.is_some_and(|free| party.seats() > free) {
            continue;
        }
        if in_order {
            free = free.map(|free| free - party.seats());
            served.promoted.push(party.who);
        } else {
            served.offered.push(party.who);
        }
    }
    served
}

impl Served {
    pub fn changes(&self) -> Vec<Change> {
        self.promoted.iter().map(|who| Change::Promoted { who: *who }).collect()
    }
}
