package io.parallax.api.datadiffs.stored;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.stream.Stream;

/** A diff read without a session, as those are that clients ask for again and again. */
public final class DiffRow {
    /** $1 diff, which is {@code d}; more columns may come before {@code from}. */
    public static final String COLUMNS =
            """
            select d.id, d.user_id, d.data_source1_id, d.data_source2_id, d.destination_id, d.writes, d.request, d.spec,
                   d.archived, d.purged, d.ignored_fields, d.status, d.plan, d.tasks, d.comparison, d.algorithm, d.tally,
                   d.reads, d.sample, d.stops, d.partial, d.rows_complete, d.recheck_after, d.recheck, d.notes, d.handed_back, d.error_type,
                   d.error_message, d.created_at, d.updated_at, d.finished_at""";

    public static final String ALONE = COLUMNS + " from diff d where d.id = $1";

    private static final String RESULTS =
            ", (select count(*) from ledger_result r where r.diff = d.id and r.plan = d.plan) as results";

    private static final String XMIN = "d.xmin::text as version";
    private static final String VERSION = ", " + XMIN;

    /** And how many of its tasks are done, and which version of the row it is. */
    public static final String WITH_RESULTS = COLUMNS + RESULTS + VERSION + " from diff d where d.id = $1";

    /** That alone; $1 diff. */
    public static final String RESULTS_ALONE = "select d.tasks" + RESULTS + VERSION + " from diff d where d.id = $1";

    /** Which version of the row it is; $1 diff. */
    public static final String VERSION_ALONE = "select " + XMIN + " from diff d where d.id = $1";

    /** And its timeline, which may be long: JSON, null where nobody asked; and which version of the row it is. */
    public static final String WITH_TIMELINE = COLUMNS + ", d.timeline" + VERSION + " from diff d where d.id = $1";

    /** $1 diffs, in any order. */
    public static final String MANY = COLUMNS + " from diff d where d.id = any($1)";

    /** $1 diffs: how many bytes there would be of what clients have asked for and are shown. */
    public static final String SIZE =
            """
            select coalesce(sum(octet_length(request) + coalesce(octet_length(array_to_string(ignored_fields, ',')), 0)), 0)::int8
            from diff where id = any($1)""";

    private static final List<String> DOCUMENTS = List.of("request", "spec", "comparison", "tally");

    private DiffRow() {}

    /** How many characters its documents have, as far as they may be many. */
    public static long size(Row row) {
        String timeline = row.getColumnIndex("timeline") < 0 ? null : row.getString("timeline");
        return Stream.concat(DOCUMENTS.stream().map(row::getString), Stream.of(timeline == null ? "" : timeline))
                .mapToLong(json -> json == null ? 0 : json.length())
                .sum();
    }

    public static Diff diff(Row row) {
        Diff diff = new Diff();
        diff.id = row.getLong("id");
        diff.userId = row.getLong("user_id");
        diff.dataSource1Id = row.getLong("data_source1_id");
        diff.dataSource2Id = row.getLong("data_source2_id");
        diff.destinationId = row.getLong("destination_id");
        diff.writes = row.getBoolean("writes");
        diff.request = row.getString("request");
        diff.spec = row.getString("spec");
        diff.archived = row.getBoolean("archived");
        diff.purged = row.getBoolean("purged");
        diff.ignoredFields = row.getArrayOfStrings("ignored_fields");
        diff.status = row.getString("status");
        diff.plan = row.getInteger("plan");
        diff.tasks = row.getInteger("tasks");
        diff.comparison = row.getString("comparison");
        diff.algorithm = row.getString("algorithm");
        diff.tally = row.getString("tally");
        diff.reads = row.getString("reads");
        diff.sample = row.getString("sample");
        diff.stops = row.getString("stops");
        diff.partial = row.getString("partial");
        diff.rowsComplete = row.getBoolean("rows_complete");
        diff.recheckAfter = row.getInteger("recheck_after");
        diff.recheck = row.getString("recheck");
        diff.notes = row.getString("notes");
        diff.handedBack = row.getString("handed_back");
        diff.errorType = row.getString("error_type");
        diff.errorMessage = row.getString("error_message");
        diff.createdAt = row.getOffsetDateTime("created_at");
        diff.updatedAt = row.getOffsetDateTime("updated_at");
        diff.finishedAt = row.getOffsetDateTime("finished_at");
        return diff;
    }
}
