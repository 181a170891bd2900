//! `Briefs`: the last twelve issues as they were published, and the one that is being made.

use domain::brief::{Briefs, Collecting, KEPT, Made, Making, Published, Settings, Stage, closes_at, goes_out_at, id_of};
use domain::calendar::SCHEMA;
use domain::time::{Instant, monday_of, paris_day, plus_days};
use serde::Deserialize;

use super::marks_of;

#[derive(Deserialize)]
pub(super) struct Row {
    mark: i64,
    settings: Option<Settings>,
    briefs: Vec<Published>,
    making: Vec<BeingMade>,
}

#[derive(Deserialize)]
struct BeingMade {
    monday: chrono::NaiveDate,
    stage: Stage,
}

pub(super) fn made(row: Row, now: Instant) -> Briefs {
    let briefs = row.making.into_iter().map(|made| (made.monday, Made { stage: made.stage, blocks: 0 }));
    let making = Making { settings: row.settings.unwrap_or_default(), briefs: briefs.collect() };
    let monday = making.open_monday(now);
    let closes_at = closes_at(monday, &making.settings);
    Briefs {
        schema: SCHEMA,
        marks: marks_of("briefs", row.mark),
        as_of: now,
        valid_until: closes_at.min(next_seven(now)),
        briefs: row.briefs,
        collecting: Some(Collecting { id: id_of(monday), monday, closes_at }),
    }
}

/// The next Monday at seven: something goes out.
fn next_seven(now: Instant) -> Instant {
    let this = monday_of(paris_day(now));
    let out = goes_out_at(this);
    if now < out { out } else { goes_out_at(plus_days(this, 7)) }
}

pub(super) fn sql() -> String {
    format!(
        "select
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'briefs') as mark,
    (select to_jsonb(s) from brief_setting s) as settings,
    (select coalesce(jsonb_agg(frozen order by monday desc), '[]') from (
        select frozen, monday from brief where published_at is not null order by monday desc limit {KEPT}) as kept) as briefs,
    (select coalesce(jsonb_agg(jsonb_build_object('monday', monday, 'stage', stage)), '[]')
        from brief where published_at is null) as making"
    )
}
