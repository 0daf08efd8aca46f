package io.parallax.engine.plan.repair;

import io.parallax.contract.message.Target.Obstacle;
import io.parallax.contract.message.Target.Operation;
import io.parallax.engine.type.TableFacts;
import io.parallax.engine.type.TableFacts.Constraint;
import io.parallax.engine.type.TableFacts.Field;
import io.parallax.engine.type.TableFacts.Unique;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands against making a table's rows equal to the other side's: whatever the database may do to rows that are
 * written, or refuse them for, that the other side does not vouch for.
 */
final class Obstacles {
    /** More would say no more. */
    private static final int MOST = 50;

    private static final int LONGEST_DEFINITION = 200;
    private static final int ON_INSERT = 4;
    private static final int ON_DELETE = 8;
    private static final int ON_UPDATE = 16;
    private static final int TAKES_UPDATE = 1 << 2;
    private static final int TAKES_INSERT = 1 << 3;
    private static final int TAKES_DELETE = 1 << 4;
    private static final String NOT_VALID = "NOT VALID";
    private static final Set<String> OPERATOR_EQUALITY = Set.of("interval", "jsonb");

    private final TableFacts own;
    private final @Nullable TableFacts other;
    private final Written written;
    private final boolean oneDatabase;
    private final boolean filtered;
    private final List<Obstacle> found = new ArrayList<>();
    private final List<List<String>> unique = new ArrayList<>();

    /**
     * Of one side.
     *
     * @param other null where the other side is no table
     * @param oneDatabase whether both sides are in one
     * @param filtered whether rows of the table are left out
     */
    Obstacles(TableFacts own, @Nullable TableFacts other, Written written, boolean oneDatabase, boolean filtered) {
        this.own = own;
        this.other = other;
        this.written = written;
        this.oneDatabase = oneDatabase;
        this.filtered = filtered;
        if (!own.knownTable()) {
            always("It cannot be told which table's rows are written, and what that table takes.");
            return;
        }
        ofViews();
        ofRows();
        ofTriggers();
        own.columns().forEach(this::ofColumn);
        own.constraints().forEach(this::ofConstraint);
        own.referrers().forEach(this::ofReferrer);
        own.unique().forEach(this::ofUnique);
    }

    List<Obstacle> found() {
        return List.copyOf(found);
    }

    /** Sets of columns whose values might change places between rows. */
    List<List<String>> unique() {
        return List.copyOf(unique);
    }

    void add(Obstacle obstacle) {
        if (found.size() == MOST) {
            found.set(
                    MOST - 1,
                    obstacle(List.of(Operation.values()), "Too many constraints stand against it to be told."));
        } else if (found.size() < MOST) {
            found.add(obstacle);
        }
    }

    private static Obstacle obstacle(List<Operation> operations, String reason) {
        return new Obstacle(operations, null, reason);
    }

    private void always(String reason) {
        add(obstacle(List.of(Operation.values()), reason));
    }

    /** Against any new row, and against any change. */
    private void writing(String reason) {
        add(obstacle(List.of(Operation.INSERT, Operation.UPDATE), reason));
    }

    private void inserting(String reason) {
        add(obstacle(List.of(Operation.INSERT), reason));
    }

    private void updating(List<String> names, String reason) {
        List<String> changed = written.compared(names);
        if (!changed.isEmpty()) {
            add(new Obstacle(List.of(Operation.UPDATE), changed, reason));
        }
    }

    private void ofViews() {
        if (!own.isView()) {
            return;
        }
        require(TAKES_INSERT, Operation.INSERT);
        require(TAKES_UPDATE, Operation.UPDATE);
        require(TAKES_DELETE, Operation.DELETE);
        if (own.filtered() || !own.sameColumns()) {
            writing(
                    "It is a view with a condition or columns of its own, which rows that are written might not come to.");
        }
    }

    private void require(int command, Operation operation) {
        if ((own.writable() & command) == 0) {
            add(obstacle(List.of(operation), "It is a view that takes no " + operation + "."));
        }
    }

    private void ofRows() {
        if (own.secured()) {
            always("Row security decides which of its rows a login sees or writes.");
        }
        if (own.ruled()) {
            always("Rules of the table rewrite what is written.");
        }
        if (own.inherited()) {
            writing("Other tables inherit from it, so that it has rows that its constraints do not see.");
        }
        if (own.partition()) {
            writing("It is a partition, which takes only some rows.");
        }
        if (own.bounded() && !isBoundedAlike()) {
            writing("Its partitions do not take every row, as there is no default one.");
        }
    }

    private boolean isBoundedAlike() {
        return other != null
                && !other.bounds().isEmpty()
                && own.bounds().containsAll(other.bounds())
                && own.columns().stream()
                        .map(Field::name)
                        .filter(name -> own.bounds().stream().anyMatch(bound -> Mentions.of(bound, name)))
                        .allMatch(written::isSame);
    }

    private void ofTriggers() {
        own.triggers().forEach(trigger -> {
            List<Operation> operations = new ArrayList<>();
            if ((trigger.events() & ON_INSERT) != 0) {
                operations.add(Operation.INSERT);
            }
            if ((trigger.events() & ON_UPDATE) != 0) {
                operations.add(Operation.UPDATE);
            }
            if ((trigger.events() & ON_DELETE) != 0) {
                operations.add(Operation.DELETE);
            }
            if (!operations.isEmpty()) {
                add(obstacle(operations, "The trigger " + trigger.name() + " may change what is written."));
            }
        });
    }

