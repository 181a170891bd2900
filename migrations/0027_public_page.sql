-- What anybody reads of the co-op: the text of each page as it was published, never edited. Before its first row, a page says
-- what came with the app.
create table public_page_version (
    public_page_version_id uuid primary key,     -- the form's own: sent twice, it is one act
    page text not null,
    revision integer not null check (revision > 0),
    said jsonb not null,
    like_revision integer,                       -- the earlier one that it brought back
    by_member uuid not null references member,
    published_at timestamptz not null,
    unique (page, revision)
);

-- What somebody writes and has not published: one text a person and page.
create table public_page_draft (
    page text not null,
    member_id uuid not null references member,
    base_revision integer not null,
    said jsonb not null,
    saved_at timestamptz not null,
    primary key (page, member_id)
);

-- Where the shop is. Without a row, where its history says.
create table public_place (
    only_row boolean primary key default true check (only_row),
    place jsonb not null,
    revision integer not null check (revision > 0),
    by_member uuid not null references member,
    set_at timestamptz not null
);
