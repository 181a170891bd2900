//! The assembly: all members are called, some come and vote for others too, it decides. Who is called, who carries whose voice,
//! whether enough are there, how votes are counted.

mod ballot;
mod change;
mod hall;
mod held;
mod in_hand;
mod mistake;
mod result;
mod terms;
mod typed;
mod votes;

pub use ballot::{Ballot, Choice, Tally};
pub use change::{Change, EndedProxy};
pub use hall::{Hall, MyAssembly, Proxy, lay_on};
pub use held::{
    Assembly, Attendance, Candidate, Document, InRole, Kind, Majority, Resolution, Role, Stage, Voting, Way, code_of, next_of,
};
pub use in_hand::{
    Assemblies, AssemblyInHand, Called, CalledBy, Cast, Convocations, DocumentInHand, Hands, Letters, Listed, OnRoll, PollInHand,
    Published, ResolutionInHand, Roll, Said, TellerSaid, Voice, VoteInHand,
};
pub use mistake::AssemblyMistake;
pub use result::{Channel, Counted, Draw, OfChannel, Verdict};
pub use terms::{NOTICE_CAP, PROXIES_CAP, SEATS_CAP, Settings, Terms};
pub use typed::{
    AGENDA_CAP, DOCUMENTS_CAP, MINUTES_CAP, RESOLUTIONS_CAP, TELLERS, WORDS_CAP, WrittenAssembly, WrittenDocument,
    WrittenResolution, WrittenRoles, number_of,
};
pub use votes::{count_typed, draw_typed, votes_typed};
