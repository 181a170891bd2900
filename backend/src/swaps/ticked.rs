//! Who would come to a shift in exchange: known to nobody but the office, when it closes the shift.

use domain::id::ShiftId;
use domain::members::ShortName;

use crate::Backend;
use crate::error::Error;

/// Those who ticked a shift by name in an open exchange, and are not on it: closing it tells them.
pub async fn who_ticked(backend: &Backend, shift: ShiftId) -> Result<Vec<ShortName>, Error> {
    let rows: Vec<(String, String)> = sqlx::query_as(WHO_TICKED).bind(shift).fetch_all(&backend.pool).await?;
    Ok(rows.into_iter().map(|(first, last)| ShortName::new(&first, &last)).collect())
}

const WHO_TICKED: &str = "
select m.first_name, m.last_name from member m
where exists (
        select from wish w join offer o using (offer_id)
        where w.shift_id = $1 and o.state = 'open' and o.shift_id <> $1 and o.member_id = m.member_id)
    and not exists (select from assignment a where a.shift_id = $1 and a.member_id = m.member_id)
order by m.first_name, m.last_name, m.member_id";
