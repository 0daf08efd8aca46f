-- As before, but each task's own result is looked for by its whole key: see NOT_DONE in the ledger's statements.
create or replace function connections_of(source_id bigint, out used bigint, out held bigint) language sql volatile as $$
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
                          where r.diff = t.diff and r.plan = t.plan and r.stage = t.stage and r.task = t.task offset 0)
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
