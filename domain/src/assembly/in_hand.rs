//! An assembly in the hands of those who prepare it, keep it and count; and what its voters see with the network.

use serde::{Deserialize, Serialize};

use super::{
    Assembly, Attendance, Ballot, Candidate, Channel, Counted, Document, Draw, Kind, Majority, Resolution, Settings, Stage,
    TELLERS, Tally, Terms, Voting, Way,
};
use crate::governance::Person;
use crate::id::{AssemblyId, BallotId, MemberId, ResolutionId};
use crate::members::ShortName;
use crate::time::Instant;

/// What somebody may do there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hands {
    /// On the committee, or its secretary.
    pub prepares: bool,
    /// Its chair or its secretary.
    pub presides: bool,
    /// A teller.
    pub tells: bool,
    /// A teller, its secretary, or of the office: lets in.
    pub admits: bool,
    /// Calls members, and prints letters: whoever prepares it, or of the office.
    pub calls: bool,
    /// Sits on the committee.
    pub committee: bool,
    /// Writes mandates down.
    pub keeps_mandates: bool,
}

impl Hands {
    /// Whether there is anything for them.
    pub fn any(&self) -> bool {
        self.prepares || self.presides || self.tells || self.admits || self.calls
    }
}

/// All assemblies, for whoever prepares one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assemblies {
    pub now: Instant,
    /// They sit on the committee: they may plan one.
    pub committee: bool,
    pub settings: Settings,
    /// The newest first.
    pub all: Vec<Listed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub id: AssemblyId,
    pub kind: Kind,
    pub title: String,
    pub starts_at: Instant,
    pub stage: Stage,
    /// Too few had come: it may be called a second time.
    pub without_quorum: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInHand {
    pub document: Document,
    /// Markdown.
    pub text: String,
    pub revision: i32,
}

/// How many voices were cast by each channel; on paper, how many ballots were handed out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    pub app: u32,
    pub paper: u32,
}

/// What a teller said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Count(Tally),
    Draw(Draw),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellerSaid {
    pub teller: MemberId,
    pub name: ShortName,
    /// Nothing where they counted, and whoever reads it does not see their figures yet.
    pub said: Option<Said>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolutionInHand {
    pub resolution: Resolution,
    /// Markdown.
    pub text: String,
    pub revision: i32,
    pub cast: Cast,
    /// By whoever said it first.
    pub said: Vec<TellerSaid>,
    /// It stands in the register already.
    pub recorded: bool,
}

/// How members were called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub mails_sent: u32,
    pub mails_waiting: u32,
    /// Tried, and not gone: another way is wanted.
    pub mails_failed: u32,
    pub letters_printed: u32,
    pub letters_to_print: u32,
    pub handed: u32,
}

impl Called {
    pub fn all(&self) -> u32 {
        self.mails_sent + self.mails_waiting + self.mails_failed + self.letters_printed + self.letters_to_print + self.handed
    }
}

/// One assembly, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssemblyInHand {
    pub now: Instant,
    pub me: MemberId,
    pub hands: Hands,
    pub assembly: Assembly,
    /// Markdown.
    pub agenda: String,
    /// Of what it says of itself.
    pub revision: i32,
    /// The one to which too few had come.
    pub second_of: Option<AssemblyId>,
    pub documents: Vec<DocumentInHand>,
    pub resolutions: Vec<ResolutionInHand>,
    /// Members whom a form may name, by name.
    pub people: Vec<Person>,
    pub called: Called,
    pub convoked_at: Option<Instant>,
    pub opened_at: Option<Instant>,
    /// How many signed in, those who left before its end too.
    pub signed: u32,
    /// Who carries voices, how many, and whether they are there.
    pub carriers: Vec<(MemberId, u32, bool)>,
    /// Markdown; empty until somebody writes them.
    pub minutes: String,
    pub minutes_revision: i32,
    /// Of those elected, who has their mandate already.
    pub seated: Vec<MemberId>,
    /// The free seats of the committee on that day.
    pub free_seats: usize,
}

impl AssemblyInHand {
    pub fn name(&self, member: MemberId) -> ShortName {
        let found = self.people.iter().find(|person| person.id == member).map(Person::name);
        found.unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
    }

    pub fn full_name(&self, member: MemberId) -> String {
        let found = self.people.iter().find(|person| person.id == member);
        found.map_or_else(|| "Quelqu’un".to_owned(), |person| format!("{} {}", person.first_name, person.last_name))
    }
}

/// Somebody on the list at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnRoll {
    pub person: Person,
    pub number: i32,
    pub present: bool,
    /// Who carries their voice.
    pub carried_by: Option<ShortName>,
    /// How many voices they carry beside their own.
    pub carries: u32,
    pub coming: Option<bool>,
}

