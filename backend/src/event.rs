//! Sorties et événements: what is announced, who comes, and who is told.
//!
//! Whoever changes anything of an event holds its row ([`lock`]), after the people whom the act concerns; whoever changes
//! several of a series holds the series first.

mod calendar;
mod cancelling;
mod creating;
mod days;
mod door;
mod due;
mod editing;
mod facts;
mod forgetting;
mod open;
mod organising;
mod overview;
mod photos;
mod pictures;
mod programme;
mod publishing;
mod purge;
mod remind;
mod replanning;
mod rewrite;
mod row;
mod thanks;
mod together;
mod visitors;
mod wanted;
mod word;
mod write;

pub use calendar::{Dated, dated, of_member};
pub use cancelling::{cancel, restore};
pub use creating::{create, duplicate};
pub use days::days;
pub use due::due;
pub use editing::{Edit, edit};
pub use facts::{find, lock};
pub(crate) use facts::{lay_facts, lay_told};
pub(crate) use forgetting::forget_person;
pub use open::{OpenEvent, open_events};
pub use organising::Organised;
pub use overview::{drafts, overview};
pub use photos::{photo, put_photo_back, remove_photo};
pub use pictures::{Kept, keep_picture, picture};
pub use programme::programme;
pub use publishing::publish;
pub use purge::purge;
pub use remind::remind;
pub use thanks::thank;
pub(crate) use visitors::tell_offered;
pub use visitors::{Registered, Registration, Visit, register, say_no, say_yes, visit};
pub use wanted::{Lists, lists, set_wanted};
pub use word::write_to_all;
pub(crate) use write::{follow, row_of};

/// SQL for a [`domain::event::Event`] `e`, as JSON.
pub(crate) const EVENT: &str = "jsonb_build_object('id', e.event_id, 'series', e.event_series_id, 'group', e.group_id,
    'terms', jsonb_build_object('details', e.details, 'capacity', e.capacity,
        'times', jsonb_build_object('starts_at', e.starts_at, 'ends_at', e.ends_at, 'closes_at', e.closes_at)),
    'state', e.state, 'sequence', e.sequence, 'revision', e.revision)";

/// SQL for a [`domain::event::Party`] `p`, as JSON.
pub(crate) const PARTY: &str = "jsonb_build_object(
    'who', case when p.member_id is null then jsonb_build_object('visitor', p.event_visitor_id)
        else jsonb_build_object('member', p.member_id) end,
    'standing', case when p.ticket is null then to_jsonb(p.standing)
        else jsonb_build_object('waiting', jsonb_build_object('ticket', p.ticket)) end,
    'guests', p.guests, 'children', p.children, 'note', p.note, 'diet', p.diet, 'hidden', p.hidden,
    'answered_at', p.answered_at)";

/// SQL for what is shared out at an event `e`, as three JSON fields: things to bring, lifts, work.
pub(crate) const SHARED_OUT: &str = "
    'items', (select coalesce(jsonb_agg(jsonb_build_object('id', i.bring_item_id, 'label', i.label, 'claims',
            jsonb_build_object('of', i.wanted, 'by', (select coalesce(jsonb_object_agg(c.member_id, c.quantity), '{}')
                from event_claim c where c.thing_id = i.bring_item_id))) order by i.rank, i.bring_item_id), '[]')
        from bring_item i where i.event_id = e.event_id),
    'carpools', (select coalesce(jsonb_agg(jsonb_build_object('id', k.carpool_id, 'driver', k.driver, 'place', k.place,
            'note', k.note, 'claims', jsonb_build_object('of', k.seats,
                'by', (select coalesce(jsonb_object_agg(c.member_id, c.quantity), '{}')
                    from event_claim c where c.thing_id = k.carpool_id))) order by k.carpool_id), '[]')
        from carpool k where k.event_id = e.event_id and not k.withdrawn),
    'posts', (select coalesce(jsonb_agg(jsonb_build_object('id', h.helper_post_id, 'label', h.label, 'claims',
            jsonb_build_object('of', h.wanted, 'by', (select coalesce(jsonb_object_agg(c.member_id, c.quantity), '{}')
                from event_claim c where c.thing_id = h.helper_post_id))) order by h.rank, h.helper_post_id), '[]')
        from helper_post h where h.event_id = e.event_id)";

/// SQL for the comments under an event `e`, oldest first, as JSON.
pub(crate) const COMMENTS: &str = "(select coalesce(jsonb_agg(jsonb_build_object('id', c.event_comment_id,
        'by', c.by_member, 'at', c.at, 'text', c.text) order by c.at, c.event_comment_id), '[]')
    from event_comment c where c.event_id = e.event_id and c.removed_by is null)";

/// SQL for the photos of an event `e` but for those that were removed, oldest first, as JSON.
pub(crate) const PHOTOS: &str = "(select coalesce(jsonb_agg(jsonb_build_object(
        'picture', jsonb_build_object('id', f.event_picture_id, 'alt', f.alt, 'width', f.width, 'height', f.height),
        'by', f.by_member, 'at', f.at,
        'sent', exists (select from event_picture b where b.event_picture_id = f.event_picture_id and b.by_member = f.by_member),
        'asked', case when f.asked_at is not null then
            jsonb_build_object('by', f.asked_by, 'at', f.asked_at, 'put_back', f.back_at is not null) end)
        order by f.at, f.event_picture_id), '[]')
    from event_photo f where f.event_id = e.event_id and f.removed_at is null)";

/// SQL for who is there at an event `e`, as two JSON fields.
pub(crate) const AT_THE_DOOR: &str = "
    'arrivals', (select coalesce(jsonb_agg(jsonb_build_object(
            'who', case when p.member_id is null then jsonb_build_object('visitor', p.event_visitor_id)
                else jsonb_build_object('member', p.member_id) end,
            'said', jsonb_build_object('by', a.by_member, 'at', a.at)) order by a.at, a.event_party_id), '[]')
        from event_arrival a join event_party p using (event_party_id) where p.event_id = e.event_id),
    'walk_ins', (select coalesce(jsonb_agg(jsonb_build_object('id', w.event_walk_in_id, 'name', w.name, 'people', w.people,
            'said', jsonb_build_object('by', w.by_member, 'at', w.at)) order by w.at, w.event_walk_in_id), '[]')
        from event_walk_in w where w.event_id = e.event_id)";
