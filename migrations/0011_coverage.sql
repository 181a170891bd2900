-- The coverage board shows who called last for a shift.
create index notice_urgent_call on notice (at) where notice->>'kind' = 'urgent_call';
