//! What those who prepare an assembly and keep it have before them.

use std::collections::BTreeSet;

use domain::assembly::{
    Assemblies, Assembly, AssemblyInHand, Document, DocumentInHand, Kind, Listed, Resolution, ResolutionInHand, Said, Stage,
    TellerSaid,
};
use domain::governance::{Person, SEATS};
use domain::id::{AssemblyId, MemberId};
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::convoking::called;
use super::counting::cast_of;
use super::planning::settings;
use super::row::{RESOLUTION, STAGE};
use crate::Backend;
use crate::auth::{OnCommittee, hands, in_force};
use crate::error::Error;

/// All of them, for the committee, and for whoever is the secretary of one.
pub async fn assemblies(backend: &Backend, asking: MemberId) -> Result<Assemblies, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let committee = OnCommittee::find(&mut conn, asking, now).await?.is_some();
    let sql = format!(
        "select a.assembly_id, a.kind, a.title, a.starts_at, {STAGE}, a.closed_at is not null and not exists (
            select from resolution r where r.assembly_id = a.assembly_id and r.opened_at is not null)
         from assembly a where $1 or exists (select from assembly_role o where o.assembly_id = a.assembly_id and o.member_id = $2)
         order by a.starts_at desc, a.assembly_id"
    );
    let rows: Vec<(AssemblyId, String, String, Instant, Json<Stage>, bool)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(committee).bind(asking).fetch_all(&mut *conn).await?;
    if !committee && rows.is_empty() {
        return Err(Error::NotAllowed);
    }
    let all = rows.into_iter().map(|(id, kind, title, starts_at, Json(stage), without_quorum)| Listed {
        id,
        kind: Kind::parse(&kind).unwrap_or_default(),
        title,
        starts_at,
        stage: stage.on(starts_at, paris_day(now)),
        without_quorum,
    });
    let all = all.collect();
    Ok(Assemblies { now, committee, settings: settings(&mut conn).await?, all })
}

/// One of them: itself, what it says of itself and its revision, its minutes and theirs, when it was called and opened, which one
/// it follows, how many signed in.
type Row = (Json<Assembly>, String, i32, String, i32, Option<Instant>, Option<Instant>, Option<AssemblyId>, i64);

/// Whom it names, whether or not they still belong to the co-op.
fn named(assembly: &Assembly) -> Vec<Uuid> {
    let standing = assembly.candidates.iter().map(|candidate| candidate.member.0);
    standing.chain(assembly.roles.iter().map(|known| known.member.0)).collect()
}

/// One, whole, for whoever has something to do there.
pub async fn in_hand(backend: &Backend, asking: MemberId, id: AssemblyId) -> Result<AssemblyInHand, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let hands = hands(&mut conn, asking, id, now).await?;
    if !hands.any() {
        return Err(Error::NotAllowed);
    }
    let sql = format!(
        "select {}, a.agenda, a.revision, a.minutes, a.minutes_revision, a.convoked_at, a.opened_at, a.second_of,
            (select count(*) from assembly_sign_in s where s.assembly_id = a.assembly_id)
         from assembly a where a.assembly_id = $2",
        super::row("$1", "true")
    );
    let found: Option<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(paris_day(now)).bind(id).fetch_optional(&mut *conn).await?;
    let (Json(mut assembly), agenda, revision, minutes, minutes_revision, convoked_at, opened_at, second_of, signed) =
        found.ok_or(Error::NotFound)?;
    assembly.stage = assembly.stage.on(assembly.starts_at, paris_day(now));
    let documents = documents(&mut conn, id).await?;
    let resolutions = resolutions(&mut conn, id).await?;
    let resolutions: Vec<_> = resolutions.into_iter().map(|known| known.shown_to(asking, hands.tells)).collect();
    let people: Vec<(MemberId, String, String)> = sqlx::query_as(
        "select member_id, first_name, last_name from member
         where joined_on <= $1 and (left_on is null or left_on > $1) or member_id = any($2)
         order by first_name, last_name, number",
    )
    .bind(paris_day(now))
    .bind(named(&assembly))
    .fetch_all(&mut *conn)
    .await?;
    let carriers: Vec<(MemberId, i64, bool)> = sqlx::query_as(
        "select p.to_member, count(*), exists (select from assembly_sign_in s
            where s.assembly_id = $1 and s.member_id = p.to_member and s.left_at is null)
         from proxy p where p.assembly_id = $1 and p.ended_at is null group by p.to_member order by p.to_member",
    )
    .bind(id)
    .fetch_all(&mut *conn)
    .await?;
    let (seated, free_seats) = seats(&mut conn, &assembly, &resolutions, now).await?;
    Ok(AssemblyInHand {
        now,
        me: asking,
        hands,
        assembly,
        agenda,
        revision,
        second_of,
        documents,
        resolutions,
        people: people.into_iter().map(|(id, first_name, last_name)| Person { id, first_name, last_name }).collect(),
        called: called(&mut conn, id).await?,
        convoked_at,
        opened_at,
        signed: u32::try_from(signed).unwrap_or(0),
        carriers: carriers.into_iter().map(|(who, count, there)| (who, u32::try_from(count).unwrap_or(0), there)).collect(),
        minutes,
        minutes_revision,
        seated,
        free_seats,
    })
}

