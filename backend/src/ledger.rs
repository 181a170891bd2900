//! The commitment ledger: entries that are only ever added, and the policies that they were counted by.

mod append;
mod due;
mod facts;
mod hours;
mod office;
mod policy;
mod preview;
mod requests;

pub use append::{append, entries_of};
pub use due::fall_due;
pub(crate) use facts::lay_facts;
pub use facts::lock_pot;
pub use hours::hours;
pub(crate) use office::behind;
pub use office::{asked, find, of_member};
pub(crate) use policy::begin;
pub use policy::{NotSaved, PolicyVersion, history, set_policy};
pub use preview::{Changed, Preview, preview};
pub(crate) use requests::{follow, forget_person, leaves_move, withdraw_all};

use domain::id::MemberId;
use domain::ledger::DutyFacts;
use serde::Deserialize;

/// What decides what somebody owes.
#[derive(Debug, Clone, Deserialize)]
struct Bearer {
    member: MemberId,
    #[serde(flatten)]
    facts: DutyFacts,
}

/// SQL for a [`Bearer`] of a member `m`, as JSON.
const BEARER: &str = "jsonb_build_object(
    'member', m.member_id, 'joined_on', m.joined_on, 'left_on', m.left_on,
    'duty', (select coalesce(jsonb_agg(jsonb_build_object('from', d.from_on, 'to', d.to_on, 'share',
            case d.share when 'with' then jsonb_build_object('with', d.with_member) else to_jsonb(d.share) end)
        order by d.at, d.duty_id), '[]') from duty d where d.member_id = m.member_id),
    'leaves', (select coalesce(jsonb_agg(jsonb_build_object(
            'days', jsonb_build_object('from', l.from_on, 'to', l.to_on), 'kind', l.kind)
        order by l.from_on), '[]') from leave l where l.member_id = m.member_id))";

/// SQL for a request `r` with its answer `a`, if it has one, as JSON.
pub(crate) const REQUEST: &str = "jsonb_build_object('id', r.request_id, 'member', r.member_id, 'what', r.what,
    'days', jsonb_build_object('from', r.from_on, 'to', r.to_on), 'why', r.why, 'asked_at', r.asked_at,
    'state', case when a.state is null then jsonb_build_object('is', 'pending')
        else jsonb_build_object('is', a.state, 'at', a.at, 'by', a.by_member, 'word', a.word) end)";

/// SQL for an entry `e` of the ledger, as JSON.
const ENTRY: &str = "jsonb_build_object('kind', e.kind, 'on', e.on_day, 'shifts', e.shifts, 'credit', e.credit,
    'why', e.why, 'shift', e.shift_id, 'key', coalesce(e.key, ''))";
