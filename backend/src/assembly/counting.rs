//! Counting: paper ballots are handed out, tellers say what they counted and which lots were drawn; what two say alike holds.

use domain::assembly::{AssemblyMistake, Cast, Channel, Counted, Majority, OfChannel, Said, TELLERS, Tally, Way};
use domain::id::{AssemblyId, MemberId, ResolutionId};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::acting::{Acting, Arranged, Held};
use super::admitting::{Guest, found, is_present};
use super::ballots::tally_of_app;
use super::session::{majority_of, set_result};
use super::voting::voices_of;
use crate::Backend;
use crate::error::Error;

/// A vote as an act finds it: its row is held.
#[derive(Debug)]
pub(super) struct Poll {
    pub id: ResolutionId,
    pub way: Way,
    pub majority: Majority,
    pub opened: bool,
    counting_at: Option<Instant>,
    done: bool,
    /// In the order of their names.
    pub candidates: Vec<MemberId>,
    pub cast: Cast,
    pub result: Option<Counted>,
}

impl Poll {
    pub fn is_open(&self) -> bool {
        self.opened && self.counting_at.is_none()
    }

    pub fn is_counting(&self) -> bool {
        self.counting_at.is_some() && !self.done
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    way: String,
    seats: Option<i16>,
    majority: String,
    opened: bool,
    counting_at: Option<Instant>,
    done: bool,
    result: Option<Json<Counted>>,
}

/// The vote, whose row nobody else changes from here on.
pub(super) async fn poll_in(conn: &mut PgConnection, assembly: AssemblyId, id: ResolutionId) -> Result<Poll, Error> {
    let row: Option<Row> = sqlx::query_as(
        "select way, seats, majority, opened_at is not null as opened, counting_at, done_at is not null as done, result
         from resolution where resolution_id = $1 and assembly_id = $2 and removed_at is null for no key update",
    )
    .bind(id)
    .bind(assembly)
    .fetch_optional(&mut *conn)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    let way = match (row.way.as_str(), row.seats) {
        ("election", Some(seats)) => Way::Election { seats: u8::try_from(seats).unwrap_or(0) },
        ("hands", _) => Way::Hands,
        _ => Way::Secret,
    };
    let candidates = if way.seats().is_some() { candidates(&mut *conn, assembly).await? } else { Vec::new() };
    Ok(Poll {
        id,
        way,
        majority: majority_of(&row.majority),
        opened: row.opened,
        counting_at: row.counting_at,
        done: row.done,
        candidates,
        cast: cast_of(conn, id).await?,
        result: row.result.map(|Json(result)| result),
    })
}

/// Who stands, by name.
pub(super) async fn candidates(conn: &mut PgConnection, assembly: AssemblyId) -> Result<Vec<MemberId>, Error> {
    Ok(sqlx::query_scalar(
        "select k.member_id from candidacy k join member m using (member_id)
         where k.assembly_id = $1 and k.withdrawn_at is null order by m.first_name, m.last_name, k.member_id",
    )
    .bind(assembly)
    .fetch_all(conn)
    .await?)
}

/// How many voices were cast by each channel.
pub(super) async fn cast_of(conn: &mut PgConnection, id: ResolutionId) -> Result<Cast, Error> {
    let Json(cast) = sqlx::query_scalar(
        "select jsonb_build_object('app', count(*) filter (where channel = 'app'), 'paper', count(*) filter (where channel = 'paper'))
         from vote_cast where resolution_id = $1",
    )
    .bind(id)
    .fetch_one(conn)
    .await?;
    Ok(cast)
}

/// Paper ballots for all voices of somebody that are not cast: from here on, the app takes none of them.
pub async fn hand_out(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    (resolution, guest): (ResolutionId, Guest),
) -> Result<Arranged, Error> {
    let mut acting = Acting::telling(backend, asking, id).await?;
    let voter = match found(&mut acting, guest).await? {
        Ok(voter) => voter,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if let Some(answer) = acting.ends_at_once(form, ("bulletins", Some(resolution.0)), Held::is_open).await? {
        return Ok(answer);
    }
    let poll = poll_in(&mut acting.tx, id, resolution).await?;
    if !poll.way.is_secret() {
        return Ok(Err(vec![AssemblyMistake::ByHands]));
    }
    if !poll.is_open() {
        return Ok(Err(vec![AssemblyMistake::VoteNotOpen]));
    }
    if !is_present(&mut acting.tx, id, voter).await? {
        return Ok(Err(vec![AssemblyMistake::NotSignedIn]));
    }
    let voices = voices_of(&mut acting.tx, id, resolution, voter).await?;
    let free: Vec<Uuid> = voices.iter().filter(|(_, cast)| cast.is_none()).map(|(voice, _)| voice.0).collect();
    if free.is_empty() {
        return Ok(Err(vec![AssemblyMistake::AlreadyVoted]));
    }
    mark_cast(&mut acting.tx, resolution, &free, voter, Channel::Paper).await?;
    acting.after.touched.insert(voter);
    acting.after.touched.extend(free.into_iter().map(MemberId));
    acting.end().await
}

/// Notes that these voices were cast: never what they said.
pub(super) async fn mark_cast(
    conn: &mut PgConnection,
    resolution: ResolutionId,
    voices: &[Uuid],
    by: MemberId,
    channel: Channel,
) -> Result<(), Error> {
    sqlx::query("insert into vote_cast (resolution_id, voice, by_member, channel) select $1, voice, $3, $4 from unnest($2::uuid[]) as voice")
        .bind(resolution)
        .bind(voices)
        .bind(by)
        .bind(channel.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// What a teller counted, or the lots that they saw drawn; said again, it is put right. Lots that two say alike give the last seats.
pub async fn say(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    (resolution, said): (ResolutionId, &Said),
) -> Result<Arranged, Error> {
    let mut acting = Acting::telling(backend, asking, id).await?;
    let what = match said {
        Said::Count(_) => "count",
        Said::Draw(_) => "draw",
    };
    if let Some(answer) = acting.ends_at_once(form, (what, Some(resolution.0)), Held::is_open).await? {
        return Ok(answer);
    }
    let poll = poll_in(&mut acting.tx, id, resolution).await?;
    if poll.candidates.contains(&acting.by) {
        return Ok(Err(vec![AssemblyMistake::TellerStands]));
    }
    let wrong = match said {
        Said::Count(tally) if !tally.is_possible(poll.way) => Some(AssemblyMistake::BadFigures),
        // Raised hands are counted while they are up.
        Said::Count(_) if poll.is_counting() || poll.is_open() && !poll.way.is_secret() => None,
        Said::Count(_) => Some(AssemblyMistake::NothingToCount),
        Said::Draw(draw) => poll.result.clone().ok_or(AssemblyMistake::NoTie).and_then(|result| result.drawn(draw)).err(),
    };
    if let Some(mistake) = wrong {
        return Ok(Err(vec![mistake]));
    }
    sqlx::query(
        "insert into teller_said (resolution_id, teller, what, said, at) values ($1, $2, $3, $4, $5)
         on conflict (resolution_id, teller, what) do update set said = $4, at = $5",
    )
    .bind(resolution)
    .bind(acting.by)
    .bind(what)
    .bind(Json(said))
    .bind(acting.now)
    .execute(&mut *acting.tx)
    .await?;
    if let (Said::Draw(draw), Some(result)) = (said, &poll.result) {
        let others = said_in(&mut acting.tx, resolution, "draw").await?;
        let alike = |said: &Said| matches!(said, Said::Draw(known) if known.names == draw.names);
        if others.iter().filter(|(_, said)| alike(said)).count() >= TELLERS
            && let Ok(drawn) = result.clone().drawn(draw)
        {
            set_result(&mut acting, resolution, &drawn, false).await?;
        }
    }
    acting.end().await
}

/// What those who are its tellers now said, the first one first: whoever is none any more counts no more.
pub(super) async fn said_in(
    conn: &mut PgConnection,
    resolution: ResolutionId,
    what: &str,
) -> Result<Vec<(MemberId, Said)>, Error> {
    let rows: Vec<(MemberId, Json<Said>)> = sqlx::query_as(
        "select t.teller, t.said from teller_said t join resolution r using (resolution_id)
                join assembly_role o on o.assembly_id = r.assembly_id and o.member_id = t.teller and o.role = 'teller'
             where t.resolution_id = $1 and t.what = $2 order by t.at, t.teller",
    )
    .bind(resolution)
    .bind(what)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(teller, Json(said))| (teller, said)).collect())
}

/// Whose voice was there at some time, whether or not they left since: raised hands are no more than these.
pub(super) async fn voices_ever(conn: &mut PgConnection, assembly: AssemblyId) -> Result<u32, Error> {
    let voices: i64 = sqlx::query_scalar(
        "select count(*) from (
            select s.member_id from assembly_sign_in s where s.assembly_id = $1
            union
            select p.from_member from proxy p
                join assembly_sign_in s on s.assembly_id = p.assembly_id and s.member_id = p.to_member
                where p.assembly_id = $1 and p.ended_at is null) as voice",
    )
    .bind(assembly)
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(voices).unwrap_or(u32::MAX))
}

