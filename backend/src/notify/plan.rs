//! From what people are told to the ways by which they hear of it.

use std::collections::BTreeMap;

use domain::id::MemberId;
use domain::notice::Notice;
use domain::notify::{Preferences, Switch, channels, goes_out_at, kind};
use domain::time::{Instant, paris_day};
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::Planned;
use crate::Backend;
use crate::error::Error;
use crate::swaps::notices::{Unplanned, take_unplanned};

/// Writes the deliveries of the notices that have none yet. Gives how many there were. Several
/// processes may plan together.
pub async fn plan(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let told = take_unplanned(&mut tx, now).await?;
    if told.is_empty() {
        return Ok(0);
    }
    let people = listeners(&mut tx, told.iter().map(|told| told.member), now).await?;
    let planned: Vec<Planned> = told
        .into_iter()
        .filter_map(|told| people.get(&told.member).map(|listener| (told, listener)))
        .flat_map(|(told, listener)| ways(format!("notice/{}", told.id), told, listener))
        .collect();
    write(&mut tx, &planned).await?;
    tx.commit().await?;
    Ok(planned.len())
}

fn ways(occasion: String, told: Unplanned, listener: &Listener) -> Vec<Planned> {
    listener.ways(&occasion, &told.notice, told.at, goes_out_at(&told.notice, told.at))
}

/// Somebody who may be told, and how they want to be.
#[derive(Debug, Clone)]
pub struct Listener {
    pub member: MemberId,
    pub preferences: Preferences,
    pub has_device: bool,
}

impl Listener {
    /// One delivery by each channel that this person has for it.
    pub fn ways(&self, occasion: &str, notice: &Notice, at: Instant, due_at: Instant) -> Vec<Planned> {
        channels(kind(notice), &self.preferences, self.has_device)
            .into_iter()
            .map(|channel| Planned {
                occasion: occasion.to_owned(),
                member: self.member,
                channel,
                notice: notice.clone(),
                at,
                due_at,
            })
            .collect()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    member_id: MemberId,
    switches: Option<Json<Vec<Switch>>>,
    reminders: Option<Json<Vec<domain::notify::Ahead>>>,
    has_device: bool,
}

/// Those of `members` who belong to the co-op today, with their choices.
pub(crate) async fn listeners(
    conn: &mut PgConnection,
    members: impl Iterator<Item = MemberId>,
    now: Instant,
) -> Result<BTreeMap<MemberId, Listener>, Error> {
    let members: Vec<Uuid> = members.map(|member| member.0).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "select m.member_id, p.switches, p.reminders, exists (
            select from push_subscription d join session s using (session_id)
            where d.member_id = m.member_id and s.revoked_at is null) as has_device
         from member m left join preference p using (member_id)
         where m.member_id = any($1) and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)",
    )
    .bind(members)
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let listener = |row: Row| {
        let mut preferences = Preferences::default();
        if let (Some(Json(switches)), Some(Json(reminders))) = (row.switches, row.reminders) {
            preferences = Preferences { switches, reminders };
        }
        (row.member_id, Listener { member: row.member_id, preferences, has_device: row.has_device })
    };
    Ok(rows.into_iter().map(listener).collect())
}

/// Each once: an occasion that a person was told of by a channel stays as it is. Gives how many are new.
pub(crate) async fn write(conn: &mut PgConnection, planned: &[Planned]) -> Result<u64, Error> {
    let (mut occasions, mut members, mut channels, mut notices) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut at, mut due) = (Vec::new(), Vec::new());
    for row in planned {
        occasions.push(row.occasion.clone());
        members.push(row.member.0);
        channels.push(row.channel.as_str());
        notices.push(serde_json::to_value(&row.notice).map_err(|_| Error::Unreadable("a notice"))?);
        at.push(row.at);
        due.push(row.due_at);
    }
    let written = sqlx::query(
        "insert into delivery (occasion, member_id, channel, notice, at, due_at, state)
         select *, 'waiting' from unnest($1::text[], $2::uuid[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[])
         on conflict (occasion, member_id, channel) do nothing",
    )
    .bind::<Vec<String>>(occasions)
    .bind::<Vec<Uuid>>(members)
    .bind::<Vec<&str>>(channels)
    .bind::<Vec<Value>>(notices)
    .bind::<Vec<Instant>>(at)
    .bind::<Vec<Instant>>(due)
    .execute(conn)
    .await?;
    Ok(written.rows_affected())
}
