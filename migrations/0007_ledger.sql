-- The commitment ledger: what is asked of members, with its versions; who bears how much of it; entries
-- to the minute of a vacation, each written once.

-- What was asked, since when, by whom and why. A version is never changed: a later one takes its place.
create table policy_version (
    policy_version_id uuid primary key,
    valid_from date not null,
    policy jsonb not null,
    by_member uuid references member,     -- none: as the co-op was when it came
    why text not null,
    at timestamptz not null
);
create index policy_version_valid on policy_version (valid_from, at);

-- How much of the duty somebody bears, where it is not all of it. The latest decision holds.
create table duty (
    duty_id bigint generated always as identity primary key,
    member_id uuid not null references member,
    from_on date not null,
    to_on date check (to_on >= from_on),
    share text not null check (share in ('whole', 'half', 'exempt', 'with')),
    with_member uuid references member,   -- on whose ledger a household's one duty is
    why text not null default '',         -- for the office
    by_member uuid references member,
    at timestamptz not null,
    check ((share = 'with') = (with_member is not null))
);
create index duty_member on duty (member_id);

alter table leave add column kind text not null default 'pause' check (kind in ('pause', 'parental', 'illness'));

alter table ledger_entry add column credit integer;   -- 180 to a vacation; empty: the shifts say it
alter table ledger_entry add column shift_id uuid;
alter table ledger_entry add column key text;         -- what must not be written twice
alter table ledger_entry add constraint ledger_entry_kind check (kind in (
    'cycle_due', 'leave', 'exemption', 'done', 'excused', 'missed', 'make_up', 'advance', 'correction',
    'solidarity_gift', 'solidarity_draw', 'grace'));
update ledger_entry l set key = 'cycle/' || on_day
where kind = 'cycle_due' and not exists (
    select from ledger_entry e
    where e.member_id = l.member_id and e.kind = l.kind and e.on_day = l.on_day and e.ledger_entry_id < l.ledger_entry_id);
create unique index ledger_entry_key on ledger_entry (member_id, key);

-- A co-op that counts already goes on as it does.
insert into policy_version (policy_version_id, valid_from, policy, why, at)
select gen_random_uuid(), min(l.on_day), jsonb_build_object('due', 180 * (s.rules->>'due_per_cycle')::int),
    'Les règles telles qu’elles étaient', min(l.at)
from setting s join ledger_entry l on l.kind = 'cycle_due'
group by s.rules;

-- The settings with every policy that was and will be in force.
create function coop_rules() returns jsonb language sql stable as $$
    select rules || jsonb_build_object('policies', (
        select coalesce(jsonb_agg(jsonb_build_object('valid_from', valid_from, 'policy', policy) order by valid_from), '[]')
        from (select distinct on (valid_from) valid_from, policy from policy_version
            order by valid_from, at desc, policy_version_id desc) as latest))
    from setting
$$;

-- On whose ledger somebody's work counts on a day.
create function account(of_member uuid, on_the date) returns uuid language sql stable as $$
    select coalesce((
        select case share when 'with' then with_member end from duty
        where member_id = of_member and from_on <= on_the and (to_on is null or to_on >= on_the)
        order by at desc, duty_id desc limit 1), of_member)
$$;

-- An entry's credit, of whichever build.
create function credit_of(entry ledger_entry) returns integer language sql immutable as $$
    select coalesce(entry.credit, entry.shifts * 180)
$$;
