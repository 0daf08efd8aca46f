package io.parallax.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallax.contract.Dataset;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL keeps the contract; on versions 15 and 18 in a build. */
class PostgresDialectIT extends DialectContract {
    PostgresDialectIT() {
        super(new PostgresDatabase());
    }

    @BeforeAll
    static void furnish() {
        PostgresDatabase.furnish();
    }

    @Test
    void isOfTheVersionThatWasAskedFor() {
        String asked = System.getProperty("parallax.dialect.version", "18");

        assertThat(TestServer.one("select current_setting('server_version_num')::int / 10000"))
                .isEqualTo(asked);
    }

    /** Up to version 15 such are made in read-only transactions, too: they go with it. */
    @Test
    void largeObjectsDoNotStay() {
        Dataset making = new Dataset(null, "select id, lo_create(0)::text as v from victim", null);
        Dataset victim = new Dataset(List.of("public", "victim"), null, null);

        Throwable refusal = catchThrowable(() -> Diffing.diff(making, victim, "id"));

        assertThat(refusal == null)
                .isEqualTo(Integer.parseInt(System.getProperty("parallax.dialect.version", "18")) < 16);
        assertThat(TestServer.one("select count(*) from pg_largeobject_metadata"))
                .isEqualTo("0");
    }
}
