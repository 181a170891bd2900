//! The facts of an act about an assembly, under its row's lock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::assembly::{Candidate, Hall, InRole, Proxy, Stage};
use domain::board::Board;
use domain::id::{AssemblyId, MemberId};
use domain::members::{Known, Person, ShortName};
use domain::notice::Notice;
use domain::time::Instant;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::acting::hold;
use super::row::{PROXY, ROLES, STAGE};
use crate::error::Error;
use crate::swaps::scope::Scope;

#[derive(Deserialize)]
struct Row {
    id: AssemblyId,
    starts_at: Instant,
    stage: Stage,
    cap: u8,
    elects: bool,
    roles: Vec<InRole>,
    called: BTreeSet<MemberId>,
    proxies: Vec<Proxy>,
    coming: BTreeMap<MemberId, bool>,
    present: BTreeSet<MemberId>,
    candidates: Vec<Candidate>,
}

impl Row {
    fn hall(self) -> Hall {
        Hall {
            assembly: self.id,
            starts_at: self.starts_at,
            stage: self.stage,
            cap: self.cap,
            elects: self.elects,
            roles: self.roles,
            called: Known::Known(self.called),
            proxies: self.proxies,
            coming: self.coming,
            present: self.present,
            candidates: self.candidates,
        }
    }
}

/// Lays what `scope` asks of an assembly on the board.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board) -> Result<(), Error> {
    let Some(assembly) = scope.assembly else { return Ok(()) };
    match hold(conn, assembly, " for no key update").await {
        Ok(_) => {}
        // The decision says that there is none.
        Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    }
    let concerned: Vec<MemberId> = scope.named.iter().copied().chain([scope.actor]).collect();
    let halls = halls(&mut *conn, &[assembly], &concerned).await?;
    name(conn, &halls, board).await?;
    board.assemblies.extend(halls.into_iter().map(|hall| (hall.assembly, hall)));
    Ok(())
}

/// Those who carry a voice: why not says their names.
async fn name(conn: &mut PgConnection, halls: &[Hall], board: &mut Board) -> Result<(), Error> {
    let named = halls.iter().flat_map(|hall| &hall.proxies).map(|proxy| proxy.to);
    let unknown: Vec<Uuid> = named.filter(|member| !board.people.contains_key(member)).map(|member| member.0).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let rows: Vec<(MemberId, String, String)> =
        sqlx::query_as("select member_id, first_name, last_name from member where member_id = any($1)")
            .bind(unknown)
            .fetch_all(conn)
            .await?;
    for (id, first, last) in rows {
        board.people.insert(id, Person { id, name: ShortName::new(&first, &last), aptitude: Known::Unknown });
    }
    Ok(())
}

/// Lays over a board what notices to `member` say of assemblies.
pub(crate) async fn lay_told(
    conn: &mut PgConnection,
    board: &mut Board,
    member: MemberId,
    notices: &[&Notice],
) -> Result<(), Error> {
    let assemblies: BTreeSet<AssemblyId> = notices.iter().filter_map(|notice| notice.assembly()).collect();
    if assemblies.is_empty() {
        return Ok(());
    }
    let assemblies: Vec<AssemblyId> = assemblies.into_iter().collect();
    let named = notices.iter().filter(|notice| notice.assembly().is_some()).flat_map(|notice| notice.people());
    let concerned: Vec<MemberId> = named.chain([member]).collect();
    let halls = halls(conn, &assemblies, &concerned).await?;
    board.assemblies.extend(halls.into_iter().map(|hall| (hall.assembly, hall)));
    Ok(())
}

/// Assemblies, with what is known there of these people.
pub(super) async fn halls(
    conn: &mut PgConnection,
    assemblies: &[AssemblyId],
    concerned: &[MemberId],
) -> Result<Vec<Hall>, Error> {
    let rows: Vec<Json<Row>> = sqlx::query_scalar(AssertSqlSafe(HALL.as_str()))
        .bind(assemblies.iter().map(|assembly| assembly.0).collect::<Vec<Uuid>>())
        .bind(concerned.iter().map(|member| member.0).collect::<Vec<Uuid>>())
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|Json(row)| row.hall()).collect())
}

/// $1 assemblies, $2 the people whom it concerns.
static HALL: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select jsonb_build_object('id', a.assembly_id, 'starts_at', a.starts_at, 'stage', {STAGE}, 'cap', a.proxies,
            'elects', exists (select from resolution r where r.assembly_id = a.assembly_id and r.way = 'election'
                and r.removed_at is null),
            'roles', {ROLES},
            'called', (select coalesce(jsonb_agg(c.member_id), '[]') from assembly_convocation c
                where c.assembly_id = a.assembly_id and c.member_id = any($2)),
            'proxies', (select coalesce(jsonb_agg({PROXY} order by p.at, p.proxy_id), '[]') from proxy p
                where p.assembly_id = a.assembly_id and p.ended_at is null
                    and (p.from_member = any($2) or p.to_member = any($2))),
            'coming', (select coalesce(jsonb_object_agg(w.member_id, w.coming), '{{}}') from assembly_answer w
                where w.assembly_id = a.assembly_id and w.member_id = any($2)),
            'present', (select coalesce(jsonb_agg(s.member_id), '[]') from assembly_sign_in s
                where s.assembly_id = a.assembly_id and s.left_at is null and s.member_id = any($2)),
            'candidates', (select coalesce(jsonb_agg(jsonb_build_object('member', k.member_id, 'words', k.words)), '[]')
                from candidacy k where k.assembly_id = a.assembly_id and k.withdrawn_at is null and k.member_id = any($2)))
         from assembly a where a.assembly_id = any($1)"
    )
});
