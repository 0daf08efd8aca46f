package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.engine.TestServer;
import io.parallax.engine.postgres.session.PostgresSessions;
import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.Decoding;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.WireForm;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database sends, as people read it. */
class DecodingIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INT2 | -7::int2 | -7",
                "INT4 | 2147483647 | 2147483647",
                "INT8 | (-9223372036854775808)::int8 | -9223372036854775808",
                "NUMERIC | 0::numeric | 0",
                "NUMERIC | 0.00::numeric | 0.00",
                "NUMERIC | -12345678901234567890.123456789::numeric | -12345678901234567890.123456789",
                "NUMERIC | 0.00000001::numeric | 1E-8",
                "NUMERIC | 10000::numeric | 10000",
                "NUMERIC | 1e20::numeric | 100000000000000000000",
                "NUMERIC | 99990000.5::numeric(12,2) | 99990000.50",
                "NUMERIC | 'NaN'::numeric | \"NaN\"",
                "NUMERIC | '-Infinity'::numeric | \"-Infinity\"",
                "FLOAT8 | 0.1::float8 | 0.1",
                "FLOAT8 | 'NaN'::float8 | \"NaN\"",
                "FLOAT8 | 'Infinity'::float8 | \"Infinity\"",
                "BOOL | true | true",
                "BOOL | false | false",
                "DATE | date '1999-12-31' | \"1999-12-31\"",
                "DATE | date 'infinity' | \"infinity\"",
                "DATE | date '0044-03-15 BC' | \"-0043-03-15\"",
                "TIMESTAMP | timestamp '2024-02-29 12:34:56.000001' | \"2024-02-29T12:34:56.000001\"",
                "TIMESTAMP | timestamp '1969-12-31 23:59:59.5' | \"1969-12-31T23:59:59.5\"",
                "TIMESTAMP | timestamp '-infinity' | \"-infinity\"",
                "TIMESTAMPTZ | timestamptz '2024-01-01 12:00+02' | \"2024-01-01T10:00:00Z\"",
                "TIME | time '24:00' | \"24:00:00\"",
                "TIME | time '01:02:03.4' | \"01:02:03.4\"",
                "UUID | 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid | \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
                "BYTEA | '\\x00ff'::bytea | \"\\\\x00ff\"",
                "TEXT | 'é'::text | \"é\"",
                "TEXT | null::text | null",
            })
    void decodes(WireForm form, String sql, String json) {
        try (Session session =
                        new PostgresSessions(ConnectionSettings.DEFAULT).open(TestServer.source(), new Cancellation());
                RowStream rows = session.copy("select " + sql)) {
            RowStream.Fields fields = rows.next();
            int length = BigEndian.int32(fields.bytes(), fields.start());
            byte[] bytes = length < 0
                    ? null
                    : Arrays.copyOfRange(fields.bytes(), fields.start() + Integer.BYTES, fields.end());

            JsonNode value = Decoding.value(form, bytes);

            assertThat(value).hasToString(json);
            assertThat(rows.next()).isNull();
        }
    }
}
