//! An assembly as every member sees it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Counted, Terms};
use crate::id::{AssemblyId, BallotId, DocumentId, MemberId, ResolutionId};
use crate::time::{Instant, paris_day};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Once a year: accounts, elections, what the co-op does.
    #[default]
    Ordinary,
    /// What changes the statutes.
    Extraordinary,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Ordinary => "ordinary",
            Kind::Extraordinary => "extraordinary",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        [Kind::Ordinary, Kind::Extraordinary].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What somebody does there for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// « Président·e de séance »: opens and closes the assembly, and each vote.
    Chair,
    /// « Secrétaire »: prepares it with the committee, keeps it with the chair, writes the minutes.
    Secretary,
    /// « Scrutateur, scrutatrice »: lets in, counts. Two of them at least.
    Teller,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Chair, Role::Secretary, Role::Teller];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Chair => "chair",
            Role::Secretary => "secretary",
            Role::Teller => "teller",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InRole {
    pub member: MemberId,
    pub role: Role,
}

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is being prepared: members do not see it yet.
    #[default]
    Planned,
    /// Members are called to it: what they vote on changes no more.
    Convoked {
        at: Instant,
    },
    /// It sits.
    Open {
        since: Instant,
    },
    Closed {
        at: Instant,
    },
    Cancelled {
        word: String,
    },
    /// Members were called, and nobody opened it on its day: the day says so, it is kept nowhere.
    Lapsed,
}

impl Stage {
    /// How far one that begins at `starts_at` is on a day.
    pub fn on(&self, starts_at: Instant, today: NaiveDate) -> Stage {
        if self.is_convoked() && paris_day(starts_at) < today { Stage::Lapsed } else { self.clone() }
    }

    pub fn is_planned(&self) -> bool {
        matches!(self, Stage::Planned)
    }

    pub fn is_convoked(&self) -> bool {
        matches!(self, Stage::Convoked { .. })
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Stage::Open { .. })
    }

    pub fn is_closed(&self) -> bool {
        matches!(self, Stage::Closed { .. })
    }
}

/// What is read before it: a text, an address, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub id: DocumentId,
    pub title: String,
    /// Safe HTML, which is read without a network too.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub href: String,
}

/// How it is voted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// « À main levée », counted by two tellers.
    Hands,
    /// « À bulletin secret », in the app or on paper.
    Secret,
    /// Of people, by secret ballot, up to so many names.
    Election { seats: u8 },
}

impl Way {
    pub fn is_secret(self) -> bool {
        self != Way::Hands
    }

    /// The seats to fill, of an election.
    pub fn seats(self) -> Option<u8> {
        match self {
            Way::Election { seats } => Some(seats),
            Way::Hands | Way::Secret => None,
        }
    }
}

/// How many of the votes for or against it takes: whoever abstains, or says nothing, is no vote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Majority {
    /// More for than against.
    #[default]
    Simple,
    /// Two thirds, for what changes the statutes.
    TwoThirds,
}

impl Majority {
    pub fn as_str(self) -> &'static str {
        match self {
            Majority::Simple => "simple",
            Majority::TwoThirds => "two_thirds",
        }
    }

    pub fn parse(text: &str) -> Option<Majority> {
        [Majority::Simple, Majority::TwoThirds].into_iter().find(|majority| majority.as_str() == text)
    }
}

/// How far the vote on something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voting {
    #[default]
    NotYet,
    Open {
        since: Instant,
    },
    /// Nobody votes any more; it is being counted.
    Counting {
        since: Instant,
    },
    Done {
        at: Instant,
    },
}

impl Voting {
    pub fn is_open(self) -> bool {
        matches!(self, Voting::Open { .. })
    }

    pub fn is_done(self) -> bool {
        matches!(self, Voting::Done { .. })
    }

    pub fn is_under_way(self) -> bool {
        matches!(self, Voting::Open { .. } | Voting::Counting { .. })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    pub id: ResolutionId,
    pub title: String,
    /// Safe HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    pub way: Way,
    #[serde(default)]
    pub majority: Majority,
    #[serde(default)]
    pub voting: Voting,
    /// Once it is counted: nothing of it shows before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Counted>,
}

/// Somebody who stands for the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub member: MemberId,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Who is there, by voices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Members who were called, and still belong to the co-op.
    pub called: u32,
    /// Who said that they come.
    pub coming: u32,
    /// Who signed in, and has not left.
    pub present: u32,
    /// Whose proxy somebody present holds.
    pub represented: u32,
}

impl Attendance {
    /// One member, one voice.
    pub fn voices(&self) -> u32 {
        self.present.saturating_add(self.represented)
    }

    pub fn is_enough(&self, terms: &Terms) -> bool {
        self.voices() >= terms.needed(self.called)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assembly {
    pub id: AssemblyId,
    pub kind: Kind,
    pub title: String,
    pub starts_at: Instant,
    pub place: String,
    /// « L’ordre du jour »: safe HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agenda: String,
    pub stage: Stage,
    pub terms: Terms,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<InRole>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// In their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolutions: Vec<Resolution>,
    /// By name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Who said that they do not come, until it opens: nobody has them vote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<MemberId>,
    #[serde(default)]
    pub attendance: Attendance,
    /// « Le procès-verbal »: safe HTML; empty until it is written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub minutes: String,
}

impl Assembly {
    pub fn is(&self, member: MemberId, role: Role) -> bool {
        self.roles.iter().any(|known| known.member == member && known.role == role)
    }

    pub fn in_role(&self, role: Role) -> impl Iterator<Item = MemberId> + '_ {
        self.roles.iter().filter(move |known| known.role == role).map(|known| known.member)
    }

    /// The election among what it votes on.
    pub fn election(&self) -> Option<&Resolution> {
        self.resolutions.iter().find(|resolution| resolution.way.seats().is_some())
    }

    pub fn resolution(&self, id: ResolutionId) -> Option<&Resolution> {
        self.resolutions.iter().find(|resolution| resolution.id == id)
    }

    /// Among those that are elected: the others stay whoever they are.
    pub fn stands(&self, member: MemberId) -> bool {
        self.candidates.iter().any(|candidate| candidate.member == member)
    }
}

/// The one that members look at: it sits, or comes next; otherwise the last one that was, or was to be.
pub fn next_of(assemblies: &[Assembly], today: NaiveDate) -> Option<&Assembly> {
    let open = assemblies.iter().find(|assembly| assembly.stage.is_open());
    let to_come = assemblies.iter().filter(|assembly| assembly.stage.on(assembly.starts_at, today).is_convoked());
    let next = to_come.min_by_key(|assembly| assembly.starts_at);
    let last = assemblies.iter().max_by_key(|assembly| assembly.starts_at);
    open.or(next).or(last)
}

/// What a ballot is called where all of them are listed: « 7F3K-92QM », for its voter to find theirs.
pub fn code_of(ballot: BallotId) -> String {
    // Without letters that look like figures.
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let bits = ballot.0.as_u128();
    let sign = |at: u32| char::from(SIGNS[usize::try_from((bits >> (5 * at)) & 31).unwrap_or(0)]);
    // The last forty bits: chance alone, unlike those that say which kind of id it is.
    let first: String = (0..4).map(sign).collect();
    let second: String = (4..8).map(sign).collect();
    format!("{first}-{second}")
}
