-- When somebody without an account who waits was told last that a seat is free: not again at once, however often it comes free.
alter table event_visitor add column offered_at timestamptz;
