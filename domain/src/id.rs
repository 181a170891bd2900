//! A newtype per kind of id, so that one is never taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )*};
}

id! {
    /// A person of the co-op.
    MemberId;
    /// Something that the shop has.
    ProductId;
    /// A rayon.
    RangeId;
    /// Who makes or brings it.
    SupplierId;
    /// One line of a shopping list; of a product, UUIDv5 of it.
    ListItemId;
    /// What a member would like the shop to have.
    SuggestionId;
    /// A file of the till, brought in.
    ImportId;
    /// Three hours of work at a date: UUIDv5 of its template and its day in Paris.
    ShiftId;
    /// A recurring shift of the four-week cycle.
    TemplateId;
    /// Somebody's wish to leave a seat.
    OfferId;
    /// A swap asked of one person.
    ProposalId;
    /// A loop of exchanges that lacks one yes.
    LoopId;
    /// A link shared with one person.
    InvitationId;
    /// One line of a member's inbox.
    NoticeId;
    /// One act of a member, made on the device (UUIDv7).
    CommandId;
    /// A device that is signed in.
    SessionId;
    /// Somebody watches for seats.
    WatchId;
    /// A working group.
    GroupId;
    /// Somebody's way into a working group: they ask, or are invited.
    JoiningId;
    /// What was said at a meeting of a working group.
    MinutesId;
    /// A seat on the committee, for a time.
    MandateId;
    /// The committee and the referents meet.
    MeetingId;
    /// Something to be spoken of at such a meeting.
    PointId;
    /// What was decided, by whom.
    DecisionId;
    /// Members are asked between two assemblies.
    ConsultationId;
    /// One of the ways between which a consultation asks to choose.
    OptionId;
    /// All members are called together.
    AssemblyId;
    /// What is read before an assembly.
    DocumentId;
    /// Something on which an assembly votes.
    ResolutionId;
    /// One member votes for another at an assembly.
    ProxyId;
    /// A secret ballot: by chance alone, it says nothing of who cast it, nor when.
    BallotId;
    /// A day or a time on which the shop is closed.
    ClosureId;
    /// Somebody who came without a seat.
    WalkInId;
    /// One line of a checklist.
    ItemId;
    /// A fridge whose temperature is read.
    FridgeId;
    /// A temperature that was read.
    ReadingId;
    /// A word for the next team.
    NoteId;
    /// A delivery, expected or not.
    DeliveryId;
    /// Something that went wrong on a shift.
    IncidentId;
    /// A photo that goes with something said on a sheet.
    PhotoId;
    /// A leave or an exemption that somebody asks for.
    RequestId;
    /// An issue of the Monday brief: UUIDv5 of its Monday.
    BriefId;
    /// A contribution to the brief.
    BlockId;
    /// A picture of the brief, of an event or of the shop.
    PictureId;
    /// An outing, a supper, a meeting; of a series, one time: UUIDv5 of its series and its day.
    EventId;
    /// What comes back every week or every month.
    SeriesId;
    /// Something that somebody is to bring.
    BringItemId;
    /// A lift that somebody offers.
    CarpoolId;
    /// Work to be done at an event.
    HelperPostId;
    /// A word under an event.
    CommentId;
    /// Somebody without an account who comes to a public event.
    VisitorId;
    /// Something that a working group has before it.
    DossierId;
    /// Work of a young volunteer that was written down.
    HoursId;
    /// What the committee sets for the employee.
    ObjectiveId;
    /// The employee is away, and somebody stands in.
    AbsenceId;
    /// A part sociale.
    ShareId;
    /// A payment towards one.
    PaymentId;
    /// Money that comes from elsewhere than the members' shares.
    FinancingId;
    /// Somebody asks that nothing names them any more.
    ErasureId;
    /// A file of members, brought in.
    MemberImportId;
}

impl CommandId {
    /// An id of its own for each form of a page: `seed` is made once when the page is rendered,
    /// `form` names the form. The seed's time is kept, so that the server can tell an old one.
    pub fn derive(seed: CommandId, form: &str) -> CommandId {
        let mixed = Uuid::new_v5(&seed.0, form.as_bytes());
        let (seed, mixed) = (seed.0.into_bytes(), mixed.into_bytes());
        let mut bytes = seed;
        bytes[6] = 0x70 | (mixed[6] & 0x0f);
        bytes[7..].copy_from_slice(&mixed[7..]);
        bytes[8] = 0x80 | (mixed[8] & 0x3f);
        CommandId(Uuid::from_bytes(bytes))
    }

    /// When the id was made, in milliseconds since 1970 UTC; `None` unless it is a UUIDv7.
    pub fn made_at_ms(self) -> Option<u64> {
        let bytes = self.0.as_bytes();
        (self.0.get_version_num() == 7).then(|| bytes[..6].iter().fold(0u64, |time, byte| (time << 8) | u64::from(*byte)))
    }
}

/// One place on a shift: the shift and the place's number, from 0; the lead's seat comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatId {
    pub shift: ShiftId,
    pub position: i16,
}

impl SeatId {
    pub const fn new(shift: ShiftId, position: i16) -> Self {
        Self { shift, position }
    }
}

impl fmt::Display for SeatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.shift, self.position)
    }
}

/// A text that does not name a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotASeat;

impl fmt::Display for NotASeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a seat is written «shift»~«position»")
    }
}

impl std::error::Error for NotASeat {}

impl FromStr for SeatId {
    type Err = NotASeat;
    fn from_str(text: &str) -> Result<Self, NotASeat> {
        let (shift, position) = text.split_once('~').ok_or(NotASeat)?;
        let position: u8 = position.parse().map_err(|_| NotASeat)?;
        Ok(Self { shift: shift.parse().map_err(|_| NotASeat)?, position: i16::from(position) })
    }
}

impl Serialize for SeatId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SeatId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
