package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.KeySearch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client wants to know of a source; answered by a JSON object that the API service shows as it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SourceQuestion.Query.class, name = "query"),
    @JsonSubTypes.Type(value = SourceQuestion.TableSchema.class, name = "table_schema"),
    @JsonSubTypes.Type(value = SourceQuestion.Keys.class, name = "keys")
})
public sealed interface SourceQuestion {
    /** What a query may take where nobody says. */
    int QUERY_SECONDS = 10;

    /** What looking something up may take. */
    int LOOK_UP_SECONDS = 30;

    /** How long the worker that has it may take for the answer: whoever asked does not wait much longer. */
    default int mostSeconds() {
        return LOOK_UP_SECONDS;
    }

    /**
     * The rows of a SELECT: {@code {rows: [{}], columns: [], truncated}}.
     *
     * @param most how many rows of it, at least 1
     * @param parameters JSON values by "1" where the SELECT says $1, by "name" where it says :name; null for none
     * @param seconds how long it may take; null for {@link #QUERY_SECONDS}
     */
    record Query(
            String sql,
            int most,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, JsonNode> parameters,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer seconds)
            implements SourceQuestion {
        public Query {
            parameters = parameters == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        /** With the time that queries have where nobody says. */
        public Query(String sql, int most, @Nullable Map<String, JsonNode> parameters) {
            this(sql, most, parameters, null);
        }

        @Override
        public int mostSeconds() {
            return seconds == null ? QUERY_SECONDS : seconds;
        }
    }

    /**
     * The columns of a table: {@code {table: [], columns: [{name, type, db_type, is_nullable, number}]}}.
     *
     * @param table path parts, 1 to 3
     */
    record TableSchema(List<String> table) implements SourceQuestion {
        public TableSchema {
            table = List.copyOf(table);
        }
    }

    /**
     * What could be a table's key: {@code {candidates: [{pk: []}]}}, likely ones first.
     *
     * @param table path parts, 1 to 3
     * @param columns those that may be in it; null for all
     * @param sampleRows rows to look at where no constraint promises one
     * @param most how many candidates, at least 1; null for all
     * @param avoided columns that are in none; null for no such
     */
    record Keys(
            List<String> table,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> columns,
            int sampleRows,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer most,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable KeySearch avoided)
            implements SourceQuestion {
        public Keys(List<String> table, @Nullable List<String> columns, int sampleRows) {
            this(table, columns, sampleRows, null, null);
        }

        public Keys {
            table = List.copyOf(table);
            columns = columns == null ? null : List.copyOf(columns);
        }
    }
}
