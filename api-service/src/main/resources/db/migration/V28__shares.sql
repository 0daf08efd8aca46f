-- New diffs that wait are let in by turns of those that compare the same sources for the same API key.
create index diff_deferred_by_flow on diff (data_source1_id, data_source2_id, user_id, id) where deferred;

-- By a migration that only reads may pass; that of the column would let nothing pass.
create index diff_handed_back on diff (handed_back_at) where handed_back_at is not null;

-- How many diffs of a key are begun at a time; null for as many as come.
alter table api_key add column max_active_diffs int check (max_active_diffs > 0);
