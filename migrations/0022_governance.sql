-- Who decides: the committee's seats, the coordination meeting, the register of decisions, consultations between assemblies.

alter table mandate
    add column seat smallint check (seat between 1 and 12),     -- none for what was written down before seats had numbers
    add column how text not null default 'elected' check (how in ('elected', 'coopted')),
    add column chosen_on date,
    add column words text not null default '',
    add column ended_on date,                                   -- the first day without it, where it ended before its time
    add column ended_why text,
    add column warned_at timestamptz,                           -- the committee knows that it lapses
    add column by_member uuid references member,
    add column at timestamptz,
    add constraint ended_with_a_reason check ((ended_on is null) = (ended_why is null)),
    add constraint ends_within_its_time check (ended_on between from_on and to_on),
    -- An end on the first day leaves nothing, and meets nothing.
    add constraint one_mandate_a_seat exclude using gist (seat with =,
        daterange(from_on, least(to_on + 1, coalesce(ended_on, to_on + 1)), '[)') with &&) where (seat is not null),
    add constraint one_seat_a_member exclude using gist (member_id with =,
        daterange(from_on, least(to_on + 1, coalesce(ended_on, to_on + 1)), '[)') with &&) where (seat is not null);

-- The committee and the referents, once a month.
create table coordination_meeting (
    meeting_id uuid primary key,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    place text not null,
    cancelled text,                                   -- why it does not take place
    minutes text not null default '',                 -- Markdown
    minutes_html text not null default '',
    revision integer not null default 1,              -- of the minutes
    by_member uuid not null references member,
    at timestamptz not null,
    constraint meeting_time_goes_on check (starts_at < ends_at)
);
create index coordination_meeting_start on coordination_meeting (starts_at);

-- Whoever writes any of them holds the agenda: an advisory lock.
create table agenda_point (
    point_id uuid primary key,
    meeting_id uuid references coordination_meeting,  -- none: it waits for one that is planned
    by_member uuid not null references member,
    title text not null,
    text text not null default '',
    at timestamptz not null,
    length smallint check (length between 1 and 180), -- minutes
    rank smallint not null default 0 check (rank >= 0),
    withdrawn_at timestamptz,
    withdrawn_by uuid references member,
    constraint withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index agenda_point_meeting on agenda_point (meeting_id) where withdrawn_at is null;

create table meeting_presence (
    meeting_id uuid not null references coordination_meeting,
    member_id uuid not null references member,
    presence text not null check (presence in ('present', 'excused')),
    primary key (meeting_id, member_id)
);

-- Operational of a group, tactical of the coordination, strategic of an assembly.
create table decision (
    decision_id uuid primary key,
    title text not null,
    text text not null default '',                    -- Markdown
    html text not null default '',
    decided_by text not null check (decided_by in ('group', 'coordination', 'assembly')),
    group_id uuid references working_group,
    method text not null check (method in ('consensus', 'resistance', 'majority', 'secret_ballot')),
    on_day date not null,
    until_on date,
    superseded_by uuid references decision,
    meeting_id uuid references coordination_meeting,
    by_member uuid not null references member,        -- who wrote it down
    at timestamptz not null,
    revision integer not null default 1,
    constraint a_group_that_decided check ((decided_by = 'group') = (group_id is not null)),
    constraint it_holds_from_its_day check (until_on >= on_day),
    constraint it_does_not_replace_itself check (superseded_by <> decision_id)
);
create index decision_day on decision (on_day);
create index decision_superseded on decision (superseded_by) where superseded_by is not null;

create table consultation (
    consultation_id uuid primary key,
    title text not null,
    text text not null default '',                    -- Markdown
    html text not null default '',
    asked jsonb not null,                             -- domain::governance::Asked
    opened_at timestamptz not null,
    closes_at timestamptz not null,
    by_member uuid not null references member,
    constraint consultation_time_goes_on check (opened_at < closes_at)
);
create index consultation_closing on consultation (closes_at);

-- The last word of each member counts.
create table consultation_answer (
    consultation_id uuid not null references consultation,
    member_id uuid not null references member,
    put jsonb not null,                               -- domain::governance::Put
    at timestamptz not null,
    primary key (consultation_id, member_id)
);

-- What the committee did, and when: the id is the form's, so that one sent twice is one act.
create table governance_act (
    governance_act_id uuid primary key,
    what text not null,
    about uuid,
    by_member uuid not null references member,
    at timestamptz not null
);
create index governance_act_about on governance_act (about, at);
