-- Why a worker has handed work of a diff back, and when the last one did; forgotten when none has for a while.
alter table diff add column handed_back text, add column handed_back_at timestamptz;
create index diff_handed_back on diff (handed_back_at) where handed_back_at is not null;
