-- The assembly: all members are called together, sign in, vote for themselves and for those whose proxy they hold, and decide.

-- What the statutes ask of the assemblies that are planned from here on: one row, once the committee has set it.
create table assembly_setting (
    only_row boolean primary key default true check (only_row),
    notice_d smallint not null default 15 check (notice_d between 1 and 90),              -- days
    quorum smallint not null default 20 check (quorum between 1 and 100),                 -- percent, of an ordinary one
    quorum_extra smallint not null default 25 check (quorum_extra between 1 and 100),     -- of one that changes the statutes
    proxies smallint not null default 2 check (proxies between 0 and 20)                  -- that one person may carry
);

-- Its row is locked by whatever changes who comes, who carries whose voice, and how far it is; votes share it.
create table assembly (
    assembly_id uuid primary key,
    kind text not null check (kind in ('ordinary', 'extraordinary')),
    title text not null,
    starts_at timestamptz not null,
    place text not null,
    agenda text not null default '',                  -- Markdown
    agenda_html text not null default '',
    notice_d smallint not null,                       -- as the settings were when it was planned
    quorum smallint not null,                         -- 0: called a second time, it decides whoever is there
    proxies smallint not null,
    second_of uuid references assembly,
    convoked_at timestamptz,
    opened_at timestamptz,
    closed_at timestamptz,
    cancelled text,                                   -- why it does not take place
    revision integer not null default 1,
    minutes text not null default '',                 -- Markdown
    minutes_html text not null default '',
    minutes_revision integer not null default 1,
    by_member uuid not null references member,
    at timestamptz not null,
    constraint it_opens_once_called check (opened_at is null or convoked_at is not null),
    constraint it_closes_once_open check (closed_at is null or opened_at is not null),
    constraint it_is_cancelled_before_it_opens check (cancelled is null or opened_at is null)
);
create index assembly_start on assembly (starts_at);

create table assembly_role (
    assembly_id uuid not null references assembly,
    member_id uuid not null references member,
    role text not null check (role in ('chair', 'secretary', 'teller')),
    primary key (assembly_id, member_id)
);
create unique index one_chair_and_one_secretary on assembly_role (assembly_id, role) where role <> 'teller';

create table assembly_document (
    document_id uuid primary key,
    assembly_id uuid not null references assembly,
    title text not null,
    text text not null default '',                    -- Markdown
    html text not null default '',
    href text not null default '',
    rank smallint not null,
    revision integer not null default 1,
    removed_at timestamptz
);
create index assembly_document_of on assembly_document (assembly_id) where removed_at is null;

-- Who is called, and the proof of it: the roll. A row a member, written when it is convoked.
create table assembly_convocation (
    assembly_id uuid not null references assembly,
    member_id uuid not null references member,
    channel text not null check (channel in ('mail', 'letter', 'hand')),
    done_at timestamptz,                              -- when it left, was printed, was handed over
    by_member uuid references member,                 -- who printed it, or handed it over
    why text,                                         -- why the mail has not left
    primary key (assembly_id, member_id)
);
create index assembly_convocation_member on assembly_convocation (member_id);

-- « Je viens », or not.
create table assembly_answer (
    assembly_id uuid not null references assembly,
    member_id uuid not null references member,
    coming boolean not null,
    at timestamptz not null,
    primary key (assembly_id, member_id)
);

create table proxy (
    proxy_id uuid primary key,
    assembly_id uuid not null references assembly,
    from_member uuid not null references member,
    to_member uuid not null references member,
    at timestamptz not null,
    paper boolean not null default false,
    by_member uuid not null references member,        -- who entered it
    ended_at timestamptz,
    ended text check (ended in ('withdrawn', 'returned', 'came', 'left')),
    constraint nobody_carries_their_own check (from_member <> to_member),
    constraint it_ended_somehow check ((ended_at is null) = (ended is null))
);
create unique index one_proxy_a_member on proxy (assembly_id, from_member) where ended_at is null;
create index proxy_to on proxy (assembly_id, to_member) where ended_at is null;

-- « L'émargement »
create table assembly_sign_in (
    assembly_id uuid not null references assembly,
    member_id uuid not null references member,
    at timestamptz not null,
    how text not null check (how in ('card', 'list')),
    by_member uuid not null references member,
    left_at timestamptz,
    primary key (assembly_id, member_id)
);

create table candidacy (
    assembly_id uuid not null references assembly,
    member_id uuid not null references member,
    words text not null default '',
    at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (assembly_id, member_id)
);

-- What is voted on, in the order of its rank. Its row is locked by each vote on it.
create table resolution (
    resolution_id uuid primary key,
    assembly_id uuid not null references assembly,
    title text not null,
    text text not null default '',                    -- Markdown
    html text not null default '',
    way text not null check (way in ('hands', 'secret', 'election')),
    seats smallint check (seats between 1 and 12),
    majority text not null check (majority in ('simple', 'two_thirds')),
    rank smallint not null,
    revision integer not null default 1,
    removed_at timestamptz,
    opened_at timestamptz,
    counting_at timestamptz,                          -- nobody votes any more
    done_at timestamptz,
    result jsonb,                                     -- domain::assembly::Counted
    constraint an_election_fills_seats check ((way = 'election') = (seats is not null)),
    constraint it_is_counted_once_it_was_open check (counting_at is null or opened_at is not null),
    constraint it_comes_to_something check ((done_at is null) = (result is null) and (done_at is null or counting_at is not null))
);
create index resolution_of on resolution (assembly_id) where removed_at is null;
create unique index one_election_an_assembly on resolution (assembly_id) where way = 'election' and removed_at is null;
create unique index one_vote_at_a_time on resolution (assembly_id) where opened_at is not null and done_at is null;

-- Whose voice was cast, by whom, and by which channel: never what it said. It has no time and no order that a ballot shares.
create table vote_cast (
    resolution_id uuid not null references resolution,
    voice uuid not null references member,            -- whose it is
    by_member uuid not null references member,        -- who cast it: its own member, or who carried it
    channel text not null check (channel in ('app', 'paper')),
    primary key (resolution_id, voice)
);

-- What voices said, in secret: a row a voice. Nothing here leads to anybody: the id is chance alone, there is no time, and all
-- ballots of a vote are written anew, in the order of their ids, whenever one is added (docs/decisions/031).
create table ballot (
    ballot_id uuid primary key,
    resolution_id uuid not null references resolution,
    ballot jsonb not null                             -- domain::assembly::Ballot
);
create index ballot_of on ballot (resolution_id);

-- What each teller counted, and the lots that each saw drawn: what two say alike holds.
create table teller_said (
    resolution_id uuid not null references resolution,
    teller uuid not null references member,
    what text not null check (what in ('count', 'draw')),
    said jsonb not null,                              -- domain::assembly::Said
    at timestamptz not null,
    primary key (resolution_id, teller, what)
);

-- What was done, and when: the id is the form's, so that one sent twice is one act. No vote is noted here.
create table assembly_act (
    assembly_act_id uuid primary key,
    assembly_id uuid references assembly,
    what text not null,
    about uuid,
    by_member uuid not null references member,
    at timestamptz not null
);
create index assembly_act_of on assembly_act (assembly_id, at);
