//! Why not: a closed list, with the figures.

mod named;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::brief::SaidMistake;
use crate::id::{SeatId, SuggestionId};
use crate::ledger::Credit;
use crate::members::Skill;
use crate::time::Instant;

pub use named::{When, Who};

/// Why a command was refused. Whoever reads it learns what to do from the page's one `match`.
// A variant on one line where it fits: the whole is read as a table, in parts by what they are about.
#[rustfmt::skip]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Reason {
    // — what it was about —
    UnknownShift,
    UnknownSeat,
    UnknownOffer,
    UnknownProposal,
    UnknownLoop,
    UnknownMember,
    UnknownNotice,
    UnknownInvitation,
    /// The shift was closed: by the office, with its words.
    ShiftClosed { when: When, why: String },
    NotYourSeat { seat: SeatId, holder: Option<Who> },
    NotYourOffer,
    NotYourProposal,
    NotYourLoop,
    NotForYou { holder: Who },
    YourOwnOffer,

    // — what came before —
    /// Somebody was faster.
    AlreadyTaken { by: Option<Who>, at: Option<Instant> },
    SeatHeld { by: Who, offered: bool },
    SeatFree { when: When },
    AlreadyOffered,
    OfferClosed,
    OfferExpired { at: Instant },
    ExchangeOnly { holder: Who },
    AlreadyProposed,
    ProposalClosed,
    ProposalExpired { at: Instant },
    LoopClosed,
    InvitationExpired { at: Instant },

    // — time —
    TooLate { deadline: Instant },
    TooLateToExchange { deadline: Instant, notice_h: u16 },
    TooLateToMove { deadline: Instant, notice_h: u16 },
    TooEarlyToWarn { exchange_until: Instant },
    TooEarlyToCall { from: Instant },
    TooFarAhead { weeks: u16 },

    // — who may —
    NotActive,
    MissingSkill { skill: Skill },
    AlreadyOnShift { when: When },
    Overlaps { with: When },
    OnLeave { from: NaiveDate, to: NaiveDate },
    TooManyThatDay { has: u16, cap: u16, on: NaiveDate },
    TooManyThatCycle { has: u16, cap: u16, from: NaiveDate, to: NaiveDate },

    // — the team —
    FirstTimerAlone { when: When },
    LeadNeeded { when: When },
    TeamTooSmall { when: When, left: u8, minimum: u8 },
    /// Every seat of the shift is held.
    NobodyMissing { when: When },

    // — somebody else's part —
    /// In a swap or a loop, this person's part has become impossible.
    LegImpossible { who: Who, when: When, why: Box<Reason> },
    OtherCannot { who: Who },

    // — what was asked —
    NothingWished,
    TooManyWishes { cap: u16 },
    NoteTooLong { cap: u16 },
    TooManyNamed { cap: u16 },
    NobodyNamed,
    SameShift,
    BadSecret,
    WhyMissing,
    CannotBeSwitchedOff,
    NothingWatched,
    AlreadyWatched,
    TooManyWatches { cap: u16 },
    UnknownWatch,

    // — the waiting list —
    /// The seat is free, and kept for whoever's turn it is.
    SeatKept { until: Instant },
    AlreadyWaiting,
    NotWaiting,
    /// Too many reminders, or one that is too near or too far.
    BadReminders { cap: u16 },

    // — authority and wire —
    NotAllowed,
    PrerequisiteRefused,
    IdReused,
    TooOld,
    NotUnderstood,
    AppTooOld,

    // — the day sheet —
    /// The sheet opens, or this can be said, from then on.
    SheetTooEarly { from: Instant },
    /// The lead's time for it is over: the office corrects.
    SheetOver { until: Instant },
    /// Neither on the team nor among those who came.
    NotOnSheet { who: Who },
    UnknownItem,
    NothingSaid,
    BadReading,

    // — what is owed —
    UnknownRequest,
    /// One's erasure is asked for already.
    ErasureAsked { at: Instant },
    /// No phone number.
    BadPhone,
    /// Answered or withdrawn already.
    RequestClosed,
    /// A request for some of these days waits already.
    AlreadyAsked { from: NaiveDate, to: NaiveDate },
    /// The last day comes before the first.
    DaysBackwards,
    /// The first day may be this one at the earliest.
    DaysTooEarly { from: NaiveDate },
    DaysTooLong { days: u16 },
    /// Somebody else of the office answers and corrects what is one's own.
    NotYourself,
    /// Vacations.
    BadCredit { most: u32 },
    /// This person's duty is shared already.
    SharesAlready { who: Who },
    /// The co-op keeps no solidarity pot.
    NoPot,
    NothingAhead { ahead: Credit },
    NothingOwed,
    DrawnEnough { a_year: u8 },
    PotTooLow { pot: Credit, floor: Credit },

    // — the brief —
    UnknownBrief,
    UnknownBlock,
    /// Its author and Communication alone change it.
    NotYourBlock { by: Who },
    /// One writes in the name of a group to which one belongs.
    NotYourGroup,
    /// What was typed, one mistake after the other.
    SaidBadly { mistakes: Vec<SaidMistake> },
    /// It went out, was put aside, or waits to go out: nothing changes it any more.
    BlockClosed { since: Instant },
    /// Its brief takes no more changes by its contributors.
    ContributionsClosed { since: Instant, monday: NaiveDate },
    TooManyBlocks { cap: u16 },

    // — events —
    UnknownEvent,
    /// Its organisers have not published it yet.
    EventNotOut,
    EventCancelled { since: Instant, word: String },
    /// Its series was changed, and it is no longer part of it.
    EventRemoved { since: Instant },
    EventOver { since: Instant },
    AnswersClosed { since: Instant },
    /// One may bring so many people along, at most.
    TooManyGuests { cap: u8 },
    NoChildren,
    MoreChildrenThanGuests,
    /// A party that has seats grows beyond what is left: it keeps what it has.
    EventFull { left: u16 },
    /// What is shared out is for those who come, or may come.
    AnswerFirst,
    /// There is no such thing to bring, lift or work, or no more.
    UnknownClaim,
    TooFewLeft { left: u16 },
    /// Nothing, or more than this.
    BadQuantity { most: u16 },
    YourOwnCarpool,
    AlreadyDriving,
    NotYourCarpool { driver: Who },
    UnknownComment,
    /// Its author and the organisers alone remove it.
    NotYourComment { by: Who },
    TooManyComments { cap: u16 },
    /// So many by one person at most: the others have their word, too.
    TooManyOfYourComments { cap: u16 },
    /// They have not answered to this event.
    NotExpected,
    /// Photos are added once it has begun.
    PhotosNotYet { from: Instant },
    PhotosClosed { since: Instant },
    /// Photos are by those who were there.
    WasNotThere,
    /// Nobody said that those whom one recognises agree.
    ConsentMissing,
    /// By one person.
    TooManyPhotos { cap: u16 },
    /// By all.
    AlbumFull { cap: u16 },
    UnknownPhoto,
    /// Whoever added it and the organisers alone remove it; anybody may ask for it.
    NotYourPhoto,

    // — the catalogue —
    UnknownProduct,
    UnknownSuggestion,
    ListFull { cap: u16 },
    TooManyFavourites { cap: u16 },
    /// Somebody asks for the very same: it may be supported.
    AlreadySuggested { suggestion: SuggestionId },
    /// So many of one's own wait for an answer.
    TooManySuggestions { cap: u16 },
    YourOwnSuggestion,
    /// The group said yes or no.
    SuggestionAnswered,
    /// The catalogue says already that it is not there.
    KnownMissing,
    /// Only of these days.
    BadReportDay { from: NaiveDate, to: NaiveDate },
    /// So many in a day.
    TooManyReports { cap: u16 },

    // — the working groups —
    UnknownGroup,
    AlreadyInGroup { who: Who },
    NotInGroup { who: Who },
    /// A request, or an invitation, waits already.
    AlreadyAskedToJoin { since: Instant },
    UnknownJoining,
    /// Answered or withdrawn.
    JoiningClosed,
    /// It is the business of those who run the group.
    NotYourGroupToRun { referents: Vec<Who> },
    /// Nobody takes somebody out of a group for which they answer: they step down first.
    IsReferent { who: Who },
    EnoughReferents { referents: Vec<Who> },
    /// Each ends it for themselves.
    StepsDownAlone { who: Who },

    // — the coordination —
    UnknownPoint,
    NotYourPoint { by: Who },
    TitleMissing,
    /// So many of one's own wait to be spoken of.
    TooManyPoints { cap: u16 },
    /// Its meeting has begun.
    PointSettled { since: Instant },

    // — the dossier boards —
    /// There is none, or it is of a group to which one does not belong.
    UnknownDossier,
    /// A board is its group's alone.
    NotYourBoard,
    /// Somebody sees to it.
    DossierHeld { by: Who },
    /// One gives up what one sees to.
    NotHolding,
    /// It was done, or dropped.
    DossierClosed { since: Instant },
    /// So many are open.
    BoardFull { cap: u16 },
    /// Only of these days.
    BadDossierDay { from: NaiveDate, to: NaiveDate },
    /// From 1 minute to this.
    BadHours { most: u16 },
    /// Hours are those of a young volunteer.
    NotAVolunteer,

    // — assemblies —
    /// There is no such assembly, or members are not called to it yet.
    UnknownAssembly,
    /// It sits: who votes for whom, and who stands, is settled.
    AssemblyBegun { since: Instant },
    AssemblyOver { since: Instant },
    AssemblyCancelled { word: String },
    /// Whoever came to the co-op after members were called has no voice there.
    NotCalled { who: Who },
    /// Somebody votes for one already.
    ProxyGiven { to: Who },
    ProxyToYourself,
    /// One is there: one votes oneself.
    SignedIn,
    /// One votes for others, and so for oneself.
    CarriesProxies { count: u16 },
    /// They have somebody vote for them: they are not there.
    HolderAway { who: Who },
    /// They said that they do not come.
    HolderNotComing { who: Who },
    /// They carry as many voices as one may.
    HolderFull { who: Who, cap: u8 },
    UnknownProxy,
    /// This assembly elects nobody.
    NoElection,
    NotStanding,
}
