package io.parallax.api.datadiffs.request;

import io.parallax.contract.Hints;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request may ask tasks to begin with: our words, and those of the published API. */
public enum Algorithm {
    AUTO(null),
    HASHDIFF(Hints.Search.FINGERPRINTS),
    JOINDIFF(Hints.Search.KEYS),
    FETCH_AND_COMPARE(Hints.Search.ROWS),
    JOIN(Hints.Search.KEYS),
    HASH(Hints.Search.FINGERPRINTS),
    HASH_V2_ALPHA(Hints.Search.FINGERPRINTS),
    FETCH_AND_JOIN(Hints.Search.ROWS);

    /** Words of answers, which are published ones. */
    public static final List<String> ANSWERS = List.of(JOIN.word(), HASH.word(), FETCH_AND_JOIN.word());

    /** Those of diffs without a hint. */
    public static final List<String> BY_ITSELF = List.of(JOIN.word(), FETCH_AND_JOIN.word());

    /** The word of an answer, in SQL, of a row of diffs. */
    public static final String SQL =
            """
            case when data_source1_id = data_source2_id then 'join'
                 when strpos(request, '"algorithm_hint":"hash') > 0
                      and request::jsonb ->> 'algorithm_hint' in ('hashdiff', 'hash', 'hash_v2_alpha') then 'hash'
                 else 'fetch_and_join' end""";

    private final Hints.@Nullable Search search;

    Algorithm(Hints.@Nullable Search search) {
        this.search = search;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Algorithm> of(@Nullable String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word().equals(word))
                .findFirst();
    }

    /** What tasks begin with; null where that is left to the plan. */
    public Hints.@Nullable Search search() {
        return search;
    }

    /** What tasks begin with by this word; null where that is left to the plan. */
    static Hints.@Nullable Search search(@Nullable String word) {
        return of(word).map(Algorithm::search).orElse(null);
    }

    /** The published word for how a diff compares: by the database itself where there is one source. */
    public static String answer(DiffRequest request) {
        if (request.datasets().dataSource1Id() == request.datasets().dataSource2Id()) {
            return JOIN.word();
        }
        return search(request.hints().algorithmHint()) == Hints.Search.FINGERPRINTS
                ? HASH.word()
                : FETCH_AND_JOIN.word();
    }
}
