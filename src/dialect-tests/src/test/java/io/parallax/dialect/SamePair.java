package io.parallax.dialect;

/** Literals of two types that mean the same. */
record SamePair(String typeA, String literalA, String typeB, String literalB) {
    @Override
    public String toString() {
        return literalA + " as " + typeA + ", " + literalB + " as " + typeB;
    }
}
