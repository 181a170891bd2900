//! Why what a form about an assembly asked was not done.

use chrono::NaiveDate;

use crate::governance::GovernanceMistake;
use crate::members::ShortName;
use crate::reason::Reason;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssemblyMistake {
    // — what is prepared —
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    StartUnreadable,
    /// It would begin before now.
    InThePast,
    PlaceMissing,
    PlaceTooLong {
        cap: usize,
    },
    AgendaMissing,
    TextTooLong {
        cap: usize,
        long: usize,
    },
    /// No whole number of days from 1 to this.
    BadNotice {
        most: u16,
    },
    BadQuorum,
    BadQuorumExtra,
    /// No whole number from 0 to this.
    BadProxies {
        most: u8,
    },
    /// Called a second time: only where too few came to one of the same kind.
    NoFirst,
    /// Neither a text nor an address.
    DocumentEmpty,
    BadLink,
    TooMany {
        cap: usize,
    },
    WayMissing,
    /// No whole number from 1 to this.
    BadSeats {
        most: u8,
    },
    /// One election at an assembly.
    OneElection,
    /// No chair, or no secretary.
    RoleMissing,
    /// One person cannot be both.
    RolesAlike,
    /// The committee alone names its chair and its secretary.
    NamedByCommittee,
    /// So many tellers at least, neither the chair nor the secretary.
    TellersMissing {
        least: usize,
    },
    /// Members are called with so many days' notice: the first day that is possible.
    TooSoon {
        notice_d: u16,
        first: NaiveDate,
    },
    /// Members are called: this does not change any more.
    AlreadyConvoked,
    NotConvoked,
    WordTooLong {
        cap: usize,
    },
    Cancelled,
    /// It has begun, or is over.
    Begun,
    NobodyChosen,
    Stale {
        revision: i32,
    },
    // — how it sits —
    /// It is another day.
    NotToday {
        on: NaiveDate,
    },
    NotOpen,
    Over {
        at: Instant,
    },
    NoQuorum {
        voices: u32,
        needed: u32,
    },
    /// Another vote is under way.
    OtherVote,
    VoteNotOpen,
    VoteBegun,
    /// A vote is open, or counted, or lots are to be drawn.
    VoteUnsettled,
    NoCandidates,
    UnknownNumber,
    NotCalled,
    AlreadySignedIn,
    NotSignedIn,
    /// Somebody who is there carries their voice, since the assembly has begun.
    VoiceCarried {
        by: ShortName,
    },
    // — how it votes —
    ByHands,
    NothingChosen,
    TooManyNames {
        most: u8,
    },
    UnknownCandidate,
    /// A voice that one does not, or no longer, carry.
    NotYourVoice,
    AlreadyVoted,
    OnPaper,
    // — how it counts —
    BadFigures,
    /// More than there are.
    MoreThanVoices {
        voices: u32,
        said: u32,
    },
    CountsMissing {
        least: usize,
    },
    CountsDiffer,
    NothingToCount,
    TellerStands,
    NoTie,
    BadDraw {
        left: u8,
    },
    WhyMissing,
    // — what it leaves —
    NothingAdopted,
    NobodyElected,
    SeatsMissing {
        free: usize,
        elected: usize,
    },
    MinutesTooLong {
        cap: usize,
        long: usize,
    },
    /// What the rule of proxies says, where somebody enters one that came on paper.
    Refused(Reason),
    /// What mandates or the register say.
    Governance(GovernanceMistake),
}
