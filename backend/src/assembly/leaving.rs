//! What an assembly leaves: what it adopted stands in the register, those it elected have their mandates.

use domain::assembly::{Assembly, AssemblyMistake, Verdict, Way};
use domain::governance::{DecidedBy, GovernanceMistake, How, Method, SEATS, WrittenDecision};
use domain::id::{AssemblyId, MemberId};
use domain::time::paris_day;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::acting::Arranged;
use super::session::votes_of;
use crate::Backend;
use crate::auth::{KeepsMandates, OnCommittee};
use crate::error::Error;
use crate::governance::{self, Chosen};

/// Each resolution that was adopted becomes a strategic decision of the register, under the same id: by the committee, once.
pub async fn record(backend: &Backend, asking: MemberId, id: AssemblyId) -> Result<Arranged, Error> {
    let (assembly, texts) = {
        let mut conn = backend.pool.acquire().await?;
        OnCommittee::find(&mut conn, asking, backend.now()).await?.ok_or(Error::NotAllowed)?;
        let assembly = found(&mut conn, backend, id).await?;
        let texts: Vec<(Uuid, String)> = sqlx::query_as("select resolution_id, text from resolution where assembly_id = $1")
            .bind(id)
            .fetch_all(&mut *conn)
            .await?;
        (assembly, texts)
    };
    let adopted = |counted: &domain::assembly::Counted| counted.verdict == Verdict::Adopted;
    let adopted: Vec<_> = assembly.resolutions.iter().filter(|known| known.result.as_ref().is_some_and(adopted)).collect();
    if adopted.is_empty() {
        return Ok(Err(vec![AssemblyMistake::NothingAdopted]));
    }
    for resolution in adopted {
        let text = texts.iter().find(|(known, _)| *known == resolution.id.0).map(|(_, text)| text.clone());
        let method = if resolution.way == Way::Hands { Method::Majority } else { Method::SecretBallot };
        let written = WrittenDecision {
            title: resolution.title.clone(),
            text: text.unwrap_or_default(),
            by: DecidedBy::Assembly,
            method,
            on: paris_day(assembly.starts_at),
            until: None,
            meeting: None,
            supersedes: None,
        };
        // Recorded already, it is left as it is.
        if let Err(mistakes) = governance::record_decision(backend, asking, resolution.id.0, &written).await? {
            return Ok(Err(of_governance(mistakes)));
        }
    }
    Ok(Ok(()))
}

/// Those who were elected have their seats, for two years from its day: the first ones that are free then. `ends`: the mandates of
/// the seats that they take, and their own, end that day.
pub async fn install(backend: &Backend, asking: MemberId, form: Uuid, id: AssemblyId, ends: bool) -> Result<Arranged, Error> {
    let assembly = {
        let mut conn = backend.pool.acquire().await?;
        KeepsMandates::find(&mut conn, asking, backend.now()).await?.ok_or(Error::NotAllowed)?;
        found(&mut conn, backend, id).await?
    };
    let Some(counted) = assembly.election().and_then(|election| election.result.as_ref()) else {
        return Ok(Err(vec![AssemblyMistake::NobodyElected]));
    };
    if !counted.verdict.is_settled() {
        return Ok(Err(vec![AssemblyMistake::VoteUnsettled]));
    }
    let elected = counted.verdict.elected().0;
    if elected.is_empty() {
        return Ok(Err(vec![AssemblyMistake::NobodyElected]));
    }
    let (on, total) = (paris_day(assembly.starts_at), counted.total());
    let words = |member: MemberId| {
        let drawn = matches!(&counted.verdict, Verdict::Elected { draw: Some(draw), .. } if draw.names.contains(&member));
        let lots = if drawn { ", au tirage au sort" } else { "" };
        format!("assemblée générale, {} voix sur {}{lots}", votes_of(&total, member), total.voices())
    };
    let chosen: Vec<Chosen> = elected
        .iter()
        .map(|member| Chosen { member: *member, seat: 0, how: How::Elected, from: on, other: on, words: words(*member) })
        .collect();
    match governance::install(backend, asking, form, &chosen, ends).await? {
        Ok(()) => Ok(Ok(())),
        Err(governance::NotInstalled::SeatsMissing { free }) => {
            Ok(Err(vec![AssemblyMistake::SeatsMissing { free: free.min(usize::from(SEATS)), elected: elected.len() }]))
        }
        Err(governance::NotInstalled::Mistakes(mistakes)) => Ok(Err(of_governance(mistakes))),
    }
}

fn of_governance(mistakes: Vec<GovernanceMistake>) -> Vec<AssemblyMistake> {
    mistakes.into_iter().map(AssemblyMistake::Governance).collect()
}

async fn found(conn: &mut PgConnection, backend: &Backend, id: AssemblyId) -> Result<Assembly, Error> {
    let sql = format!("select {} from assembly a where a.assembly_id = $2", super::row("$1", "false"));
    let found: Option<Json<Assembly>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(paris_day(backend.now())).bind(id).fetch_optional(conn).await?;
    found.map(|Json(assembly)| assembly).ok_or(Error::NotFound)
}
