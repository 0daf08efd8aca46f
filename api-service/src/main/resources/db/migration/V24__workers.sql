-- Workers that were heard of, and what each does at a time.
create table worker (
    name       text        primary key,
    task_slots integer     not null,
    job_slots  integer     not null,
    seen_at    timestamptz not null
);

-- Those that are there now.
create view live_worker as select * from worker where seen_at > now() - interval '30 seconds';

-- The most tasks of one diff in flight: as many as it is told, else three for each slot for them that there is, so that there is one for
-- whoever is done. Workers of older versions do not tell of their slots.
create function task_window(told integer) returns integer language sql stable as $$
    select greatest(1, coalesce(told, (select 3 * sum(task_slots)::integer from live_worker), 16))
$$;

-- What there is for workers to do, waiting, on its way or in hand: this is what their number is to follow. Of sources that allow so many
-- connections no more can be done at a time than that, however many workers there are.
create view pending_work as
with live as (
    select d.id, d.plan, (
        select s.id from data_source s
        where s.id in (d.data_source1_id, d.data_source2_id, d.destination_id) and s.max_allowed_connections is not null
        order by s.max_allowed_connections, s.id limit 1) as limited
    from diff d where d.status in ('waiting', 'queued', 'processing') and not d.deferred
), undone as (
    select t.stage % 2 = 0 as is_job, l.limited, count(*) as n
    from live l join ledger_task t on t.diff = l.id and t.plan = l.plan and not t.holds
    where (t.not_before is null or t.not_before <= now() or t.not_before = 'infinity')
      and not exists (select from ledger_result r where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task) offset 0)
    group by 1, 2
), feasible as (
    select u.is_job, least(u.n, s.max_allowed_connections) as n from undone u left join data_source s on s.id = u.limited
)
select coalesce(sum(n) filter (where not is_job), 0)::bigint as tasks,
       (coalesce(sum(n) filter (where is_job), 0)
         + (select count(*) from diff where deferred)
         + (select count(*) from source_question where answer is null and failure is null)
         + (select count(*) from source_test where steps is null and failure is null)
         + (select count(*) from tidying where due_at <= now() or sent_at is not null))::bigint as jobs
from feasible;
