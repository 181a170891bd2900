-- La brève du lundi: what the groups write, the issue of each Monday, and who has read it.

create table brief_setting (
    only_row boolean primary key default true check (only_row),
    second_pair boolean not null default false,
    automatic boolean not null default true,
    closes_minute smallint not null default 1080 check (closes_minute between 0 and 1439),
    -- Who set it last; nobody yet.
    by_member uuid references member,
    at timestamptz
);
insert into brief_setting default values;

-- One row per Monday, made by itself.
create table brief (
    brief_id uuid primary key,
    monday date not null unique check (extract(isodow from monday) = 1),
    stage jsonb not null,                 -- domain::brief::Stage
    pieces jsonb not null default '[]',   -- domain::brief::Piece, in order
    public boolean not null default false,
    published_at timestamptz,
    -- What members read: frozen in the transaction that published it.
    frozen jsonb,                         -- domain::brief::Published
    -- The pictures that it shows: looked for by every device at seven.
    pictures jsonb generated always as (jsonb_path_query_array(frozen, '$.pieces[*].block.picture.id')) stored
);
create index brief_picture_shown on brief using gin (pictures);
create index brief_published on brief (monday desc) where published_at is not null;

create table brief_block (
    block_id uuid primary key,
    monday date not null,
    by_member uuid not null references member,
    group_id uuid not null references working_group,
    said jsonb not null,                  -- domain::brief::Said
    ready boolean not null default false,
    public boolean not null default false,
    revision integer not null default 1,
    state jsonb not null default '"proposed"',
    proposed_at timestamptz not null
);
create index brief_block_monday on brief_block (monday);
create index brief_block_member on brief_block (by_member);

-- Every text that anybody wrote: only ever added. `beside` until somebody has settled it.
create table block_version (
    block_version_id bigint generated always as identity primary key,
    block_id uuid not null references brief_block,
    base integer not null,
    said jsonb not null,
    by_member uuid not null references member,
    at timestamptz not null,
    beside boolean not null default false
);
create index block_version_block on block_version (block_id, block_version_id);

-- Made small on the device; named by its block before or after its bytes come.
create table brief_picture (
    picture_id uuid primary key,
    by_member uuid not null references member,
    at timestamptz not null,
    mime text not null check (mime in ('image/jpeg', 'image/webp')),
    width smallint not null check (width between 1 and 1600),
    height smallint not null check (height between 1 and 1600),
    bytes bytea not null check (octet_length(bytes) <= 600000)
);

-- What editors did, and when: the id is the form's, so that one sent twice is one act.
create table brief_act (
    brief_act_id uuid primary key,
    brief_id uuid not null references brief,
    what text not null,
    by_member uuid not null references member,
    at timestamptz not null
);
create index brief_act_brief on brief_act (brief_id, at);

create table brief_read (
    brief_id uuid not null references brief,
    member_id uuid not null references member,
    at timestamptz not null,
    primary key (brief_id, member_id)
);

create table brief_correction (
    brief_correction_id bigint generated always as identity primary key,
    brief_id uuid not null references brief,
    block_id uuid references brief_block,
    at timestamptz not null,
    by_member uuid not null references member,
    word text not null,
    before jsonb not null                 -- what was read until then
);

insert into change_mark (slice, shard) select 'briefs', generate_series(0, 15);

create or replace function marks(of_member uuid) returns jsonb language plpgsql stable as $$
begin
    return jsonb_build_object(
        'calendar', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar'),
        'groups', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups'),
        'briefs', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'briefs'),
        'me', coalesce((select mark from member_mark where member_id = of_member), 0));
end $$;
