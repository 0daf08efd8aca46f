package io.parallax.api.ledger.rows;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which of the rows that differ are kept. */
@ConfigMapping(prefix = "parallax.results")
public interface ResultsSettings {
    /** The most rows of each kind, and for each column that differs, that a diff keeps; a task sends 1000 at most. */
    @WithDefault("1000")
    int mostPerKind();
}
