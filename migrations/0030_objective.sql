-- The employee: what the committee sets, who stands in, and what the office has dealt with.

create table objective (
    objective_id uuid primary key,
    label text not null,
    measure text not null default '',
    unit text not null,
    source text not null check (source in ('typed', 'members', 'coverage', 'outings')),
    way text not null check (way in ('at_least', 'at_most')),
    target bigint not null,                           -- hundredths of the unit
    from_on date not null,                            -- the first day of its first month
    to_on date not null,                              -- the first day of its last month
    closed_on date,
    closed_word text,
    by_member uuid not null references member,
    at timestamptz not null,
    revision integer not null default 1,
    constraint months_go_on check (from_on <= to_on),
    constraint closed_with_a_word check ((closed_on is null) = (closed_word is null))
);

-- One figure a month, of those that are typed.
create table objective_figure (
    objective_id uuid not null references objective,
    month_on date not null,                           -- its first day
    amount bigint not null,                           -- hundredths of the unit
    note text not null default '',
    by_member uuid not null references member,
    at timestamptz not null,
    primary key (objective_id, month_on)
);

-- What was set, typed or closed, and when: the id is the form's, so that one sent twice is one act.
create table objective_act (
    objective_act_id uuid primary key,
    objective_id uuid not null references objective,
    what text not null,
    by_member uuid not null references member,
    at timestamptz not null
);
create index objective_act_objective on objective_act (objective_id, at);

-- « Absent·e jusqu'au … »: the employee is away, and somebody stands in.
create table absence (
    absence_id uuid primary key,
    employee_id uuid not null references member,
    from_on date not null,
    until_on date not null,                           -- the last day
    deputy_id uuid not null references member,
    ended_on date,                                    -- the first day without it, where they were back before
    by_member uuid not null references member,
    at timestamptz not null,
    constraint absence_goes_on check (from_on <= until_on),
    constraint absence_ends_within_its_time check (ended_on between from_on and until_on),
    constraint nobody_stands_in_for_themselves check (deputy_id <> employee_id),
    -- An end on the first day leaves nothing, and meets nothing.
    constraint one_absence_at_a_time exclude using gist (employee_id with =,
        daterange(from_on, least(until_on + 1, coalesce(ended_on, until_on + 1)), '[)') with &&)
);
create index absence_deputy on absence (deputy_id);

-- What came from the shop and was dealt with, by whom: under its own name, once.
create table desk_handled (
    thing text primary key,                           -- domain::desk::What::thing
    word text not null default '',
    by_member uuid not null references member,
    at timestamptz not null
);
