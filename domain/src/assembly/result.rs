//! What a vote came to: by which channel, and what follows.
//!
//! Whoever abstains, or hands in a blank ballot, has cast no vote for or against (Code de commerce, L225-98). At equality nothing
//! is adopted: no voice counts twice, the chair's neither. Of an election, those with the most votes have the seats; where the last
//! seats fall between people with the same number, lots are drawn by two tellers in front of all: the code électoral gives it to
//! the eldest (L253), and the co-op asks nobody's age.

use serde::{Deserialize, Serialize};

use super::{AssemblyMistake, Majority, Tally, Way};
use crate::id::MemberId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By show of hands.
    Hands,
    /// In the app.
    App,
    /// On paper.
    Paper,
}

impl Channel {
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Hands => "hands",
            Channel::App => "app",
            Channel::Paper => "paper",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfChannel {
    pub channel: Channel,
    pub tally: Tally,
}

/// Lots that were drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Whom it gave a seat.
    pub names: Vec<MemberId>,
    /// How it was done, in the tellers' words.
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Adopted,
    Rejected,
    Elected {
        /// By votes, then by the order of the candidates.
        elected: Vec<MemberId>,
        /// With the same number of votes, for fewer seats than there are of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tied: Vec<MemberId>,
        /// The seats for those.
        #[serde(default)]
        left: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draw: Option<Draw>,
    },
}

impl Verdict {
    /// Who has a seat, and how many are still drawn for.
    pub fn elected(&self) -> (&[MemberId], u8) {
        match self {
            Verdict::Elected { elected, left, .. } => (elected, *left),
            Verdict::Adopted | Verdict::Rejected => (&[], 0),
        }
    }

    /// Nothing is left to be settled.
    pub fn is_settled(&self) -> bool {
        self.elected().1 == 0
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub channels: Vec<OfChannel>,
    pub verdict: Verdict,
}

impl Counted {
    /// `candidates` in their order: what is equal stays in it.
    pub fn of(way: Way, majority: Majority, candidates: &[MemberId], channels: Vec<OfChannel>) -> Counted {
        let verdict = verdict(way, majority, candidates, &total(way, candidates, &channels));
        Counted { channels, verdict }
    }

    /// All channels together.
    pub fn total(&self) -> Tally {
        let mut tallies = self.channels.iter().map(|of| &of.tally);
        let first = tallies.next().cloned().unwrap_or(Tally::Resolution { yes: 0, no: 0, abstain: 0 });
        tallies.fold(first, |sum, tally| sum.plus(tally))
    }

    /// With the lots that were drawn for the last seats.
    pub fn drawn(mut self, draw: &Draw) -> Result<Counted, AssemblyMistake> {
        let Verdict::Elected { elected, tied, left, draw: done } = &mut self.verdict else { return Err(AssemblyMistake::NoTie) };
        if *left == 0 {
            return Err(AssemblyMistake::NoTie);
        }
        let each_once = draw.names.iter().enumerate().all(|(at, name)| tied.contains(name) && !draw.names[..at].contains(name));
        if !each_once || draw.names.len() != usize::from(*left) {
            return Err(AssemblyMistake::BadDraw { left: *left });
        }
        elected.extend(draw.names.iter().copied());
        *left = 0;
        *done = Some(draw.clone());
        Ok(self)
    }
}

fn total(way: Way, candidates: &[MemberId], channels: &[OfChannel]) -> Tally {
    channels.iter().fold(Tally::empty(way, candidates), |sum, of| sum.plus(&of.tally))
}

fn verdict(way: Way, majority: Majority, candidates: &[MemberId], total: &Tally) -> Verdict {
    match (total, way.seats()) {
        (Tally::Resolution { yes, no, .. }, _) => {
            let (yes, no) = (u64::from(*yes), u64::from(*no));
            let adopted = match majority {
                Majority::Simple => yes > no,
                Majority::TwoThirds => yes > 0 && 3 * yes >= 2 * (yes + no),
            };
            if adopted { Verdict::Adopted } else { Verdict::Rejected }
        }
        (Tally::Election { votes, .. }, seats) => {
            let of = |who: &MemberId| votes.get(who).copied().unwrap_or(0);
            let mut ranked: Vec<MemberId> = candidates.iter().copied().filter(|who| of(who) > 0).collect();
            crate::order::by_key(&mut ranked, |who| std::cmp::Reverse(of(who)));
            let seats = usize::from(seats.unwrap_or(0));
            // Whoever comes first without a seat: those with as many votes are alike.
            let Some(limit) = ranked.get(seats).map(of) else {
                return Verdict::Elected { elected: ranked, tied: Vec::new(), left: 0, draw: None };
            };
            let (elected, others): (Vec<MemberId>, Vec<MemberId>) = ranked.into_iter().partition(|who| of(who) > limit);
            let left = u8::try_from(seats.saturating_sub(elected.len())).unwrap_or(0);
            let tied = if left == 0 { Vec::new() } else { others.into_iter().filter(|who| of(who) == limit).collect() };
            Verdict::Elected { elected, tied, left, draw: None }
        }
    }
}
