//! What anybody sees at the end of the day, here and there.

use backend::snapshots;
use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::id::{LoopId, NoticeId};
use domain::me::Me;
use serde_json::json;
use uuid::Uuid;

use crate::coop::Coop;
use crate::world::World;

pub async fn assert_alike(coop: &Coop, day: &World) {
    let here = snapshots::calendar(&coop.backend).await.unwrap();
    let there = day.server.calendar(day.now);
    assert_eq!(calendar(here), calendar(there), "the calendar at the end of seed {}", day.seed);
    for member in day.server.profiles.keys() {
        let here = snapshots::me(&coop.backend, *member).await.unwrap();
        let there = day.server.me(*member, day.now);
        assert_eq!(nameless(here), nameless(there), "what {member} sees at the end of seed {}", day.seed);
    }
}

/// The simulation has no labels, and each sorts what comes at the same moment in its own way.
fn calendar(mut calendar: Calendar) -> Calendar {
    calendar.offers.sort_by_key(|offer| (offer.created_at, offer.id));
    calendar
}

/// Without the names that each server gave to what it made itself, and in an order that does not
/// rest on them.
fn nameless(mut me: Me) -> Me {
    for suggested in &mut me.loops {
        suggested.id = LoopId(Uuid::nil());
    }
    // It knows no day sheets: only whom they concern, and until when.
    me.sheets.clear();
    // Nor the ids of groups, nor the day on which somebody joined.
    me.groups.clear();
    me.runs.clear();
    me.keeps_dossiers.clear();
    me.register.joined_on = NaiveDate::MIN;
    for row in &mut me.inbox {
        row.id = NoticeId(Uuid::nil());
    }
    me.loops.sort_by_key(|suggested| json!(suggested).to_string());
    me.inbox.sort_by_key(|row| json!(row).to_string());
    me
}
