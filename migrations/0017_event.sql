-- Sorties et événements: what is announced, who comes, who brings what, the list at the door, and what is left of it.

-- What comes back: its rule, and what each time is where nobody changed it.
create table event_series (
    event_series_id uuid primary key,
    group_id uuid not null references working_group,
    rule jsonb not null,                  -- domain::event::Rule
    terms jsonb not null,                 -- domain::event::Terms, with the times of the rule's first day
    by_member uuid not null references member,
    at timestamptz not null
);

-- Whoever writes anything about an event holds its row.
create table event (
    event_id uuid primary key,
    event_series_id uuid references event_series,
    -- Its day in the series, even where it is moved to another one.
    on_day date,
    group_id uuid not null references working_group,
    details jsonb not null,               -- domain::event::Details
    html text not null default '',        -- its description, as it is shown
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    closes_at timestamptz not null,
    capacity integer,
    -- Seats that are taken: those of the seated parties, written in the same act.
    seated integer not null default 0,
    state jsonb not null,                 -- domain::event::State
    sequence integer not null default 0,
    revision integer not null default 1,
    -- What those who answered were told last (domain::event::Facts); nobody yet.
    told jsonb,
    edited_at timestamptz not null,
    -- Somebody is to be told, then.
    tell_at timestamptz,
    by_member uuid not null references member,
    constraint event_time_goes_on check (starts_at < ends_at and closes_at <= starts_at),
    constraint event_capacity_is_a_number check (capacity between 1 and 2000),
    constraint event_seats_within_capacity check (seated between 0 and coalesce(capacity, 1000000)),
    constraint one_event_a_day_of_a_series unique (event_series_id, on_day)
);
create index event_start on event (starts_at);
create index event_to_tell on event (tell_at) where tell_at is not null;
create index event_to_publish on event ((state->'scheduled'->>'at')) where state ? 'scheduled';

-- People without an account who come to a public event.
create table event_visitor (
    event_visitor_id uuid primary key,
    event_id uuid not null references event,
    name text not null,
    email text not null,
    guests smallint not null default 0 check (guests between 0 and 100),
    children smallint not null default 0 check (children between 0 and 100),
    asked_at timestamptz not null,
    -- How many mails asked this address for a yes.
    asked smallint not null default 1,
    -- SHA-256 of the secret in the mail: it says yes, and later no.
    yes_hash bytea not null,
    confirmed_at timestamptz,
    -- Where they reached the co-op: later mails lead there.
    origin text not null,
    constraint one_visitor_an_address unique (event_id, email)
);
create index event_visitor_hash on event_visitor (yes_hash);

create table event_party (
    event_party_id bigint generated always as identity primary key,
    event_id uuid not null references event,
    member_id uuid references member,
    event_visitor_id uuid references event_visitor,
    standing text not null check (standing in ('seated', 'waiting', 'maybe', 'no')),
    ticket integer,
    guests smallint not null default 0 check (guests between 0 and 100),
    children smallint not null default 0,
    note text not null default '',
    diet text not null default '',
    hidden boolean not null default false,
    answered_at timestamptz not null,
    constraint a_member_or_a_visitor check ((member_id is null) <> (event_visitor_id is null)),
    constraint one_answer_a_member unique (event_id, member_id),
    constraint one_answer_a_visitor unique (event_visitor_id),
    constraint whoever_waits_has_a_ticket check ((standing = 'waiting') = (ticket is not null)),
    constraint children_are_guests check (children between 0 and guests)
);
create unique index one_place_in_line on event_party (event_id, ticket) where ticket is not null;
create index event_party_member on event_party (member_id);

-- « Qui apporte quoi »
create table bring_item (
    bring_item_id uuid primary key,
    event_id uuid not null references event,
    rank smallint not null,
    label text not null,
    wanted smallint not null check (wanted between 1 and 500)
);
create index bring_item_event on bring_item (event_id);

create table carpool (
    carpool_id uuid primary key,
    event_id uuid not null references event,
    driver uuid not null references member,
    place text not null,
    note text not null default '',
    seats smallint not null check (seats between 1 and 8),
    withdrawn boolean not null default false
);
create unique index one_car_a_driver on carpool (event_id, driver) where not withdrawn;

