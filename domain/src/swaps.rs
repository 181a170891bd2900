//! Offers, wishes, proposals, loops and invitations: the ways a seat changes hands.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::id::{InvitationId, LoopId, MemberId, OfferId, ProposalId, SeatId, ShiftId};
use crate::shifts::Shift;
use crate::time::{Days, Instant, paris_minute};

/// To whom a seat is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Audience {
    /// The first eligible taker.
    Anyone,
    /// Only these people.
    Named { members: Vec<MemberId> },
    /// Whoever was shown the link.
    Invited,
}

/// A ticked shift: I would take a seat on it in exchange for mine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub shift: ShiftId,
    /// Ticking is consent, for four weeks.
    pub ticked_at: Instant,
}

/// A ticked pattern: « jeudi soir, entre deux dates ». An absent part accepts all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Weekday>,
    /// The shift starts at or after this minute of the Paris day…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_minute: Option<u16>,
    /// …and before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_minute: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
}

impl Pattern {
    pub fn accepts(&self, shift: &Shift) -> bool {
        let minute = paris_minute(shift.starts_at);
        self.weekday.is_none_or(|weekday| weekday == shift.on.weekday())
            && self.from_minute.is_none_or(|from| from <= minute)
            && self.to_minute.is_none_or(|to| minute < to)
            && self.days.is_none_or(|days| days.contains(shift.on))
    }

    /// A pattern that accepts everything is no wish.
    pub fn is_empty(&self) -> bool {
        *self == Pattern::default()
    }

    /// The last day it can match, if it says one.
    pub fn until(&self) -> Option<NaiveDate> {
        self.days.map(|days| days.to)
    }
}

/// A pattern with the moment it was ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternWish {
    pub pattern: Pattern,
    pub ticked_at: Instant,
}

/// What one would take in exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    pub shifts: Vec<Wish>,
    pub patterns: Vec<PatternWish>,
}

impl Wishes {
    /// When a shift was ticked, by itself or by a pattern: the latest of them.
    pub fn ticked(&self, shift: &Shift) -> Option<Instant> {
        let by_itself = self.shifts.iter().filter(|wish| wish.shift == shift.id).map(|wish| wish.ticked_at);
        let by_pattern = self.patterns.iter().filter(|wish| wish.pattern.accepts(shift)).map(|wish| wish.ticked_at);
        by_itself.chain(by_pattern).max()
    }

    pub fn is_empty(&self) -> bool {
        self.shifts.is_empty() && self.patterns.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum OfferKind {
    /// « Donner »
    Give { audience: Audience },
    /// « Échanger »: the wishes are private to the offer's member.
    Exchange { wishes: Wishes },
}

/// Where an offer is. `queued` exists on the device only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum OfferState {
    Open,
    /// The seat went to `by`.
    Done {
        by: MemberId,
        at: Instant,
    },
    Withdrawn {
        at: Instant,
    },
    Expired {
        at: Instant,
    },
    /// The seat moved another way, or the shift was closed.
    Superseded {
        at: Instant,
    },
}

/// A member's wish to leave a seat. Until somebody takes it, the seat stays theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub id: OfferId,
    pub seat: SeatId,
    pub member: MemberId,
    pub kind: OfferKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub created_at: Instant,
    pub state: OfferState,
}

impl Offer {
    pub fn is_open(&self) -> bool {
        self.state == OfferState::Open
    }

    pub fn wishes(&self) -> Option<&Wishes> {
        match &self.kind {
            OfferKind::Exchange { wishes } => Some(wishes),
            OfferKind::Give { .. } => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum ProposalState {
    Pending,
    Accepted { at: Instant },
    Refused { at: Instant },
    Withdrawn { at: Instant },
    Expired { at: Instant },
    Superseded { at: Instant },
}

/// A swap asked of one person: « ta place contre la mienne ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub id: ProposalId,
    pub from: MemberId,
    pub mine: SeatId,
    pub to: MemberId,
    pub theirs: SeatId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub state: ProposalState,
}

impl Proposal {
    pub fn is_pending(&self) -> bool {
        self.state == ProposalState::Pending
    }
}

/// One person's part in a loop: leaves a seat and takes the next one's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    pub offer: OfferId,
    pub member: MemberId,
    pub gives: SeatId,
    pub takes: SeatId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum LoopState {
    Pending,
    Accepted { at: Instant },
    Declined { at: Instant },
    Expired { at: Instant },
    Superseded { at: Instant },
}

/// A loop of exchanges that lacks only the yes of `asks`: « Karim → Léa → toi ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedLoop {
    pub id: LoopId,
    /// Each leg's `takes` is the next leg's `gives`; the last one's is the first one's.
    pub legs: Vec<Leg>,
    pub asks: MemberId,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub state: LoopState,
}

impl SuggestedLoop {
    pub fn is_pending(&self) -> bool {
        self.state == LoopState::Pending
    }

    pub fn leg_of(&self, member: MemberId) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.member == member)
    }
}

/// A link shared with one person. The secret itself is only in the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub offer: OfferId,
    /// SHA-256 of the secret, in hexadecimal.
    pub secret_hash: String,
    pub expires_at: Instant,
}
