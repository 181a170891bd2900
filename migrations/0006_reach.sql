-- Whom the office reaches by other ways, and how the machine does.

-- What people have not seen: few of what they were ever told.
create index notice_unseen on notice (at) where seen_at is null;

-- Periodic work, as it went last: one row per job, whichever process ran it.
create table job (
    job text primary key,
    last_started_at timestamptz not null,
    last_ok_at timestamptz,
    failures integer not null default 0,   -- in a row
    failing_since timestamptz,
    why text
);
