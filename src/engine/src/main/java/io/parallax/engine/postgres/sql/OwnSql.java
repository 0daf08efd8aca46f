package io.parallax.engine.postgres.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    private static final String SCHEMA = "pg_catalog.";

    /** After a parenthesis that follows, these are no functions. */
    private static final Set<String> NO_FUNCTIONS = Set.of(
            "all",
            "and",
            "any",
            "array",
            "as",
            "by",
            "case",
            "cast",
            "coalesce",
            "distinct",
            "else",
            "except",
            "exists",
            "explain",
            "extract",
            "filter",
            "from",
            "greatest",
            "group",
            "having",
            "in",
            "intersect",
            "into",
            "is",
            "join",
            "lateral",
            "least",
            "limit",
            "materialized",
            "not",
            "nullif",
            "offset",
            "on",
            "or",
            "order",
            "over",
            "row",
            "select",
            "some",
            "then",
            "union",
            "using",
            "values",
            "when",
            "where",
            "with",
            "within");

    /** What ends an expression, or begins one. */
    private static final Set<String> BETWEEN_EXPRESSIONS = Set.of(
            "and",
            "as",
            "asc",
            "by",
            "cross",
            "desc",
            "distinct",
            "else",
            "end",
            "except",
            "from",
            "full",
            "group",
            "having",
            "in",
            "inner",
            "intersect",
            "into",
            "is",
            "join",
            "lateral",
            "left",
            "limit",
            "not",
            "nulls",
            "offset",
            "on",
            "or",
            "order",
            "outer",
            "right",
            "select",
            "tablesample",
            "then",
            "union",
            "values",
            "when",
            "where",
            "with");

    /** The grammar's own names of types. */
    private static final Set<String> GRAMMAR_TYPES = Set.of(
            "bigint",
            "bit",
            "boolean",
            "char",
            "character",
            "dec",
            "decimal",
            "double",
            "float",
            "int",
            "integer",
            "interval",
            "national",
            "nchar",
            "numeric",
            "real",
            "smallint",
            "time",
            "timestamp",
            "varchar");

    /** Others that may stand before a literal. */
    private static final Set<String> TYPES = Set.of("date", "timestamptz", "timetz", "uuid", "bytea", "text", "int8");

    private static final Map<String, Integer> STRENGTHS = Map.ofEntries(
            Map.entry("^", 7),
            Map.entry("*", 6),
            Map.entry("/", 6),
            Map.entry("%", 6),
            Map.entry("+", 5),
            Map.entry("-", 5),
            Map.entry("<", 2),
            Map.entry(">", 2),
            Map.entry("=", 2),
            Map.entry("<=", 2),
            Map.entry(">=", 2),
            Map.entry("<>", 2),
            Map.entry("!=", 2));
    private static final int OTHER_STRENGTH = 4;

    private final List<Token> tokens;
    private int at;

    private OwnSql(List<Token> tokens) {
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

    /** Part of an expression: an operand, or two of them with an operator between. */
    private record Term(String sql, boolean isCompound) {
        String closed() {
            return isCompound ? "(" + sql + ")" : sql;
        }
    }

    /** An expression on its way: operands, and the operators between them. */
    private static final class Run {
        private final List<Term> operands = new ArrayList<>();
        private final List<String> operators = new ArrayList<>();

        boolean wantsOperand() {
            return operands.size() == operators.size();
        }

        /** By the operators' strengths, from left to right among equals. */
        String sql() {
            List<Term> left = new ArrayList<>();
            List<String> waiting = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                left.add(operands.get(i));
                String next = i < operators.size() ? operators.get(i) : null;
                while (!waiting.isEmpty() && (next == null || strength(last(waiting)) >= strength(next))) {
                    Term right = left.remove(left.size() - 1);
                    Term other = left.remove(left.size() - 1);
                    left.add(joined(other, waiting.remove(waiting.size() - 1), right));
                }
                if (next != null) {
                    waiting.add(next);
                }
            }
            return left.isEmpty() ? "" : left.get(0).sql();
        }

        private static String last(List<String> operators) {
            return operators.get(operators.size() - 1);
        }

        private static int strength(String operator) {
            return STRENGTHS.getOrDefault(operator, OTHER_STRENGTH);
        }

        private static Term joined(Term left, String operator, Term right) {
            return new Term(left.sql() + " " + spelled(operator) + " " + right.closed(), true);
        }
    }

    private static String spelled(String operator) {
        return "OPERATOR(" + SCHEMA + (operator.equals("!=") ? "<>" : operator) + ")";
    }

    /** All up to what closes, or to the END of a CASE. */
    private String sequence(@Nullable String closing) {
        StringBuilder sql = new StringBuilder();
        Run run = new Run();
        while (at < tokens.size() && !token().is(closing)) {
            Token token = token();
            boolean isOperator = token.kind() == Token.Kind.OPERATOR && !isStar(run);
            if (isOperator && !run.wantsOperand()) {
                run.operators.add(token.text());
                at++;
            } else if (token.is("in") && !run.wantsOperand()) {
                at++;
                run.operators.add("=");
                run.operands.add(member("any"));
            } else if (isNotIn(token) && !run.wantsOperand()) {
                at += 2;
                run.operators.add("<>");
                run.operands.add(member("all"));
            } else if (isSeparator(token)) {
                run = ended(run, sql);
                append(sql, token.text());
                at++;
            } else {
                run = run.wantsOperand() ? run : ended(run, sql);
                run.operands.add(isOperator ? prefixed() : operand());
            }
        }
        ended(run, sql);
        return sql.toString();
    }

    private boolean isNotIn(Token token) {
        return token.is("not") && at + 1 < tokens.size() && tokens.get(at + 1).is("in");
    }

    /** All columns, and no product. */
    private boolean isStar(Run run) {
        return token().is("*") && run.operands.isEmpty();
    }

    private boolean isSeparator(Token token) {
        return switch (token.kind()) {
            case SEPARATOR -> true;
            case WORD -> BETWEEN_EXPRESSIONS.contains(token.word()) && !isFunction(token);
            default -> false;
        };
    }

    private boolean isFunction(Token token) {
        return token.kind() == Token.Kind.WORD
                && !NO_FUNCTIONS.contains(token.word())
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("(")
                && (at == 0 || !namesWhatFollows(tokens.get(at - 1)));
    }

    /** After a closing parenthesis comes a name, and the names of columns in parentheses. */
    private static boolean namesWhatFollows(Token token) {
        return token.is(")") || token.is("as") || token.is("recursive") || token.is("ordinality") || token.is("table");
    }

    private static Run ended(Run run, StringBuilder sql) {
        append(sql, run.sql());
        return new Run();
    }

    private static void append(StringBuilder sql, String part) {
        boolean isTight = sql.isEmpty() || part.isEmpty() || part.equals(",") || part.equals(";");
        sql.append(isTight ? "" : " ").append(part);
    }

    private Token token() {
        return tokens.get(at);
    }

    /** A minus before digits is part of the number. */
    private Term prefixed() {
        String operator = tokens.get(at++).text();
        boolean isNumber = token().kind() == Token.Kind.NUMBER
                && operator.equals("-")
                && !(at + 1 < tokens.size() && tokens.get(at + 1).is("::"));
        Term operand = operand();
        return isNumber
                ? new Term("-" + operand.sql(), false)
                : new Term("(" + spelled(operator) + " " + operand.sql() + ")", false);
    }

    private Term operand() {
        StringBuilder sql = new StringBuilder(first());
        while (at < tokens.size() && isContinued(sql)) {
            // Each adds itself.
        }
        return new Term(sql.toString(), false);
    }

    private String first() {
        Token token = tokens.get(at);
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
                token.kind() == Token.Kind.WORD && at < tokens.size() && (token().is("(") || token().is("["));
        boolean isTyped = (GRAMMAR_TYPES.contains(token.word()) || TYPES.contains(token.word()))
                && at < tokens.size()
                && token().kind() == Token.Kind.STRING;
        if (isTyped) {
            return type(token) + " " + tokens.get(at++).text();
        }
        return takesGroup ? token.text() + " " + group() : token.text();
    }

    /** The grammar's own: always PostgreSQL's function, and none when it is qualified. */
    private boolean isUnnestOfSeveral(Token token) {
        if (!token.is("unnest")) {
            return false;
        }
        int depth = 0;
        for (int i = at + 1; i < tokens.size(); i++) {
            Token next = tokens.get(i);
            depth += next.is("(") || next.is("[") ? 1 : next.is(")") || next.is("]") ? -1 : 0;
            if (depth <= 1 && next.is(",") || depth == 0) {
                return depth == 1;
            }
        }
        return false;
    }

    /** Adds what belongs to an operand and follows it; false when nothing does. */
    private boolean isContinued(StringBuilder sql) {
        Token token = token();
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

    private boolean isCall(Token token) {
        return (token.is("filter") || token.is("over"))
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("(");
    }

    private boolean call(StringBuilder sql) {
        sql.append(' ').append(tokens.get(at++).text()).append(' ').append(group());
        return true;
    }

    private String collation() {
        Token name = tokens.get(at++);
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

    private String type(Token token) {
        boolean isQualified = at < tokens.size() && token().is(".");
        return isQualified || GRAMMAR_TYPES.contains(token.word()) ? token.text() : SCHEMA + token.text();
    }

    /** What is in parentheses or brackets, with them. */
    private String group() {
        Token opening = tokens.get(at++);
        if (opening.kind() == Token.Kind.GIVEN) {
            return opening.text();
        }
        String closing = opening.is("(") ? ")" : "]";
        String inside = sequence(closing);
        at++;
        return opening.text() + inside + closing;
    }

    /** {@code = any (...)} for IN, which looks for its operator by the bare name; {@code <> all (...)} for NOT IN. */
    private Term member(String quantifier) {
        boolean isQuery = at + 1 < tokens.size() && tokens.get(at + 1).is("select");
        String group = group();
        return new Term(
                quantifier + (isQuery ? " " + group : " (array[" + group.substring(1, group.length() - 1) + "])"),
                false);
    }

    /** One piece of SQL; {@code word}: in lower case, empty where it is none. */
    record Token(Kind kind, String text, String word) {
        enum Kind {
            WORD,
            QUOTED,
            STRING,
            NUMBER,
            OPERATOR,
            /** A comma or semicolon. */
            SEPARATOR,
            /** Anything else. */
            SIGN,
            /** What a user wrote, in its parentheses. */
            GIVEN
        }

        static Token of(Kind kind, String text) {
            return new Token(kind, text, kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : "");
        }

        boolean is(@Nullable String other) {
            return kind == Kind.WORD ? word.equals(other) : kind != Kind.STRING && text.equals(other);
        }
    }
}
