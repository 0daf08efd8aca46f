package io.parallax.engine.postgres.hash;

/**
 * Constants without a pattern for one position of a chain, so that what a hash gives back unmixed does not meet its like from
 * another position.
 */
record HashSalts(int position) {
    private static final int PER_POSITION = 4;

    String value() {
        return constant(0);
    }

    String nothing() {
        return constant(1);
    }

    String negative() {
        return constant(2);
    }

    String infinity() {
        return constant(3);
    }

    private String constant(int which) {
        return int8(mixed((long) position * PER_POSITION + which));
    }

    static String int8(long value) {
        return "'" + value + "'::int8";
    }

    /** SplitMix64. */
    static long mixed(long number) {
        long z = (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
