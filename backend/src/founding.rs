//! A co-op's first day: what an empty database lacks before anybody can sign in. The demo begins with the same rules and week.

pub(crate) mod cells;
pub(crate) mod week;

use chrono::{NaiveDate, NaiveTime};
use domain::calendar::OpeningHours;
use domain::id::{GroupId, MemberId};
use domain::ledger::{Policy, Version};
use domain::register::{Mistake, Written};
use domain::rules::Rules;
use domain::time::{Cycle, monday_of, paris_day, plus_days};
use serde_json::{Value, json};
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use crate::Backend;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::{brief, groups, ledger, register, shifts};
use cells::CELLS;
use week::{OPENING, SKILLS};

/// The groups that the first member answers for. They belong to the others too, so that somebody may let people in there.
const ANSWERS_FOR: [&str; 2] = ["administratif", "association"];

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// Where the first member's codes go.
    pub email: String,
    pub groups: usize,
    /// Shifts of the four-week cycle.
    pub recurring: usize,
    /// Shifts of the weeks to come.
    pub shifts: usize,
    /// The first day of the first cycle for which something is asked of members.
    pub counts_from: NaiveDate,
}

/// Why nothing was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotFounded {
    #[error("The database already holds a co-op: nothing was made.")]
    NotEmpty,
    #[error("--email is no address that a code could be sent to: nothing was made.")]
    NoAddress,
    #[error("--name needs a first name and a family name, as in \"Marie Dupont\": nothing was made.")]
    NoName,
}

impl From<Vec<Mistake>> for NotFounded {
    fn from(mistakes: Vec<Mistake>) -> NotFounded {
        if mistakes.contains(&Mistake::EmailUnreadable) { NotFounded::NoAddress } else { NotFounded::NoName }
    }
}

/// Whether nobody is registered yet.
pub async fn is_empty(pool: &PgPool) -> Result<bool, Error> {
    let mut conn = pool.acquire().await?;
    is_empty_here(&mut conn).await
}

async fn is_empty_here(conn: &mut PgConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("select not exists (select from member)").fetch_one(conn).await?)
}

/// Whether nobody is registered, and nobody else begins a co-op until this transaction ends.
pub(crate) async fn may_begin(conn: &mut PgConnection) -> Result<bool, Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtext('founding'))").execute(&mut *conn).await?;
    is_empty_here(conn).await
}

/// The product's rules, on a cycle that begins in the week of a day.
pub(crate) fn rules_since(day: NaiveDate) -> Rules {
    match Cycle::anchored_on(monday_of(day)) {
        Ok(cycle) => Rules::on(cycle),
        Err(never) => unreachable!("{} is a Monday", never.0),
    }
}

/// Founds the co-op in an empty database: its rules, its week, its working groups, the briefs to come, and the first
/// member, who is of the office.
/// `number`: theirs in the register that a file may bring in later.
pub async fn found(backend: &Backend, email: &str, name: &str, number: i32) -> Result<Result<Founded, NotFounded>, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let first = match Written::of_founder(email, name, today) {
        Ok(first) => first,
        Err(mistakes) => return Ok(Err(mistakes.into())),
    };
    let mut tx = backend.pool.begin().await?;
    if !may_begin(&mut tx).await? {
        return Ok(Err(NotFounded::NotEmpty));
    }
    let rules = rules_since(today);
    settings(&mut tx, &rules).await?;
    // Nobody owes anything for the weeks in which the register is made.
    let counts_from = plus_days(rules.cycle.around(today).to, 1);
    let asked = Version { valid_from: counts_from, policy: Policy::default() };
    ledger::begin(&mut tx, backend.ids.uuid(), &asked, now).await?;
    let recurring = week::templates(|_| backend.ids.uuid());
    week::write(&mut tx, &recurring).await?;
    let member = MemberId(backend.ids.uuid());
    register::found(&mut tx, member, number, &first, now).await?;
    for (rank, (slug, name, role)) in (0..).zip(CELLS) {
        let group = GroupId(backend.ids.uuid());
        groups::begin(&mut tx, group, rank, slug, name, role).await?;
        groups::begins_with(&mut tx, group, member, ANSWERS_FOR.contains(&slug)).await?;
    }
    brief::ensure(&mut tx, now).await?;
    Aftermath { calendar: true, groups: true, ..Aftermath::of([member]) }.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    // As every night does.
    let shifts = shifts::generate(backend).await?;
    Ok(Ok(Founded { email: first.email, groups: CELLS.len(), recurring: recurring.len(), shifts, counts_from }))
}

/// The rules, when the door is open, and what one learns.
pub(crate) async fn settings(conn: &mut PgConnection, rules: &Rules) -> Result<(), Error> {
    let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    let opening: Vec<OpeningHours> = OPENING
        .iter()
        .filter_map(|(weekday, from, to)| Some(OpeningHours { weekday: *weekday, from: clock(from)?, to: clock(to)? }))
        .collect();
    sqlx::query(
        "insert into setting (rules, opening) values ($1, $2)
         on conflict (only_row) do update set rules = excluded.rules, opening = excluded.opening",
    )
    .bind(Json(rules))
    .bind(Json(opening))
    .execute(&mut *conn)
    .await?;
    let skills: Vec<Value> = SKILLS.iter().map(|(skill, label)| json!({ "skill": skill, "label": label })).collect();
    sqlx::query(
        "insert into skill (skill, label) select skill, label from jsonb_populate_recordset(null::skill, $1)
         on conflict (skill) do update set label = excluded.label",
    )
    .bind(Json(skills))
    .execute(conn)
    .await?;
    Ok(())
}
