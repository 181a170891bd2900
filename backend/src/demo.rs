//! The demo co-op: 430 people, four months of shifts, an exchange board in full swing. The same
//! for the same `now`, in development, in tests and in the browser's tests.

mod assembly;
mod brief;
mod cast;
mod catalogue;
mod desk;
mod dice;
mod dossiers;
mod event;
mod governance;
mod groups;
mod names;
mod objectives;
mod offers;
mod past;
mod people;
mod public_page;
mod register;
mod requests;
mod roster;
mod sheet;
mod write;

use chrono::NaiveDate;
use domain::rules::Rules;
use domain::time::{Instant, paris_day};
use sqlx::PgPool;

pub use cast::{
    ANNE, BRUNO, CAMILLE, CAST, CastMember, HUGO, IDRIS, INES, JEANNE, KARIM, LEA, MARGAUX, NOUR, PAUL, SOLENE, STORIES, Story,
    THEO, YVETTE, member_id,
};

pub use crate::founding::is_empty;

use crate::error::Error;
use crate::founding;
use dice::Dice;

/// What was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub members: usize,
    pub shifts: usize,
    pub offers: usize,
}

/// Any number would do; this one is kept.
const SEED: u64 = 20_180_608;

/// Whether this is the demo co-op: its people are there to sign in as.
pub async fn is_loaded(pool: &PgPool) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("select exists (select from member where member_id = $1)").bind(CAMILLE.id()).fetch_one(pool).await?)
}

/// The demo's rules: the product's own, on a cycle that began on 5 January 2026.
pub fn rules() -> Rules {
    founding::rules_since(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default())
}

/// Loads the demo co-op around `now` into an empty database; `None` when somebody is registered
/// already, and then nothing is written.
pub async fn load(pool: &PgPool, now: Instant) -> Result<Option<Report>, Error> {
    let mut tx = pool.begin().await?;
    if !founding::may_begin(&mut tx).await? {
        return Ok(None);
    }
    let (today, rules) = (paris_day(now), rules());
    let mut dice = Dice::new(SEED);
    let mut people = people::everybody(today, &mut dice);
    let roster = roster::roster(&mut people, &rules, now, &mut dice);
    let past = past::past(&roster, &people, &rules, now, &mut dice);
    let board = offers::offers(&roster, &people, &past, &rules, now, &mut dice);
    let (cells, committee) = groups::cells(&people, &mut dice);

    founding::settings(&mut tx, &rules).await?;
    write::people(&mut tx, &people).await?;
    write::groups(&mut tx, &cells, now).await?;
    let shifts = write::planning(&mut tx, &roster, &past, now).await?;
    write::board(&mut tx, &board).await?;
    requests::requests(&mut tx, now).await?;
    register::register(&mut tx, &people, now).await?;
    sheet::sheets(&mut tx, today).await?;
    // Before the briefs, which list the events.
    event::events(&mut tx, &people, now).await?;
    catalogue::catalogue(&mut tx, &people, now).await?;
    brief::briefs(&mut tx, &cells, now).await?;
    groups::living(&mut tx, &cells, now).await?;
    governance::governance(&mut tx, &cells, &committee, now).await?;
    dossiers::dossiers(&mut tx, &cells, now).await?;
    objectives::objectives(&mut tx, &committee, now).await?;
    desk::desk(&mut tx, &cells, now).await?;
    public_page::pages(&mut tx, now).await?;
    assembly::assemblies(&mut tx, &people, &cells, &committee, now).await?;
    tx.commit().await?;
    Ok(Some(Report { members: people.len(), shifts, offers: board.offers.len() }))
}
