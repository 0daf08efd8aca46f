package io.parallax.engine.compare.side;

import io.parallax.contract.tally.Note;
import io.parallax.engine.session.Session;
import io.parallax.engine.task.JsonTexts;
import io.parallax.engine.task.Side;
import java.util.ArrayList;
import java.util.List;

/** Notes how many json values of one side are compared as the texts that they are. */
public record NoJsonb(SideSql sql, Side side) {
    /** Of these rows. */
    public List<Note> notes(Session session, String fromKeyed) {
        List<JsonTexts> columns = sql.jsonTexts();
        if (columns.isEmpty()) {
            return List.of();
        }
        return session.one(sql.noJsonb(fromKeyed), row -> {
            List<Note> notes = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                long count = row.getLong(i + 1);
                if (count > 0) {
                    notes.add(note(columns.get(i), count));
                }
            }
            return notes;
        });
    }

    private Note note(JsonTexts column, long count) {
        String where = " of the column " + column.name() + " on side " + side;
        return Note.counting(
                count,
                "json value" + where + " is no jsonb value, so it was compared as text.",
                "json values" + where + " are no jsonb values, so they were compared as texts.");
    }
}
