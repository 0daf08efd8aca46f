package io.parallax.engine.postgres.sql;

import java.util.Set;

/** What PostgreSQL's grammar makes of words, as far as our own statements go. In lower case. */
final class GrammarWords {
    /** After a parenthesis that follows, these are no functions. */
    private static final Set<String> NO_FUNCTIONS = words(
            """
            all and any array as by case cast coalesce distinct else except exists explain extract filter
            from greatest group having in intersect into is join lateral least limit materialized not nullif
            offset on or order over row select some then union using values when where with within""");

    /** What ends an expression, or begins one. */
    private static final Set<String> BETWEEN_EXPRESSIONS = words(
            """
            and as asc by cross desc distinct else end except from full group having in inner intersect into
            is join lateral left limit not nulls offset on or order outer right select tablesample then
            union values when where with""");

    /** The grammar's own names of types. */
    private static final Set<String> GRAMMAR_TYPES = words(
            """
            bigint bit boolean char character dec decimal double float int integer interval national nchar
            numeric real smallint time timestamp varchar""");

    /** Others that may stand before a literal. */
    private static final Set<String> TYPES = words("""
            date timestamptz timetz uuid bytea text int8""");

    private GrammarWords() {}

    private static Set<String> words(String list) {
        return Set.of(list.split("\\s+"));
    }

    /** Whether it may be a function where a parenthesis follows. */
    static boolean mayBeFunction(String word) {
        return !NO_FUNCTIONS.contains(word);
    }

    static boolean isBetweenExpressions(String word) {
        return BETWEEN_EXPRESSIONS.contains(word);
    }

    /** Whether it is the grammar's own name of a type, which takes no schema. */
    static boolean isGrammarType(String word) {
        return GRAMMAR_TYPES.contains(word);
    }

    /** Whether it is a type where a literal follows. */
    static boolean isTypeOfLiteral(String word) {
        return isGrammarType(word) || TYPES.contains(word);
    }
}
