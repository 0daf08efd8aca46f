-- When and in how many snapshots each side was read, JSON; of a result, and of a whole diff once it is done.
alter table ledger_result add column reads text;
alter table diff add column reads text;
