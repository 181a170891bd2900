//! Whom to call for a shift.

use std::collections::BTreeMap;

use domain::coverage::{Group, Known, who_to_call};
use domain::id::{MemberId, ShiftId};
use domain::ledger::{Entry, standing};
use domain::members::{ShortName, Skill};
use domain::reason::When;
use domain::rules::Rules;
use domain::time::{Cycle, Instant, minus_days, paris_day};
use serde::Deserialize;
use sqlx::types::Json;

use crate::Backend;
use crate::auth::Covers;
use crate::error::Error;
use crate::swaps::load;
use crate::swaps::scope::Scope;

/// What somebody did longer ago is no habit. Weeks.
const HABIT_W: u64 = 26;
/// Entries before are one sum. Days: a dozen cycles.
const LEDGER_D: u64 = 12 * Cycle::DAYS;

/// Whom to call, and for when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callable {
    pub when: When,
    pub groups: Vec<Group>,
    /// The skills' French names.
    pub labels: BTreeMap<Skill, String>,
}

/// Whom `asking`, who must answer for the shifts, may call for a shift. Phone numbers are for the office.
pub async fn callable(backend: &Backend, asking: MemberId, shift: ShiftId) -> Result<Callable, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    let covers = Covers::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let row: Row = sqlx::query_as(PEOPLE)
        .bind(shift)
        .bind(today)
        .bind(minus_days(today, 7 * HABIT_W))
        .bind(covers.is_office())
        .bind(covers.member())
        .bind(minus_days(today, LEDGER_D))
        .fetch_one(&mut *tx)
        .await?;
    let when = When { shift, starts_at: row.starts_at, ends_at: row.ends_at };
    if row.closed || row.ends_at < now {
        return Ok(Callable { when, groups: Vec::new(), labels: BTreeMap::new() });
    }
    let Json(rules) = row.rules;
    let known: Vec<Known> = row.people.0.into_iter().map(|person| person.known(&rules, now)).collect();
    let mut scope = Scope::new(covers.member());
    scope.locks.shifts.insert(shift);
    scope.movers.extend(known.iter().map(|one| one.member));
    let board = load::board(&mut tx, &scope, now).await?;
    Ok(Callable { when, groups: who_to_call(&board, shift, known, now), labels: row.labels.0 })
}

#[derive(sqlx::FromRow)]
struct Row {
    starts_at: Instant,
    ends_at: Instant,
    closed: bool,
    rules: Json<Rules>,
    labels: Json<BTreeMap<Skill, String>>,
    people: Json<Vec<PersonRow>>,
}

#[derive(Deserialize)]
struct PersonRow {
    member: MemberId,
    first: String,
    last: String,
    phone: Option<String>,
    habit: u16,
    entries: Vec<Entry>,
}

impl PersonRow {
    fn known(self, rules: &Rules, now: Instant) -> Known {
        Known {
            member: self.member,
            name: ShortName::new(&self.first, &self.last),
            phone: self.phone,
            owes: standing(&self.entries, rules, now).overdue > 0,
            habit: self.habit,
        }
    }
}

/// $1 shift, $2 today, $3 habits since, $4 whether with phones, $5 who asks, $6 the first day whose entries are told
/// one by one.
const PEOPLE: &str = "
select s.starts_at, s.ends_at, s.closed_why is not null as closed, coop_rules() as rules,
    (select coalesce(json_object_agg(skill, label), '{}') from skill) as labels,
    (select coalesce(json_agg(json_build_object(
        'member', m.member_id, 'first', m.first_name, 'last', m.last_name,
        'phone', case when $4 then nullif(trim(m.phone), '') end,
        'habit', (select count(*) from assignment a join shift b using (shift_id) join shift_template u using (template_id)
            where a.member_id = m.member_id and a.presence = 'present' and b.on_day >= $3
                and extract(isodow from b.on_day) = extract(isodow from s.on_day) and u.from_clock = t.from_clock),
        'entries', (select coalesce(json_agg(json_build_object('kind', e.kind, 'on', e.on_day, 'shifts', e.shifts,
                'credit', e.credit, 'why', '')), '[]') from (
            select kind, on_day, shifts, credit from ledger_entry where member_id = c.account and on_day >= $6
            union all
            select 'correction', $6 - 1, floor(sum(credit_of(l)) / 180.0)::int, sum(credit_of(l))::int
            from ledger_entry l where member_id = c.account and on_day < $6 having sum(credit_of(l)) <> 0) as e))), '[]')
        from member m, lateral (select account(m.member_id, $2) as account) as c
        where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2) and m.member_id <> $5) as people
from shift s join shift_template t using (template_id) where s.shift_id = $1";
