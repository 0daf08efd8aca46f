-- Read out of the request once, when a diff is made, not whenever its state changes.
alter table diff add tags jsonb generated always as (nullif(request::jsonb -> 'tags', 'null'::jsonb)) stored;
drop index diff_tags;
create index diff_tags on diff using gin (tags) where tags is not null;
