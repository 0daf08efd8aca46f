-- What a diff comes to in a word, as the API says it: lists are filtered and ordered by it.
create function diff_result(status text, comparison text, tally text, sample text, partial text) returns text
    language plpgsql immutable parallel safe as
$$
declare
    counts jsonb;
    schema jsonb;
begin
    if status = 'failed' then
        return 'error';
    elsif status <> 'done' then
        return null;
    end if;
    counts := tally::jsonb;
    schema := comparison::jsonb -> 'schema';
    if (counts #>> '{nulls,0}')::bigint + (counts #>> '{nulls,1}')::bigint > 0
       or (counts #>> '{dupes,0}')::bigint + (counts #>> '{dupes,1}')::bigint > 0 then
        return 'bad-pks';
    elsif (counts #>> '{total_rows,0}')::bigint + (counts #>> '{total_rows,1}')::bigint = 0 then
        return case when partial is null then 'empty' end;
    elsif (counts ->> 'rows_with_differences')::bigint > 0
          or (schema #>> '{columns_mismatched,0}')::bigint + (schema #>> '{columns_mismatched,1}')::bigint > 0
          or jsonb_array_length(schema -> 'type_differs') > 0 then
        return 'different';
    elsif (counts #>> '{exclusives,0}')::bigint + (counts #>> '{exclusives,1}')::bigint > 0 then
        return 'missing-pks';
    elsif partial is not null or (sample is not null and (counts ->> 'compared_rows')::bigint = 0) then
        return null;
    end if;
    return 'identical';
end
$$;
create index diff_result on diff (diff_result(status, comparison, tally, sample, partial), id)
    where status in ('done', 'failed');
