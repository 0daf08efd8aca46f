package io.parallax.engine.type;

/** Which characters the texts of a database are of; the ones with more come first. */
public enum Repertoire {
    /** Of UTF-8. */
    ANY,
    LATIN1,
    /** Of ASCII and others. */
    OTHER,
    /** The same, and of bytes that are no character. */
    PARTIAL,
    /** Any bytes, as the database checks none. */
    UNCHECKED;

    /** That of the encoding of this name. */
    public static Repertoire of(String encoding) {
        return switch (encoding) {
            case "UTF8" -> ANY;
            case "LATIN1" -> LATIN1;
            case "SQL_ASCII" -> UNCHECKED;
            default -> OTHER;
        };
    }

    /** The one that has fewer of them for sure. */
    public Repertoire lesser(Repertoire other) {
        return compareTo(other) < 0 ? other : this;
    }
}
