//! The dossier boards: what each working group has before it.
//!
//! Whoever changes a dossier holds its row, after the people whom the act concerns.

mod acting;
mod facts;
mod forget;
mod hand;
mod parting;
mod remind;
mod write;

pub use acting::{Kept, open, rewrite};
pub(crate) use facts::{lay_facts, lay_told};
pub use forget::forget;
pub use hand::{in_hand, new_in_hand};
pub(crate) use parting::{forget_person, leaves_coop, moved};
pub use remind::remind;
pub(crate) use write::follow;

/// SQL for a [`domain::dossiers::Dossier`] `d`, as JSON.
pub(crate) const DOSSIER: &str = "jsonb_build_object('id', d.dossier_id, 'group', d.group_id, 'title', d.title, 'text', d.text,
    'matter', d.matter, 'holder', d.holder_id, 'due', d.due_on, 'papers', d.papers, 'state', d.state,
    'by', d.by_member, 'at', d.at, 'revision', d.revision,
    'hours', (select coalesce(jsonb_agg(jsonb_build_object('id', h.dossier_hours_id, 'day', h.on_day, 'minutes', h.minutes,
            'note', h.note, 'by', h.by_member) order by h.on_day, h.dossier_hours_id), '[]')
        from dossier_hours h where h.dossier_id = d.dossier_id))";

/// SQL for whether a dossier `d` is open.
pub(crate) const IS_OPEN: &str = "d.state ?| array['to_do', 'under_way']";

/// SQL for when a dossier `d` that is not open was closed.
pub(crate) const CLOSED_AT: &str = "coalesce(d.state->'done'->>'at', d.state->'dropped'->>'at')::timestamptz";

/// SQL for whether a dossier `d` is of a young volunteer whom a member, a parameter such as `$1`, accompanies.
pub(crate) fn accompanied_by(member: &str) -> String {
    format!("(d.matter ? 'volunteer' and d.matter->'volunteer'->>'tutor' = {member}::text)")
}
