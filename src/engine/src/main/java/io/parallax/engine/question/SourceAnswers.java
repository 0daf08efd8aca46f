package io.parallax.engine.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.plan.dataset.Grants;
import io.parallax.engine.plan.key.KeyGuess;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.TimeLimit;
import io.parallax.engine.session.UserText;
import io.parallax.engine.sql.FilledSql;
import io.parallax.engine.sql.UserSql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers what clients want to know of a source. Read only, and bounded in rows, bytes and time. */
public final class SourceAnswers {
    /** What an answer may take of a message. */
    private static final long MOST_BYTES = 4L << 20;

    /** Signs of one value; more are cut off. */
    private static final int MOST_SIGNS = 10_000;

    private static final String QUERY_ADVICE = "A timeout_seconds of up to 60 gives it more time.";
    private static final String LOOK_UP_ADVICE = "Try again when the source has less to do.";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Sessions sessions;

    public SourceAnswers(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * The answer.
     *
     * @throws DiffFailedException when there is none
     */
    public JsonNode answer(SourceQuestion question, SourceDetails source, Cancellation cancellation) {
        Duration limit = Duration.ofSeconds(question.mostSeconds());
        try (TimeLimit time = new TimeLimit(limit, cancellation)) {
            try (Session session = sessions.open(
                    source, Dialects.locking(source, dataset(question, Dialects.of(source))), cancellation)) {
                session.set(Map.of("statement_timeout", String.valueOf(limit.toMillis())));
                return answer(question, session);
            } catch (DiffFailedException e) {
                throw time.told(e, question instanceof SourceQuestion.Query ? QUERY_ADVICE : LOOK_UP_ADVICE);
            }
        }
    }

    private static JsonNode answer(SourceQuestion question, Session session) {
        if (question instanceof SourceQuestion.Query query) {
            return rows(session, query);
        }
        if (question instanceof SourceQuestion.TableSchema schema) {
            return schema(session, schema);
        }
        return keys(session, (SourceQuestion.Keys) question);
    }

    private static Dataset dataset(SourceQuestion question, Dialect dialect) {
        if (question instanceof SourceQuestion.Query query) {
            return new Dataset(null, filled(query, dialect).map(FilledSql::text).orElse(query.sql()), null);
        }
        return question instanceof SourceQuestion.TableSchema schema
                ? new Dataset(schema.table(), null, null)
                : new Dataset(((SourceQuestion.Keys) question).table(), null, null);
    }

    private static Optional<FilledSql> filled(SourceQuestion.Query query, Dialect dialect) {
        return Optional.ofNullable(query.parameters())
                .map(parameters ->
                        UserSql.fill(query.sql(), dialect.expressions().literals(parameters)));
    }

    private static ObjectNode rows(Session session, SourceQuestion.Query query) {
        Dialect dialect = Dialects.of(session);
        filled(query, dialect)
                .ifPresent(filled -> session.knows(
                        new UserText("query", UserSql.query(filled.text()), filled.own(), filled::offset)));
        DescribedDataset dataset = Dialects.catalog(session).describe(dataset(query, dialect));
        // As texts, which every type has; numbers and booleans are told by their column.
        int characters = (int)
                Math.min(MOST_SIGNS, MOST_BYTES / Math.max(1, dataset.columns().size()));
        Bounded rows = new Bounded(dataset.columns(), query.most(), characters);
        String columns = dataset.columns().stream()
                .map(column -> dialect.expressions().beginning(column, characters + 1))
                .collect(Collectors.joining(", "));
        session.listLarge(
                "select " + (columns.isEmpty() ? "null" : columns) + " from " + dataset.from() + " limit "
                        + (query.most() + 1),
                rows::add);
        ObjectNode answer = JSON.objectNode();
        answer.set("rows", rows.rows);
        answer.set("columns", columns(dataset));
        answer.put("truncated", rows.truncated || rows.cut);
        return answer;
    }

    /** Rows as far as there is room for them. */
    private static final class Bounded {
        private final List<Column> columns;
        private final int most;
        private final int characters;
        private final ArrayNode rows = JSON.arrayNode();
        private long bytes;
        private boolean truncated;
        private boolean cut;

        Bounded(List<Column> columns, int most, int characters) {
            this.columns = columns;
            this.most = most;
            this.characters = characters;
        }

        boolean add(ResultSet result) throws SQLException {
            ObjectNode row = JSON.objectNode();
            long size = 0;
            for (int i = 0; i < columns.size(); i++) {
                String text = whole(result.getString(i + 1));
                size += columns.get(i).name().length() + (text == null ? 0 : 3L * text.length()) + 8;
                row.set(columns.get(i).name(), value(columns.get(i), text));
            }
            truncated |= rows.size() == most || bytes + size > MOST_BYTES;
            if (!truncated) {
                rows.add(row);
                bytes += size;
            }
            return true;
        }

        /** A value that is too long by its beginning. */
        private @Nullable String whole(@Nullable String text) {
            if (text == null || text.codePointCount(0, text.length()) <= characters) {
                return text;
            }
            cut = true;
            return text.substring(0, text.offsetByCodePoints(0, characters));
        }
    }

    private static JsonNode value(Column column, @Nullable String text) {
        if (text == null) {
            return NullNode.instance;
        }
        Family family = column.type().family();
        if (family == Family.BOOLEAN) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        boolean isNumber = family == Family.NUMBER
                && text.length() < 1000
                && text.chars().noneMatch(character -> character == 'N' || character == 'I');
        return isNumber ? DecimalNode.valueOf(new BigDecimal(text)) : TextNode.valueOf(text);
    }

    private static ArrayNode columns(DescribedDataset dataset) {
        ArrayNode columns = JSON.arrayNode();
        for (Column column : dataset.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().family().name().toLowerCase(Locale.ROOT))
                    .put("db_type", column.type().name())
                    .put("is_nullable", !column.notNull())
                    .put("number", columns.size());
        }
        return columns;
    }

    private static ObjectNode schema(Session session, SourceQuestion.TableSchema question) {
        DescribedDataset dataset = Dialects.catalog(session).describe(dataset(question, Dialects.of(session)));
        ObjectNode answer = JSON.objectNode();
        question.table().forEach(answer.putArray("table")::add);
        answer.set("columns", columns(dataset));
        return answer;
    }

    private static ObjectNode keys(Session session, SourceQuestion.Keys question) {
        DescribedDataset dataset = Dialects.catalog(session).describe(dataset(question, Dialects.of(session)));
        List<String> columns = question.columns();
        if (columns != null) {
            columns.stream()
                    .filter(name -> dataset.column(name).isEmpty())
                    .findFirst()
                    .ifPresent(name -> {
                        throw new DiffFailedException(
                                ErrorType.NO_SUCH_COLUMN, "The table has no column " + name + ".");
                    });
        }
        Grants.require(
                dataset,
                dataset.columns().stream().filter(column -> columns != null && columns.contains(column.name())),
                "");
        ObjectNode answer = JSON.objectNode();
        ArrayNode candidates = answer.putArray("candidates");
        new KeyGuess(session, dataset, question)
                .candidates().stream()
                        .limit(Objects.requireNonNullElse(question.most(), Integer.MAX_VALUE))
                        .forEach(key -> key.forEach(candidates.addObject().putArray("pk")::add));
        return answer;
    }
}
