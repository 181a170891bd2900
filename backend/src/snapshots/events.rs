//! `Events`: those of the last weeks and all that are to come, with who comes, as everybody may see it.

use std::collections::BTreeSet;

use domain::calendar::SCHEMA;
use domain::event::{Event, Events, Shown, State};
use domain::id::MemberId;
use domain::time::{Instant, paris_day, plus_days};
use serde::Deserialize;

use super::rows::PersonRow;
use super::{marks_of, next_midnight};
use crate::event::{COMMENTS, EVENT, PHOTOS, SHARED_OUT};

/// How far the snapshot reaches back. Days.
pub(crate) const BACK_D: i64 = 56;

#[derive(Deserialize)]
pub(super) struct Row {
    mark: i64,
    people: Vec<PersonRow>,
    events: Vec<Known>,
}

#[derive(Deserialize)]
struct Known {
    shown: Shown,
    /// Who does not want to be named among those who come.
    hidden: BTreeSet<MemberId>,
}

pub(super) fn made(row: Row, now: Instant) -> Events {
    let events: Vec<Shown> = row.events.into_iter().map(Known::shown).filter(|shown| shows(&shown.event, now)).collect();
    Events {
        schema: SCHEMA,
        marks: marks_of("events", row.mark),
        as_of: now,
        valid_until: next_midnight(now),
        people: row.people.into_iter().map(PersonRow::named).filter(|(member, _)| names(&events, *member)).collect(),
        events,
    }
}

impl Known {
    /// Without the names of those who are hidden, and the photos of which somebody asked the removal.
    fn shown(self) -> Shown {
        let Known { mut shown, hidden } = self;
        let away = |member: MemberId| hidden.contains(&member);
        let claims = shown.items.iter_mut().map(|item| &mut item.claims);
        let claims = claims.chain(shown.carpools.iter_mut().map(|carpool| &mut carpool.claims));
        for claims in claims.chain(shown.posts.iter_mut().map(|post| &mut post.claims)) {
            claims.without(away);
        }
        shown.photos.retain(|photo| !photo.is_hidden());
        for photo in &mut shown.photos {
            photo.asked = None;
        }
        // The rendered text says it.
        shown.event.terms.details.text = String::new();
        shown
    }
}

/// What does not take place is shown until the day after it would have been.
fn shows(event: &Event, now: Instant) -> bool {
    match &event.state {
        State::Published { .. } => true,
        State::Cancelled { .. } => paris_day(now) <= plus_days(paris_day(event.terms.times.ends_at), 1),
        State::Draft | State::Scheduled { .. } | State::Removed { .. } => false,
    }
}

fn names(events: &[Shown], member: MemberId) -> bool {
    events.iter().any(|shown| {
        shown.coming.contains(&member)
            || shown.items.iter().any(|item| item.claims.by.contains_key(&member))
            || shown.carpools.iter().any(|carpool| carpool.driver == member || carpool.claims.by.contains_key(&member))
            || shown.posts.iter().any(|post| post.claims.by.contains_key(&member))
            || shown.comments.iter().any(|comment| comment.by == member)
            || shown.photos.iter().any(|photo| photo.by == member)
    })
}

/// $1 now, $5 from.
pub(super) fn sql() -> String {
    format!(
        "with shown as materialized (
            select * from event where starts_at > $5
                and (state ? 'published' or state ? 'cancelled' and ends_at > $1::timestamptz - interval '3 days')
        ), named as materialized (
            select member_id from event_party join shown using (event_id) where standing <> 'no' and member_id is not null
            union select c.by_member from event_comment c join shown using (event_id) where c.removed_by is null
            union select member_id from event_claim join shown using (event_id)
            union select driver from carpool join shown using (event_id) where not withdrawn
            union select f.by_member from event_photo f join shown using (event_id) where f.removed_at is null
        )
        select
            (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'events') as mark,
            (select coalesce(json_agg(json_build_object('id', member_id, 'first', first_name, 'last', last_name)), '[]')
                from member join named using (member_id)) as people,
            (select coalesce(jsonb_agg(jsonb_build_object('shown', jsonb_build_object(
                'event', {EVENT}, 'html', e.html, 'seats', e.seated,
                'waiting', (select count(*) from event_party p where p.event_id = e.event_id and p.standing = 'waiting'),
                'maybe', (select count(*) from event_party p where p.event_id = e.event_id and p.standing = 'maybe'),
                'children', (select coalesce(sum(p.children), 0) from event_party p
                    where p.event_id = e.event_id and p.standing = 'seated'),
                'coming', (select coalesce(jsonb_agg(p.member_id order by p.answered_at, p.event_party_id), '[]')
                    from event_party p where p.event_id = e.event_id and p.standing = 'seated' and not p.hidden
                        and p.member_id is not null),
                {SHARED_OUT}, 'comments', {COMMENTS}, 'photos', {PHOTOS},
                'thanks', (select t.text from event_thanks t where t.event_id = e.event_id),
                'ticked', exists (select from event_arrival a join event_party p using (event_party_id)
                    where p.event_id = e.event_id)),
            'hidden', (select coalesce(jsonb_agg(p.member_id), '[]') from event_party p
                where p.event_id = e.event_id and p.hidden and p.member_id is not null))
            order by e.starts_at, e.event_id), '[]')
                from shown e) as events"
    )
}
