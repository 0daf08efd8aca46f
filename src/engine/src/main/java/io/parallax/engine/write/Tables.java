package io.parallax.engine.write;

import io.parallax.contract.SourceDetails;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.WritingSession;
import java.util.List;

/** The tables that Parallax has made in a schema. */
public final class Tables {
    private final Sessions sessions;

    public Tables(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Drops all whose names begin with this; none is no failure. */
    public void drop(SourceDetails source, String schema, String prefix, Cancellation cancellation) {
        try (WritingSession session = sessions.openToWrite(source, cancellation)) {
            Expressions expressions = Dialects.of(source).expressions();
            List<String> names = session.tables(schema, prefix);
            names.forEach(name -> session.execute("drop table if exists " + path(expressions, schema, name)));
            session.commit();
        }
    }

    /** A table's quoted path. */
    static String path(Expressions expressions, String schema, String name) {
        return expressions.identifier(schema) + "." + expressions.identifier(name);
    }
}
