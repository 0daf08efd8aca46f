-- Rows that differ, kept to be shown: the lowest ranks of each kind, and for 'value' of each differing column too.
create type differing_kind as enum ('value', 'exclusive1', 'exclusive2', 'duplicate1', 'duplicate2');

create table differing_row (
    diff       bigint         not null references diff on delete cascade,
    kind       differing_kind not null,
    rank       bigint         not null, -- a hash of the key
    id         bigint         generated always as identity,
    plan       integer        not null,
    key        text           not null, -- JSON
    row_values text           not null, -- JSON
    columns    text[]         not null, -- which differ; empty for all kinds but 'value'
    primary key (diff, kind, rank, id)
);

-- What rows that come later must be below, where enough are kept already; place is a column, or '' for the kind.
create table differing_limit (
    diff  bigint         not null references diff on delete cascade,
    plan  integer        not null,
    kind  differing_kind not null,
    place text           not null,
    rank  bigint         not null,
    primary key (diff, plan, kind, place)
);

-- Whether all rows that differ are kept; null until the diff is done.
alter table diff add column rows_complete boolean;
