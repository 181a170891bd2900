-- The register: what Administratif keeps of members, how they arrive, how they leave, and what was done to whose account.

alter table member add column address text not null default '';        -- for letters; seen by the office alone
alter table member add column photo jsonb;                              -- domain::brief::Picture
alter table member add column revision integer not null default 1;
-- Registered twice: the one who goes on.
alter table member add column merged_into uuid references member;
-- Their name, address and words are gone; what was counted stays.
alter table member add column erased_at timestamptz;

-- What the office sets for all of it.
create table register_setting (
    only_row boolean primary key default true check (only_row),
    -- Where a newcomer comes the first time, when, and what to wear.
    first_shift text not null,
    share_cents bigint not null check (share_cents > 0),
    association_cents bigint not null check (association_cents >= 0)
);
insert into register_setting (first_shift, share_cents, association_cents)
values ('Viens dix minutes avant l’heure, par la porte du magasin. Mets des chaussures fermées et de quoi ne pas avoir froid : la réserve est fraîche.', 10000, 1000);

-- Somebody on their way in.
create table arrival (
    member_id uuid primary key references member,
    requested_on date not null,
    presented_on date,                -- came to a presentation
    chosen_on date,                   -- a regular seat, or floating
    sponsor uuid references member,   -- marraine, parrain
    -- On which they were asked for nothing more: all of it done, or the office says so.
    ended_on date,
    constraint nobody_is_their_own_sponsor check (sponsor <> member_id)
);
create index arrival_open on arrival (requested_on) where ended_on is null;

-- Somebody on their way out: on that day they are no longer a member.
create table departure (
    member_id uuid primary key references member,
    on_day date not null,
    why text not null default '',     -- for the office
    by_member uuid not null references member,
    at timestamptz not null,
    origin text not null,             -- where the app is reached, for their last mail
    done_at timestamptz,              -- roles ended, devices signed out
    -- SHA-256 of the secret in their mail: it opens their own data, to be read, until then.
    export_hash bytea unique,
    export_until timestamptz,
    constraint whoever_may_read_until_some_time check ((export_hash is null) = (export_until is null))
);
create index departure_to_do on departure (on_day) where done_at is null;

-- Asked of Administratif: that nothing names them any more.
create table erasure_request (
    erasure_request_id uuid primary key,
    member_id uuid not null references member,
    word text not null default '',    -- for the office
    asked_at timestamptz not null,
    asked_by uuid references member,  -- who sent it, where the office asked in their name
    state text not null check (state in ('pending', 'withdrawn', 'refused', 'done')),
    answer text not null default '',
    by_member uuid references member,
    ended_at timestamptz,
    constraint what_ended_ended_at_some_time check ((state = 'pending') = (ended_at is null))
);
create unique index one_pending_erasure on erasure_request (member_id) where state = 'pending';

-- What was done to an account, by whom, when: only ever added to.
create table account_act (
    account_act_id bigint generated always as identity primary key,
    -- The form's id: sent twice, it is one act of each member whom it concerns.
    form uuid,
    member_id uuid not null,          -- no foreign key: what was done stays told, though an import is taken back
    deed jsonb not null,              -- domain::register::Deed
    by_member uuid references member, -- nobody: the night's work
    at timestamptz not null,
    constraint one_act_a_form unique (form, member_id)
);
create index account_act_member on account_act (member_id, at);
create function account_act_stays() returns trigger language plpgsql as $$
begin
    raise exception 'what was done to an account is only added to';
end $$;
create trigger account_act_stays before update or delete on account_act
    for each row execute function account_act_stays();

-- « Entre dans l'application »: mails that go out in waves.
create table welcome_mail (
    welcome_mail_id uuid primary key,
    form uuid not null,               -- the form's id: sent twice, it is one act
    member_id uuid not null references member,
    email text not null,
    origin text not null,             -- where the app is reached
    wave smallint not null,
    by_member uuid not null references member,
    planned_at timestamptz not null,
    due_at timestamptz not null,
    sent_at timestamptz,              -- handed over to be sent
    dropped text check (dropped in ('signed_in', 'left', 'no_address', 'taken_back')),
    constraint sent_or_not check (sent_at is null or dropped is null)
);
create unique index one_welcome_on_its_way on welcome_mail (member_id) where sent_at is null and dropped is null;
create index welcome_mail_form on welcome_mail (form);
create index welcome_mail_due on welcome_mail (due_at) where sent_at is null and dropped is null;

-- Photos of members, made small on the device.
create table member_picture (
    member_picture_id uuid primary key,
    by_member uuid not null references member,
    at timestamptz not null,
    mime text not null check (mime in ('image/jpeg', 'image/webp')),
    width smallint not null check (width between 1 and 1600),
    height smallint not null check (height between 1 and 1600),
    bytes bytea not null check (octet_length(bytes) <= 600000)
);
create index member_photo on member ((photo->>'id')) where photo is not null;
