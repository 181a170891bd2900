//! What is true of the co-op after every commit.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::effect::Effect;
use domain::id::{MemberId, SeatId};
use domain::shifts::Shift;
use domain::time::Instant;

use super::World;
use super::village::name;

impl World {
    /// A seat moves once in one act, from its holder: this is what « one holder per seat » means
    /// where a seat can have no second one.
    pub fn expect_moves_from_the_holder(&mut self, list: &[Effect]) {
        let mut moved: BTreeSet<SeatId> = BTreeSet::new();
        for effect in list {
            let Effect::SeatMoved { seat, from, to, .. } = effect else { continue };
            let holder = self.server.board.holder(*seat);
            self.expect(holder == *from, || format!("{seat} moves from {from:?} to {to:?}, and {holder:?} holds it"));
            self.expect(moved.insert(*seat), || format!("{seat} moves twice in one act"));
        }
    }

    pub fn expect_sound_co_op(&mut self) {
        if let Err(unsound) = self.soundness() {
            self.expect(false, || unsound);
        }
    }

    fn soundness(&self) -> Result<(), String> {
        let board = &self.server.board;
        let planned: Vec<&Shift> = board.shifts.values().filter(|shift| shift.is_planned()).collect();
        for shift in &planned {
            let holders: Vec<MemberId> = shift.holders().collect();
            let once: BTreeSet<_> = holders.iter().collect();
            ensure(holders.len() == once.len(), || format!("somebody sits twice on {}", shift.id))?;
        }
        for (at, one) in planned.iter().enumerate() {
            for other in &planned[at + 1..] {
                if shared(one, other) > Duration::minutes(30) {
                    let both = one.holders().find(|holder| other.seat_of(*holder).is_some());
                    ensure(both.is_none(), || format!("{} is in two places", both.map_or("?", name)))?;
                }
            }
        }
        for (seat, kept) in &board.kept {
            let waits = |member| board.waiting.get(&seat.shift).is_some_and(|line| line.contains(&member));
            ensure(board.holder(*seat).is_none(), || format!("{seat} is held, and kept for somebody"))?;
            ensure(kept.whom.is_some_and(waits), || format!("{seat} is kept for somebody who does not wait"))?;
        }
        for (shift, line) in &board.waiting {
            let on_it = line.iter().find(|member| board.shifts.get(shift).is_some_and(|shift| shift.seat_of(**member).is_some()));
            ensure(on_it.is_none(), || format!("{} waits for a shift and is on it", on_it.map_or("?", |member| name(*member))))?;
        }
        let mut offered = BTreeSet::new();
        for offer in board.offers.values().filter(|offer| offer.is_open()) {
            let holder = board.holder(offer.seat);
            ensure(holder == Some(offer.member), || format!("open offer {} is not its holder's", offer.id))?;
            ensure(offered.insert(offer.seat), || format!("{} has two open offers", offer.seat))?;
        }
        let mut proposed = BTreeSet::new();
        for asked in board.proposals.values().filter(|proposal| proposal.is_pending()) {
            let holders = (board.holder(asked.mine), board.holder(asked.theirs));
            ensure(holders == (Some(asked.from), Some(asked.to)), || format!("proposal {} is not of holders", asked.id))?;
            ensure(proposed.insert((asked.mine, asked.theirs)), || format!("{} is proposed twice", asked.id))?;
        }
        for lacking in board.loops.values().filter(|suggested| suggested.is_pending()) {
            for (leg, next) in lacking.legs.iter().zip(lacking.legs.iter().cycle().skip(1)) {
                ensure(board.holder(leg.gives) == Some(leg.member), || format!("loop {} is not of holders", lacking.id))?;
                let open = board.offers.get(&leg.offer).is_some_and(|offer| offer.is_open());
                ensure(open, || format!("loop {} rests on an offer that is over", lacking.id))?;
                ensure(leg.takes == next.gives, || format!("loop {} is no loop", lacking.id))?;
            }
        }
        Ok(())
    }

    /// Whoever's slice shows something else now has a new mark: a device that asks with the old
    /// one is told.
    pub fn expect_marks_of_all_that_changed(&mut self, now: Instant) {
        let people = self.server.people();
        let Some(member) = self.dice.pick(&people) else { return };
        if let Some(known) = self.server.last_me.get(&member).cloned()
            && now < known.valid_until
            && known.marks.get("me") == Some(&self.server.own_mark(member))
        {
            let mut built = self.server.me(member, now);
            (built.as_of, built.valid_until) = (known.as_of, known.valid_until);
            self.expect(built == *known, || format!("the slice of {} changed and its mark did not", name(member)));
        }
        if let Some(known) = self.server.last_calendar.clone()
            && now < known.valid_until
            && known.marks.get("calendar") == Some(&self.server.calendar_mark)
        {
            let mut built = self.server.calendar(now);
            (built.as_of, built.valid_until) = (known.as_of, known.valid_until);
            self.expect(built == *known, || "the calendar changed and its mark did not".to_owned());
        }
    }
}

/// How long two shifts are on at the same time.
fn shared(a: &Shift, b: &Shift) -> Duration {
    a.ends_at.min(b.ends_at) - a.starts_at.max(b.starts_at)
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
