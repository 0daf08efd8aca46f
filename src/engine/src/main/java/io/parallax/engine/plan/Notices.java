package io.parallax.engine.plan;

import io.parallax.contract.tally.Note;
import io.parallax.engine.postgres.RowSecurity;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.source.SessionPair;
import java.util.List;
import java.util.stream.Stream;

/** What can be told with the plan that who reads the diff must know. */
record Notices(SessionPair pair, SessionPair.Both<DescribedDataset> datasets) {
    /** {@code copied}: tables whose policies hid rows when copies were made. */
    List<Note> notes(SessionPair.Both<List<String>> copied) {
        SessionPair.Both<List<String>> guarded = pair.both(
                session -> RowSecurity.tables(session, datasets.a()),
                session -> RowSecurity.tables(session, datasets.b()));
        return Stream.concat(
                        rowSecurity("A", copied.a(), guarded.a()).stream(),
                        rowSecurity("B", copied.b(), guarded.b()).stream())
                .toList();
    }

    private static List<Note> rowSecurity(String side, List<String> copied, List<String> guarded) {
        List<String> tables =
                Stream.concat(copied.stream(), guarded.stream()).distinct().toList();
        return tables.isEmpty()
                ? List.of()
                : List.of(Note.of("Row security is active for the login of side " + side + " on "
                        + String.join(", ", tables) + ", so rows that its policies hide were not compared."));
    }
}
