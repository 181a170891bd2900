-- Search in all briefs, in French: accents, ligatures and plurals do not matter.

-- Lower case, without accents, ligatures opened: whatever the database's locale.
create function folded(words text) returns text language sql immutable parallel safe
    return replace(replace(lower(translate(words,
        'ÀÂÄÁÃàâäáãÇçÈÉÊËèéêëÎÏÍîïíÔÖÓÕôöóõÙÛÜÚùûüúŸÿÑñŒÆ’',
        'aaaaaaaaaacceeeeeeeeiiiiiioooooooouuuuuuuuyynnœæ''')),
        'œ', 'oe'), 'æ', 'ae');

-- What a piece of a frozen brief says: its title weighs more.
create function piece_words(piece jsonb) returns tsvector language sql immutable parallel safe
    return setweight(to_tsvector('french', folded(coalesce(piece #>> '{block,title}', ''))), 'A')
        || setweight(to_tsvector('french', folded(
            regexp_replace(coalesce(piece #>> '{block,html}', ''), '<[^>]*>|&[a-z0-9#]+;', ' ', 'g')
            || ' ' || coalesce(piece #>> '{block,group}', '')
            || ' ' || coalesce(piece #>> '{block,picture,alt}', '')
            || ' ' || coalesce(piece #>> '{live,intro}', ''))), 'B');

-- Of all its pieces: finds the briefs in which pieces are then looked at.
create function brief_words(frozen jsonb) returns tsvector language sql immutable parallel safe
    return (
        select to_tsvector('french', folded(coalesce(string_agg(concat_ws(' ',
            piece #>> '{block,title}',
            regexp_replace(piece #>> '{block,html}', '<[^>]*>|&[a-z0-9#]+;', ' ', 'g'),
            piece #>> '{block,group}', piece #>> '{block,picture,alt}', piece #>> '{live,intro}'), ' '), '')))
        from jsonb_array_elements(frozen -> 'pieces') as pieces (piece));

create index brief_said on brief using gin (brief_words(frozen)) where published_at is not null;
