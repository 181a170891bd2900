-- What members ask of the office about their duty. The reason, and the word that answers it, are for the two of
-- them: no other table, notice or log repeats them. A request is never changed: its answer is a row beside it.
create table leave_request (
    request_id uuid primary key,
    member_id uuid not null references member,
    what text not null check (what in ('pause', 'parental', 'illness', 'exemption')),
    from_on date not null,
    to_on date not null check (to_on >= from_on),
    why text not null default '',
    asked_at timestamptz not null,
    asked_by uuid references member            -- who sent it, where the office asked in their name
);
create index leave_request_member on leave_request (member_id);

-- One answer a request: granted or refused by the office, or withdrawn by whoever asked.
create table leave_request_answer (
    request_id uuid primary key references leave_request,
    state text not null check (state in ('granted', 'refused', 'withdrawn')),
    word text not null default '',
    by_member uuid not null references member,
    at timestamptz not null
);
