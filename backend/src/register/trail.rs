//! « Ce qui a été fait sur mon compte »: by whom, and when.

use domain::id::MemberId;
use domain::members::ShortName;
use domain::register::{Deed, Trail, TrailLine};
use domain::time::Instant;
use sqlx::types::Json;

use super::together::office;
use crate::Backend;
use crate::error::Error;

/// The most lines that are told at once.
const CAP: i64 = 500;

#[derive(sqlx::FromRow)]
struct Row {
    deed: Json<Deed>,
    first_name: Option<String>,
    last_name: Option<String>,
    own: bool,
    at: Instant,
}

/// For whom it is about, and for the office.
pub async fn trail(backend: &Backend, asking: MemberId, member: MemberId) -> Result<Trail, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    if asking != member {
        office(&mut tx, asking, now).await?;
    }
    let rows: Vec<Row> = sqlx::query_as(TRAIL).bind(member).bind(CAP).fetch_all(&mut *tx).await?;
    let line = |row: Row| TrailLine {
        deed: row.deed.0,
        by: row.first_name.zip(row.last_name).map(|(first, last)| ShortName::new(&first, &last)),
        own: row.own,
        at: row.at,
    };
    Ok(Trail { now, lines: rows.into_iter().map(line).collect() })
}

/// $1 member, $2 how many.
const TRAIL: &str = "
select t.deed, m.first_name, m.last_name, coalesce(t.by_member = $1, false) as own, t.at
from account_act t left join member m on m.member_id = t.by_member
where t.member_id = $1 order by t.at desc, t.account_act_id desc limit $2";
