-- The dossier boards: what each working group has before it, who sees to it, by when, with which papers, how far it is.
create table dossier (
    dossier_id uuid primary key,
    group_id uuid not null references working_group,
    title text not null,
    text text not null default '',
    matter jsonb not null default '"task"',           -- domain::dossiers::Matter
    holder_id uuid references member,
    due_on date,
    reminded_on date,                                 -- the day of which those who are named have heard
    papers jsonb not null default '[]',               -- domain::dossiers::Paper, in order
    state jsonb not null default '"to_do"',           -- domain::dossiers::State
    by_member uuid not null references member,
    at timestamptz not null,
    revision integer not null default 1
);
create index dossier_group on dossier (group_id);
create index dossier_due on dossier (due_on) where state ?| array['to_do', 'under_way'];
create index dossier_tutor on dossier ((matter->'volunteer'->>'tutor')) where matter ? 'volunteer';

-- What a young volunteer worked on a day.
create table dossier_hours (
    dossier_hours_id uuid primary key,
    dossier_id uuid not null references dossier on delete cascade,
    on_day date not null,
    minutes smallint not null check (minutes between 1 and 720),
    note text not null default '',
    by_member uuid not null references member
);
create index dossier_hours_dossier on dossier_hours (dossier_id);

-- Who did what, and when: of a form, under the form's id, so that one sent twice is one act.
create table dossier_act (
    dossier_act_id uuid primary key,
    dossier_id uuid not null references dossier on delete cascade,
    what text not null,
    by_member uuid not null references member,
    at timestamptz not null
);
create index dossier_act_dossier on dossier_act (dossier_id, at);
