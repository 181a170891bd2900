//! What a ballot says, and what ballots come to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Way;
use crate::id::MemberId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    For,
    Against,
    Abstain,
}

impl Choice {
    pub const ALL: [Choice; 3] = [Choice::For, Choice::Against, Choice::Abstain];

    pub fn as_str(self) -> &'static str {
        match self {
            Choice::For => "for",
            Choice::Against => "against",
            Choice::Abstain => "abstain",
        }
    }

    pub fn parse(text: &str) -> Option<Choice> {
        Choice::ALL.into_iter().find(|choice| choice.as_str() == text)
    }
}

/// One voice's word, in secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    Choice(Choice),
    /// Whom it would see elected; nobody: it is blank.
    Names(Vec<MemberId>),
}

/// What ballots, or raised hands, come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tally {
    Resolution {
        yes: u32,
        no: u32,
        abstain: u32,
    },
    Election {
        /// Of each candidate.
        votes: BTreeMap<MemberId, u32>,
        /// How many ballots, the blank ones too.
        ballots: u32,
        blank: u32,
    },
}

impl Tally {
    /// Of nobody yet.
    pub fn empty(way: Way, candidates: &[MemberId]) -> Tally {
        match way {
            Way::Hands | Way::Secret => Tally::Resolution { yes: 0, no: 0, abstain: 0 },
            Way::Election { .. } => {
                let votes = crate::order::map(candidates.iter().map(|candidate| (*candidate, 0)));
                Tally::Election { votes, ballots: 0, blank: 0 }
            }
        }
    }

    /// Counts each ballot once. A name that does not stand counts for nobody; one that is written twice, once.
    pub fn of<'a>(way: Way, candidates: &[MemberId], ballots: impl IntoIterator<Item = &'a Ballot>) -> Tally {
        let mut tally = Tally::empty(way, candidates);
        for ballot in ballots {
            tally.add(ballot);
        }
        tally
    }

    fn add(&mut self, ballot: &Ballot) {
        match (self, ballot) {
            (Tally::Resolution { yes, no, abstain }, Ballot::Choice(choice)) => {
                let count = match choice {
                    Choice::For => yes,
                    Choice::Against => no,
                    Choice::Abstain => abstain,
                };
                *count = count.saturating_add(1);
            }
            (Tally::Election { votes, ballots, blank }, Ballot::Names(names)) => {
                *ballots = ballots.saturating_add(1);
                if names.is_empty() {
                    *blank = blank.saturating_add(1);
                }
                for (at, name) in names.iter().enumerate() {
                    if names[..at].contains(name) {
                        continue;
                    }
                    if let Some(count) = votes.get_mut(name) {
                        *count = count.saturating_add(1);
                    }
                }
            }
            // No ballot of the other kind is ever written.
            (Tally::Resolution { .. }, Ballot::Names(_)) | (Tally::Election { .. }, Ballot::Choice(_)) => {}
        }
    }

    /// Both together: two channels of one vote.
    pub fn plus(&self, other: &Tally) -> Tally {
        match (self, other) {
            (Tally::Resolution { yes, no, abstain }, Tally::Resolution { yes: yeses, no: noes, abstain: abstained }) => {
                Tally::Resolution {
                    yes: yes.saturating_add(*yeses),
                    no: no.saturating_add(*noes),
                    abstain: abstain.saturating_add(*abstained),
                }
            }
            (Tally::Election { votes, ballots, blank }, Tally::Election { votes: more, ballots: papers, blank: blanks }) => {
                let mut votes = votes.clone();
                for (who, count) in more {
                    let known = votes.entry(*who).or_insert(0);
                    *known = known.saturating_add(*count);
                }
                Tally::Election { votes, ballots: ballots.saturating_add(*papers), blank: blank.saturating_add(*blanks) }
            }
            (known, _) => known.clone(),
        }
    }

    /// How many voices spoke.
    pub fn voices(&self) -> u32 {
        match self {
            Tally::Resolution { yes, no, abstain } => yes.saturating_add(*no).saturating_add(*abstain),
            Tally::Election { ballots, .. } => *ballots,
        }
    }

    /// Whether its figures can be those of so many ballots with so many names at most: a count that was typed may not.
    pub fn is_possible(&self, way: Way) -> bool {
        match (self, way.seats()) {
            (Tally::Resolution { .. }, None) => true,
            (Tally::Election { votes, ballots, blank }, Some(seats)) => {
                let named = u64::from(ballots.saturating_sub(*blank));
                let all: u64 = votes.values().map(|count| u64::from(*count)).sum();
                blank <= ballots && votes.values().all(|count| u64::from(*count) <= named) && all <= named * u64::from(seats)
            }
            (Tally::Resolution { .. }, Some(_)) | (Tally::Election { .. }, None) => false,
        }
    }
}
