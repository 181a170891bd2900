//! « 12 members would become en alerte »: a policy tried on what happened, before it is saved.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::ledger::{Entry, Level, Policy, preview as tried, tried_since};
use domain::members::ShortName;
use domain::rules::Rules;
use domain::time::paris_day;
use serde::Deserialize;
use sqlx::types::Json;

use super::{BEARER, Bearer, ENTRY};
use crate::Backend;
use crate::auth::Office;
use crate::error::Error;

/// What a policy would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Had it been in force since this day.
    pub since: NaiveDate,
    pub now: BTreeMap<Level, usize>,
    pub then: BTreeMap<Level, usize>,
    /// Whom it would put elsewhere, those it would put lowest first.
    pub changed: Vec<Changed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub member: MemberId,
    pub name: ShortName,
    pub from: Level,
    pub to: Level,
}

#[derive(Deserialize)]
struct Known {
    #[serde(flatten)]
    bearer: Bearer,
    first: String,
    last: String,
    entries: Vec<Entry>,
}

#[derive(sqlx::FromRow)]
struct Facts {
    rules: Json<Rules>,
    members: Json<Vec<Known>>,
}

/// Tries a policy on the last three cycles; `None` for whoever is not of the office. Changes nothing.
pub async fn preview(backend: &Backend, by: MemberId, candidate: &Policy) -> Result<Option<Preview>, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    if Office::find(&mut tx, by, now).await?.is_none() {
        return Ok(None);
    }
    let facts: Facts = sqlx::query_as(sqlx::AssertSqlSafe(facts())).bind(today).fetch_one(&mut *tx).await?;
    let since = tried_since(&facts.rules.0, today);
    let rules = facts.rules.0;
    let mut preview = Preview { since, now: BTreeMap::new(), then: BTreeMap::new(), changed: Vec::new() };
    for known in facts.members.0 {
        let (from, to) = tried(&known.entries, &known.bearer.facts, &rules, candidate, today);
        *preview.now.entry(from).or_default() += 1;
        *preview.then.entry(to).or_default() += 1;
        if from != to {
            let name = ShortName::new(&known.first, &known.last);
            preview.changed.push(Changed { member: known.bearer.member, name, from, to });
        }
    }
    preview.changed.sort_by(|one, other| (other.to, &one.name, one.member).cmp(&(one.to, &other.name, other.member)));
    Ok(Some(preview))
}

/// $1 today. Whoever's duty is on another's ledger stands where that one stands.
fn facts() -> String {
    format!(
        "select coop_rules() as rules, (select coalesce(jsonb_agg({BEARER} || jsonb_build_object(
            'first', m.first_name, 'last', m.last_name,
            'entries', (select coalesce(jsonb_agg({ENTRY}), '[]') from ledger_entry e where e.member_id = m.member_id))), '[]')
        from member m where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1) and not m.employee
            and account(m.member_id, $1) = m.member_id) as members
        from setting"
    )
}
