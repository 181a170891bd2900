//! Who is reminded of an issue in the making: the groups on Friday, its editors on Sunday and once more on Monday morning.

use chrono::{Duration, NaiveDate};
use domain::brief::{Reminded, closes_at, reminders};
use domain::id::MemberId;
use domain::notice::Notice;
use domain::time::{Instant, paris_day, plus_days};
use sqlx::PgConnection;

use super::settings;
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;
use crate::notify::{listeners, write};

/// A reminder that could not be written in time is still written for so long. Hours.
const LATE_H: i64 = 2;

/// Writes the reminders whose time has come, of issues that are not scheduled. Each comes up once, however many processes look.
pub async fn remind(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let mondays: Vec<NaiveDate> = sqlx::query_scalar(
        "select monday from brief where monday between $1 and $2 and (stage = '\"collecting\"' or stage ? 'review')",
    )
    .bind(paris_day(now))
    .bind(plus_days(paris_day(now), 7))
    .fetch_all(&mut *tx)
    .await?;
    let settings = settings(&mut tx).await?;
    let mut written = 0;
    for monday in mondays {
        let due = reminders(monday, &settings).into_iter().enumerate();
        for (nth, (at, whom)) in due.filter(|(_, (at, _))| *at <= now && *at > now - Duration::hours(LATE_H)) {
            let occasion = format!("brief/{monday}/reminder/{nth}");
            written += match whom {
                Reminded::Contributors => {
                    let notice = Notice::BriefWanted { monday, until: closes_at(monday, &settings) };
                    let groups = in_groups(&mut tx, paris_day(now)).await?;
                    tell(&mut tx, groups, &occasion, &notice, (at, at)).await?
                }
                Reminded::Editors | Reminded::LastCall => {
                    let notice = Notice::BriefToReview { monday, by: None };
                    let editors = Editor::everybody(&mut tx, paris_day(now)).await?;
                    tell(&mut tx, editors, &occasion, &notice, (at, at)).await?
                }
            };
        }
    }
    tx.commit().await?;
    Ok(written)
}

/// Tells the editors now, but for whoever did it.
pub(super) async fn tell_editors(
    conn: &mut PgConnection,
    occasion: &str,
    notice: &Notice,
    but: Option<MemberId>,
    now: Instant,
) -> Result<u64, Error> {
    let editors = Editor::everybody(conn, paris_day(now)).await?;
    let others = editors.into_iter().filter(|editor| Some(*editor) != but).collect();
    tell(conn, others, occasion, notice, (now, now)).await
}

/// At its hour, also where that is early or late: it is asked for.
async fn tell(
    conn: &mut PgConnection,
    members: Vec<MemberId>,
    occasion: &str,
    notice: &Notice,
    (at, due_at): (Instant, Instant),
) -> Result<u64, Error> {
    let people = listeners(conn, members.into_iter(), at).await?;
    let planned: Vec<_> = people.values().flat_map(|listener| listener.ways(occasion, notice, at, due_at)).collect();
    write(conn, &planned).await
}

async fn in_groups(conn: &mut PgConnection, today: NaiveDate) -> Result<Vec<MemberId>, Error> {
    Ok(sqlx::query_scalar(
        "select distinct g.member_id from group_member g join member m using (member_id)
         where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1)",
    )
    .bind(today)
    .fetch_all(conn)
    .await?)
}
