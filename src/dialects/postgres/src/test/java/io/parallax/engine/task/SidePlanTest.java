package io.parallax.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.HashInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SidePlanTest {
    /** Workers of the version before must read it, too. */
    @Test
    void saysNothingOfTheDialectThatPlansWithoutOneHave() throws UnreadableMessageException {
        ObjectNode json = (ObjectNode) Codec.toJson(side(null));
        assertThat(json.has("dialect")).isFalse();
        assertThat(Codec.fromJson(json, SidePlan.class)).isEqualTo(side(null));
        assertThat(side(null).spoken().id()).isEqualTo("postgres");
    }

    @Test
    void namesAnyOtherDialect() throws UnreadableMessageException {
        ObjectNode json = (ObjectNode) Codec.toJson(side("another"));
        assertThat(json.get("dialect").asText()).isEqualTo("another");
        assertThat(Codec.fromJson(json, SidePlan.class).dialect()).isEqualTo("another");
    }

    /** As plans have named it since there are chains. */
    @Test
    void namesTheHashOfAColumn() {
        assertThat(Codec.toJson(side(null)).at("/key/0/hashed/link").asText()).isEqualTo("INT4");
    }

    private static SidePlan side(@Nullable String dialect) {
        CanonicalExpression key = new CanonicalExpression("\"id\"", false, new HashInput("INT4", "\"id\"", null));
        return new SidePlan(
                "\"public\".\"t\"",
                null,
                List.of(key),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                null,
                null,
                null,
                null,
                dialect);
    }
}