async fn documents(conn: &mut PgConnection, id: AssemblyId) -> Result<Vec<DocumentInHand>, Error> {
    let rows: Vec<(Json<Document>, String, i32)> = sqlx::query_as(
        "select jsonb_build_object('id', d.document_id, 'title', d.title, 'html', d.html, 'href', d.href), d.text, d.revision
         from assembly_document d where d.assembly_id = $1 and d.removed_at is null order by d.rank, d.document_id",
    )
    .bind(id)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(Json(document), text, revision)| DocumentInHand { document, text, revision }).collect())
}

async fn resolutions(conn: &mut PgConnection, id: AssemblyId) -> Result<Vec<ResolutionInHand>, Error> {
    let sql = format!(
        "select {RESOLUTION}, r.text, r.revision, exists (select from decision d where d.decision_id = r.resolution_id)
         from resolution r where r.assembly_id = $1 and r.removed_at is null order by r.rank, r.resolution_id"
    );
    let rows: Vec<(Json<Resolution>, String, i32, bool)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_all(&mut *conn).await?;
    let mut resolutions = Vec::new();
    for (Json(resolution), text, revision, recorded) in rows {
        let cast = cast_of(&mut *conn, resolution.id).await?;
        let said: Vec<(MemberId, String, String, Json<Said>)> = sqlx::query_as(
            "select t.teller, m.first_name, m.last_name, t.said from teller_said t join member m on m.member_id = t.teller
             where t.resolution_id = $1 order by t.at, t.teller",
        )
        .bind(resolution.id)
        .fetch_all(&mut *conn)
        .await?;
        let said = said.into_iter().map(|(teller, first, last, Json(said))| TellerSaid {
            teller,
            name: ShortName::new(&first, &last),
            said: Some(said),
        });
        let said = said.collect();
        resolutions.push(ResolutionInHand { resolution, text, revision, cast, said, recorded });
    }
    Ok(resolutions)
}

/// Of those elected, who has a mandate from this assembly; and how many seats nobody has then.
async fn seats(
    conn: &mut PgConnection,
    assembly: &Assembly,
    resolutions: &[ResolutionInHand],
    now: Instant,
) -> Result<(Vec<MemberId>, usize), Error> {
    let on = paris_day(assembly.starts_at);
    let elected: BTreeSet<MemberId> = resolutions
        .iter()
        .filter_map(|known| known.resolution.result.as_ref())
        .flat_map(|counted| counted.verdict.elected().0.iter().copied())
        .collect();
    let seated: Vec<MemberId> = sqlx::query_scalar(
        "select distinct member_id from mandate where member_id = any($1) and how = 'elected' and chosen_on = $2
            and ended_on is null order by member_id",
    )
    .bind(elected.iter().map(|member| member.0).collect::<Vec<_>>())
    .bind(on)
    .fetch_all(&mut *conn)
    .await?;
    let sql = format!("select count(distinct d.seat) from mandate d where d.seat is not null and {}", in_force("$1"));
    let held: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).bind(on.max(paris_day(now))).fetch_one(conn).await?;
    Ok((seated, usize::from(SEATS).saturating_sub(usize::try_from(held).unwrap_or(0))))
}
