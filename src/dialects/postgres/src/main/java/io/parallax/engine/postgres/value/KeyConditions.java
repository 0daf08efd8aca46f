package io.parallax.engine.postgres.value;

import io.parallax.engine.dialect.IndexLookup;
import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.type.WireForm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions that find some keys. */
record KeyConditions(List<WireColumn> key, @Nullable List<IndexLookup> lookups) {
    Stream<String> isOneOf(List<List<String>> values, boolean anyText) {
        Stream<String> byIndex = lookups == null
                ? Stream.empty()
                : IntStream.range(0, lookups.size())
                        .filter(i -> anyText || isAscii(values.get(i)))
                        .mapToObj(i -> IndexLookups.isOneOf(lookups.get(i), values.get(i)))
                        .flatMap(Optional::stream);
        return Stream.concat(byIndex, Stream.of(exactly(values, anyText)));
    }

    private String exactly(List<List<String>> values, boolean anyText) {
        String own = IntStream.range(0, key.size())
                .mapToObj(i -> {
                    String shown = Shorthand.written(WireColumns.shown(key.get(i)));
                    return anyText || isAscii(values.get(i)) ? shown : "convert_to((" + shown + ")::text, 'UTF8')";
                })
                .collect(Collectors.joining(", "));
        String arrays = IntStream.range(0, key.size())
                .mapToObj(i -> anyText || isAscii(values.get(i))
                        ? Moments.array(values.get(i), key.get(i).encoding().type())
                        : utf8(values.get(i)))
                .collect(Collectors.joining(", "));
        return "(" + own + ") in (select * from unnest(" + arrays + "))";
    }

    private static boolean isAscii(List<String> values) {
        return values.stream().allMatch(value -> value.chars().allMatch(sign -> sign < 0x80));
    }

    /** Texts that the database may have no characters for, as an array of their bytes. */
    private static String utf8(List<String> texts) {
        return Moments.array(
                texts.stream()
                        .map(text -> "\\x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                WireForm.BYTEA.type());
    }
}
