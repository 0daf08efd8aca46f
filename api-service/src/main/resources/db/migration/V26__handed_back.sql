-- Why a worker has handed work of a diff back, and when the last one did; forgotten when none has for a while.
alter table diff add column handed_back text, add column handed_back_at timestamptz;
