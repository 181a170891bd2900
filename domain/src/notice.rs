//! What people are told: rows of the inbox in `Me`.

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, NoticeId, SeatId, ShiftId};
use crate::shifts::Treatment;
use crate::swaps::Leg;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Notice {
    /// My seat was taken over: I no longer come.
    SeatClaimed {
        seat: SeatId,
        by: MemberId,
    },
    /// A loop of exchanges closed with me in it; a card until « Vu ».
    LoopClosed {
        legs: Vec<Leg>,
    },
    /// My proposal was accepted, or the seats were swapped by it.
    SwapAccepted {
        gave: SeatId,
        got: SeatId,
        with: MemberId,
    },
    ProposalReceived {
        mine: SeatId,
        theirs: SeatId,
        from: MemberId,
    },
    ProposalRefused {
        mine: SeatId,
        theirs: SeatId,
        by: MemberId,
    },
    /// What I had proposed or offered can no longer happen.
    ProposalClosed {
        mine: SeatId,
        theirs: SeatId,
    },
    OfferExpired {
        seat: SeatId,
    },
    /// Somebody offers their seat to me by name.
    SeatOffered {
        seat: SeatId,
        from: MemberId,
    },
    /// A loop lacks only my yes.
    LoopSuggested {
        gives: SeatId,
        takes: SeatId,
    },
    /// To a lead: the team changed.
    TeamChanged {
        shift: ShiftId,
        left: Option<MemberId>,
        joined: Option<MemberId>,
    },
    /// Somebody of the team cannot come, and it is too late to exchange.
    TeamWarned {
        shift: ShiftId,
        by: MemberId,
        note: String,
    },
    /// The shift is closed.
    ShiftClosed {
        shift: ShiftId,
        why: String,
        treatment: Treatment,
    },
    /// A shift that I had ticked is closed.
    WishClosed {
        shift: ShiftId,
        why: String,
    },
}

/// A notice on its way to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    pub id: NoticeId,
    pub notice: Notice,
    pub at: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Instant>,
}
