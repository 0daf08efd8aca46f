-- How many plans of a diff were let go because somebody waited for their locks.
alter table diff add column gave_way int not null default 0;
