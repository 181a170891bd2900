-- Fifteen years of a co-op before the demo's four months, which stay as they are: 42,570 people who left,
-- 195 cycles of shifts, half of them worked by those who are members today, and what they swapped.
-- Run once, on the throwaway database of a bench. Ids are derived, so that each run makes the same.

create temporary table present as
select member_id, row_number() over (order by member_id) - 1 as place from member where left_on is null;
create temporary table since as select min(on_day) as first_day from shift;

insert into member (member_id, number, first_name, last_name, email, rhythm, joined_on, left_on)
select md5('gone/' || n)::uuid, 100000 + n, 'Prénom' || n, 'Nom' || n, 'gone' || n || '@exemple.fr',
    case when n % 3 = 0 then 'floating' else 'regular' end, first_day - 5475 + n % 5200, first_day - 5475 + n % 5200 + 200
from generate_series(0, 42569) n, since;
insert into member_skill (member_id, skill)
select md5('gone/' || n)::uuid, 'caisse' from generate_series(0, 42569) n;
insert into leave (leave_id, member_id, from_on, to_on)
select md5('leave/' || member_id || years)::uuid, member_id, first_day - years * 365, first_day - years * 365 + 20
from present, since, generate_series(1, 15) years;

create temporary table past_shift as
select md5(template_id || '/' || on_day)::uuid as shift_id, *
from (
    select template_id, minimum, from_clock, to_clock, date '2026-01-05' + cycle_week * 7 + weekday + 28 * k as on_day
    from shift_template, generate_series(-200, 12) k
) as every, since
where on_day < first_day and on_day >= first_day - 5475;
insert into shift (shift_id, template_id, on_day, starts_at, ends_at, minimum)
select shift_id, template_id, on_day, (on_day + from_clock) at time zone 'Europe/Paris',
    (on_day + to_clock) at time zone 'Europe/Paris', minimum
from past_shift;
insert into seat (shift_id, position, lead, skill)
select shift_id, position, lead, skill from past_shift join seat_template using (template_id);

-- Each seat has a number, in the order of time; every other one was held by somebody who is still here.
create temporary table past_seat as
select numbered.*,
    case when nth % 2 = 0 then present.member_id else md5('gone/' || nth / 2 % 42570)::uuid end as member_id
from (
    select s.shift_id, position, s.on_day, s.starts_at, s.ends_at,
        row_number() over (order by s.starts_at, s.shift_id, position) - 1 as nth
    from past_shift join shift s using (shift_id) join seat using (shift_id)
) as numbered
left join present on present.place = numbered.nth / 2 % (select count(*) from present);
insert into assignment (shift_id, position, member_id, during, presence)
select shift_id, position, member_id, tstzrange(starts_at + interval '15 minutes', ends_at - interval '15 minutes'),
    case nth % 20 when 0 then 'absent' when 1 then 'excused' else 'present' end
from past_seat;
insert into seat_history (shift_id, position, at, to_member, how, by_member)
select shift_id, position, starts_at - interval '60 days', member_id, 'generated', null from past_seat;
insert into seat_history (shift_id, position, at, from_member, to_member, how, by_member)
select shift_id, position, starts_at - interval '5 days', member_id, member_id, 'claimed', member_id from past_seat where nth % 4 = 0;

-- What was owed was done: everybody stands where they stood.
insert into ledger_entry (member_id, kind, on_day, shifts, at)
select member_id, kind, on_day, shifts, starts_at
from past_seat, (values ('cycle_due', -1), ('done', 1)) as entry (kind, shifts);

-- One seat in four was given or exchanged; ten wishes for each exchange.
insert into offer (offer_id, shift_id, position, member_id, kind, audience, created_at, state, ended_at, done_by)
select md5('offer/' || nth)::uuid, shift_id, position, member_id, case when nth % 8 = 0 then 'exchange' else 'give' end,
    case when nth % 8 = 0 then null else 'anyone' end, starts_at - interval '9 days',
    case when nth % 16 < 8 then 'done' else 'expired' end, starts_at - interval '5 days',
    case when nth % 16 < 8 then member_id end
from past_seat where nth % 4 = 0;
insert into wish (offer_id, shift_id, ticked_at)
select md5('offer/' || nth)::uuid, md5('wish/' || nth || '/' || rank)::uuid, starts_at - interval '9 days'
from past_seat, generate_series(1, 10) rank where nth % 8 = 0;
insert into proposal (proposal_id, from_member, from_shift, from_position, to_member, to_shift, to_position,
    created_at, expires_at, state, ended_at)
select md5('proposal/' || mine.nth)::uuid, mine.member_id, mine.shift_id, mine.position, theirs.member_id, theirs.shift_id,
    theirs.position, mine.starts_at - interval '9 days', mine.starts_at - interval '6 days', 'refused',
    mine.starts_at - interval '7 days'
from past_seat mine join past_seat theirs on theirs.nth = mine.nth + 40 where mine.nth % 6 = 0;
insert into suggested_loop (loop_id, asks, created_at, expires_at, state, ended_at)
select md5('loop/' || nth)::uuid, member_id, starts_at - interval '9 days', starts_at - interval '6 days', 'expired',
    starts_at - interval '6 days'
from past_seat where nth % 16 = 0;
insert into loop_leg (loop_id, rank, offer_id, member_id, gives_shift, gives_position, takes_shift, takes_position)
select md5('loop/' || nth)::uuid, rank, md5('offer/' || nth)::uuid, member_id, shift_id, position, shift_id, position
from past_seat, generate_series(0, 2) rank where nth % 16 = 0;
insert into notice (notice_id, member_id, notice, at, seen_at)
select md5('notice/' || nth || '/' || rank)::uuid, member_id,
    jsonb_build_object('kind', 'offer_expired', 'seat', shift_id || '~' || position),
    starts_at - interval '5 days', starts_at - interval '4 days'
from past_seat, generate_series(1, 3) rank;

-- Outcomes are kept thirteen months.
insert into command_log (command_id, member_id, by_member, payload_hash, kind, outcome, at)
select md5('command/' || nth || '/' || rank)::uuid, member_id, member_id, '\x00', 'give_seat', '{"status": "applied"}',
    starts_at - interval '5 days'
from past_seat, generate_series(1, 8) rank, since where on_day > first_day - 300;
insert into member_mark (member_id, mark) select member_id, 400 from member on conflict do nothing;
insert into sign_in_code (sign_in_code_id, email, code_hash, created_at, expires_at)
select md5('code/' || n)::uuid, 'gone' || n || '@exemple.fr', '\x00', '2026-11-23 08:00:00+00', '2026-11-23 08:10:00+00'
from generate_series(0, 999) n;
