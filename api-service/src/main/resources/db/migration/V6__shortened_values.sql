-- Columns of a kept row with a value too long to be shown whole.
alter table differing_row add column shortened text[] not null default '{}';
