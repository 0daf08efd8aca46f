package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reader that would do without a wish refuses it instead, in whichever order services are upgraded. */
class LeastReaderTest {
    private static final int LATER = Codec.VERSION + 1;

    /** Words, of which one came later. */
    public enum Word {
        OLD,
        @Since(LATER)
        NEW
    }

    /** A wish, of which a part came later. */
    public record Wish(String a, @Since(LATER) @Nullable String b, List<Word> words, Map<String, Word> named) {}

    /** Carries what it does not look into. */
    public record Carrier(@Planned JsonNode common, @Nullable JsonNode row) {}

    /** A kind of message that came later. */
    @Since(LATER)
    public record Kind(String a) {}

    private static Wish wish(@Nullable String b, Word word, Word named) {
        return new Wish("x", b, List.of(Word.OLD, word), Map.of("n", named));
    }

    private static int version(Object message) throws IOException {
        return new ObjectMapper()
                .readTree(Codec.encode(message))
                .path("version")
                .intValue();
    }

    private static ObjectNode json(String name, int value) {
        return new ObjectMapper().createObjectNode().put(name, value);
    }

    @Test
    void aMessageIsOfTheVersionThatItNeeds() throws IOException {
        assertThat(version(wish(null, Word.OLD, Word.OLD))).isEqualTo(1);
        assertThat(version(wish("y", Word.OLD, Word.OLD))).isEqualTo(LATER);
        assertThat(version(wish(null, Word.NEW, Word.OLD))).isEqualTo(LATER);
        assertThat(version(wish(null, Word.OLD, Word.NEW))).isEqualTo(LATER);
        assertThat(version(new Kind("x"))).isEqualTo(LATER);
    }

    @Test
    void whoeverCarriesAPlanNeedsNotKnowWhatIsInIt() throws IOException {
        assertThat(version(new Carrier(Codec.toJson(wish("y", Word.OLD, Word.OLD)), null)))
                .isEqualTo(LATER);
        assertThat(version(new Carrier(Codec.toJson(wish(null, Word.OLD, Word.OLD)), null)))
                .isEqualTo(1);
    }

    @Test
    void aColumnOfAnyNameIsNoVersion() throws IOException {
        assertThat(version(new Carrier(json("a", 1), json("reader", 7)))).isEqualTo(1);
    }

    @Test
    void whatNeedsALaterReaderIsRefusedAsSuch() {
        byte[] message = Codec.encode(wish("y", Word.OLD, Word.OLD));
        assertThatThrownBy(() -> Codec.decode(message, Wish.class))
                .isInstanceOfSatisfying(UnreadableMessageException.class, e -> assertThat(e.isNewer())
                        .isTrue());
        JsonNode document = Codec.toJson(wish("y", Word.OLD, Word.OLD));
        assertThatThrownBy(() -> Codec.fromJson(document, Wish.class))
                .isInstanceOfSatisfying(UnreadableMessageException.class, e -> assertThat(e.isNewer())
                        .isTrue());
    }

    @Test
    void whatNobodyCanReadIsNot() {
        for (String text : List.of("", "{}", "{\"version\":0}", "{\"version\":\"x\"}", "{\"version\":1}")) {
            assertThatThrownBy(() -> Codec.decode(text.getBytes(StandardCharsets.UTF_8), Wish.class))
                    .isInstanceOfSatisfying(UnreadableMessageException.class, e -> assertThat(e.isNewer())
                            .isFalse());
        }
    }

    /**
     * Whatever is asked of workers and was not there in the first version is marked. One that is not released is still the first: then
     * add what is new to the file.
     */
    @Test
    void whatIsAskedOfWorkersIsOfTheFirstVersionOrMarked() throws IOException {
        Map<String, AnnotatedElement> asked = new TreeMap<>();
        Stream.of(Job.class, CompareTask.class).forEach(type -> collect(type, asked));
        Set<String> first = first();
        Map<String, Since> later = new LinkedHashMap<>();
        asked.forEach((name, element) -> {
            if (!first.contains(name)) {
                later.put(name, element.getAnnotation(Since.class));
            }
        });
        assertThat(later.entrySet())
                .as("new, and neither @Since a version nor in first_version.txt")
                .allSatisfy(marked -> assertThat(marked.getValue())
                        .as(marked.getKey())
                        .isNotNull()
                        .satisfies(since -> assertThat(since.value()).isBetween(2, Codec.VERSION)));
        assertThat(asked.keySet()).containsAll(first);
    }

    private static Set<String> first() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(LeastReaderTest.class.getResourceAsStream("/first_version.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toSet());
        }
    }

    private static void collect(Type type, Map<String, AnnotatedElement> found) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> ours
                && ours.getName().startsWith("io.parallax.")
                && found.putIfAbsent(name(ours), ours) == null) {
            collectParts(ours, found);
        }
    }

    private static void collectParts(Class<?> type, Map<String, AnnotatedElement> found) {
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(kind -> collect(kind, found));
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                found.put(name(type) + "." + component.getName(), component);
                collect(component.getGenericType(), found);
            }
        }
        if (type.isEnum()) {
            Stream.of(type.getFields())
                    .filter(Field::isEnumConstant)
                    .forEach(word -> found.put(name(type) + "." + word.getName(), word));
        }
    }

    private static String name(Class<?> type) {
        return type.getName().replace("io.parallax.contract.", "");
    }
}
