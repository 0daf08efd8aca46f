-- JSON, what of a tally belongs to which time; null where nobody asked.
alter table ledger_result add column timeline text;
alter table diff add column timeline text;
