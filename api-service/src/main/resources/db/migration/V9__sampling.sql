-- Where values are sampled, a first plan counts keys only, and a second one is told what came of it.
alter table diff
    add column keys_only  boolean not null default false, -- of the plan in force
    add column keys_tally text,                           -- JSON, once the keys are counted
    add column keys_reads text,                           -- JSON, how they were read
    add column sample     text;                           -- JSON, the keys whose values are compared
