-- What who reads a diff must know, JSON; of a result, and of a diff as far as it is known.
alter table ledger_result add column notes text;
alter table diff add column notes text;
