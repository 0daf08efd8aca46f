package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Rights;
import io.parallax.engine.type.Access;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the login may read what it has to, and what to grant where it may not. */
public final class Grants {
    /** With more, the whole table is granted as well. */
    private static final int MOST_NAMES = 20;

    private Grants() {}

    /**
     * Requires that these columns of a table can be read; a query asks for no more than it says.
     *
     * @param instead what else to do, from a comma on; empty for nothing
     * @throws DiffFailedException that names what is missing
     */
    public static void require(DescribedDataset dataset, Stream<Column> columns, String instead) {
        Access access = dataset.access();
        List<String> denied = columns.filter(column -> !column.readable())
                .map(Column::name)
                .distinct()
                .toList();
        if (access == null) {
            return;
        }
        if (!access.usesSchema()) {
            throw denied(rights(dataset).ofSchema(access) + ".");
        }
        if (dataset.columns().stream().noneMatch(Column::readable)
                && !dataset.columns().isEmpty()) {
            throw denied("The login " + access.login() + " may not read " + path(access) + "; "
                    + rights(dataset).ofColumns(List.of(), access) + ".");
        }
        if (!denied.isEmpty()) {
            throw denied("The login " + access.login() + " may not read " + named(denied) + " of " + path(access) + "; "
                    + rights(dataset).ofColumns(listed(denied), access) + instead + ".");
        }
    }

    private static String named(List<String> names) {
        String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return (names.size() == 1 ? "the column " : "the columns ")
                + some
                + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    }

    private static List<String> listed(List<String> names) {
        return names.size() > MOST_NAMES ? List.of() : names;
    }

    private static Rights rights(DescribedDataset dataset) {
        return Dialects.of(dataset).rights();
    }

    private static String path(Access access) {
        return access.schema() + "." + access.table();
    }

    private static DiffFailedException denied(String message) {
        return new DiffFailedException(ErrorType.QUERY_ERROR, message);
    }
}
