-- Names: tables and columns singular, `…_at` an instant in UTC, `…_on` a day in Paris.
-- No `now()`: the clock belongs to the program, so that every process agrees on it.

create extension if not exists btree_gist;

-- Settings: one row, the rules as the co-op has set them.
create table setting (
    only_row boolean primary key default true check (only_row),
    rules jsonb not null,
    opening jsonb not null default '[]'
);

-- How far the co-op's clock is from real time: set at first use, then shared by every process.
create table clock (
    only_row boolean primary key default true check (only_row),
    offset_ms bigint not null
);

create table skill (
    skill text primary key,
    label text not null
);

create table member (
    member_id uuid primary key,
    number integer not null unique,
    first_name text not null,
    last_name text not null,
    email text not null,              -- lower case; couples may share one
    phone text,
    show_phone boolean not null default false,
    show_email boolean not null default false,
    rhythm text not null check (rhythm in ('regular', 'floating')),
    joined_on date not null,
    left_on date,
    employee boolean not null default false
);
create index member_email on member (email);

create table member_skill (
    member_id uuid not null references member,
    skill text not null references skill,
    primary key (member_id, skill)
);

create table leave (
    leave_id uuid primary key,
    member_id uuid not null references member,
    from_on date not null,
    to_on date not null check (to_on >= from_on),
    why text not null default ''
);
create index leave_member on leave (member_id);

create table working_group (
    group_id uuid primary key,
    slug text not null unique,
    name text not null,
    role text not null,
    rank smallint not null
);

create table group_member (
    group_id uuid not null references working_group,
    member_id uuid not null references member,
    referent boolean not null default false,
    primary key (group_id, member_id)
);
create index group_member_member on group_member (member_id);

create table mandate (
    mandate_id uuid primary key,
    member_id uuid not null references member,
    from_on date not null,
    to_on date not null
);

create table shift_template (
    template_id uuid primary key,
    cycle_week smallint not null check (cycle_week between 0 and 3),
    weekday smallint not null check (weekday between 0 and 6),   -- from Monday
    from_clock time not null,
    to_clock time not null,
    minimum smallint not null,
    tasks text[] not null,
    retired_on date,
    unique (cycle_week, weekday, from_clock)
);

create table seat_template (
    template_id uuid not null references shift_template,
    position smallint not null,
    lead boolean not null default false,
    skill text references skill,
    regular uuid references member,
    primary key (template_id, position)
);

create table closure (
    closure_id uuid primary key,
    from_on date not null,
    to_on date not null check (to_on >= from_on),
    why text not null
);

create table shift (
    shift_id uuid primary key,        -- UUIDv5 of template and day
    template_id uuid not null references shift_template,
    on_day date not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    minimum smallint not null,
    closed_why text,                  -- both null while planned
    closed_treatment text check (closed_treatment in ('excused', 'displaced', 'due')),
    check ((closed_why is null) = (closed_treatment is null)),
    unique (template_id, on_day)
);
create index shift_starts on shift (starts_at);

create table seat (
    shift_id uuid not null references shift,
    position smallint not null,
    lead boolean not null default false,
    skill text references skill,
    primary key (shift_id, position)
);

-- Who holds a seat. One holder per seat; no two overlapping shifts per person, 15 minutes
-- forgiven at each end; checked at the end of the act, since a loop is a rotation.
create table assignment (
    shift_id uuid not null,
    position smallint not null,
    member_id uuid not null references member,
    during tstzrange not null,        -- the shift's time, 15 minutes shorter at each end
    closed boolean not null default false,   -- the shift was closed: the person is free
    presence text check (presence in ('present', 'absent', 'excused')),
    foreign key (shift_id, position) references seat,
    constraint one_holder_per_seat unique (shift_id, position) deferrable initially deferred,
    constraint one_seat_per_shift unique (shift_id, member_id) deferrable initially deferred,
    constraint no_overlapping_shifts exclude using gist (member_id with =, during with &&)
        where (not closed) deferrable initially deferred
);
create index assignment_member on assignment (member_id);

create table seat_history (
    seat_history_id bigint generated always as identity primary key,
    shift_id uuid not null,
    position smallint not null,
    at timestamptz not null,
    from_member uuid references member,
    to_member uuid references member,
    how text not null,
    by_member uuid references member,
    foreign key (shift_id, position) references seat
);
create index seat_history_seat on seat_history (shift_id, position, at);

create table offer (
    offer_id uuid primary key,
    shift_id uuid not null,
    position smallint not null,
    member_id uuid not null references member,
    kind text not null check (kind in ('give', 'exchange')),
    audience text check (audience in ('anyone', 'named', 'invited')),
    note text not null default '',
    created_at timestamptz not null,
    state text not null check (state in ('open', 'done', 'withdrawn', 'expired', 'superseded')),
    ended_at timestamptz,
    done_by uuid references member,
    foreign key (shift_id, position) references seat,
    check ((kind = 'give') = (audience is not null)),
    check ((state = 'open') = (ended_at is null)),
    check ((state = 'done') = (done_by is not null))
);
create unique index one_open_offer_per_seat on offer (shift_id, position) where state = 'open';
create index offer_member on offer (member_id);

create table offer_named (
    offer_id uuid not null references offer,
    member_id uuid not null references member,
    primary key (offer_id, member_id)
);
create index offer_named_member on offer_named (member_id);

