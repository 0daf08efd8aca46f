package io.parallax.engine.postgres.hash;

import io.parallax.engine.dialect.HashInput;
import io.parallax.engine.postgres.sql.Moments;

/**
 * How a {@link ChainedRowHash} takes in one column: the cheapest functions of PostgreSQL's that tell all values of a kind apart.
 * What comes before appears once in each text, as texts would double with every column otherwise.
 *
 * <p>PostgreSQL's hashes are made for joins and see less than all of a value; what each one misses goes into its seed. The
 * proofs that nothing is missed stand beside each link. NULL is a value that no other can be, or a seed.
 */
public enum ColumnHash {
    /** Up to 32 bits. */
    INT4 {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return "hashint4extended(%s, %s)".formatted(column.or("0"), orNull(hash, column, salts));
        }
    },
    /** Folded to 32 bits when hashed; the seed has all of it. */
    INT8 {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return "hashint8extended(%s, %s # %s)".formatted(column.or("0"), hash, column.or(salts.nothing()));
        }
    },
    /** NULL is 2. */
    BOOLEAN {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            String number = column.nullTest() == null
                    ? column.sql() + "::int4"
                    : "case when %s then 1 when %s then 2 else 0 end".formatted(column.sql(), column.nullTest());
            return "hashint4extended(%s, %s)".formatted(number, hash);
        }
    },
    /** Days since 2000; infinities and NULL are numbers that no date has. */
    DATE {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return ("hashint4extended(case when isfinite(%1$s) then %1$s - '2000-01-01'::date"
                            + " when %1$s > '2000-01-01'::date then 2147483647"
                            + " when %1$s < '2000-01-01'::date then -2147483648 else 2147483646 end, %2$s)")
                    .formatted(column.sql(), hash);
        }
    },
    /** See {@link #moment}. */
    TIMESTAMP {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return moment(column, binned(column.sql(), ORIGIN), hash);
        }
    },
    /** As a timestamp in UTC; a bin begins where every zone takes it. */
    TIMESTAMPTZ {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            String instant = column.sql();
            return moment(
                    new HashInput(name(), Moments.utc(instant), column.nullTest()),
                    Moments.inUtc(binned(instant, INSTANT_ORIGIN)),
                    hash);
        }
    },
    /** As a timestamp on the first day. */
    TIME {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            String firstDay = "('2000-01-01'::date + " + column.sql() + ")";
            return moment(new HashInput(name(), firstDay, column.nullTest()), bin(firstDay, ORIGIN), hash);
        }
    },
    /** The hash lacks the sign and what NaN and infinities are; it gives those and zero back as the seed and seed - 1. */
    NUMERIC {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return numeric(
                    hash,
                    column,
                    salts,
                    " when %s = 'Infinity'::numeric then %s".formatted(column.sql(), salts.infinity()));
        }
    },
    /** A {@link #NUMERIC} from a column whose precision lets no infinity in; equal numbers hash alike. */
    FINITE_NUMERIC {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return numeric(hash, column, salts, "");
        }
    },
    /** Knows but one zero, given back as the seed, and one NaN. */
    FLOAT8 {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            String mark = column.nullTest() == null
                    ? salts.value()
                    : "case when %s then %s else %s end".formatted(column.nullTest(), salts.nothing(), salts.value());
            return "hashfloat8extended(%s, %s # %s)".formatted(column.or("1"), hash, mark);
        }
    },
    UUID {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return "uuid_hash_extended(%s, %s)"
                    .formatted(column.or("'00000000-0000-0000-0000-000000000000'::uuid"), orNull(hash, column, salts));
        }
    },
    /** An array's hash over one element is that of the element; bytea has no function of its own before version 18. */
    BYTES {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return "hash_array_extended(array[%s], %s)".formatted(column.or("''::bytea"), orNull(hash, column, salts));
        }
    },
    /** Over the bytes in the server's encoding. */
    TEXT {
        @Override
        String onto(String hash, HashInput column, HashSalts salts) {
            return "hashtextextended(%s, %s)".formatted(column.or("''"), orNull(hash, column, salts));
        }
    };

    /** 2^32 microseconds. */
    private static final String FOLD = "'01:11:34.967296'::interval";

    private static final String ORIGIN = "'2000-01-01'::timestamp";
    private static final String INSTANT_ORIGIN = "'2000-01-01Z'::timestamptz";
    private static final String INFINITY = "'infinity'::timestamp";

    /**
     * The one that takes it in.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static ColumnHash of(HashInput column) {
        return valueOf(column.link());
    }

    /**
     * The SQL of an int8 from the hash so far and a column.
     *
     * @param hash the hash so far, well mixed or constant
     */
    abstract String onto(String hash, HashInput column, HashSalts salts);

    /** Whether every value gives 64 well mixed bits; else that is left to what follows. */
    boolean mixes() {
        return this != NUMERIC && this != FINITE_NUMERIC && this != FLOAT8;
    }

    /**
     * A timestamp's hash takes in just high half # low half of its microseconds since 2000, the high half inverted before.
     * So it is hashed twice: for its bin of 2^32 microseconds, and itself. NULL is 2000-01-01 in the bin of infinity.
     */
    private static String moment(HashInput timestamp, String bin, String hash) {
        String orNull = timestamp.nullTest() == null ? bin : "coalesce(" + bin + ", " + INFINITY + ")";
        return "timestamp_hash_extended(%s, timestamp_hash_extended(%s, %s))"
                .formatted(timestamp.or(ORIGIN), orNull, hash);
    }

    /**
     * From 2000 on, a bin starts at a low half of 0 and hashes as its high half, less than 2^31; the hash of what lies in it
     * gives the low half. Before, the bins are moved up by 2^58 so that all are later than 2000, and by 2^31 so that their
     * top bit is set; what lies in one differs in the top bit where the high half does. The infinities stay what they are and
     * hash as 2^31 and 2^31 - 1, which no bin does.
     */
    private static String binned(String timestamp, String origin) {
        return "case when %1$s >= %2$s then %3$s else date_bin(%4$s, %1$s + %5$s, %2$s + %6$s) end"
                .formatted(
                        timestamp,
                        origin,
                        bin(timestamp, origin),
                        FOLD,
                        "'80063993:22:31.711744'::interval",
                        "'00:35:47.483648'::interval");
    }

    private static String bin(String timestamp, String origin) {
        return "date_bin(" + FOLD + ", " + timestamp + ", " + origin + ")";
    }

    private static String numeric(String hash, HashInput column, HashSalts salts, String infinity) {
        String orNull =
                column.nullTest() == null ? "" : " when %s then %s".formatted(column.nullTest(), salts.nothing());
        return "hash_numeric_extended(%s, %s # case when %s < 0 then %s%s%s else %s end)"
                .formatted(
                        column.or("'NaN'::numeric"),
                        hash,
                        column.sql(),
                        salts.negative(),
                        infinity,
                        orNull,
                        salts.value());
    }

    private static String orNull(String hash, HashInput column, HashSalts salts) {
        return column.nullTest() == null
                ? hash
                : "%s # case when %s then %s else 0 end".formatted(hash, column.nullTest(), salts.nothing());
    }
}
