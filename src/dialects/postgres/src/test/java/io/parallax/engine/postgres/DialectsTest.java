package io.parallax.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.dialect.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectsTest {
    @ParameterizedTest
    @ValueSource(strings = {"pg", "postgres_aws_rds", "postgres_aurora"})
    void findsTheDialectOfASource(String type) {
        assertThat(Dialects.of(source(type)).id()).isEqualTo("postgres");
    }

    @Test
    void saysWhatCanBeComparedInstead() {
        assertThatThrownBy(() -> Dialects.of(source("abacus")))
                .asInstanceOf(type(DiffFailedException.class))
                .extracting(DiffFailedException::failure)
                .satisfies(failure -> {
                    assertThat(failure.type()).isEqualTo(ErrorType.UNSUPPORTED);
                    assertThat(failure.message())
                            .isEqualTo("Data sources of type abacus cannot be compared yet; PostgreSQL can (type pg).");
                });
    }

    /** Plans that were under way when sides learned to say what they speak. */
    @Test
    void plansThatNameNoneArePostgresqls() {
        assertThat(Dialects.named(null)).isSameAs(Dialects.named("postgres"));
        assertThat(Dialects.nameInPlans("postgres")).isNull();
        assertThat(Dialects.nameInPlans("another")).isEqualTo("another");
    }

    /** Of a newer version, say: another worker may know it. */
    @Test
    void handsBackWhatIsOfAnUnknownOne() {
        assertThatThrownBy(() -> Dialects.named("abacus"))
                .asInstanceOf(type(DiffFailedException.class))
                .matches(DiffFailedException::handsBack);
    }

    private static SourceDetails source(String type) {
        return new SourceDetails(type, JsonNodeFactory.instance.objectNode());
    }
}
