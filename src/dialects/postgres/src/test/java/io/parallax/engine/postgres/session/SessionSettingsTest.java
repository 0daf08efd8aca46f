package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.SessionParameters;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.ConnectionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
    private static final Pattern SET = Pattern.compile("(?:set_config\\('|set local )(\\w+)");

    @Test
    void fixesNothingThatClientsMayChoose() {
        List<String> statements = statements();
        assertThat(Stream.concat(
                                statements.stream(),
                                Arrays.stream(AccessPath.values()).map(AccessPathSettings::sql))
                        .flatMap(sql -> SET.matcher(sql).results())
                        .map((MatchResult found) -> found.group(1)))
                .hasSizeGreaterThan(15)
                .allMatch(SessionParameters::isFixed);
    }

    /** Until the last one: a query, which is the first to take the snapshot. */
    @Test
    void takesNoSnapshotBeforeAllIsSet() {
        List<String> statements = statements();
        assertThat(statements.subList(0, statements.size() - 1)).allMatch(sql -> sql.startsWith("set "));
    }

    private static List<String> statements() {
        return Stream.concat(
                        SessionSettings.own(ConnectionSettings.DEFAULT, "some name", "some role"),
                        Stream.of(SessionSettings.done("true")))
                .toList();
    }
}
