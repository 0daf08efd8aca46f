-- Seconds after which differing keys are read again, null for never; and whether that has begun.
alter table diff add column recheck_after integer check (recheck_after >= 0);
alter table diff add column rechecking boolean not null default false;

-- What the second read came to, JSON, once a diff is done that asked for one.
alter table diff add column recheck text;

-- Whether the row's key still differed at the second read; null when it was not read again.
alter table differing_row add column remained boolean;
