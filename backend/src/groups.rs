//! The working groups: who comes in and goes, who answers for them, what their referents write.
//!
//! Whoever changes who belongs to a group holds its row ([`lock`]), after the people whom the act concerns.

mod acting;
mod facts;
mod founding;
mod hand;
mod minutes;
mod page;
mod parting;
mod write;

use domain::id::GroupId;
use sqlx::PgConnection;

use crate::error::Error;

pub use acting::Kept;
pub(crate) use facts::{lay_facts, lay_told};
pub(crate) use founding::{begin, begins_with};
pub use hand::in_hand;
pub use minutes::{edit_minutes, write_minutes};
pub use page::{by_slug, set_page};
pub(crate) use parting::{forget_person, leaves_coop, moved};
pub(crate) use write::follow;

/// SQL for a [`domain::groups::Joining`] `j`, as JSON.
pub(crate) const JOINING: &str = "jsonb_build_object('id', j.joining_id, 'group', j.group_id, 'member', j.member_id,
    'invited_by', j.invited_by, 'word', j.word, 'at', j.at, 'state', j.state)";

/// Nobody else changes who belongs to it from here on.
pub(crate) async fn lock(conn: &mut PgConnection, group: GroupId) -> Result<(), Error> {
    sqlx::query("select from working_group where group_id = $1 for no key update").bind(group).execute(conn).await?;
    Ok(())
}
