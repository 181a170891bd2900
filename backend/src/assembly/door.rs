//! The list at the door.

use domain::assembly::{OnRoll, Roll};
use domain::governance::Person;
use domain::id::{AssemblyId, MemberId};
use domain::members::ShortName;
use domain::time::paris_day;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::acting::hold;
use super::row::attendance;
use crate::Backend;
use crate::auth::hands;
use crate::error::Error;

/// Somebody on it: who, their number, whether they are there, who carries their voice, how many they carry, what they said.
type Row = (MemberId, String, String, i32, bool, Option<String>, Option<String>, i64, Option<bool>);

/// For whoever lets in.
pub async fn roll(backend: &Backend, asking: MemberId, id: AssemblyId) -> Result<Roll, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let hands = hands(&mut conn, asking, id, now).await?;
    if !hands.admits {
        return Err(Error::NotAllowed);
    }
    let held = hold(&mut conn, id, "").await?;
    let sql = format!("select {} from assembly a where a.assembly_id = $2", attendance("$1"));
    let Json(attendance) = sqlx::query_scalar(AssertSqlSafe(sql)).bind(paris_day(now)).bind(id).fetch_one(&mut *conn).await?;
    let rows: Vec<Row> = sqlx::query_as(ROLL).bind(id).bind(paris_day(now)).fetch_all(&mut *conn).await?;
    let rows = rows.into_iter().map(|(id, first_name, last_name, number, present, by, by_last, carries, coming)| OnRoll {
        person: Person { id, first_name, last_name },
        number,
        present,
        carried_by: by.map(|first| ShortName::new(&first, by_last.as_deref().unwrap_or_default())),
        carries: u32::try_from(carries).unwrap_or(0),
        coming,
    });
    let rows = rows.collect();
    Ok(Roll {
        now,
        hands,
        id,
        title: held.title.clone(),
        starts_at: held.starts_at,
        stage: held.stage_now(now),
        terms: held.terms(),
        attendance,
        rows,
    })
}

/// $1 assembly, $2 today.
const ROLL: &str = "
select m.member_id, m.first_name, m.last_name, m.number, s.member_id is not null, b.first_name, b.last_name,
    (select count(*) from proxy q where q.assembly_id = $1 and q.to_member = m.member_id and q.ended_at is null), w.coming
from assembly_convocation c join member m on m.member_id = c.member_id
    left join assembly_sign_in s on s.assembly_id = $1 and s.member_id = m.member_id and s.left_at is null
    left join proxy p on p.assembly_id = $1 and p.from_member = m.member_id and p.ended_at is null
    left join member b on b.member_id = p.to_member
    left join assembly_answer w on w.assembly_id = $1 and w.member_id = m.member_id
where c.assembly_id = $1 and (m.left_on is null or m.left_on > $2)
order by m.first_name, m.last_name, m.number";
