//! A secret vote in the app: one voice, one ballot, once. It needs the network: it counts when it arrives, or not at all.

use std::collections::BTreeMap;

use domain::assembly::{Assembly, AssemblyMistake, Ballot, Candidate, Channel, Voice, VoteInHand};
use domain::id::{AssemblyId, BallotId, MemberId, ResolutionId};
use domain::members::ShortName;
use domain::time::paris_day;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::acting::hold;
use super::admitting::is_present;
use super::ballots::{must_belong, put};
use super::counting::{mark_cast, poll_in};
use crate::Backend;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whose voices were cast, each with the ballot that says what: for the voter alone, and kept nowhere. Or why not.
pub type Voted = Result<Vec<(MemberId, BallotId)>, Vec<AssemblyMistake>>;

/// The voter's own voice, and those that they carry; how each was cast, where it was.
pub(super) async fn voices_of(
    conn: &mut PgConnection,
    assembly: AssemblyId,
    resolution: ResolutionId,
    voter: MemberId,
) -> Result<Vec<(MemberId, Option<Channel>)>, Error> {
    let rows: Vec<(MemberId, Option<String>)> = sqlx::query_as(
        "with voice as (
            select $3::uuid as member_id, 0 as rank
            union all
            select from_member, 1 from proxy where assembly_id = $1 and to_member = $3 and ended_at is null
         )
         select voice.member_id, v.channel from voice left join vote_cast v on v.resolution_id = $2 and v.voice = voice.member_id
         order by voice.rank, voice.member_id",
    )
    .bind(assembly)
    .bind(resolution)
    .bind(voter)
    .fetch_all(conn)
    .await?;
    let channel = |column: String| if column == Channel::Paper.as_str() { Channel::Paper } else { Channel::App };
    Ok(rows.into_iter().map(|(voice, cast)| (voice, cast.map(channel))).collect())
}

/// A vote as a member sees it.
pub async fn vote(backend: &Backend, asking: MemberId, id: ResolutionId) -> Result<VoteInHand, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    must_belong(&mut conn, asking, now).await?;
    let sql = format!(
        "select {} from assembly a join resolution known on known.assembly_id = a.assembly_id
         where known.resolution_id = $2 and known.removed_at is null and a.convoked_at is not null",
        super::row("$1", "false")
    );
    let found: Option<Json<Assembly>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(paris_day(now)).bind(id).fetch_optional(&mut *conn).await?;
    let Json(assembly) = found.ok_or(Error::NotFound)?;
    let resolution = assembly.resolution(id).cloned().ok_or(Error::NotFound)?;
    let present = is_present(&mut conn, assembly.id, asking).await?;
    let voices = voices_of(&mut conn, assembly.id, id, asking).await?;
    let standing = if resolution.way.seats().is_some() { assembly.candidates.clone() } else { Vec::new() };
    let named: Vec<Uuid> =
        voices.iter().map(|(voice, _)| voice.0).chain(standing.iter().map(|candidate| candidate.member.0)).collect();
    let names: Vec<(MemberId, String, String)> =
        sqlx::query_as("select member_id, first_name, last_name from member where member_id = any($1)")
            .bind(named)
            .fetch_all(&mut *conn)
            .await?;
    let names: BTreeMap<MemberId, ShortName> =
        names.into_iter().map(|(member, first, last)| (member, ShortName::new(&first, &last))).collect();
    let name = |member: MemberId| names.get(&member).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""));
    let named_candidate = |candidate: Candidate| {
        let name = name(candidate.member);
        (candidate, name)
    };
    Ok(VoteInHand {
        now,
        me: asking,
        assembly: assembly.id,
        title: assembly.title.clone(),
        resolution,
        present,
        voices: voices.into_iter().map(|(member, cast)| Voice { member, name: name(member), cast }).collect(),
        candidates: standing.into_iter().map(named_candidate).collect(),
    })
}

/// Casts these voices: all of them, or none.
pub async fn cast(
    backend: &Backend,
    asking: MemberId,
    id: ResolutionId,
    ballots: &BTreeMap<MemberId, Ballot>,
) -> Result<Voted, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    must_belong(&mut tx, asking, now).await?;
    let of: Option<AssemblyId> =
        sqlx::query_scalar("select assembly_id from resolution where resolution_id = $1 and removed_at is null")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
    let assembly = of.ok_or(Error::NotFound)?;
    // Nobody takes a voice back, leaves, or closes the assembly while it is cast.
    let held = hold(&mut tx, assembly, " for share").await?;
    if held.stage().is_planned() {
        return Err(Error::NotFound);
    }
    if let Err(mistake) = held.is_open() {
        return Ok(Err(vec![mistake]));
    }
    // One after the other: a voice is cast once, and none while the vote closes.
    let poll = poll_in(&mut tx, assembly, id).await?;
    if !poll.way.is_secret() {
        return Ok(Err(vec![AssemblyMistake::ByHands]));
    }
    if !poll.is_open() {
        return Ok(Err(vec![AssemblyMistake::VoteNotOpen]));
    }
    if !is_present(&mut tx, assembly, asking).await? {
        return Ok(Err(vec![AssemblyMistake::NotSignedIn]));
    }
    let voices = voices_of(&mut tx, assembly, id, asking).await?;
    for (voice, ballot) in ballots {
        match voices.iter().find(|(known, _)| known == voice) {
            None => return Ok(Err(vec![AssemblyMistake::NotYourVoice])),
            Some((_, Some(Channel::Paper))) => return Ok(Err(vec![AssemblyMistake::OnPaper])),
            Some((_, Some(_))) => return Ok(Err(vec![AssemblyMistake::AlreadyVoted])),
            Some((_, None)) => {}
        }
        if let Err(mistake) = fits(ballot, poll.way.seats(), &poll.candidates) {
            return Ok(Err(vec![mistake]));
        }
    }
    let cast: Vec<Uuid> = ballots.keys().map(|voice| voice.0).collect();
    if cast.is_empty() {
        return Ok(Err(vec![AssemblyMistake::NothingChosen]));
    }
    mark_cast(&mut tx, id, &cast, asking, Channel::App).await?;
    let said: Vec<Ballot> = ballots.values().cloned().collect();
    let receipts = put(&mut tx, id, &said).await?;
    // Their own page says that they voted; nothing that others see moves.
    Aftermath::of(ballots.keys().copied().chain([asking])).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(ballots.keys().copied().zip(receipts).collect()))
}

/// A ballot that this vote can count.
fn fits(ballot: &Ballot, seats: Option<u8>, candidates: &[MemberId]) -> Result<(), AssemblyMistake> {
    match (ballot, seats) {
        (Ballot::Choice(_), None) => Ok(()),
        (Ballot::Names(names), Some(seats)) => {
            if names.len() > usize::from(seats) {
                return Err(AssemblyMistake::TooManyNames { most: seats });
            }
            if names.iter().any(|name| !candidates.contains(name)) {
                return Err(AssemblyMistake::UnknownCandidate);
            }
            Ok(())
        }
        (Ballot::Choice(_), Some(_)) | (Ballot::Names(_), None) => Err(AssemblyMistake::NothingChosen),
    }
}