/// What each channel came to: in the app from its ballots, of the others from what two tellers counted alike. `voices`: how many may
/// have raised their hands.
pub(super) async fn counts(
    conn: &mut PgConnection,
    poll: &Poll,
    voices: u32,
) -> Result<Result<Vec<OfChannel>, AssemblyMistake>, Error> {
    if !poll.way.is_secret() {
        let tally = match agreed(conn, poll.id).await? {
            Ok(tally) => tally,
            Err(mistake) => return Ok(Err(mistake)),
        };
        let said = tally.voices();
        if said > voices {
            return Ok(Err(AssemblyMistake::MoreThanVoices { voices, said }));
        }
        return Ok(Ok(vec![OfChannel { channel: Channel::Hands, tally }]));
    }
    let app = tally_of_app(&mut *conn, poll.id, poll.way, &poll.candidates).await?;
    let mut channels = vec![OfChannel { channel: Channel::App, tally: app }];
    if poll.cast.paper > 0 {
        let tally = match agreed(conn, poll.id).await? {
            Ok(tally) => tally,
            Err(mistake) => return Ok(Err(mistake)),
        };
        // Fewer may have come back than were handed out; never more.
        let said = tally.voices();
        if said > poll.cast.paper {
            return Ok(Err(AssemblyMistake::MoreThanVoices { voices: poll.cast.paper, said }));
        }
        channels.push(OfChannel { channel: Channel::Paper, tally });
    }
    Ok(Ok(channels))
}

/// What all tellers who counted say alike; two of them at least.
async fn agreed(conn: &mut PgConnection, resolution: ResolutionId) -> Result<Result<Tally, AssemblyMistake>, Error> {
    let said = said_in(conn, resolution, "count").await?;
    let mut tallies = said.into_iter().filter_map(|(_, said)| match said {
        Said::Count(tally) => Some(tally),
        Said::Draw(_) => None,
    });
    let Some(first) = tallies.next() else { return Ok(Err(AssemblyMistake::CountsMissing { least: TELLERS })) };
    let others: Vec<Tally> = tallies.collect();
    if others.iter().any(|tally| *tally != first) {
        return Ok(Err(AssemblyMistake::CountsDiffer));
    }
    if others.len() + 1 < TELLERS {
        return Ok(Err(AssemblyMistake::CountsMissing { least: TELLERS }));
    }
    Ok(Ok(first))
}
