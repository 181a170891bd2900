-- La brève by mail: for whom it was when it came out, each address once, and the people of the public who asked for it.

-- Somebody of the public. Gone when they leave, or a week after they asked and never said yes.
create table brief_subscriber (
    brief_subscriber_id uuid primary key,
    email text not null unique,           -- lower case
    asked_at timestamptz not null,        -- when the last mail that asks for their yes was sent
    asked smallint not null default 1,    -- how many of those
    yes_hash bytea not null unique,       -- of the token in that mail
    confirmed_at timestamptz
);

-- A brief was addressed, once; or a correction of it, where somebody chose to send one.
create table brief_mailing (
    brief_id uuid not null references brief,
    correction bigint not null default 0, -- 0: the brief itself; otherwise the correction it tells
    at timestamptz not null,
    primary key (brief_id, correction)
);

create table brief_copy (
    brief_copy_id bigint generated always as identity primary key,
    brief_id uuid not null,
    correction bigint not null default 0,
    email text not null,
    name text not null,                   -- as it is greeted: everybody behind the address who reads it there
    member_id uuid references member,     -- one of them; nobody: somebody of the public
    brief_subscriber_id uuid references brief_subscriber on delete set null,
    message_id text not null unique,      -- what stands before the @ of its Message-ID
    prepared_at timestamptz not null,
    tried_from timestamptz not null,      -- since when it is tried; anew when somebody asks for it
    due_at timestamptz not null,
    state text not null default 'prepared' check (state in ('prepared', 'taken', 'submitted', 'failed')),
    why text,                             -- of what failed, or was put off
    attempts smallint not null default 0,
    handed_at timestamptz,                -- when a process took it last
    maybe_twice boolean not null default false,   -- a process died while it had it in hand
    ended_at timestamptz,
    unique (brief_id, correction, email),
    foreign key (brief_id, correction) references brief_mailing,
    check ((state in ('submitted', 'failed')) = (ended_at is not null))
);
create index brief_copy_due on brief_copy (due_at) where state = 'prepared';
create index brief_copy_in_hand on brief_copy (handed_at) where state = 'taken';
create index brief_copy_pace on brief_copy (handed_at);
