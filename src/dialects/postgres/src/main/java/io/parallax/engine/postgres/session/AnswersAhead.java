package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.session.CatalogQuestions.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session's answers to questions that were asked in one trip before anybody wanted them; each is given once. */
final class AnswersAhead {
    private final Map<Question, ResultSet> answers = new HashMap<>();
    private @Nullable Statement statement;

    /** In the order of the questions, of a statement that has all rows; in place of those kept so far. */
    void keep(List<Question> questions, Statement asking, List<ResultSet> results) {
        if (results.size() != questions.size()) {
            throw new IllegalStateException(results.size() + " answers to " + questions.size() + " questions");
        }
        forget();
        statement = asking;
        for (int i = 0; i < results.size(); i++) {
            answers.put(questions.get(i), results.get(i));
        }
    }

    /** Null when it was not asked, or has been given. */
    @Nullable
    ResultSet take(Question question) {
        return answers.remove(question);
    }

    void forget() {
        answers.clear();
        try (Statement asked = statement) {
            statement = null;
        } catch (SQLException ignored) {
            // There is nothing left of it but what it has answered.
        }
    }
}
