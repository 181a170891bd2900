-- « Préviens-moi »: what members watch for, and the waiting lists of full shifts.

create table watch (
    watch_id uuid primary key,
    member_id uuid not null references member,
    shift_id uuid,                    -- no foreign key: history is purged without asking
    pattern jsonb,
    skill text,                       -- one that nobody asks for matches nothing
    since timestamptz not null
);
create index watch_member on watch (member_id);

-- In line by waiting_id.
create table waiting (
    waiting_id bigint generated always as identity primary key,
    shift_id uuid not null references shift,
    member_id uuid not null references member,
    since timestamptz not null,
    unique (shift_id, member_id)
);
create index waiting_member on waiting (member_id);

-- A free seat, kept for whoever's turn it is; they wait for that shift.
create table kept_seat (
    shift_id uuid not null,
    position smallint not null,
    member_id uuid not null references member,
    until timestamptz not null,
    primary key (shift_id, position),
    foreign key (shift_id, position) references seat,
    foreign key (shift_id, member_id) references waiting (shift_id, member_id) on delete cascade
);
create index kept_seat_until on kept_seat (until);
create index kept_seat_member on kept_seat (member_id);

-- When a shift was planned: its free seats open then.
alter table shift add column made_at timestamptz;
create index shift_made on shift (made_at) where made_at is not null;
create index seat_history_at on seat_history (at);
create index offer_created on offer (created_at) where state = 'open';
