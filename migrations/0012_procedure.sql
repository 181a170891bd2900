-- Procedures kept by Distribution: who changed what and when; deliveries as they came; incidents.

alter table checklist add column made_at timestamptz;

alter table expected_delivery
    add column added_at timestamptz,
    add column added_by uuid references member,
    add column removed_at timestamptz,
    add column removed_by uuid references member;

-- A delivery that nobody expected, noted on a sheet.
create table added_delivery (
    delivery_id uuid primary key,
    shift_id uuid not null references shift,
    supplier text not null,
    what text not null default '',
    at timestamptz not null,
    by_member uuid not null references member
);
create index added_delivery_shift on added_delivery (shift_id);

-- How a delivery came, expected or not: only ever added, the last word counts.
create table delivery_receipt (
    delivery_receipt_id bigint generated always as identity primary key,
    delivery_id uuid not null,
    shift_id uuid not null references shift,
    state text not null check (state in ('complete', 'partial', 'refused', 'not_come')),
    remarks text not null default '',
    photo_id uuid,                        -- the photo may come later, or never
    at timestamptz not null,
    by_member uuid not null references member
);
create index delivery_receipt_delivery on delivery_receipt (delivery_id, delivery_receipt_id);
create index delivery_receipt_shift on delivery_receipt (shift_id);

create unique index delivery_receipt_photo on delivery_receipt (photo_id) where photo_id is not null;

-- Small JPEGs, made again on the device, so that they say neither where nor by what they were taken.
create table photo (
    photo_id uuid primary key,
    bytes bytea not null check (octet_length(bytes) <= 204800),
    received_at timestamptz not null,
    by_member uuid not null references member
);

create table incident (
    incident_id uuid primary key,
    shift_id uuid not null references shift,
    what text not null check (what in ('safety', 'breakage', 'other')),
    text text not null,
    at timestamptz not null,
    by_member uuid not null references member
);
create index incident_shift on incident (shift_id);

-- An inspection asks for a period.
create index reading_at on reading (at);

-- Other limits are another row: what was read stays beside the limits of then.
alter table fridge
    add column from_on date,
    add column made_at timestamptz,
    add column by_member uuid references member;

alter table shop_key
    add column since timestamptz,
    add column given_by uuid references member;

alter table setting
    add column alarm_at timestamptz,
    add column alarm_by uuid references member;
