package io.parallax.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.engine.postgres.Decoding;
import io.parallax.engine.postgres.Sent;
import java.util.List;
import java.util.stream.Stream;

/** Rows as people see them. */
final class Display {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<String> keyNames;
    private final List<String> valueNames;
    private final List<Sent> columns;

    Display(Basis basis) {
        this.keyNames = basis.keyNames();
        this.valueNames = basis.valueNames();
        this.columns = Stream.concat(basis.a().sentKey().stream(), basis.a().sentValues().stream())
                .toList();
    }

    /** Two rows of one key; {@code true} for each column to be shown. */
    DifferingRow pair(Row a, Row b, boolean[] differs) {
        JsonNode[] ofA = values(a);
        JsonNode[] ofB = values(b);
        ObjectNode values = JSON.objectNode();
        for (int column = 0; column < differs.length; column++) {
            if (differs[column]) {
                int place = keyNames.size() + column;
                values.putObject(valueNames.get(column))
                        .<ObjectNode>set("a", ofA[place])
                        .set("b", ofB[place]);
            }
        }
        return new DifferingRow(Kind.VALUE, a.rank(), key(ofA), values);
    }

    /** A row of one side, with all its compared columns. */
    DifferingRow single(Kind kind, Which side, Row row) {
        JsonNode[] all = values(row);
        ObjectNode values = JSON.objectNode();
        for (int column = 0; column < valueNames.size(); column++) {
            values.putObject(valueNames.get(column)).set(side == Which.A ? "a" : "b", all[keyNames.size() + column]);
        }
        return new DifferingRow(kind, row.rank(), key(all), values);
    }

    /** A row's key. */
    ObjectNode key(Row row) {
        return key(values(row));
    }

    private ObjectNode key(JsonNode[] all) {
        ObjectNode key = JSON.objectNode();
        for (int part = 0; part < keyNames.size(); part++) {
            key.set(keyNames.get(part), all[part]);
        }
        return key;
    }

    private JsonNode[] values(Row row) {
        byte[][] fields = row.fields(columns.size());
        JsonNode[] values = new JsonNode[fields.length];
        for (int column = 0; column < fields.length; column++) {
            values[column] = Decoding.value(columns.get(column).encoding(), fields[column]);
        }
        return values;
    }
}
