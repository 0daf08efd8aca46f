package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.dialect.SourceSessions;
import io.parallax.engine.plan.probe.ServerProof;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's answers to known values are right whatever a login's settings and a database's encoding are. */
class KnownValuesIT {
    /** On a connection of its own, as one that is kept would have the settings of its login then. */
    private void assertProven(SourceDetails source) {
        Stream<@Nullable String> none = Stream.of((String) null);
        try (SourceSessions sessions =
                        new SourceSessions(Diffing.settings(Diffing.ONE).connections());
                Session session = sessions.open(source, new Cancellation())) {
            Stream<@Nullable String> hashes = Dialects.of(session).fingerprints().offered(session).stream()
                    .map(hash -> hash.id());
            assertThat(Stream.concat(none, hashes).map(hash -> ServerProof.of(session, hash)))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(proof -> {
                        assertThat(proof.failures()).isEmpty();
                        assertThat(proof.proven()).containsExactlyInAnyOrder(ProbedFamily.values());
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DateStyle = 'SQL, DMY'",
                "DateStyle = 'German, DMY'",
                "DateStyle = 'Postgres, MDY'",
                "IntervalStyle = 'sql_standard'",
                "IntervalStyle = 'iso_8601'",
                "IntervalStyle = 'postgres_verbose'",
                "TimeZone = 'Asia/Kathmandu'",
                "TimeZone = 'America/St_Johns'",
                "extra_float_digits = -15",
                "extra_float_digits = 0",
                "bytea_output = 'escape'",
                "standard_conforming_strings = off",
                "search_path = ''",
                "array_nulls = off",
                "client_encoding = 'LATIN1'",
                "quote_all_identifiers = on",
                "xmloption = 'document'",
                "enable_sort = off"
            })
    void settingsOfALoginChangeNothing(String setting) {
        TestServer.run(
                "drop role if exists probed",
                "create role probed login superuser password 'secret'",
                "alter role probed set " + setting);

        assertProven(new SourceDetails("pg", TestServer.options().put("user", "probed")));
        TestServer.run("drop role probed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "LATIN1", "SQL_ASCII", "WIN1252", "EUC_JP"})
    void everyEncodingIsProven(String encoding) {
        TestServer.run(
                "drop database if exists probed with (force)",
                "create database probed template template0 encoding '" + encoding + "' locale 'C'");
        ObjectNode options = TestServer.options().put("dbname", "probed");

        assertProven(new SourceDetails("pg", options));
    }
}
