package io.parallax.engine.postgres.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our SQL with PostgreSQL's own functions, operators and types spelled out, so that it means the same whatever the
 * search_path; what users wrote stays as it is, and means what it means to them.
 *
 * <p>It understands the SQL that we write, no more. Written out, all operators bind alike, from left to right; so parentheses say what
 * went without saying before. Left alone is what no search_path reaches: keywords such as coalesce and case, and ORDER BY. Not
 * to be written, as it looks for {@code =} and others by their bare names: BETWEEN, LIKE, IS DISTINCT FROM, NULLIF, {@code CASE x
 * WHEN}, JOIN USING.
 */
public final class OwnSql {
    /** What stands first in the parentheses around what a user wrote. */
    private static final String MARK = "/* as given */";

    static final String SCHEMA = "pg_catalog.";

    private final List<SqlToken> tokens;
    private int at;

    private OwnSql(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /** What a user wrote, to be put in parentheses and left alone. */
    public static String given(String sql) {
        return MARK + "\n" + sql;
    }

    /** The same for people to read: as users wrote it. */
    public static String unmarked(String sql) {
        return sql.replace(MARK + "\n", "");
    }

    /** The statement, spelled out. */
    public static String spelledOut(String sql) {
        OwnSql own = new OwnSql(SqlTokens.of(sql, MARK));
        String all = own.sequence(null);
        return own.at < own.tokens.size() ? sql : all;
    }

    /** All up to what closes, or to the END of a CASE. */
    private String sequence(@Nullable String closing) {
        StringBuilder sql = new StringBuilder();
        OperatorRun run = new OperatorRun();
        while (at < tokens.size() && !token().is(closing)) {
            SqlToken token = token();
            boolean isOperator = token.kind() == SqlToken.Kind.OPERATOR && !isStar(run);
            if (isOperator && !run.wantsOperand()) {
                run.add(token.text());
                at++;
            } else if (token.is("in") && !run.wantsOperand()) {
                at++;
                run.add("=");
                run.add(member("any"));
            } else if (isNotIn(token) && !run.wantsOperand()) {
                at += 2;
                run.add("<>");
                run.add(member("all"));
            } else if (isSeparator(token)) {
                run = ended(run, sql);
                append(sql, token.text());
                at++;
            } else {
                run = run.wantsOperand() ? run : ended(run, sql);
                run.add(isOperator ? prefixed() : operand());
            }
        }
        ended(run, sql);
        return sql.toString();
    }

    private boolean isNotIn(SqlToken token) {
        return token.is("not") && at + 1 < tokens.size() && tokens.get(at + 1).is("in");
    }

    /** All columns, and no product. */
    private boolean isStar(OperatorRun run) {
        return token().is("*") && run.isEmpty();
    }

    private boolean isSeparator(SqlToken token) {
        return switch (token.kind()) {
            case SEPARATOR -> true;
            case WORD -> GrammarWords.isBetweenExpressions(token.word()) && !isFunction(token);
            default -> false;
        };
    }

    private boolean isFunction(SqlToken token) {
        return token.kind() == SqlToken.Kind.WORD
                && GrammarWords.mayBeFunction(token.word())
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("(")
                && (at == 0 || !namesWhatFollows(tokens.get(at - 1)));
    }

    /** After a closing parenthesis comes a name, and the names of columns in parentheses. */
    private static boolean namesWhatFollows(SqlToken token) {
        return token.is(")") || token.is("as") || token.is("recursive") || token.is("ordinality") || token.is("table");
    }

    private static OperatorRun ended(OperatorRun run, StringBuilder sql) {
        append(sql, run.sql());
        return new OperatorRun();
    }

    private static void append(StringBuilder sql, String part) {
        boolean isTight = sql.isEmpty() || part.isEmpty() || part.equals(",") || part.equals(";");
        sql.append(isTight ? "" : " ").append(part);
    }

    private SqlToken token() {
        return tokens.get(at);
    }

    /** A minus before digits is part of the number. */
    private OperatorRun.Term prefixed() {
        String operator = tokens.get(at++).text();
        boolean isNumber = token().kind() == SqlToken.Kind.NUMBER
                && operator.equals("-")
                && !(at + 1 < tokens.size() && tokens.get(at + 1).is("::"));
        OperatorRun.Term operand = operand();
        return isNumber
                ? new OperatorRun.Term("-" + operand.sql(), false)
                : new OperatorRun.Term("(" + OperatorRun.spelled(operator) + " " + operand.sql() + ")", false);
    }

    private OperatorRun.Term operand() {
        StringBuilder sql = new StringBuilder(first());
        while (at < tokens.size() && isContinued(sql)) {
            // Each adds itself.
        }
        return new OperatorRun.Term(sql.toString(), false);
    }

    private String first() {
        SqlToken token = tokens.get(at);
        if (token.is("(") || token.is("[")) {
            return group();
        }
        if (token.is("case")) {
            at++;
            String inside = sequence("end");
            at++;
            return "case " + inside + " end";
        }
        boolean isFunction = isFunction(token) && !isUnnestOfSeveral(token);
        at++;
        if (isFunction) {
            return SCHEMA + token.text() + group();
        }
        boolean takesGroup =
                token.kind() == SqlToken.Kind.WORD && at < tokens.size() && (token().is("(") || token().is("["));
        boolean isTyped = GrammarWords.isTypeOfLiteral(token.word())
                && at < tokens.size()
                && token().kind() == SqlToken.Kind.STRING;
        if (isTyped) {
            return type(token) + " " + tokens.get(at++).text();
        }
        return takesGroup ? token.text() + " " + group() : token.text();
    }

    /** The grammar's own: always PostgreSQL's function, and none when it is qualified. */
    private boolean isUnnestOfSeveral(SqlToken token) {
        if (!token.is("unnest")) {
            return false;
        }
        int depth = 0;
        for (int i = at + 1; i < tokens.size(); i++) {
            SqlToken next = tokens.get(i);
            depth += next.is("(") || next.is("[") ? 1 : next.is(")") || next.is("]") ? -1 : 0;
            if (depth <= 1 && next.is(",") || depth == 0) {
                return depth == 1;
            }
        }
        return false;
    }

    /** Adds what belongs to an operand and follows it; false when nothing does. */
    private boolean isContinued(StringBuilder sql) {
        SqlToken token = token();
        if (token.is(".")) {
            at++;
            sql.append('.').append(tokens.get(at++).text());
            if (at < tokens.size() && token().is("(")) {
                sql.append(group());
            }
            return true;
        }
        if (token.is("::")) {
            at++;
            sql.append("::").append(castType());
            return true;
        }
        if (token.is("[")) {
            sql.append(group());
            return true;
        }
        if (token.is("collate")) {
            at++;
            sql.append(" collate ").append(collation());
            return true;
        }
        return isCall(token) && call(sql);
    }

    private boolean isCall(SqlToken token) {
        return (token.is("filter") || token.is("over"))
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("(");
    }

    private boolean call(StringBuilder sql) {
        sql.append(' ').append(tokens.get(at++).text()).append(' ').append(group());
        return true;
    }

    private String collation() {
        SqlToken name = tokens.get(at++);
        boolean isQualified = at < tokens.size() && token().is(".");
        return isQualified ? name.text() : SCHEMA + name.text();
    }

    private String castType() {
        StringBuilder sql = new StringBuilder(type(tokens.get(at++)));
        while (at < tokens.size() && (token().is("(") || token().is("["))) {
            sql.append(group());
        }
        return sql.toString();
    }

    private String type(SqlToken token) {
        boolean isQualified = at < tokens.size() && token().is(".");
        return isQualified || GrammarWords.isGrammarType(token.word()) ? token.text() : SCHEMA + token.text();
    }

    /** What is in parentheses or brackets, with them. */
    private String group() {
        SqlToken opening = tokens.get(at++);
        if (opening.kind() == SqlToken.Kind.GIVEN) {
            return opening.text();
        }
        String closing = opening.is("(") ? ")" : "]";
        String inside = sequence(closing);
        at++;
        return opening.text() + inside + closing;
    }

    /** {@code = any (...)} for IN, which looks for its operator by the bare name; {@code <> all (...)} for NOT IN. */
    private OperatorRun.Term member(String quantifier) {
        boolean isQuery = at + 1 < tokens.size() && tokens.get(at + 1).is("select");
        String group = group();
        return new OperatorRun.Term(
                quantifier + (isQuery ? " " + group : " (array[" + group.substring(1, group.length() - 1) + "])"),
                false);
    }
}
