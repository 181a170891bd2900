//! What somebody sees who was shown an invitation's link. Reading changes nothing.

use domain::id::{MemberId, OfferId, SeatId, ShiftId};
use domain::members::ShortName;
use domain::reason::{When, Who};
use domain::time::Instant;
use serde::{Deserialize, Serialize};

use super::scope::hash_of;
use crate::Backend;
use crate::error::Error;

/// An invitation to take somebody's seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub offer: OfferId,
    pub seat: SeatId,
    pub when: When,
    pub from: Who,
    pub expires_at: Instant,
    /// Still to be had: neither used, nor withdrawn, nor over.
    pub open: bool,
}

/// The invitation behind a link's secret, if there is one.
pub async fn invitation(backend: &Backend, secret: &str) -> Result<Option<Invited>, Error> {
    let row: Option<Row> =
        sqlx::query_as(INVITED).bind(hash_of(secret)).bind(backend.now()).fetch_optional(&backend.pool).await?;
    Ok(row.map(Row::invited))
}

const INVITED: &str = "
select o.offer_id, o.shift_id, o.position, s.starts_at, s.ends_at, o.member_id, m.first_name, m.last_name,
    i.expires_at, o.state = 'open' and i.used_by is null and $2 <= i.expires_at as open
from invitation i join offer o using (offer_id) join shift s using (shift_id) join member m using (member_id)
where i.secret_hash = $1";

#[derive(sqlx::FromRow)]
struct Row {
    offer_id: OfferId,
    shift_id: ShiftId,
    position: i16,
    starts_at: Instant,
    ends_at: Instant,
    member_id: MemberId,
    first_name: String,
    last_name: String,
    expires_at: Instant,
    open: bool,
}

impl Row {
    fn invited(self) -> Invited {
        Invited {
            offer: self.offer_id,
            seat: SeatId::new(self.shift_id, self.position),
            when: When { shift: self.shift_id, starts_at: self.starts_at, ends_at: self.ends_at },
            from: Who { member: self.member_id, name: ShortName::new(&self.first_name, &self.last_name) },
            expires_at: self.expires_at,
            open: self.open,
        }
    }
}
