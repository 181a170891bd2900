//! La brève du lundi: what the groups write, the issue of each Monday, what members read of it.
//!
//! Whoever changes what goes into an issue holds its row: [`lock`].

mod approving;
mod archive;
mod arranging;
mod correct;
mod editing;
mod facts;
mod freeze;
mod issues;
mod live;
pub mod mail;
mod pictures;
mod publish;
mod remind;
mod render;
mod workshop;
mod write;

pub use approving::{approve, ask_for_review, publish_now, set_public, set_settings, take_back};
pub use archive::{archive, archived};
pub use arranging::{arrange, keep_for_next_week, refuse_block};
pub use correct::{Correction, correct};
pub use editing::Edited;
pub(crate) use facts::lay_facts;
pub use freeze::{How, Material, freeze, material};
pub use issues::{ensure, every_night, find, lock, settings};
pub use pictures::{Found, Kept, keep_picture, picture};
pub use publish::go_out;
pub use remind::remind;
pub use render::html;
pub(crate) use workshop::lay_told;
pub use workshop::{draft, preview, workshop, written};
pub(crate) use write::follow;

/// SQL for a [`domain::brief::Brief`] `i`, as JSON.
pub(crate) const BRIEF: &str = "jsonb_build_object('id', i.brief_id, 'monday', i.monday, 'stage', i.stage,
    'pieces', i.pieces, 'public', i.public)";

/// SQL for a [`domain::brief::Block`] `b`, as JSON.
pub(crate) const BLOCK: &str = "jsonb_build_object('id', b.block_id, 'monday', b.monday, 'by', b.by_member,
    'group', b.group_id, 'said', b.said, 'ready', b.ready, 'public', b.public, 'revision', b.revision, 'state', b.state,
    'beside', (select coalesce(jsonb_agg(jsonb_build_object('base', v.base, 'said', v.said, 'by', v.by_member, 'at', v.at)
        order by v.block_version_id), '[]') from block_version v where v.block_id = b.block_id and v.beside))";

/// SQL for whether the member $1 may write in the name of a working group `g`, on the day $2: of their own groups; the
/// employee, who makes the brief, of Communication too.
pub(crate) const IN_WHOSE_NAME: &str = "exists (
    select from member w where w.member_id = $1 and w.joined_on <= $2 and (w.left_on is null or w.left_on > $2)
        and (w.employee and g.slug = 'communication'
            or exists (select from group_member n where n.group_id = g.group_id and n.member_id = w.member_id)))";
