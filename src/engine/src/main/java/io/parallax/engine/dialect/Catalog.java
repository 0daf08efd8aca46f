package io.parallax.engine.dialect;

import io.parallax.contract.Dataset;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Profile;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.TableFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server tells of itself, and of what it holds. */
public interface Catalog {
    /** The server's name and version, for people. */
    String server();

    /** Whether the database has room for any text: it is of encoding UTF-8. */
    boolean takesAnyText();

    /** What the session has been told of this, or is by itself. */
    String setting(String name);

    /** Whether other sessions may look at what one sees. */
    boolean sharesSnapshots();

    /** How many tables and views there are to see. */
    long visibleTables();

    /**
     * Asks at once what a plan of this dataset is made of, so that none of it costs a trip of its own where the server is far away. It
     * changes no answer.
     */
    void prefetch(Dataset dataset);

    /**
     * The dataset's columns, keys, access paths and storage.
     *
     * @throws io.parallax.contract.DiffFailedException when it does not exist or cannot be used
     */
    DescribedDataset describe(Dataset dataset);

    /** The smallest values, the greatest ones and the NULLs of all columns that the login may read. */
    Profile profile(DescribedDataset dataset);

    /** The quoted paths of tables whose rules hide rows from the login where the dataset is read, which has been planned or read. */
    List<String> guarded(DescribedDataset dataset);

    /** The views that are made of a dataset's table, and those that are made of them; none of a query. */
    List<Dependent> dependents(Dataset dataset, boolean sideB);

    /** What decides which rows a table takes; empty for what cannot be written to. */
    Optional<TableFacts> writing(List<String> table);

    /** The settings that a statement with this dataset's filter needs to mean the same in another session, by name. */
    Map<String, String> settingsOfFilter(Dataset dataset);

    /** Whether a backslash in a plain string of the login's is an escape. */
    boolean stringsHaveEscapes();
}
