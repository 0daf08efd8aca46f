package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.AccessPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session's server is to be told of how to get at rows, with whatever is asked of it next. */
final class PendingSettings {
    private @Nullable AccessPath path;
    private boolean sorts;

    void reach(AccessPath way) {
        path = way;
    }

    /** Its server has been told to sort rows that are to be read in order. */
    void sorts() {
        sorts = true;
    }

    /** None is in force any more. */
    void forget() {
        path = null;
        sorts = false;
    }

    /** The query that tells it, which is due now; empty for nothing. */
    Optional<String> due() {
        Optional<String> due =
                Optional.ofNullable(path).map(AccessPathSettings::sql).map(OwnSql::spelledOut);
        path = null;
        return due;
    }

    /** The same before rows are read in order. */
    Optional<String> dueToSort() {
        Optional<String> due = due();
        if (sorts) {
            return due;
        }
        sorts = true;
        return Optional.of(due.map(sql -> sql + "; ").orElse("") + SessionSettings.SORTING);
    }
}
