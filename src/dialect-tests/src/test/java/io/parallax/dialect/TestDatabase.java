package io.parallax.dialect;

import io.parallax.contract.SourceDetails;
import java.util.List;

/** A real server, and how its tables are written; what differs between databases is said here and nowhere else. */
interface TestDatabase {
    /** What it is registered as. */
    SourceDetails source();

    /** The same of a login whose sessions are in that time zone, such as {@code Asia/Kolkata}. */
    SourceDetails sourceIn(String zone);

    /** Runs statements that change something. */
    void run(List<String> statements);

    /** The only value of a query, as text. */
    String one(String query);

    /** The path of a table that {@link #run} makes by its bare name. */
    List<String> path(String table);

    /** A name, quoted. */
    String identifier(String name);

    /** A string, quoted. */
    String literal(String text);

    /** Whole numbers of 32 bits. */
    String integer();

    /** Text without a limit. */
    String text();

    /** What can be compared, of each family at least one. */
    List<SampleType> types();

    /** Pairs of literals that mean the same, in columns of two types. */
    List<SamePair> equals();

    /** A literal of a moment, {@code 2024-03-31T00:30:00Z} say, as somebody in another zone writes it; two or more. */
    List<String> sameMoment();

    /** What such literals are of. */
    String moment();

    /** A query of columns id and v that takes a minute at least, with {@code mark} in its text. */
    String slow(String mark);

    /** How many statements with {@code mark} in their text run. */
    int running(String mark);

    /** Queries that would change the table {@code victim} (id, v), or something else, if they were run. */
    List<String> changes();

    /** What {@link #changes} would have left beside the table {@code victim}: nothing. */
    List<String> traces();

    /** Queries and filters that only a lexer of its grammar reads right: all rows of {@code victim}. */
    List<String> oddQueries();

    /** Conditions that are true for every row of it, likewise. */
    List<String> oddFilters();

    /** Conditions that leave their parentheses, or are none. */
    List<String> noFilters();

    /** Names that need quoting. */
    List<String> oddNames();

    /** Whether a query sees what one snapshot sees, however often it is asked. */
    boolean snapshots();
}
