//! The overlay is honest: what a screen shows of an act on its way, with nobody interfering, is
//! what the snapshots show once it is applied.

use std::fmt::Debug;

use domain::calendar::Calendar;
use domain::command::Command;
use domain::decide::{Decision, decide};
use domain::eligibility::Missing;
use domain::id::{CommandId, MemberId};
use domain::me::{Me, board};
use domain::outbox::Outbox;
use domain::overlay::{LaidOver, laid_over};
use domain::reason::Reason;
use domain::swaps::Offer;
use domain::time::Instant;

use super::World;
use super::village::name;

impl World {
    /// `before` is what the actor's device would show just before the act; the server has applied
    /// it by now, and no loop closed with it.
    pub fn expect_honest_overlay(&mut self, before: &(Calendar, Me), actor: MemberId, command: &Command, now: Instant) {
        let after = self.both_of(actor, now);
        if let Err(dishonest) = honest(before, &after, command, now) {
            self.expect(false, || format!("{} sees something else than what comes of {command:?}: {dishonest}", name(actor)));
        }
    }
}

fn honest(before: &(Calendar, Me), after: &(Calendar, Me), command: &Command, now: Instant) -> Result<(), String> {
    let (calendar, me) = before;
    match decide(&board(calendar, me), command, me.id(), now) {
        Decision::No(reason) if is_unseen(command, &reason) => return Ok(()),
        Decision::No(reason) => return Err(format!("the device would refuse it: {reason:?}")),
        // Whether they had said yes already is theirs to know.
        Decision::Probably(_, missing)
            if missing.contains(&Missing::Wishes) && matches!(command, Command::ProposeSwap { .. }) =>
        {
            return Ok(());
        }
        Decision::Yes(_) | Decision::Probably(..) => {}
    }
    let mut outbox = Outbox::default();
    outbox.enqueue(CommandId(uuid::Uuid::nil()), command.clone(), String::new(), now);
    let Some(LaidOver { calendar, me, .. }) = laid_over(calendar, me, &outbox, now) else {
        return Err("nothing is laid over".to_owned());
    };
    let (real_calendar, real_me) = after;
    same("shifts", &calendar.shifts, &real_calendar.shifts)?;
    let offers = |calendar: &Calendar| {
        let mut offers = calendar.offers.clone();
        offers.sort_by_key(|offer| offer.id);
        offers
    };
    same("public offers", &offers(&calendar), &offers(real_calendar))?;
    same("my offers", &by_id(&me.offers, |offer| offer.id), &by_id(&real_me.offers, |offer| offer.id))?;
    let open = |me: &Me| by_id(&me.offered_to_me, |offer| offer.id).into_iter().filter(Offer::is_open).collect::<Vec<_>>();
    same("offers to me", &open(&me), &open(real_me))?;
    same("proposals", &by_id(&me.proposals, |known| known.id), &by_id(&real_me.proposals, |known| known.id))?;
    same("watches", &by_id(&me.watches, |watch| watch.id), &by_id(&real_me.watches, |watch| watch.id))?;
    let waits =
        |me: &Me| by_id(&me.waiting, |waiting| waiting.shift).into_iter().map(|waiting| waiting.shift).collect::<Vec<_>>();
    same("waiting lists", &waits(&me), &waits(real_me))?;
    // What is suggested, and what is told, the server alone knows.
    let known: Vec<_> = real_me.loops.iter().filter(|real| real.created_at < now || me.loops.contains(real)).cloned().collect();
    same("loops", &me.loops, &known)?;
    let known: Vec<_> = real_me.inbox.iter().filter(|real| me.inbox.iter().any(|row| row.id == real.id)).cloned().collect();
    same("inbox", &me.inbox, &known)
}

/// What the device has not been shown: an offer for whoever has the link.
fn is_unseen(command: &Command, reason: &Reason) -> bool {
    matches!((command, reason), (Command::ClaimOffer { secret: Some(_), .. }, Reason::UnknownOffer))
}

fn by_id<T: Clone, K: Ord>(rows: &[T], id: impl Fn(&T) -> K) -> Vec<T> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(id);
    rows
}

fn same<T: PartialEq + Debug>(what: &str, shown: &T, real: &T) -> Result<(), String> {
    if shown == real { Ok(()) } else { Err(format!("{what}: shown {shown:?}, and really {real:?}")) }
}
