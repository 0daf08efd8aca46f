package io.parallax.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.compare.rows.Display;
import io.parallax.engine.compare.rows.KeyGroups;
import io.parallax.engine.compare.rows.KeyVisitor;
import io.parallax.engine.compare.rows.RowComparison;
import io.parallax.engine.compare.rows.RowFetch;
import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.compare.tally.Stopwatch;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.row.Decoding;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Recheck;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.SidePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads keys again that differed, and finds out which of them still do. */
final class KeyRecheck {
    private final PlanContext context;
    private final Recheck recheck;
    private final List<List<String>> columns;
    private final Display display;
    private final RowComparison comparison;
    private final Map<List<String>, Long> ids = new HashMap<>();
    private final Set<Long> remained = new HashSet<>();
    private final Stopwatch stopwatch = new Stopwatch();

    KeyRecheck(PlanContext context, Recheck recheck) {
        this.context = context;
        this.recheck = recheck;
        this.display = new Display(context);
        this.comparison = new RowComparison(context);
        this.columns = IntStream.range(0, context.keyNames().size())
                .mapToObj(this::values)
                .toList();
        recheck.keys().forEach(key -> ids.put(literals(key.key()), key.id()));
    }

    /** A key's parts as they are looked for, whatever JSON they were shown in. */
    private List<String> literals(ObjectNode key) {
        return IntStream.range(0, context.keyNames().size())
                .mapToObj(part -> literal(part, key))
                .toList();
    }

    private String literal(int part, ObjectNode key) {
        return Decoding.literal(
                context.a().keyEncodings().get(part),
                key.path(context.keyNames().get(part)));
    }

    private List<String> values(int part) {
        return recheck.keys().stream().map(key -> literal(part, key.key())).toList();
    }

    Compared run(SideSql sqlA, SideSql sqlB, SessionPair pair) {
        SessionPair.Both<Boolean> anyText = pair.both(KeyRecheck::takesAnyText);
        long fetched = new RowFetch(context, new Differing())
                .compare(pair, rows(context.a(), sqlA, anyText.a()), rows(context.b(), sqlB, anyText.b()));
        return Compared.of(Tally.zero(context.valueNames().size()), new Effort(0, 0, fetched, stopwatch.milliseconds()))
                .rechecking(new Rechecked(
                        ids.values().stream()
                                .filter(id -> !remained.contains(id))
                                .sorted()
                                .toList(),
                        remained.stream().sorted().toList()));
    }

    private static boolean takesAnyText(Session session) {
        return Dialects.catalog(session).takesAnyText();
    }

    private String rows(SidePlan side, SideSql sql, boolean anyText) {
        return sql.sent(sql.fromKeyed(side.keyIsOneOf(columns, anyText)));
    }

    /** A key that is there repeatedly differs by that alone. */
    private final class Differing implements KeyVisitor {
        @Override
        public void exclusive(Side side, KeyGroups.Group group) {
            remains(group);
        }

        @Override
        public void shared(KeyGroups.Group a, KeyGroups.Group b) {
            if (a.count() > 1 || b.count() > 1 || comparison.differences(a.first(), b.first()) != null) {
                remains(a);
            }
        }

        private void remains(KeyGroups.Group group) {
            Long id = ids.get(literals(display.key(group.first())));
            if (id == null) {
                throw new IllegalStateException("the database sent a key that nobody asked for");
            }
            remained.add(id);
        }
    }
}
