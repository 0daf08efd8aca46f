package io.parallax.engine.plan;

import io.parallax.contract.tally.Note;
import io.parallax.engine.postgres.RowSecurity;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.source.SessionPair;
import io.parallax.engine.write.InputCopy;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be told with the plan that who reads the diff must know.
 *
 * @param profiled whether the datasets are profiled
 */
record Notices(SessionPair pair, SessionPair.Both<DescribedDataset> datasets, boolean profiled) {
    /** {@code copies}: what was copied before. */
    List<Note> notes(SessionPair.Both<InputCopy.Copy> copies) {
        SessionPair.Both<List<String>> guarded = pair.both(
                session -> RowSecurity.tables(session, datasets.a()),
                session -> RowSecurity.tables(session, datasets.b()));
        return Stream.of(
                        rowSecurity("A", copies.a(), guarded.a()),
                        rowSecurity("B", copies.b(), guarded.b()),
                        profiles("A", datasets.a()),
                        profiles("B", datasets.b()))
                .flatMap(sentence -> sentence)
                .map(Note::of)
                .toList();
    }

    private static Stream<String> rowSecurity(String side, InputCopy.Copy copy, List<String> guarded) {
        List<String> tables = Stream.concat(copy.guarded().stream(), guarded.stream())
                .distinct()
                .toList();
        return tables.isEmpty()
                ? Stream.empty()
                : Stream.of("Row security is active for the login of side " + side + " on " + String.join(", ", tables)
                        + ", so rows that its policies hide were not compared.");
    }

    private Stream<String> profiles(String side, DescribedDataset dataset) {
        List<String> denied = dataset.columns().stream()
                .filter(column -> profiled && !column.readable())
                .map(Column::name)
                .toList();
        return denied.isEmpty()
                ? Stream.empty()
                : Stream.of("The login of side " + side + " may not read " + String.join(", ", denied)
                        + ", so there is no profile of it.");
    }
}
