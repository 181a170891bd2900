-- A mail about one act carries a link to a page with that act and nothing else.

-- The key with which these links are made; made at first use.
create table mail_act_key (
    only_row boolean primary key default true check (only_row),
    key bytea not null
);

-- The one answer that was given through a mail's link, noted before it is performed.
create table mail_act (
    delivery_id bigint primary key references delivery on delete cascade,
    choice text not null,
    command_id uuid not null,
    command jsonb not null,
    used_at timestamptz not null
);
