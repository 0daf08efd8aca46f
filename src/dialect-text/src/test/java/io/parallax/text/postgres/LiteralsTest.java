package io.parallax.text.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Target.Form;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
    private static final ObjectMapper JSON = Codec.mapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "PLAIN  ~ null                             ~ null",
                "PLAIN  ~ 12                               ~ '12'",
                "PLAIN  ~ 1e3                              ~ '1000'",
                "PLAIN  ~ 0.00000000000000000001           ~ '0.00000000000000000001'",
                "PLAIN  ~ true                             ~ 'true'",
                "PLAIN  ~ \"\"                             ~ ''",
                "PLAIN  ~ \"it's\"                         ~ 'it''s'",
                "PLAIN  ~ \"'; drop table x; --\"          ~ '''; drop table x; --'",
                "PLAIN  ~ \"back\\\\slash\"                ~ 'back\\slash'",
                "DATED  ~ \"2026-01-31\"                   ~ '2026-01-31'",
                "DATED  ~ \"0000-03-15\"                   ~ '0001-03-15 BC'",
                "DATED  ~ \"-0043-03-15T10:00:00\"         ~ '0044-03-15T10:00:00 BC'",
                "DATED  ~ \"+12345-01-01\"                 ~ '12345-01-01'",
                "DATED  ~ \"-infinity\"                    ~ '-infinity'",
                "LISTED ~ \":\"                            ~ '{}'",
                "LISTED ~ \"[1:2]:{\\\"1.5\\\",NULL}\"     ~ '[1:2]={\"1.5\",NULL}'",
                "LISTED ~ \"[0:1][1:2]:{1,2,3,4}\"         ~ '[0:1][1:2]={{1,2},{3,4}}'",
                "LISTED ~ \"[1:1]:{\\\"a,\\\\\\\"b\\\"}\"   ~ '[1:1]={\"a,\\\"b\"}'"
            })
    void standForWhatWasShown(Form form, String json, String literal) throws Exception {
        assertThat(Literals.of(JSON.readTree(json), form)).isEqualTo(literal);
    }
}
