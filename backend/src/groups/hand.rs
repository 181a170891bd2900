//! A group as those see it who run it.

use domain::groups::{Call, GroupInHand, MinutesInHand, Past};
use domain::id::{EventId, GroupId, MemberId, MinutesId};
use domain::members::ShortName;
use domain::time::Instant;

use super::acting::Running;
use crate::Backend;
use crate::error::Error;

/// How many of the group's meetings minutes may be of.
const MEETINGS: i64 = 12;
/// How much of what was done is told.
const PAST: i64 = 60;

type Page = (String, String, String, String, String, Option<Instant>, i32);

#[derive(sqlx::FromRow)]
struct MinutesRow {
    minutes_id: MinutesId,
    event_id: Option<EventId>,
    on_day: chrono::NaiveDate,
    title: String,
    text: String,
    revision: i32,
    first_name: String,
    last_name: String,
    at: Instant,
}

#[derive(sqlx::FromRow)]
struct PastRow {
    what: String,
    about_first: Option<String>,
    about_last: Option<String>,
    first_name: String,
    last_name: String,
    at: Instant,
}

/// The group for `asking`, who must run it.
pub async fn in_hand(backend: &Backend, asking: MemberId, group: GroupId) -> Result<GroupInHand, Error> {
    let mut running = Running::of(backend, asking, group).await?;
    let (slug, name, role, page, call, call_at, revision): Page =
        sqlx::query_as("select slug, name, role, page, call, call_at, revision from working_group where group_id = $1")
            .bind(group)
            .fetch_one(&mut *running.tx)
            .await?;
    let minutes: Vec<MinutesRow> = sqlx::query_as(
        "select n.minutes_id, n.event_id, n.on_day, n.title, n.text, n.revision, m.first_name, m.last_name, n.at
         from group_minutes n join member m on m.member_id = n.by_member where n.group_id = $1
         order by n.on_day desc, n.minutes_id desc",
    )
    .bind(group)
    .fetch_all(&mut *running.tx)
    .await?;
    let meetings: Vec<(EventId, Instant, String)> = sqlx::query_as(
        "select e.event_id, e.starts_at, e.details->>'title' from event e
         where (e.group_id = $1 or e.details->'with'->>'group' = $1::text) and e.state ? 'published' and e.starts_at <= $2
         order by e.starts_at desc limit $3",
    )
    .bind(group)
    .bind(running.now)
    .bind(MEETINGS)
    .fetch_all(&mut *running.tx)
    .await?;
    let history: Vec<PastRow> = sqlx::query_as(
        "select a.what, o.first_name as about_first, o.last_name as about_last, m.first_name, m.last_name, a.at
         from group_act a join member m on m.member_id = a.by_member left join member o on o.member_id = a.about
         where a.group_id = $1 order by a.at desc, a.group_act_id desc limit $2",
    )
    .bind(group)
    .bind(PAST)
    .fetch_all(&mut *running.tx)
    .await?;
    Ok(GroupInHand {
        now: running.now,
        id: group,
        slug,
        name,
        role,
        page,
        call: call_at.map(|at| Call { text: call, at }),
        revision,
        minutes: minutes.into_iter().map(MinutesRow::in_hand).collect(),
        meetings,
        history: history.into_iter().map(PastRow::past).collect(),
    })
}

impl MinutesRow {
    fn in_hand(self) -> MinutesInHand {
        MinutesInHand {
            id: self.minutes_id,
            event: self.event_id,
            on: self.on_day,
            title: self.title,
            text: self.text,
            revision: self.revision,
            by: ShortName::new(&self.first_name, &self.last_name),
            at: self.at,
        }
    }
}

impl PastRow {
    fn past(self) -> Past {
        let about = self.about_first.zip(self.about_last).map(|(first, last)| ShortName::new(&first, &last));
        Past { what: self.what, about, by: ShortName::new(&self.first_name, &self.last_name), at: self.at }
    }
}
