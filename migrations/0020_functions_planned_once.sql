-- The body of an SQL function that cannot be inlined is planned anew at each call (see 0002): `account` three times, the rules
-- once for each member whose snapshot is read, `account` once for each row where a whole table is walked. A PL/pgSQL one keeps
-- its plan. What they say is what they said.
create or replace function coop_rules() returns jsonb language plpgsql stable as $$
begin
    return (select rules || jsonb_build_object('policies', (
        select coalesce(jsonb_agg(jsonb_build_object('valid_from', valid_from, 'policy', policy) order by valid_from), '[]')
        from (select distinct on (valid_from) valid_from, policy from policy_version
            order by valid_from, at desc, policy_version_id desc) as latest))
    from setting);
end $$;

create or replace function account(of_member uuid, on_the date) returns uuid language plpgsql stable as $$
begin
    return coalesce((
        select case share when 'with' then with_member end from duty
        where member_id = of_member and from_on <= on_the and (to_on is null or to_on >= on_the)
        order by at desc, duty_id desc limit 1), of_member);
end $$;
