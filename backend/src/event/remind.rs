//! Who comes is reminded, at hours that are of use; each time once, however many processes look.

use chrono::Duration;
use domain::event::{LATE_H, Reminded, reminders};
use domain::id::{EventId, MemberId};
use domain::notice::Notice;
use domain::time::{Instant, paris_day};

use crate::Backend;
use crate::error::Error;
use crate::notify::{listeners, write};

/// The first reminder comes the evening before the next morning. Hours.
const AHEAD_H: i64 = 36;

/// Writes the reminders whose time has come. An event that moves to another day is reminded of anew, and in its
/// last hour by its new one.
pub async fn remind(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let near: Vec<(EventId, Instant, String, String)> = sqlx::query_as(
        "select event_id, starts_at, details->>'title', details->'place'->>'name' from event
         where state ? 'published' and starts_at > $1 and starts_at <= $2",
    )
    .bind(now)
    .bind(now + Duration::hours(AHEAD_H))
    .fetch_all(&mut *tx)
    .await?;
    let mut planned = Vec::new();
    for (event, starts_at, title, place) in near {
        let due = reminders(starts_at).into_iter().filter(|(at, _)| *at <= now && *at > now - Duration::hours(LATE_H));
        for (at, when) in due {
            let notice = Notice::EventReminder { event, title: title.clone(), starts_at, place: place.clone(), when };
            // What moves by an hour is the same evening still.
            let of = match when {
                Reminded::DayBefore | Reminded::SameDay => paris_day(starts_at).to_string(),
                Reminded::HourBefore => starts_at.timestamp().to_string(),
            };
            let of_it = format!("event/{event}/{}/", when.as_str());
            let occasion = format!("{of_it}{of}");
            let coming: Vec<MemberId> =
                sqlx::query_scalar(COMING).bind(event).bind(at).bind(&of_it).bind(&occasion).fetch_all(&mut *tx).await?;
            let people = listeners(&mut tx, coming.into_iter(), now).await?;
            planned.extend(people.values().flat_map(|listener| listener.ways(&occasion, &notice, at, at)));
        }
    }
    let written = write(&mut tx, &planned).await?;
    tx.commit().await?;
    Ok(written)
}

/// $1 event, $2 when they are reminded, $3 what the occasions of this reminder of it begin with, $4 the occasion. Whoever has just been
/// reminded by another start heard of the change, and of nothing twice.
const COMING: &str = "
select p.member_id from event_party p
where p.event_id = $1 and p.standing = 'seated' and p.member_id is not null and p.answered_at < $2
    and not exists (select from delivery d
        where d.member_id = p.member_id and d.state = 'sent' and d.occasion <> $4 and starts_with(d.occasion, $3)
            and d.at > $2::timestamptz - interval '1 hour' and d.at < $2::timestamptz + interval '1 hour')";
