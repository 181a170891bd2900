-- Members from another system's file: its bytes until it is approved, then what it wrote, so that it can be taken back.

create table member_import (
    member_import_id uuid primary key,
    file text not null,
    bytes bytea check (octet_length(bytes) <= 20971520),
    by_member uuid not null references member,
    at timestamptz not null,
    mapping jsonb not null,               -- domain::register::import::Mapping
    answers jsonb not null,               -- domain::register::import::Answers
    counts jsonb,                         -- domain::register::import::Counts
    plan jsonb,                           -- domain::register::import::Plan
    approved_by uuid references member,
    approved_at timestamptz,
    undone_by uuid references member,
    undone_at timestamptz,
    constraint members_approved_with_a_plan check ((approved_at is null) = (plan is null)
        and (approved_at is null) = (counts is null) and (approved_at is null) = (approved_by is null)),
    constraint members_undone_once_approved check ((undone_at is null) = (undone_by is null)
        and (undone_at is null or approved_at is not null))
);
create index member_import_approved on member_import (approved_at) where approved_at is not null;

-- Which column is which, from one file to the next.
create table member_import_words (
    only_row boolean primary key default true check (only_row),
    mapping jsonb not null                -- domain::register::import::Mapping
);

-- An address that several people share, and somebody said so: a couple, a household.
create table shared_address (
    email text primary key,
    by_member uuid not null references member,
    at timestamptz not null
);
