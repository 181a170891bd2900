-- Every request asks for the marks. The body of an SQL function that cannot be inlined is planned anew at each
-- call, which cost more than all the rest of finding a session; a PL/pgSQL one keeps its plan.
create or replace function marks(of_member uuid) returns jsonb language plpgsql stable as $$
begin
    return jsonb_build_object(
        'calendar', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar'),
        'groups', (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups'),
        'me', coalesce((select mark from member_mark where member_id = of_member), 0));
end $$;
