//! What waits at the demo's desk beside all the rest: a request that nobody answers, something that broke, an absence to come.

use chrono::Duration;
use domain::time::{Instant, paris_day, plus_days};
use serde_json::json;
use sqlx::PgConnection;

use super::cast::{MARGAUX, PAUL, SOLENE, id_of};
use super::groups::Cell;
use super::write::rows;
use crate::error::Error;

pub async fn desk(conn: &mut PgConnection, cells: &[Cell], now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    // Somebody of another group, whom its referents have forgotten.
    let of = |slug: &str, place: usize| cells.iter().find(|cell| cell.slug == slug).and_then(|cell| cell.members.get(place));
    if let Some(asks) = of("distribution", 3) {
        let joining = json!({
            "joining_id": id_of("joining/oubliee"), "group_id": id_of("group/approvisionnement"), "member_id": asks,
            "invited_by": null, "word": "Je connais deux maraîchers près de Rumilly.", "at": now - Duration::days(8),
            "state": "pending",
        });
        rows!(conn, "group_joining", "joining_id, group_id, member_id, invited_by, word, at, state", [joining]);
    }
    let absence = json!({
        "absence_id": id_of("absence/paul"), "employee_id": PAUL.id(), "from_on": plus_days(today, 19),
        "until_on": plus_days(today, 30), "deputy_id": SOLENE.id(), "by_member": MARGAUX.id(),
        "at": now - Duration::days(2),
    });
    rows!(conn, "absence", "absence_id, employee_id, from_on, until_on, deputy_id, by_member, at", [absence]);
    sqlx::query(
        "insert into incident (incident_id, shift_id, what, text, at, by_member)
         select $1, s.shift_id, 'breakage', $2, s.ends_at, a.member_id
         from shift s join seat using (shift_id) join assignment a using (shift_id, position)
         where seat.lead and s.closed_why is null and s.ends_at < $3
         order by s.ends_at desc, s.shift_id, a.position limit 1",
    )
    .bind(id_of("incident/balance"))
    .bind("La balance du vrac affiche 20 g de trop : écrit dessus, à faire régler.")
    .bind(now - Duration::days(1))
    .execute(&mut *conn)
    .await?;
    Ok(())
}
