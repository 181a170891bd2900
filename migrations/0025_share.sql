-- Parts sociales: exactly one for a member, whatever was paid in; the association's memberships; where the money comes from.

create table share (
    share_id uuid primary key,
    member_id uuid not null references member,
    cents bigint not null check (cents between 1 and 10000000000),   -- what it comes to
    subscribed_on date not null,
    by_member uuid not null references member,
    at timestamptz not null,
    -- They left: what was paid is to be given back since that day.
    refund_due_on date,
    refunded_on date,
    refunded_cents bigint check (refunded_cents >= 0),
    refund_how text check (refund_how in ('cash', 'cheque', 'transfer', 'card', 'online', 'other')),
    constraint refunded_once_due check (refunded_on is null or refund_due_on is not null),
    constraint refunded_whole check ((refunded_on is null) = (refunded_cents is null) and (refunded_on is null) = (refund_how is null))
);
-- Whoever writes: nobody holds two.
create unique index one_share_per_member on share (member_id) where refunded_on is null;
create index share_of on share (member_id);

-- Paid at once or in several times; what was entered by mistake is cancelled, never changed.
create table share_payment (
    share_payment_id uuid primary key,
    share_id uuid not null references share on delete cascade,
    cents bigint not null check (cents between 1 and 10000000000),
    paid_on date not null,
    how text not null check (how in ('cash', 'cheque', 'transfer', 'card', 'online', 'other')),
    by_member uuid not null references member,
    at timestamptz not null,
    cancelled_by uuid references member,
    cancelled_at timestamptz,
    constraint whoever_cancels_cancels_at_some_time check ((cancelled_by is null) = (cancelled_at is null))
);
create index share_payment_share on share_payment (share_id);

-- Whoever works a vacation is insured by the association of the year.
create table association_year (
    member_id uuid not null references member,
    year smallint not null check (year between 2016 and 2200),
    cents bigint not null check (cents between 0 and 10000000000),
    paid_on date not null,
    by_member uuid not null references member,
    at timestamptz not null,
    primary key (member_id, year)
);

-- What comes from elsewhere than the members' shares.
create table financing (
    financing_id uuid primary key,
    kind text not null check (kind in ('subsidy', 'private', 'loan')),
    from_whom text not null,
    cents bigint not null check (cents between 1 and 10000000000),
    on_day date not null,
    note text not null default '',
    by_member uuid not null references member,
    at timestamptz not null,
    removed_by uuid references member,
    removed_at timestamptz,
    constraint whoever_removes_financing_removes_at_some_time check ((removed_by is null) = (removed_at is null))
);
