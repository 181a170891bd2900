//! One command, as `backend` runs it: first time? decide, write, match, keep the outcome, commit.

use std::fmt::Write;

use chrono::Months;
use domain::board::Board;
use domain::command::{Command, Envelope, SCHEMA};
use domain::decide::{Decision, Effects, decide, expire, serve_waiting};
use domain::effect::Effect;
use domain::id::{CommandId, InvitationId, LoopId, MemberId};
use domain::matching::{close_loops, suggest_loops};
use domain::members::Known;
use domain::outbox::BATCH_CAP;
use domain::outcome::{Marks, Outcome};
use domain::reason::Reason;
use domain::swaps::Leg;
use domain::time::Instant;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::World;
use super::bugs::Bug;
use super::record::{Seen, What};
use super::server::Logged;
use super::village::name;

/// A command whose transaction was begun.
pub struct Begun {
    now: Instant,
    /// What was read before there were any locks: only a mistake decides on it.
    facts: Option<Board>,
}

pub fn id_of(wire: &Value) -> CommandId {
    let id = wire.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    id.unwrap_or(CommandId(uuid::Uuid::nil()))
}

/// SHA-256 in hexadecimal, as an invitation keeps its secret.
pub fn hash_of(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read(wire: &Value) -> Result<Envelope, Reason> {
    if wire.get("schema").and_then(Value::as_u64).is_some_and(|schema| schema != u64::from(SCHEMA)) {
        return Err(Reason::AppTooOld);
    }
    let envelope: Envelope = serde_json::from_value(wire.clone()).map_err(|_| Reason::NotUnderstood)?;
    let understood = envelope.id.made_at_ms().is_some() && envelope.depends_on.len() <= BATCH_CAP;
    if understood { Ok(envelope) } else { Err(Reason::NotUnderstood) }
}

impl World {
    pub fn begin(&mut self) -> Begun {
        let facts = (self.bug == Some(Bug::NoRecheckUnderTheLock)).then(|| self.server.board.clone());
        Begun { now: self.now, facts }
    }

    /// Runs a command to its commit, and notes what happened.
    pub fn perform(&mut self, sender: MemberId, wire: &Value, begun: Begun) -> Outcome {
        let now = begun.now;
        self.expect_rightly_sent(sender, wire);
        let (kind, outcome, applied, kept) = match read(wire) {
            Err(reason) => ("unread", Outcome::Refused { reason }, false, false),
            Ok(envelope) => {
                let (outcome, ran, kept) = self.attempt(sender, &envelope, begun);
                (envelope.command.kind(), outcome.clone(), ran && outcome.is_applied(), kept)
            }
        };
        self.record.count(kind, if outcome.is_applied() { "applied" } else { "refused" });
        self.say(|| format!("the server runs {kind} {} of {}: {outcome:?}", id_of(wire), name(sender)));
        let marks = self.server.marks(sender);
        self.note(wire, &outcome, &marks, applied, kept);
        self.record.did(now, What::Command { sender, wire: wire.clone(), outcome: outcome.clone(), marks });
        outcome
    }

    fn note(&mut self, wire: &Value, outcome: &Outcome, marks: &Marks, applied: bool, kept: bool) {
        let id = id_of(wire);
        let seen = self.record.seen.entry(id).or_insert_with(|| Seen {
            wire: wire.clone(),
            outcome: outcome.clone(),
            applied: 0,
            marks: marks.clone(),
            kept,
        });
        seen.applied += u32::from(applied);
        let (times, again) = (seen.applied, seen.outcome == *outcome && seen.wire == *wire);
        self.expect(times <= 1, || format!("{id} was applied {times} times"));
        if applied {
            self.expect_rests_on_nothing_refused(id);
        }
        self.expect(again || self.is_stranger, || format!("{id} was answered differently the second time: {outcome:?}"));
    }

    /// The outcome, whether it was decided now, and whether it is kept.
    fn attempt(&mut self, sender: MemberId, envelope: &Envelope, begun: Begun) -> (Outcome, bool, bool) {
        let refused = |reason| Outcome::Refused { reason };
        let payload = (envelope.command.clone(), envelope.on_behalf_of, envelope.depends_on.clone());
        let forgets = self.bug == Some(Bug::NoIdempotencyRow);
        match self.server.log.get(&envelope.id) {
            Some(known) if !forgets && known.by == sender && known.payload == payload => {
                self.record.count("command", "sent again");
                return (known.outcome.clone(), false, true);
            }
            Some(_) if !forgets => return (refused(Reason::IdReused), false, false),
            _ => {}
        }
        let kept_from = begun.now.checked_sub_months(Months::new(13)).map_or(0, |from| from.timestamp_millis());
        if envelope.id.made_at_ms().is_some_and(|made| (made as i64) < kept_from) {
            return (refused(Reason::TooOld), true, false);
        }
        let was_refused =
            |id: &CommandId| self.server.log.get(id).is_some_and(|known| known.by == sender && !known.outcome.is_applied());
        let prerequisite_refused = envelope.depends_on.iter().any(was_refused);
        let outcome = if prerequisite_refused && self.bug != Some(Bug::PrerequisitesForgotten) {
            refused(Reason::PrerequisiteRefused)
        } else {
            self.decide(sender, &envelope.command, begun).unwrap_or_else(refused)
        };
        self.server.log.insert(envelope.id, Logged { by: sender, payload, outcome: outcome.clone() });
        (outcome, true, true)
    }

    fn decide(&mut self, sender: MemberId, command: &Command, begun: Begun) -> Result<Outcome, Reason> {
        let now = begun.now;
        let office = sender == self.server.office && matches!(command, Command::CloseShift { .. });
        let shown = Known::Known(self.invitation_shown(command));
        let mut early = begun.facts;
        let preferences = self.server.preferences.get(&sender).cloned().unwrap_or_default();
        let facts = early.as_mut().unwrap_or(&mut self.server.board);
        (facts.office, facts.shown, facts.preferences) = (office, shown, preferences);
        facts.watches = self.server.watches.get(&sender).cloned().unwrap_or_default();
        let Effects { mut list, mut done } = match decide(facts, command, sender, now) {
            Decision::Yes(effects) => effects,
            Decision::No(reason) => return Err(reason),
            Decision::Probably(_, missing) => {
                self.expect(false, || format!("the server's decision lacked facts: {missing:?}"));
                return Err(Reason::NotUnderstood);
            }
        };
        if list.iter().any(|effect| self.is_taken_id(effect)) {
            return Err(Reason::IdReused);
        }
        let before = self.dice.percent(40).then(|| self.both_of(sender, now));
        self.expect_moves_from_the_holder(&list);
        self.write(&list, now);
        let matching = command.may_match() || matches!(command, Command::CloseShift { .. });
        let loops = if matching { self.close_and_suggest(Some(sender), now, &mut list) } else { Vec::new() };
        self.serve_waiting(&mut list, now);
        if let Some(before) = before.filter(|_| loops.is_empty()) {
            self.expect_honest_overlay(&before, sender, command, now);
        }
        if let Some(legs) = loops.into_iter().find(|legs| legs.iter().any(|leg| leg.member == sender)) {
            done.seat = legs.iter().find(|leg| leg.member == sender).map(|leg| leg.takes);
            done.closed_loop = legs;
        }
        self.settle_accounts(&list, now);
        Ok(Outcome::Applied { result: done })
    }

    /// Whoever waits for a seat that came free gets their turn.
    fn serve_waiting(&mut self, list: &mut Vec<Effect>, now: Instant) {
        let served = serve_waiting(&self.server.board, list, now);
        if !served.is_empty() {
            self.record.count("waiting", "served");
        }
        self.write(&served, now);
        list.extend(served);
    }

    fn invitation_shown(&self, command: &Command) -> Option<InvitationId> {
        let Command::ClaimOffer { secret: Some(secret), .. } = command else { return None };
        let hash = hash_of(secret);
        let known = self.server.board.invitations.values().find(|invitation| invitation.secret_hash == hash);
        known.map(|invitation| invitation.id)
    }

    /// Closes what can close, then suggests what lacks one yes.
    fn close_and_suggest(&mut self, actor: Option<MemberId>, now: Instant, list: &mut Vec<Effect>) -> Vec<Vec<Leg>> {
        let closed = close_loops(&self.server.board, actor, now);
        self.write(&closed.effects, now);
        let dice = &mut self.dice;
        let suggested = suggest_loops(&self.server.board, now, &mut || LoopId(dice.uuid(now)));
        self.write(&suggested, now);
        self.record.suggested.extend(suggested.iter().filter_map(|effect| match effect {
            Effect::LoopSuggested(suggested) => Some(suggested.id),
            _ => None,
        }));
        if !closed.loops.is_empty() {
            self.record.count("matching", "closed a loop");
        }
        if !suggested.is_empty() {
            self.record.count("matching", "suggested a loop");
        }
        list.extend(closed.effects);
        list.extend(suggested);
        closed.loops
    }

    /// An id that the device chose for what it creates belongs to something else.
    fn is_taken_id(&self, effect: &Effect) -> bool {
        match effect {
            Effect::OfferOpened(offer) => self.server.board.offers.contains_key(&offer.id),
            Effect::ProposalOpened(proposal) => self.server.board.proposals.contains_key(&proposal.id),
            Effect::WatchSet { watch, .. } => self.server.watches.values().any(|known| known.contains_key(&watch.id)),
            _ => false,
        }
    }

    /// What is over by the clock ends.
    pub fn expire(&mut self) {
        let now = self.now;
        let mut list = expire(&self.server.board, now);
        if !list.is_empty() {
            self.record.count("server", "ended what was over");
        }
        self.write(&list, now);
        self.serve_waiting(&mut list, now);
        self.settle_accounts(&list, now);
        self.record.did(now, What::Expired);
    }

    /// The nightly matching.
    pub fn match_all(&mut self) {
        let (now, mut list) = (self.now, Vec::new());
        self.close_and_suggest(None, now, &mut list);
        self.settle_accounts(&list, now);
        self.record.did(now, What::Night);
    }
}
