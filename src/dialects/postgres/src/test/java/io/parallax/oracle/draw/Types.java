package io.parallax.oracle.draw;

import static io.parallax.oracle.Type.arrayOf;
import static io.parallax.oracle.Type.of;

import io.parallax.oracle.Family;
import io.parallax.oracle.Type;
import io.parallax.oracle.Type.Trait;
import java.util.List;

/** The column types that are drawn. */
final class Types {
    static final Type SMALLINT = of("smallint", Family.NUMBER);
    static final Type INTEGER = of("integer", Family.NUMBER);
    static final Type BIGINT = of("bigint", Family.NUMBER);
    static final Type NUMERIC = of("numeric", Family.NUMBER);
    static final Type NUMERIC_24_4 = of("numeric(24,4)", Family.NUMBER);
    static final Type REAL = of("real", Family.NUMBER, Trait.SINGLE);
    static final Type DOUBLE = of("double precision", Family.NUMBER, Trait.DOUBLE);

    static final Type TEXT = of("text", Family.TEXT);
    static final Type VARCHAR = of("varchar", Family.TEXT);
    static final Type VARCHAR_24 = of("varchar(24)", Family.TEXT);
    static final Type CHAR_12 = of("char(12)", Family.TEXT, Trait.PADDED);
    static final Type NAME = of("name", Family.TEXT);
    static final Type CITEXT = of("public.citext", Family.TEXT);
    static final Type MOOD = of("public.mood", Family.TEXT);
    static final Type OTHER_MOOD = of("public.\"Other Mood\"", Family.TEXT);

    /** A domain over integer. */
    static final Type QUANTITY = of("public.quantity", Family.NUMBER);
    /** A domain over char(12), and so padded. */
    static final Type CODE = of("public.code", Family.TEXT, Trait.PADDED);

    static final Type JSON = of("json", Family.JSON);
    static final Type JSONB = of("jsonb", Family.JSON);

    static final List<Type> INTEGER_ARRAYS =
            List.of(arrayOf(SMALLINT), arrayOf(INTEGER), arrayOf(BIGINT), arrayOf(NUMERIC), arrayOf(DOUBLE));
    static final List<Type> DECIMAL_ARRAYS = List.of(arrayOf(NUMERIC), arrayOf(DOUBLE), arrayOf(REAL));
    static final List<Type> TEXT_ARRAYS = List.of(arrayOf(TEXT), arrayOf(VARCHAR), arrayOf(CHAR_12));

    /** What both enum types hold, each in an order of its own. */
    static final List<String> MOODS = List.of("sad", "ok", "happy", "Happy", " ok", "ok ", "a", "A", "ä", "zz");

    private Types() {}
}
