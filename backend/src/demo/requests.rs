//! What was asked of the office: one that waits, one that was answered.

use chrono::Duration;
use domain::time::{Instant, paris_day, plus_days};
use serde_json::json;
use sqlx::PgConnection;

use super::cast::{INES, MARGAUX, THEO, id_of};
use super::write::rows;
use crate::error::Error;

pub async fn requests(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    let request = |who: &str, member, (what, from, days, why): (&str, u64, u64, &str), hours: i64| {
        json!({
            "request_id": id_of(&format!("request/{who}")), "member_id": member, "what": what,
            "from_on": plus_days(today, from), "to_on": plus_days(today, from + days), "why": why,
            "asked_at": now - Duration::hours(hours),
        })
    };
    let waits = request("ines", INES.id(), ("parental", 56, 111, "Le bébé arrive fin janvier."), 20);
    let granted = request("theo", THEO.id(), ("pause", 160, 55, "Un chantier loin d’ici, cet été."), 24 * 12);
    rows!(conn, "leave_request", "request_id, member_id, what, from_on, to_on, why, asked_at", [waits, granted.clone()]);
    let answer = json!({
        "request_id": granted["request_id"], "state": "granted", "word": "Bon chantier, et reviens-nous en forme !",
        "by_member": MARGAUX.id(), "at": now - Duration::hours(24 * 11),
    });
    rows!(conn, "leave_request_answer", "request_id, state, word, by_member, at", [answer]);
    let leave = json!({
        "leave_id": granted["request_id"], "member_id": THEO.id(), "from_on": granted["from_on"],
        "to_on": granted["to_on"], "why": "", "kind": "pause",
    });
    rows!(conn, "leave", "leave_id, member_id, from_on, to_on, why, kind", [leave]);
    Ok(())
}
