//! What is true of the database after any acts in any order.

use super::Coop;

/// Each names what must not be, and finds it.
const NEVER: &[(&str, &str)] = &[
    (
        "two holders of one seat",
        "select count(*) from (select 1 from assignment group by shift_id, position having count(*) > 1) x",
    ),
    (
        "two seats of one shift held by one person",
        "select count(*) from (select 1 from assignment group by shift_id, member_id having count(*) > 1) x",
    ),
    (
        "two overlapping shifts of one person",
        "select count(*) from assignment a join assignment b on a.member_id = b.member_id
            and (a.shift_id, a.position) < (b.shift_id, b.position) and a.during && b.during
            and not a.closed and not b.closed",
    ),
    (
        "two open offers on one seat",
        "select count(*) from (select 1 from offer where state = 'open' group by shift_id, position having count(*) > 1) x",
    ),
    (
        "an open offer of somebody who does not hold the seat",
        "select count(*) from offer o left join assignment a using (shift_id, position)
         where o.state = 'open' and a.member_id is distinct from o.member_id",
    ),
    (
        "a pending proposal on a seat that moved",
        "select count(*) from proposal p
            left join assignment a on (a.shift_id, a.position) = (p.from_shift, p.from_position)
            left join assignment b on (b.shift_id, b.position) = (p.to_shift, p.to_position)
         where p.state = 'pending' and (a.member_id is distinct from p.from_member or b.member_id is distinct from p.to_member)",
    ),
    (
        "a pending loop on an offer that is closed",
        "select count(*) from suggested_loop l join loop_leg g using (loop_id) join offer o using (offer_id)
         where l.state = 'pending' and o.state <> 'open'",
    ),
    ("a command without its outcome", "select count(*) from command_log where outcome is null"),
    (
        "a history that does not lead to the holder",
        "select count(*) from (
            select distinct on (shift_id, position) shift_id, position, to_member
            from seat_history order by shift_id, position, seat_history_id desc) last
         left join assignment a using (shift_id, position) where a.member_id is distinct from last.to_member",
    ),
    (
        "a broken chain in a history",
        "select count(*) from (
            select from_member, lag(to_member) over chain as before, row_number() over chain as nth
            from seat_history window chain as (partition by shift_id, position order by seat_history_id)) h
         where nth > 1 and from_member is distinct from before",
    ),
    (
        "a team below its minimum after a move",
        "select count(*) from shift s where closed_why is null and exists (
            select from seat_history h where h.shift_id = s.shift_id and h.how = 'moved' and h.to_member is null)
         and (select count(*) from assignment a where a.shift_id = s.shift_id) < s.minimum",
    ),
    (
        "more than five shifts a cycle",
        "select count(*) from (
            select 1 from assignment a join shift s using (shift_id), setting
            where not a.closed
            group by a.member_id, (s.on_day - (rules->'cycle'->>'anchor')::date) / 28 having count(*) > 5) x",
    ),
    (
        "more than two shifts a day",
        "select count(*) from (
            select 1 from assignment a join shift s using (shift_id) where not a.closed
            group by a.member_id, s.on_day having count(*) > 2) x",
    ),
    (
        "another number of people at an event than is noted, or more than it is for",
        "select count(*) from event e where e.seated > e.capacity or e.seated <> (select coalesce(sum(1 + p.guests), 0)
            from event_party p where p.event_id = e.event_id and p.standing = 'seated')",
    ),
    (
        "more taken on than there is to take",
        "select count(*) from (
            select bring_item_id as thing_id, wanted from bring_item union all select helper_post_id, wanted from helper_post
            union all select carpool_id, seats from carpool) t
         where wanted < (select coalesce(sum(quantity), 0) from event_claim c where c.thing_id = t.thing_id)",
    ),
    (
        "a voice at an assembly carried by whoever gave theirs, or more of them than one may carry",
        "select count(*) from proxy p join assembly a using (assembly_id) where p.ended_at is null and (
            exists (select from proxy g where g.assembly_id = p.assembly_id and g.from_member = p.to_member and g.ended_at is null)
            or (select count(*) from proxy o where o.assembly_id = p.assembly_id and o.to_member = p.to_member
                and o.ended_at is null) > a.proxies)",
    ),
    (
        "another number of ballots than of voices that voted in the app",
        "select count(*) from resolution r where (select count(*) from ballot b where b.resolution_id = r.resolution_id)
            <> (select count(*) from vote_cast v where v.resolution_id = r.resolution_id and v.channel = 'app')",
    ),
    (
        "something taken on by whoever does not come",
        "select count(*) from event_claim c where not exists (select from event_party p
            where p.event_id = c.event_id and p.member_id = c.member_id and p.standing <> 'no')",
    ),
];

pub async fn assert_invariants(coop: &Coop) {
    for (what, query) in NEVER {
        assert_eq!(coop.count(query).await, 0, "{what}");
    }
}