/// The list at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roll {
    pub now: Instant,
    pub hands: Hands,
    pub id: AssemblyId,
    pub title: String,
    pub starts_at: Instant,
    pub stage: Stage,
    pub terms: Terms,
    pub attendance: Attendance,
    /// By first name.
    pub rows: Vec<OnRoll>,
}

/// How somebody was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledBy {
    pub person: Person,
    pub number: i32,
    /// `mail`, `letter` or `hand`.
    pub channel: String,
    /// When it left, was printed, was handed over.
    pub done_at: Option<Instant>,
    /// Whoever printed or handed it over.
    pub by: Option<ShortName>,
    /// Why the mail has not left.
    pub why: Option<String>,
}

/// The proof that everybody was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convocations {
    pub now: Instant,
    pub id: AssemblyId,
    pub title: String,
    pub starts_at: Instant,
    pub stage: Stage,
    pub called: Called,
    /// Those who still want something first, then by name.
    pub rows: Vec<CalledBy>,
}

/// What is printed for those whom no mail reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letters {
    pub now: Instant,
    pub assembly: Assembly,
    /// Names of those who keep it, and who stand.
    pub people: Vec<Person>,
    pub to: Vec<(Person, i32)>,
}

/// One voice of a voter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    pub member: MemberId,
    pub name: ShortName,
    /// How it was cast, where it was.
    pub cast: Option<Channel>,
}

/// A vote as a voter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteInHand {
    pub now: Instant,
    pub me: MemberId,
    pub assembly: AssemblyId,
    pub title: String,
    pub resolution: Resolution,
    /// They signed in, and have not left.
    pub present: bool,
    /// Their own first.
    pub voices: Vec<Voice>,
    pub candidates: Vec<(Candidate, ShortName)>,
}

/// Somebody who may still be given paper ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollInHand {
    pub in_hand: AssemblyInHand,
    pub resolution: ResolutionId,
    /// Voters who are there, with how many of their voices are not cast; by name.
    pub voters: Vec<(Person, i32, u32)>,
}

impl PollInHand {
    pub fn resolution(&self) -> Option<&ResolutionInHand> {
        self.in_hand.resolutions.iter().find(|known| known.resolution.id == self.resolution)
    }
}

/// All ballots of a vote that is over, for anybody to count again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub now: Instant,
    pub assembly: AssemblyId,
    pub title: String,
    pub resolution: Resolution,
    pub names: Vec<(MemberId, ShortName)>,
    /// Of those cast in the app, by their code.
    pub ballots: Vec<(BallotId, Ballot)>,
    /// How many voices were cast by each channel.
    pub cast: Cast,
    /// What they come to, counted again.
    pub recounted: Counted,
}

impl Published {
    pub fn name(&self, member: MemberId) -> String {
        self.names.iter().find(|(known, _)| *known == member).map_or_else(|| "Quelqu’un".to_owned(), |(_, name)| name.to_string())
    }

    /// Each voice that was cast in the app has one ballot, and counted again they give what was said.
    pub fn is_right(&self) -> bool {
        let app = u32::try_from(self.ballots.len()).unwrap_or(u32::MAX);
        let said = self.resolution.result.as_ref();
        app == self.cast.app && said.is_some_and(|said| said.channels == self.recounted.channels)
    }
}

impl ResolutionInHand {
    pub fn way(&self) -> Way {
        self.resolution.way
    }

    pub fn voting(&self) -> Voting {
        self.resolution.voting
    }

    pub fn majority(&self) -> Majority {
        self.resolution.majority
    }

    /// As `asking` reads it: each teller counts on their own. What the others counted shows to a teller (`tells`) once they have
    /// said theirs, to whoever else keeps the assembly once two have, and to all of them once it is over.
    #[must_use]
    pub fn shown_to(mut self, asking: MemberId, tells: bool) -> ResolutionInHand {
        let counts = |known: &&TellerSaid| matches!(known.said, Some(Said::Count(_)));
        let counted = self.said.iter().filter(counts).count();
        let shows = self.voting().is_done() || if tells { self.count_by(asking).is_some() } else { counted >= TELLERS };
        if !shows {
            for known in &mut self.said {
                known.said = known.said.take().filter(|said| matches!(said, Said::Draw(_)));
            }
        }
        self
    }

    /// What `teller` counted.
    pub fn count_by(&self, teller: MemberId) -> Option<&Tally> {
        self.of(teller).find_map(|said| match said {
            Said::Count(tally) => Some(tally),
            Said::Draw(_) => None,
        })
    }

    /// The lots that `teller` saw drawn.
    pub fn draw_by(&self, teller: MemberId) -> Option<&Draw> {
        self.of(teller).find_map(|said| match said {
            Said::Draw(draw) => Some(draw),
            Said::Count(_) => None,
        })
    }

    fn of(&self, teller: MemberId) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(move |known| known.teller == teller).filter_map(|known| known.said.as_ref())
    }
}
