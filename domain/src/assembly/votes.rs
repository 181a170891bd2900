//! What somebody types when they vote, and what tellers type when they count.

use std::collections::BTreeMap;

use super::{AssemblyMistake, Ballot, Choice, Draw, Tally, Way};
use crate::id::MemberId;
use crate::line::lines;
use crate::procedures::Fields;

/// The longest words about lots that were drawn, in characters.
const WHY_CAP: usize = 300;

/// A ballot for each voice that is cast: one's own, and those that one carries. « voix » names each voice, « choix-… » or « nom-… »
/// says its word. A voice that is named without a word is a mistake; of an election, it is a blank ballot where « blanc-… » says so.
pub fn votes_typed(
    fields: &Fields,
    way: Way,
    candidates: &[MemberId],
) -> Result<BTreeMap<MemberId, Ballot>, Vec<AssemblyMistake>> {
    let mut ballots = BTreeMap::new();
    for voice in fields.all("voix").filter_map(|id| id.parse::<MemberId>().ok()) {
        ballots.insert(voice, ballot_typed(fields, voice, way, candidates).map_err(|mistake| vec![mistake])?);
    }
    if ballots.is_empty() { Err(vec![AssemblyMistake::NothingChosen]) } else { Ok(ballots) }
}

fn ballot_typed(fields: &Fields, voice: MemberId, way: Way, candidates: &[MemberId]) -> Result<Ballot, AssemblyMistake> {
    match way {
        Way::Hands => Err(AssemblyMistake::ByHands),
        Way::Secret => {
            let choice = Choice::parse(fields.one(&format!("choix-{voice}")));
            choice.map(Ballot::Choice).ok_or(AssemblyMistake::NothingChosen)
        }
        Way::Election { seats } => {
            let field = format!("nom-{voice}");
            let mut names: Vec<MemberId> = Vec::new();
            for typed in fields.all(&field) {
                let name: MemberId = typed.parse().map_err(|_| AssemblyMistake::UnknownCandidate)?;
                if !candidates.contains(&name) {
                    return Err(AssemblyMistake::UnknownCandidate);
                }
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if names.len() > usize::from(seats) {
                return Err(AssemblyMistake::TooManyNames { most: seats });
            }
            let blank = !fields.one(&format!("blanc-{voice}")).is_empty();
            if names.is_empty() && !blank {
                return Err(AssemblyMistake::NothingChosen);
            }
            // In the order of the candidates: in which one was ticked says something of nobody.
            crate::order::by_key(&mut names, |name| candidates.iter().position(|known| known == name));
            Ok(Ballot::Names(names))
        }
    }
}

/// What a teller counted: raised hands, or what was written on paper.
pub fn count_typed(fields: &Fields, way: Way, candidates: &[MemberId]) -> Result<Tally, Vec<AssemblyMistake>> {
    let figure = |field: &str| match fields.one(field) {
        "" => Ok(0),
        typed => typed.parse::<u16>().map(u32::from).map_err(|_| vec![AssemblyMistake::BadFigures]),
    };
    let tally = match way {
        Way::Hands | Way::Secret => {
            Tally::Resolution { yes: figure("pour")?, no: figure("contre")?, abstain: figure("abstention")? }
        }
        Way::Election { .. } => {
            let mut votes = BTreeMap::new();
            for candidate in candidates {
                votes.insert(*candidate, figure(&format!("voix-{candidate}"))?);
            }
            Tally::Election { votes, ballots: figure("bulletins")?, blank: figure("blancs")? }
        }
    };
    if tally.is_possible(way) { Ok(tally) } else { Err(vec![AssemblyMistake::BadFigures]) }
}

/// Whom lots gave the last seats, and how.
pub fn draw_typed(fields: &Fields) -> Result<Draw, Vec<AssemblyMistake>> {
    let names: Vec<MemberId> = fields.all("tire").filter_map(|id| id.parse().ok()).collect();
    let why = lines(fields.one("mot"));
    if why.is_empty() {
        return Err(vec![AssemblyMistake::WhyMissing]);
    }
    if why.chars().count() > WHY_CAP {
        return Err(vec![AssemblyMistake::WordTooLong { cap: WHY_CAP }]);
    }
    let mut names = names;
    crate::order::by_key(&mut names, |name| *name);
    Ok(Draw { names, why })
}
