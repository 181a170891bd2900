//! A dossier as those see it who write it.

use domain::dossiers::{Dossier, DossierInHand, Past};
use domain::governance::Person;
use domain::id::{DossierId, GroupId, MemberId};
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::DOSSIER;
use crate::Backend;
use crate::auth::KeepsBoard;
use crate::error::Error;

/// How much of what was done is told.
const PAST: i64 = 60;

/// One of a group's, for `asking`, who must keep its board; of another group's nobody is told whether it is there.
pub async fn in_hand(backend: &Backend, asking: MemberId, id: DossierId) -> Result<DossierInHand, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let sql = format!("select {DOSSIER} from dossier d where d.dossier_id = $1");
    let found: Option<Json<Dossier>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(&mut *tx).await?;
    let Json(dossier) = found.ok_or(Error::NotFound)?;
    KeepsBoard::find(&mut tx, asking, dossier.group, now).await?.ok_or(Error::NotFound)?;
    let past: Vec<(String, String, String, Instant)> = sqlx::query_as(
        "select a.what, m.first_name, m.last_name, a.at from dossier_act a join member m on m.member_id = a.by_member
         where a.dossier_id = $1 order by a.at desc, a.dossier_act_id desc limit $2",
    )
    .bind(id)
    .bind(PAST)
    .fetch_all(&mut *tx)
    .await?;
    let past = past.into_iter().map(|(what, first, last, at)| Past { what, by: ShortName::new(&first, &last), at });
    let mut in_hand = of_group(&mut tx, dossier.group, now).await?;
    in_hand.history = past.collect();
    in_hand.dossier = Some(dossier);
    Ok(in_hand)
}

/// A new one on the board of a group, for `asking`, who must keep it.
pub async fn new_in_hand(backend: &Backend, asking: MemberId, group: GroupId) -> Result<DossierInHand, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    KeepsBoard::find(&mut tx, asking, group, now).await?.ok_or(Error::NotAllowed)?;
    of_group(&mut tx, group, now).await
}

async fn of_group(conn: &mut PgConnection, group: GroupId, now: Instant) -> Result<DossierInHand, Error> {
    let (slug, name): (String, String) =
        sqlx::query_as("select slug, name from working_group where group_id = $1").bind(group).fetch_one(&mut *conn).await?;
    let rows: Vec<(MemberId, String, String, bool)> = sqlx::query_as(
        "select m.member_id, m.first_name, m.last_name,
            m.employee or exists (select from group_member n where n.group_id = $1 and n.member_id = m.member_id)
         from member m where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
         order by m.first_name, m.last_name, m.number",
    )
    .bind(group)
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let person = |(id, first, last, _): &(MemberId, String, String, bool)| Person {
        id: *id,
        first_name: first.clone(),
        last_name: last.clone(),
    };
    Ok(DossierInHand {
        now,
        group,
        slug,
        name,
        dossier: None,
        people: rows.iter().filter(|(.., keeps)| *keeps).map(person).collect(),
        members: rows.iter().map(person).collect(),
        history: Vec::new(),
    })
}
