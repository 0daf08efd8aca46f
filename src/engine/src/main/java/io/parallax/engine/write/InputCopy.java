package io.parallax.engine.write;

import io.parallax.contract.Dataset;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.WritingSession;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies a dataset into a table of its own, so that a heavy query runs once. Its rows are read in a read-only transaction
 * and go through the worker: a query that would write cannot.
 */
public final class InputCopy {
    private final Sessions sessions;

    public InputCopy(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * A copy of a dataset's filtered rows.
     *
     * @param original what was copied; null for a dataset that was not
     * @param guarded tables whose policies hid rows from it, by their quoted paths
     */
    public record Copy(Dataset dataset, @Nullable DescribedDataset original, List<String> guarded) {
        /** Of what is compared as it is. */
        public static Copy none(Dataset dataset) {
            return new Copy(dataset, null, List.of());
        }
    }

    /** The copy of a dataset's filtered rows; of the columns that are needed, as far as the login may read them. */
    public Copy copy(
            Dataset dataset,
            Predicate<String> needed,
            SourceDetails source,
            String schema,
            String name,
            Cancellation cancellation) {
        Dialect dialect = Dialects.of(source);
        Expressions expressions = dialect.expressions();
        Values values = dialect.values();
        String table = Tables.path(expressions, schema, name);
        try (Session reader = sessions.open(source, dialect.locking(dataset), cancellation);
                WritingSession writer = sessions.openToWrite(source, cancellation)) {
            DescribedDataset described = Dialects.catalog(reader).describe(dataset);
            List<Column> columns = described.columns().stream()
                    .filter(column -> column.readable() && needed.test(column.name()))
                    .toList();
            String rows = rows(described, columns, column -> expressions.identifier(column.name()));
            writer.createEmpty(table, rows, reader);
            if (writer.takesBinary(table)) {
                writer.copyFrom(reader, rows, table);
            } else {
                columns.forEach(column -> reader.set(values.settings(column.type())));
                writer.copyTextsFrom(reader, rows(described, columns, values::copied), table);
            }
            reader.reading(null);
            writer.execute("analyze " + table);
            writer.commit();
            return new Copy(
                    new Dataset(List.of(schema, name), null, null, dataset.settings()),
                    described,
                    Dialects.catalog(reader).guarded(described));
        }
    }

    private static String rows(DescribedDataset described, List<Column> columns, Function<Column, String> form) {
        return described.rows(columns.stream().map(form).collect(Collectors.joining(", ")));
    }
}
