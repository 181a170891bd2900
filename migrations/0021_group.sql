-- The working groups live: how one comes in and goes, their page, what was said at their meetings.

alter table working_group
    add column page text not null default '',         -- Markdown, as its referents write it
    add column html text not null default '',         -- as it is shown
    add column call text not null default '',         -- « On cherche… »
    add column call_at timestamptz,
    add column revision integer not null default 1;

-- Somebody asks to belong to a group, or is invited: answered once.
create table group_joining (
    joining_id uuid primary key,
    group_id uuid not null references working_group,
    member_id uuid not null references member,
    invited_by uuid references member,                -- where they did not ask themselves
    word text not null default '',
    at timestamptz not null,
    state jsonb not null default '"pending"'          -- domain::groups::JoiningState
);
create unique index one_pending_joining on group_joining (group_id, member_id) where state = '"pending"'::jsonb;
create index group_joining_member on group_joining (member_id);

-- Who came, went, answers for it, changed its page, and when: of a form, under the form's id, so that one sent twice is one act.
create table group_act (
    group_act_id uuid primary key,
    group_id uuid not null references working_group,
    what text not null,
    about uuid references member,
    by_member uuid not null references member,
    at timestamptz not null
);
create index group_act_group on group_act (group_id, at);
create index group_act_about on group_act (about) where about is not null;

-- What was said at a meeting of a group.
create table group_minutes (
    minutes_id uuid primary key,
    group_id uuid not null references working_group,
    event_id uuid references event,                   -- where the meeting was announced
    on_day date not null,
    title text not null,
    text text not null,                               -- Markdown
    html text not null,
    by_member uuid not null references member,
    at timestamptz not null,
    revision integer not null default 1
);
create index group_minutes_group on group_minutes (group_id, on_day);
create index group_minutes_event on group_minutes (event_id) where event_id is not null;
