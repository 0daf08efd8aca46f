-- The W3C traceparent of the call that asked for a diff: whatever is sent for it later, in whose company it may be, belongs there.
alter table diff add trace text;