-- Putting up, the bar, clearing away.
create table helper_post (
    helper_post_id uuid primary key,
    event_id uuid not null references event,
    rank smallint not null,
    label text not null,
    wanted smallint not null check (wanted between 1 and 500)
);
create index helper_post_event on helper_post (event_id);

-- So much of something is somebody's: of an item, of a car's seats, of some work.
create table event_claim (
    event_id uuid not null references event,
    thing_id uuid not null,
    member_id uuid not null references member,
    what text not null check (what in ('item', 'carpool', 'post')),
    quantity smallint not null check (quantity > 0),
    primary key (thing_id, member_id)
);
create index event_claim_event on event_claim (event_id);

create table event_comment (
    event_comment_id uuid primary key,
    event_id uuid not null references event,
    by_member uuid not null references member,
    at timestamptz not null,
    text text not null,
    removed_by uuid references member
);
create index event_comment_event on event_comment (event_id, at);

-- Who came, of those who were expected; and who came without having answered.
create table event_arrival (
    event_party_id bigint primary key references event_party on delete cascade,
    by_member uuid not null references member,
    at timestamptz not null
);
create table event_walk_in (
    event_walk_in_id uuid primary key,
    event_id uuid not null references event,
    name text not null,
    people smallint not null check (people between 1 and 20),
    by_member uuid not null references member,
    at timestamptz not null
);
create index event_walk_in_event on event_walk_in (event_id);

-- Made small on the device; named by its event, or by a photo of one, before or after its bytes come.
create table event_picture (
    event_picture_id uuid primary key,
    by_member uuid not null references member,
    at timestamptz not null,
    mime text not null check (mime in ('image/jpeg', 'image/webp')),
    width smallint not null check (width between 1 and 1600),
    height smallint not null check (height between 1 and 1600),
    bytes bytea not null check (octet_length(bytes) <= 600000)
);

-- Photos by those who were there, each named by its picture, whose bytes may come later.
create table event_photo (
    event_picture_id uuid primary key,
    event_id uuid not null references event,
    by_member uuid not null references member,
    at timestamptz not null,
    alt text not null,
    width smallint not null check (width between 1 and 1600),
    height smallint not null check (height between 1 and 1600),
    -- Somebody asked for its removal: nobody but the organisers sees it, until they put it back, with a word.
    asked_by uuid references member,
    asked_at timestamptz,
    back_by uuid references member,
    back_at timestamptz,
    word text,
    -- For good; the row and the bytes go later.
    removed_by uuid references member,
    removed_at timestamptz,
    constraint whoever_asks_asks_at_some_time check ((asked_by is null) = (asked_at is null)),
    constraint put_back_with_a_word check ((back_at is null) = (back_by is null) and (back_at is null) = (word is null)),
    constraint put_back_for_somebody check (back_at is null or asked_at is not null),
    constraint whoever_removes_removes_at_some_time check ((removed_by is null) = (removed_at is null))
);
create index event_photo_event on event_photo (event_id, at);
create index event_photo_over on event_photo (removed_at) where removed_at is not null;

-- A word of the organisers once it is over: said once.
create table event_thanks (
    event_id uuid primary key references event,
    by_member uuid not null references member,
    text text not null,
    at timestamptz not null
);

-- What organisers did, and when: the id is the form's, so that one sent twice is one act.
create table event_act (
    event_act_id uuid primary key,
    event_id uuid not null references event,
    what text not null,
    by_member uuid not null references member,
    at timestamptz not null
);
create index event_act_event on event_act (event_id, at);

insert into change_mark (slice, shard) select 'events', generate_series(0, 15);

create or replace function marks(of_member uuid) returns jsonb language plpgsql stable as $$
begin
    return jsonb_build_object(
        'calendar', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar'),
        'groups', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups'),
        'briefs', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'briefs'),
        'events', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'events'),
        'me', coalesce((select mark from member_mark where member_id = of_member), 0));
end $$;
