-- What a task leaves for the next stage to look into, JSON that only workers understand; null for nothing.
alter table ledger_result add column residue text;

-- True for what the plan's worker keeps until the diff is over, such as a snapshot: leased, yet never sent, never done.
alter table ledger_task add column holds boolean not null default false;
