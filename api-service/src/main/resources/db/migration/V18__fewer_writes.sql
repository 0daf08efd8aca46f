-- In the order in which services that run meanwhile take them.
lock table ledger_task, event, diff in access exclusive mode;

-- A new diff beyond those that workers can soon take up is marked itself, and has no planning job until it is let in; what
-- is looked for every second does not come across it.
alter table diff add deferred boolean not null default false;
update diff d set deferred = true from ledger_task t where t.diff = d.id and t.not_before = 'infinity';
delete from ledger_task where not_before = 'infinity';
drop index ledger_task_deferred;
drop index diff_live;
create index diff_live on diff (id) where status in ('waiting', 'queued', 'processing') and not deferred;
create index diff_deferred on diff (id) where deferred;

-- Both are written with a new diff, or while its row is locked, and deleted with it.
alter table event drop constraint event_diff_fkey;
alter table ledger_task drop constraint ledger_task_diff_fkey;
