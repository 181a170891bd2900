-- Gammes de produits: what the shop has, what it costs and cost, the till's file, and what members say of it.

create table product_range (
    product_range_id uuid primary key,
    name text not null,
    rank smallint not null check (rank >= 0),
    constraint one_range_of_a_name unique (name)
);

create table supplier (
    supplier_id uuid primary key,
    written jsonb not null,               -- domain::catalogue::WrittenSupplier
    html text not null default '',        -- its story, as it is shown
    name text not null generated always as (written->>'name') stored,
    revision integer not null default 1,
    constraint one_supplier_of_a_name unique (name)
);

-- Whoever writes any of them holds the catalogue: an advisory lock.
create table product (
    product_id uuid primary key,
    facts jsonb not null,                 -- domain::catalogue::import::Facts
    by_hand jsonb not null,               -- domain::catalogue::ByHand: no import writes it
    html text not null default '',        -- its story, as it is shown
    archived text not null default 'no' check (archived in ('no', 'by_import', 'by_hand')),
    price_since date not null,
    changed_on date not null,
    revision integer not null default 1,
    -- What the database itself looks at in the facts.
    product_range_id uuid not null generated always as ((facts->>'range')::uuid) stored references product_range,
    supplier_id uuid generated always as ((facts->>'supplier')::uuid) stored references supplier,
    till_id text generated always as (facts->>'till_id') stored,
    -- An import may give it from one to another.
    constraint one_product_a_till_id unique (till_id) deferrable initially deferred
);
create index product_in_range on product (product_range_id);
create index product_of_supplier on product (supplier_id);
create index product_photo on product ((by_hand->'photo'->>'id'));

create table product_barcode (
    product_id uuid not null references product on delete cascade,
    barcode text not null check (barcode ~ '^([0-9]{8}|[0-9]{13})$'),
    constraint one_product_a_barcode primary key (barcode) deferrable initially deferred
);
create index product_barcode_product on product_barcode (product_id);

-- The till's file: its bytes until it is approved, then what it wrote, so that it can be taken back.
create table catalogue_import (
    catalogue_import_id uuid primary key,
    file text not null,
    bytes bytea check (octet_length(bytes) <= 20971520),
    by_member uuid not null references member,
    at timestamptz not null,
    mapping jsonb not null,               -- domain::catalogue::import::Mapping
    answers jsonb not null,               -- domain::catalogue::import::Answers
    counts jsonb,                         -- domain::catalogue::import::Counts
    plan jsonb,                           -- domain::catalogue::import::Plan
    approved_by uuid references member,
    approved_at timestamptz,
    undone_by uuid references member,
    undone_at timestamptz,
    constraint approved_with_a_plan check ((approved_at is null) = (plan is null)
        and (approved_at is null) = (counts is null) and (approved_at is null) = (approved_by is null)),
    constraint undone_once_approved check ((undone_at is null) = (undone_by is null)
        and (undone_at is null or approved_at is not null))
);
create index catalogue_import_approved on catalogue_import (approved_at) where approved_at is not null;

-- What is remembered from one import to the next.
create table catalogue_words (
    one boolean primary key default true check (one),
    mapping jsonb not null,               -- domain::catalogue::import::Mapping, of the last import
    words jsonb not null,                 -- domain::catalogue::import::Words
    margin smallint not null check (margin between 0 and 10000),
    scales jsonb                          -- domain::catalogue::WeighedRule, several; none where they are set as usual
);

-- Each change of the co-op's margin, and how many prices changed with it.
create table catalogue_margin (
    catalogue_margin_id uuid primary key,
    was smallint not null check (was between 0 and 10000),
    margin smallint not null check (margin between 0 and 10000),
    why text not null,
    prices integer not null,
    by_member uuid not null references member,
    at timestamptz not null
);

-- What a product cost, from a moment on.
create table price_version (
    product_id uuid not null references product on delete cascade,
    at timestamptz not null,
    purchase bigint not null,
    margin integer not null,
    vat integer not null,
    price bigint not null,
    sold_by text not null check (sold_by in ('piece', 'weight', 'volume')),
    by_member uuid not null references member,
    catalogue_import_id uuid references catalogue_import,
    primary key (product_id, at)
);

-- Made small on the device; named by its product or supplier before or after its bytes come.
create table product_picture (
    product_picture_id uuid primary key,
    by_member uuid not null references member,
    at timestamptz not null,
    mime text not null check (mime in ('image/jpeg', 'image/webp')),
    width smallint not null check (width between 1 and 1600),
    height smallint not null check (height between 1 and 1600),
    bytes bytea not null check (octet_length(bytes) <= 600000)
);

-- What a member likes, and is to buy. A product that is gone stays on a list until somebody takes it off.
create table favourite (
    member_id uuid not null references member,
    product_id uuid not null,
    primary key (member_id, product_id)
);

create table shopping_item (
    member_id uuid not null references member,
    item_id uuid not null,
    what jsonb not null,                  -- domain::catalogue::Listed
    quantity smallint not null check (quantity between 1 and 99),
    done boolean not null default false,
    rank bigint generated always as identity,
    primary key (member_id, item_id)
);

create table suggestion (
    suggestion_id uuid primary key,
    text text not null,
    by_member uuid not null references member,
    at timestamptz not null,
    answer jsonb                          -- domain::catalogue::Answered
);

create table suggestion_support (
    suggestion_id uuid not null references suggestion,
    member_id uuid not null references member,
    primary key (suggestion_id, member_id)
);

-- « Plus en rayon »
create table missing_report (
    product_id uuid not null references product on delete cascade,
    by_member uuid not null references member,
    on_day date not null,
    at timestamptz not null,
    closed jsonb,                         -- domain::catalogue::Closed
    primary key (product_id, by_member, on_day)
);
create index missing_report_open on missing_report (product_id) where closed is null;
create index missing_report_of on missing_report (by_member, at);

insert into change_mark (slice, shard) select 'catalogue', generate_series(0, 15);

create or replace function marks(of_member uuid) returns jsonb language plpgsql stable as $$
begin
    return jsonb_build_object(
        'calendar', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar'),
        'groups', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups'),
        'briefs', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'briefs'),
        'events', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'events'),
        'catalogue', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'catalogue'),
        'me', coalesce((select mark from member_mark where member_id = of_member), 0));
end $$;
