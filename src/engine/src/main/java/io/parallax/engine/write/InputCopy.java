package io.parallax.engine.write;

import io.parallax.contract.Dataset;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.Cancellation;
import io.parallax.engine.postgres.Catalog;
import io.parallax.engine.postgres.RowSecurity;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.source.Session;
import io.parallax.engine.source.Sessions;
import io.parallax.engine.source.WritingSession;
import java.util.List;

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
     * @param guarded tables whose policies hid rows from it, by their quoted paths
     */
    public record Copy(Dataset dataset, List<String> guarded) {}

    /** The copy of a dataset's filtered rows. */
    public Copy copy(Dataset dataset, SourceDetails source, String schema, String name, Cancellation cancellation) {
        String table = Tables.path(schema, name);
        try (Session reader = sessions.open(source, cancellation);
                WritingSession writer = sessions.openToWrite(source, cancellation)) {
            DescribedDataset described = new Catalog(reader).describe(dataset);
            String rows = described.rows("*");
            writer.execute("create table " + table + " as select * from (" + rows + ") rows with no data");
            writer.copyFrom(reader, rows, table);
            writer.execute("analyze " + table);
            writer.commit();
            return new Copy(
                    new Dataset(List.of(schema, name), null, null, dataset.settings()),
                    RowSecurity.tables(reader, described));
        }
    }
}
