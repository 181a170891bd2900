-- Telling people outside the app: what they chose, the devices that show pushes, and one row for
-- each occasion, person and channel.

-- What a member chose where it differs from the catalogue; no row: the catalogue's.
create table preference (
    member_id uuid primary key references member,
    switches jsonb not null default '[]',
    reminders jsonb not null
);

-- A device that asked to be told (RFC 8030). It belongs to the session that asked, and ends with it.
create table push_subscription (
    push_subscription_id uuid primary key,
    session_id uuid not null references session,
    member_id uuid not null references member,
    endpoint text not null unique,
    p256dh bytea not null,
    auth bytea not null,
    created_at timestamptz not null
);
create index push_subscription_member on push_subscription (member_id);

-- The key pair with which push services know this co-op (RFC 8292); made at first use.
create table push_key (
    only_row boolean primary key default true check (only_row),
    private_key bytea not null
);

-- One row per occasion, person and channel: sent once, whatever crashes.
create table delivery (
    delivery_id bigint generated always as identity primary key,
    occasion text not null,
    member_id uuid not null references member,
    channel text not null check (channel in ('push', 'mail')),
    notice jsonb not null,
    at timestamptz not null,              -- when it came up
    due_at timestamptz not null,
    state text not null check (state in ('waiting', 'leaving', 'sent', 'failed', 'dropped')),
    why text,                             -- of what failed or was dropped
    tries smallint not null default 0,
    handed_at timestamptz,                -- since when a process has it in hand
    maybe_twice boolean not null default false,   -- its process died while it had it in hand
    reached uuid[] not null default '{}', -- devices that have it, where others are still to be tried
    ended_at timestamptz,
    unique (occasion, member_id, channel),
    check ((state in ('sent', 'failed', 'dropped')) = (ended_at is not null))
);
create index delivery_due on delivery (due_at) where state = 'waiting';
create index delivery_in_hand on delivery (handed_at) where state = 'leaving';
create index delivery_member on delivery (member_id, at);

-- A notice whose deliveries are not written yet.
alter table notice add column planned_at timestamptz;
update notice set planned_at = at;
create index notice_to_plan on notice (at) where planned_at is null;

-- Mail to an address that came back for good: the office finds another way.
create table bounced_address (
    email text primary key,
    at timestamptz not null,
    why text not null
);

-- The secret address of a member's own calendar: renewed, the old one leads nowhere.
create table calendar_feed (
    member_id uuid primary key references member,
    secret_hash text not null unique,
    made_at timestamptz not null
);
