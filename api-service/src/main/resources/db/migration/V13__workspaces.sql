-- What diffs write into databases, and what is left to be dropped there.
alter table data_source add column temp_schema text;
alter table data_source add column float_tolerance numeric;

alter table diff add column destination_id bigint references data_source; -- receives rows that differ; null for nowhere
alter table diff add column writes boolean not null default false;        -- whether it has a workspace
alter table diff add column publishing boolean not null default false;    -- whether its final tables are being made
create index diff_destination on diff (destination_id) where destination_id is not null;

alter table ledger_result add column batch text; -- by what the rows that it has written are known

create table tidying (
    id          bigint      generated always as identity primary key,
    diff        bigint      not null references diff on delete cascade,
    source      bigint      not null references data_source,
    sealed      text        not null, -- how to reach the source, even when it is deleted meanwhile
    schema_name text        not null,
    prefix      text        not null, -- of the tables to be dropped
    due_at      timestamptz not null default now(),
    tries       integer     not null default 0,
    last        boolean     not null default false, -- whether it was done before: a worker may come back late
    unique (diff, source, schema_name, prefix)
);
create index tidying_due on tidying (due_at);
