-- What a task leaves for the next stage to look into, JSON that only workers understand; null for nothing.
alter table ledger_result add column residue text;
