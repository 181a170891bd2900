//! The history of a seat: who held it, who moved it, when.

use domain::effect::How;
use domain::id::{MemberId, ShiftId};
use domain::members::ShortName;
use domain::reason::Who;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::Backend;
use crate::error::Error;

/// One change of a seat's holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatChange {
    /// The place's number on the shift, from 0.
    pub position: i16,
    pub at: Instant,
    pub from: Option<Who>,
    pub to: Option<Who>,
    pub how: How,
    /// Who made the move: the sender of the command, nobody when it was the night's matching.
    pub by: Option<Who>,
}

/// Every change of every seat of a shift, oldest first.
pub async fn history(backend: &Backend, shift: ShiftId) -> Result<Vec<SeatChange>, Error> {
    let rows: Vec<Row> = sqlx::query_as(HISTORY).bind(shift).fetch_all(&backend.pool).await?;
    rows.into_iter().map(Row::change).collect()
}

const HISTORY: &str = "
select h.position, h.at, h.how,
    h.from_member, f.first_name as from_first, f.last_name as from_last,
    h.to_member, t.first_name as to_first, t.last_name as to_last,
    h.by_member, b.first_name as by_first, b.last_name as by_last
from seat_history h
    left join member f on f.member_id = h.from_member
    left join member t on t.member_id = h.to_member
    left join member b on b.member_id = h.by_member
where h.shift_id = $1 order by h.at, h.seat_history_id";

#[derive(FromRow)]
struct Row {
    position: i16,
    at: Instant,
    how: String,
    from_member: Option<MemberId>,
    from_first: Option<String>,
    from_last: Option<String>,
    to_member: Option<MemberId>,
    to_first: Option<String>,
    to_last: Option<String>,
    by_member: Option<MemberId>,
    by_first: Option<String>,
    by_last: Option<String>,
}

impl Row {
    fn change(self) -> Result<SeatChange, Error> {
        let how = serde_json::from_value(self.how.into()).map_err(|_| Error::Unreadable("seat_history.how"))?;
        Ok(SeatChange {
            position: self.position,
            at: self.at,
            how,
            from: who(self.from_member, self.from_first, self.from_last),
            to: who(self.to_member, self.to_first, self.to_last),
            by: who(self.by_member, self.by_first, self.by_last),
        })
    }
}

fn who(member: Option<MemberId>, first: Option<String>, last: Option<String>) -> Option<Who> {
    let name = ShortName::new(first.as_deref().unwrap_or_default(), last.as_deref().unwrap_or_default());
    member.map(|member| Who { member, name })
}
