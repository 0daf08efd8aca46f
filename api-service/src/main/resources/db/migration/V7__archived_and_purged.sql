alter table diff
    add column archived boolean not null default false,
    add column purged   boolean not null default false;

-- A source that is deleted has no secrets any more, and its name is free; its diffs still name it.
alter table data_source
    add column deleted_at timestamptz,
    drop constraint data_source_name_key;
create unique index data_source_name_key on data_source (name) where deleted_at is null;
