-- What lists of diffs are filtered and ordered by.
create index diff_created_at on diff (created_at, id);
create index diff_updated_at on diff (updated_at, id);
create index diff_finished_at on diff (finished_at desc nulls last, id desc);
create index diff_status on diff (status, id);
create index diff_user on diff (user_id, id);
create index diff_source1 on diff (data_source1_id, id);
create index diff_source2 on diff (data_source2_id, id);
create index diff_tags on diff using gin ((request::jsonb -> 'tags'));
