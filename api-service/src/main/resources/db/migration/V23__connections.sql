-- When a job to drop tables was last given to a worker that has not answered so far.
alter table tidying add column sent_at timestamptz;

-- What a source's work takes of its connections at most, and how many of these no task works with. Each piece of work has
-- one more than it works with, to look whether somebody waits for it. Volatile, so that each call sees what is there by then.
create function connections_of(source_id bigint, out used bigint, out held bigint) language sql volatile as $$
    select coalesce(sum(w.n), 0)::bigint, coalesce(sum(w.n) filter (where w.holds), 0)::bigint
    from (
        select t.holds, 1 + greatest(
            (d.data_source1_id = source_id)::int + (d.data_source2_id = source_id)::int
                + (d.destination_id is not distinct from source_id and not t.holds)::int,
            case when t.stage = 0 and not t.holds and d.writes
                and (d.data_source1_id = source_id and (d.spec::jsonb #>> '{workspace,schema_a}') is not null
                  or d.data_source2_id = source_id and (d.spec::jsonb #>> '{workspace,schema_b}') is not null)
            then 2 else 0 end) as n
        from diff d
        join ledger_task t on t.diff = d.id and t.plan = d.plan and t.issued_at is not null
        where source_id in (d.data_source1_id, d.data_source2_id, d.destination_id)
          and not (t.holds and source_id not in (d.data_source1_id, d.data_source2_id))
          and d.status in ('waiting', 'queued', 'processing') and not d.deferred
          and not exists (select from ledger_result r
                          where r.diff = t.diff and r.plan = t.plan and r.stage = t.stage and r.task = t.task)
        union all
        select false, 2 from source_question q
        where q.source = source_id and q.sent_at is not null and q.answer is null and q.failure is null
        union all
        select false, 2 from source_test e
        where e.source = source_id and e.sent_at is not null and e.steps is null and e.failure is null
        union all
        select false, 2 from tidying y where y.source = source_id and y.sent_at > now() - interval '65 minutes'
    ) w
$$;

-- Whether a source has room for a question, a test or a job to drop tables; there is always room in an idle one.
create function has_room(source_id bigint, allowed int) returns boolean language sql volatile as $$
    select allowed is null or c.used + 2 <= allowed or c.used = 0 from connections_of(source_id) c
$$;
