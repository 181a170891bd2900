//! Objectives: the committee sets them, the employee types a figure a month where none is counted, everybody reads how they go.

mod acting;
mod counted;
mod courses;

pub use acting::{Kept, close_objective, edit_objective, set_objective, type_figure};
pub(crate) use courses::courses;
pub use courses::{objective, objectives};
use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

/// SQL for a [`domain::objectives::Objective`] `o`, as JSON.
pub(crate) const OBJECTIVE: &str = "jsonb_build_object('id', o.objective_id, 'label', o.label, 'measure', o.measure,
    'unit', o.unit, 'source', o.source, 'way', o.way, 'target', o.target, 'from', o.from_on, 'to', o.to_on,
    'closed', case when o.closed_on is not null then jsonb_build_object('on', o.closed_on, 'word', o.closed_word) end,
    'revision', o.revision)";

/// What somebody noted beside a figure is not kept once they are forgotten; the figure is.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("update objective_figure set note = '' where by_member = $1").bind(member).execute(conn).await?;
    Ok(())
}
