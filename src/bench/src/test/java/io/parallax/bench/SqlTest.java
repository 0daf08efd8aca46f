package io.parallax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTest {
    @Test
    void splitsTheScriptIntoStatements() throws Exception {
        assertThat(Sql.statements("rating.sql")).hasSize(11).allSatisfy(statement -> assertThat(statement)
                .doesNotContain(";"));
    }

    @Test
    void scansNameTheirTable() throws Exception {
        assertThat(Sql.read("g.sql")).contains("FROM :table").contains("GROUP BY");
        assertThat(Sql.read("h.sql")).contains("FROM :table").doesNotContain("GROUP BY");
    }
}