    private void ofColumn(Field column) {
        if (!written.has(column.name())) {
            if (!column.mayBeLeftOut()) {
                inserting("The column " + column.name() + ", which is not compared, takes no NULL and has no default.");
            }
            return;
        }
        if (column.computed() != null && !isComputedAlike(column)) {
            writing("The database computes the column " + column.name()
                    + ", and from something else than the other side's.");
        }
        if (column.identity().equals("a")) {
            updating(List.of(column.name()), "The database itself generates the column " + column.name() + ".");
        }
        if (column.computed() == null && written.limits(column.name()).isEmpty()) {
            String reason = "It cannot be told whether the column " + column.name() + " of type " + column.type()
                    + " takes all values of the other side's as they are.";
            inserting(reason);
            updating(List.of(column.name()), reason);
        }
    }

    private boolean isComputedAlike(Field column) {
        Optional<Field> others = written.other(column.name());
        String expression = column.computed();
        return expression != null
                && others.map(Field::computed).filter(expression::equals).isPresent()
                && own.columns().stream()
                        .filter(input -> Mentions.of(expression, input.name()))
                        .allMatch(input -> written.isSame(input.name()));
    }

    private void ofConstraint(Constraint constraint) {
        if (!isKept(constraint)) {
            String definition = constraint.definition();
            String reason = "The other side's rows might not meet the constraint " + constraint.name()
                    + (definition.length() > LONGEST_DEFINITION ? "." : ", " + definition + ".");
            inserting(reason);
            updating(constraint.columns(), reason);
        }
    }

    /** Whether the other side's rows are known to meet it, by the same constraint. */
    private boolean isKept(Constraint constraint) {
        boolean mayBe = constraint.type().equals("c")
                || (constraint.type().equals("f") && oneDatabase && !isOfItself(constraint));
        return mayBe
                && other != null
                && !other.inherited()
                && !constraint.columns().isEmpty()
                && constraint.columns().stream().allMatch(written::isSame)
                && other.constraints().stream()
                        .anyMatch(theirs -> theirs.type().equals(constraint.type())
                                && theirs.other().equals(constraint.other())
                                && theirs.definition().equals(constraint.definition())
                                && !theirs.definition().contains(NOT_VALID));
    }

    private boolean isOfItself(Constraint foreignKey) {
        return own.referrers().stream().anyMatch(referrer -> referrer.name().equals(foreignKey.name()));
    }

    private void ofReferrer(Constraint referrer) {
        String reason = "The foreign key " + referrer.name() + " of another table refers to its rows.";
        add(obstacle(List.of(Operation.DELETE), reason));
        updating(referrer.columns(), reason);
    }

    private void ofUnique(Unique index) {
        if (!index.plain()) {
            writing("The unique index " + index.name() + " is of expressions or some rows only.");
            return;
        }
        boolean isOfKey = index.columns().containsAll(written.key());
        if (isOfKey && written.key().stream().noneMatch(this::isLoose)) {
            return;
        }
        if (isOfKey || !isPromised(index)) {
            String reason = "Values might not be unique in the index " + index.name() + " on "
                    + String.join(", ", index.columns()) + ", as far as the diff knows.";
            if (isOfKey || !tellsApartByItself(index)) {
                inserting(reason);
            }
            updating(index.columns(), reason);
        } else if (index.nullsEqual() || index.columns().stream().anyMatch(this::isLoose)) {
            updating(index.columns(), "Rows might swap values of the unique index " + index.name() + ".");
        } else if (index.atOnce()) {
            unique.add(index.columns().stream().map(written::name).toList());
        }
    }

    /** Whether values may be equal to an index that are not equal to us. */
    private boolean isLoose(String column) {
        return own.column(column)
                .map(field -> field.loose()
                        || OPERATOR_EQUALITY.contains(field.plainType())
                        || !written.has(column)
                        || written.isUncommon(column))
                .orElse(true);
    }

    /** Whether the other side's values are unique as well, and all rows that have such values are compared. */
    private boolean isPromised(Unique index) {
        return other != null
                && !filtered
                && !other.inherited()
                && index.columns().stream().allMatch(written::has)
                && index.columns().stream().allMatch(this::isAsLoose)
                && other.unique().stream()
                        .anyMatch(theirs -> theirs.plain()
                                && (theirs.nullsEqual() || !index.nullsEqual())
                                && written.others(index.columns()).containsAll(theirs.columns()));
    }

    private boolean isAsLoose(String column) {
        boolean loose = own.column(column).map(Field::loose).orElse(true);
        return !loose || written.other(column).map(Field::loose).orElse(false);
    }

    /** Whether a new row has a value of its own in it, or NULL, by a column that is not compared. */
    private boolean tellsApartByItself(Unique index) {
        return index.columns().stream()
                .filter(column -> !written.has(column))
                .flatMap(column -> own.column(column).stream())
                .anyMatch(field -> {
                    String byDefault = field.ownDefault();
                    return !field.identity().isEmpty()
                            || (byDefault == null ? !field.notNull() && !index.nullsEqual() : byDefault.contains("("));
                });
    }
}
