package io.parallax.engine.postgres.value;

import io.parallax.contract.message.Target.Condition;
import io.parallax.contract.message.Target.Form;
import io.parallax.engine.dialect.IndexLookup;
import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.WireForm;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How shown values of a pair of columns are written into one of them, {@code own}. */
record ColumnLiterals(Column own, Column other) {
    /** Where an index and a canonical form never disagree. */
    private static final Set<Family> EXACT =
            Set.of(Family.NUMBER, Family.DATE, Family.TIMESTAMP, Family.TIMESTAMPTZ, Family.TIME, Family.UUID);

    /** Quoted. */
    public String name() {
        return Sql.identifier(own.name());
    }

    /** How they become literals. */
    public Form form() {
        ColumnType type = own.type();
        return switch (type.family()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> Form.DATED;
            case ARRAY -> CanonicalForms.listsElements(type, other.type()) ? Form.LISTED : Form.PLAIN;
            default -> Form.PLAIN;
        };
    }

    /** Which rows have a shown value in it: by index where that can be, and exactly. */
    public List<Condition> isShown() {
        IndexLookup indexLookup = IndexLookups.of(own, other);
        Stream<Condition> byIndex = indexLookup.type() == null
                ? Stream.empty()
                : Stream.of(new Condition(indexLookup.column(), literalForm(), indexLookup.type()));
        boolean isExact =
                indexLookup.type() != null && EXACT.contains(own.type().family());
        return Stream.concat(byIndex, isExact ? Stream.empty() : Stream.of(exactly()))
                .toList();
    }

    private Condition exactly() {
        WireForm form = WireColumns.key(own, other, false).encoding();
        String canonical = Shorthand.written(CanonicalForms.key(own, other).sql());
        // Read along the path of the filter.
        return new Condition(
                OwnSql.spelledOut(form == WireForm.TEXT ? CanonicalForms.text(canonical) : "(" + canonical + ")"),
                literalForm(),
                form.type());
    }

    private Form literalForm() {
        return form() == Form.DATED ? Form.DATED : Form.PLAIN;
    }
}
