-- Planning jobs that stay in the store until workers have taken up some of those before them.
create index ledger_task_deferred on ledger_task (diff) where not_before = 'infinity';

-- Sources and keys are marked as deleted and never deleted, and whoever adds a diff holds its sources meanwhile; to look
-- for them once more was a third of what a new diff cost.
alter table diff
    drop constraint diff_user_id_fkey,
    drop constraint diff_data_source1_id_fkey,
    drop constraint diff_data_source2_id_fkey;

-- What is not sent is found by the other one.
drop index event_sent;
create index event_sent on event (sent_at) where sent_at is not null;
