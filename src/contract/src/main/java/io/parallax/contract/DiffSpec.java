package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param key one or more column names of side A; empty when {@code keySearch} is given
 * @param include compared columns besides the key; empty means all
 * @param exclude columns left out; include wins over exclude
 * @param snapshot true when each side must be read in one snapshot; null means no
 * @param mapping columns that are called something else on side B, by their names on side A; null for none
 * @param rules what counts as equal besides what is; null for nothing
 * @param clip the times that rows are compared of; null for all
 * @param keySearch how to find the key; null when it is given
 * @param hints how the client would compare; null when that is left to the plan
 * @param sampling which values to compare; null for all
 * @param timeBuckets how figures are told apart by time; null for not at all
 * @param compareDuplicates true when the rows of repeated keys are compared, too; null means no
 * @param stepwise true when what some of the tasks have counted must be figures in their own right; null means no
 * @param workspace what the diff writes into databases; null for nothing
 * @param profiles true when the datasets are profiled, too; null means no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DiffSpec(
        Dataset a,
        Dataset b,
        List<String> key,
        List<String> include,
        List<String> exclude,
        @Nullable Boolean snapshot,
        @Nullable Map<String, String> mapping,
        @Nullable EqualityRules rules,
        @Nullable TimeClip clip,
        @Nullable KeySearch keySearch,
        @Nullable Hints hints,
        @Nullable Sampling sampling,
        @Nullable TimeBuckets timeBuckets,
        @Nullable Boolean compareDuplicates,
        @Nullable Boolean stepwise,
        @Nullable Workspace workspace,
        @Nullable Boolean profiles) {
    public DiffSpec {
        key = List.copyOf(key);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        mapping = mapping == null ? null : Map.copyOf(mapping);
        if (key.isEmpty() == (keySearch == null)) {
            throw new IllegalArgumentException("a diff needs a key, or to be told to find one");
        }
    }

    /** With none of the rest. */
    public DiffSpec(Dataset a, Dataset b, List<String> key, List<String> include, List<String> exclude) {
        this(a, b, key, include, exclude, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Of these datasets instead. */
    public DiffSpec of(Dataset otherA, Dataset otherB) {
        return rest(draft(otherA, otherB, key, include, exclude))
                .keySearch(keySearch)
                .spec();
    }

    /** With this key instead. */
    public DiffSpec keyedBy(List<String> found) {
        return rest(draft(a, b, found, include, exclude)).spec();
    }

    /** With all that this one says beside its datasets and its key. */
    private Draft rest(Draft draft) {
        return draft.snapshot(snapshot)
                .mapping(mapping)
                .rules(rules)
                .clip(clip)
                .hints(hints)
                .sampling(sampling)
                .timeBuckets(timeBuckets)
                .compareDuplicates(compareDuplicates)
                .stepwise(stepwise)
                .workspace(workspace)
                .profiles(profiles);
    }

    /**
     * What a column of side A is called on side B.
     *
     * @throws DiffFailedException when its namesake there is another column's partner
     */
    public String nameOnB(String column) {
        if (mapping == null || mapping.containsKey(column)) {
            return mapping == null ? column : mapping.getOrDefault(column, column);
        }
        if (mapping.containsValue(column)) {
            throw new DiffFailedException(
                    ErrorType.NO_SUCH_COLUMN,
                    "The column " + column + " of side B is mapped to another column of side A; map " + column
                            + " of side A to its own, too.");
        }
        return column;
    }

    /** One that says more; what is not said of it is null. */
    public static Draft draft(Dataset a, Dataset b, List<String> key, List<String> include, List<String> exclude) {
        return new Draft(a, b, key, include, exclude);
    }

    /** A spec in the making, part by part and by name. */
    public static final class Draft {
        private final Dataset a;
        private final Dataset b;
        private final List<String> key;
        private final List<String> include;
        private final List<String> exclude;
        private @Nullable Boolean snapshot;
        private @Nullable Map<String, String> mapping;
        private @Nullable EqualityRules rules;
        private @Nullable TimeClip clip;
        private @Nullable KeySearch keySearch;
        private @Nullable Hints hints;
        private @Nullable Sampling sampling;
        private @Nullable TimeBuckets timeBuckets;
        private @Nullable Boolean compareDuplicates;
        private @Nullable Boolean stepwise;
        private @Nullable Workspace workspace;
        private @Nullable Boolean profiles;

        private Draft(Dataset a, Dataset b, List<String> key, List<String> include, List<String> exclude) {
            this.a = a;
            this.b = b;
            this.key = key;
            this.include = include;
            this.exclude = exclude;
        }

        public Draft snapshot(@Nullable Boolean given) {
            snapshot = given;
            return this;
        }

        public Draft mapping(@Nullable Map<String, String> given) {
            mapping = given;
            return this;
        }

        public Draft rules(@Nullable EqualityRules given) {
            rules = given;
            return this;
        }

        public Draft clip(@Nullable TimeClip given) {
            clip = given;
            return this;
        }

        public Draft keySearch(@Nullable KeySearch given) {
            keySearch = given;
            return this;
        }

        public Draft hints(@Nullable Hints given) {
            hints = given;
            return this;
        }

        public Draft sampling(@Nullable Sampling given) {
            sampling = given;
            return this;
        }

        public Draft timeBuckets(@Nullable TimeBuckets given) {
            timeBuckets = given;
            return this;
        }

        public Draft compareDuplicates(@Nullable Boolean given) {
            compareDuplicates = given;
            return this;
        }

        public Draft stepwise(@Nullable Boolean given) {
            stepwise = given;
            return this;
        }

        public Draft workspace(@Nullable Workspace given) {
            workspace = given;
            return this;
        }

        public Draft profiles(@Nullable Boolean given) {
            profiles = given;
            return this;
        }

        public DiffSpec spec() {
            return new DiffSpec(
                    a,
                    b,
                    key,
                    include,
                    exclude,
                    snapshot,
                    mapping,
                    rules,
                    clip,
                    keySearch,
                    hints,
                    sampling,
                    timeBuckets,
                    compareDuplicates,
                    stepwise,
                    workspace,
                    profiles);
        }
    }
}