create table wish (
    offer_id uuid not null references offer,
    shift_id uuid not null,           -- no foreign key: it may name a shift not generated yet
    ticked_at timestamptz not null,
    primary key (offer_id, shift_id)
);

create table wish_pattern (
    offer_id uuid not null references offer,
    rank smallint not null,
    pattern jsonb not null,
    ticked_at timestamptz not null,
    primary key (offer_id, rank)
);

create table proposal (
    proposal_id uuid primary key,
    from_member uuid not null references member,
    from_shift uuid not null,
    from_position smallint not null,
    to_member uuid not null references member,
    to_shift uuid not null,
    to_position smallint not null,
    note text not null default '',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    state text not null check (state in ('pending', 'accepted', 'refused', 'withdrawn', 'expired', 'superseded')),
    ended_at timestamptz,
    foreign key (from_shift, from_position) references seat,
    foreign key (to_shift, to_position) references seat,
    check ((state = 'pending') = (ended_at is null))
);
create unique index one_pending_proposal on proposal (from_shift, from_position, to_shift, to_position)
    where state = 'pending';
create index pending_proposal_to on proposal (to_shift) where state = 'pending';
create index pending_proposal_expiry on proposal (expires_at) where state = 'pending';
create index proposal_from on proposal (from_member);
create index proposal_to on proposal (to_member);

create table suggested_loop (
    loop_id uuid primary key,
    asks uuid not null references member,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    state text not null check (state in ('pending', 'accepted', 'declined', 'expired', 'superseded')),
    ended_at timestamptz,
    check ((state = 'pending') = (ended_at is null))
);
create index suggested_loop_asks on suggested_loop (asks);
create index pending_loop on suggested_loop (expires_at) where state = 'pending';

create table loop_leg (
    loop_id uuid not null references suggested_loop,
    rank smallint not null,
    offer_id uuid not null references offer,
    member_id uuid not null references member,
    gives_shift uuid not null,
    gives_position smallint not null,
    takes_shift uuid not null,
    takes_position smallint not null,
    primary key (loop_id, rank)
);
create index loop_leg_offer on loop_leg (offer_id);
create index loop_leg_gives on loop_leg (gives_shift);

create table invitation (
    invitation_id uuid primary key,
    offer_id uuid not null references offer,
    secret_hash text not null unique,
    expires_at timestamptz not null,
    used_by uuid references member
);

create table notice (
    notice_id uuid primary key,
    member_id uuid not null references member,
    notice jsonb not null,
    at timestamptz not null,
    seen_at timestamptz
);
create index notice_member on notice (member_id, at);

create table ledger_entry (
    ledger_entry_id bigint generated always as identity primary key,
    member_id uuid not null references member,
    kind text not null,
    on_day date not null,
    shifts smallint not null,
    why text not null default '',
    by_member uuid references member,
    at timestamptz not null
);
create index ledger_entry_member on ledger_entry (member_id, on_day);

-- At most once: the id of every act with its outcome. Kept 13 months.
create table command_log (
    command_id uuid primary key,
    member_id uuid not null references member,       -- on whose behalf it ran
    by_member uuid not null references member,       -- who sent it
    payload_hash bytea not null,
    kind text not null,
    outcome jsonb,                                    -- null only inside its own transaction
    at timestamptz not null
);
create index command_log_at on command_log (at);

-- Change marks. They only grow. Sharded, so that acts at the same time do not wait for one row:
-- a slice's mark is the sum of its shards.
create table change_mark (
    slice text not null,
    shard smallint not null,
    mark bigint not null default 0,
    primary key (slice, shard)
);
insert into change_mark (slice, shard)
select slice, shard from unnest(array['calendar', 'groups']) slice, generate_series(0, 15) shard;

create table member_mark (
    member_id uuid primary key references member,
    mark bigint not null default 0
);

-- The marks of one member, as the wire has them: `select …, marks(session.member_id) from session`.
create function marks(of_member uuid) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'calendar', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar'),
        'groups', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups'),
        'me', coalesce((select mark from member_mark where member_id = of_member), 0))
$$;

-- Signing in.
create table sign_in_code (
    sign_in_code_id uuid primary key,
    email text not null,
    code_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    tries smallint not null default 0,
    used_at timestamptz
);
create index sign_in_code_email on sign_in_code (email, created_at);

-- Every request for a code, known address or not: what the rate limit counts.
create table sign_in_request (
    sign_in_request_id bigint generated always as identity primary key,
    email_hash bytea not null,
    ip text not null,
    at timestamptz not null
);
create index sign_in_request_email on sign_in_request (email_hash, at);
create index sign_in_request_ip on sign_in_request (ip, at);

-- Between the code and « Qui es-tu ? ».
create table sign_in_ticket (
    ticket_hash bytea primary key,
    email text not null,
    expires_at timestamptz not null
);

create table session (
    session_id uuid primary key,
    token_hash bytea not null unique,
    member_id uuid not null references member,
    email text not null,              -- the address that was proved: others behind it may be switched to
    device text not null,
    created_at timestamptz not null,
    last_seen_on date not null,       -- it ends 180 days later
    revoked_at timestamptz            -- a tombstone for 90 days
);
create index session_member on session (member_id);

-- Work that falls due by our clock; a tick enqueues it.
create table due_work (
    due_work_id bigint generated always as identity primary key,
    kind text not null,
    key text not null,
    due_at timestamptz not null,
    payload jsonb not null default '{}',
    done_at timestamptz,
    unique (kind, key)
);
create index due_work_due on due_work (due_at) where done_at is null;
