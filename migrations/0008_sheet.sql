-- The day sheet of a shift. What is said on it is only ever added: the last word counts.

-- A sheet that is closed: by somebody, or by itself.
create table sheet (
    shift_id uuid primary key references shift,
    closed_at timestamptz not null,
    closed_by uuid references member
);

create table presence (
    presence_id bigint generated always as identity primary key,
    shift_id uuid not null references shift,
    member_id uuid not null references member,
    presence text not null check (presence in ('present', 'late', 'absent', 'excused', 'replaced')),
    replaced_by uuid references member,
    owed smallint,                        -- of an absence: what is left owing, where the policy does not say it
    at timestamptz not null,
    by_member uuid not null references member,
    check ((presence = 'replaced') = (replaced_by is not null))
);
create index presence_shift on presence (shift_id, member_id, presence_id);

-- Somebody who came without a seat: a member, or a guest by their name.
create table walk_in (
    walk_in_id uuid primary key,
    shift_id uuid not null references shift,
    member_id uuid references member,
    name text not null default '',
    at timestamptz not null,
    by_member uuid not null references member,
    removed_at timestamptz,
    removed_by uuid references member,
    check ((member_id is null) = (name <> ''))
);
create index walk_in_shift on walk_in (shift_id);

-- What is to be done, by slot of the day, as Distribution wrote it: a new version is new rows, in
-- force from its day on.
create table checklist (
    checklist_id uuid primary key,
    slug text not null,
    version smallint not null,
    from_on date not null,
    name text not null,
    weekdays smallint[] not null,     -- from Monday
    clocks time[] not null,           -- of the shifts that it is for, in Paris
    rank smallint not null,
    by_member uuid references member,
    unique (slug, version)
);

create table checklist_item (
    item_id uuid primary key,
    checklist_id uuid not null references checklist,
    rank smallint not null,
    label text not null
);
create index checklist_item_checklist on checklist_item (checklist_id);

create table tick (
    tick_id bigint generated always as identity primary key,
    shift_id uuid not null references shift,
    item_id uuid not null references checklist_item,
    done boolean not null,
    at timestamptz not null,              -- when it was done
    received_at timestamptz not null,
    by_member uuid not null references member
);
create index tick_shift on tick (shift_id, item_id, tick_id);

create table fridge (
    fridge_id uuid primary key,
    name text not null,
    low smallint not null,            -- tenths of a degree, both within the limits
    high smallint not null check (high >= low),
    advice text not null,             -- what to do beyond them
    rank smallint not null,
    retired_on date
);

create table reading (
    reading_id uuid primary key,
    received bigint generated always as identity,
    shift_id uuid not null references shift,
    fridge_id uuid not null references fridge,
    tenths smallint not null,
    note text not null default '',
    at timestamptz not null,              -- when it was read
    received_at timestamptz not null,
    by_member uuid not null references member
);
create index reading_shift on reading (shift_id, fridge_id, received);
create index reading_fridge on reading (fridge_id, at);

-- « Relève »: a word for the next teams, until one of them has seen it.
create table hand_over_note (
    note_id uuid primary key,
    shift_id uuid not null references shift,
    text text not null,
    open boolean not null default false,
    at timestamptz not null,
    by_member uuid not null references member,
    seen_at timestamptz,
    seen_by uuid references member,
    seen_shift uuid references shift,
    check ((seen_at is null) = (seen_by is null) and (seen_at is null) = (seen_shift is null))
);
create index hand_over_note_shift on hand_over_note (shift_id);
create index hand_over_note_unseen on hand_over_note (at) where seen_at is null;
create index hand_over_note_seen on hand_over_note (seen_shift) where seen_at is not null;

create table report (
    report_id bigint generated always as identity primary key,
    shift_id uuid not null references shift,
    what text not null check (what in ('till_closed', 'shop_closed')),
    note text not null default '',
    at timestamptz not null,
    by_member uuid not null references member
);
create index report_shift on report (shift_id);

create table shop_key (
    key_id uuid primary key,
    label text not null,
    member_id uuid not null references member
);

create table expected_delivery (
    expected_delivery_id uuid primary key,
    on_day date not null,
    supplier text not null,
    what text not null default ''
);
create index expected_delivery_day on expected_delivery (on_day);

-- How the alarm is switched off and on: for the day's lead alone.
alter table setting add column alarm text;
