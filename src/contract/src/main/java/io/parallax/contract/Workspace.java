package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a diff writes into databases. Whoever drops all tables in these schemas that begin with a prefix leaves nothing of
 * it behind.
 *
 * @param prefix what the names of all its tables begin with; nobody else's do
 * @param schemaA the schema that dataset A is copied to before it is compared; null when it is not
 * @param schemaB likewise of B
 * @param results where the rows that differ are written to; null for nowhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Workspace(String prefix, @Nullable String schemaA, @Nullable String schemaB, @Nullable Results results) {
    private static final Pattern PREFIX = Pattern.compile("parallax_[0-9a-f]{16}_");

    public Workspace {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a prefix is parallax_, 16 hexadecimal digits and _");
        }
    }

    /**
     * Tables in a data source of their own.
     *
     * @param whole true for all rows that differ; false for some of each task's
     */
    public record Results(String schema, boolean whole) {}

    /** The tables of what is found. */
    public enum Table {
        /** Pairs of rows whose values differ. */
        DIFF,
        /** Rows whose key only one side has. */
        EXCLUSIVES,
        /** A's rows whose key occurs more than once there. */
        DUPLICATES1,
        /** B's rows whose key occurs more than once there. */
        DUPLICATES2;

        /** The name of such a table that begins with this. */
        public String after(String prefix) {
            return prefix + name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the names of tables begin with that are gone when the diff is over. */
    public String temporary() {
        return prefix + "tmp_";
    }

    /** The same of one attempt at one plan; each execution adds something of its own. */
    public String temporary(int plan, int attempt) {
        return temporary() + "p" + plan + "n" + attempt + "_";
    }

    /** The same, whichever attempt. */
    public String temporary(int plan) {
        return temporary() + "p" + plan + "n";
    }

    /** Where a table of results ends up. */
    public String lasting(Table table) {
        return table.after(prefix);
    }
}
